/**
 * Runs in plain Node. The first sieve for what a page sends: only plain JSON-like values of a bounded size get
 * as far as the schemas. Structured clone also carries maps, dates, buffers and cycles; none is ever ours.
 */

export interface CleaningLimits {
  /** Levels of nesting. */
  depth: number;
  /** Values in all, counting each entry of an array or object. */
  values: number;
  /** UTF-16 code units in all strings and keys together. */
  characters: number;
}

/** Above the largest honest message: 1,048,576 characters to copy, 1,000 references to keep. */
export const cleaningLimits: CleaningLimits = { depth: 12, values: 20_000, characters: 2_097_152 };

export type Cleaned = { ok: true; value: unknown } | { ok: false; reason: string };

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** With the flag u only halves without a partner are of this category. */
const loneSurrogates = /\p{Surrogate}/gu;

class Refusal extends Error {}

/** True for what JSON or an object literal makes; false for maps, dates, buffers and class instances. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Copies a value into fresh plain objects and arrays, or says why not. Lone surrogates become U+FFFD, because
 * `encodeURIComponent` throws on them; a NUL is refused, because paths and SQLite end there.
 */
export function cleanArguments(value: unknown, limits: CleaningLimits = cleaningLimits): Cleaned {
  let values = 0;
  let characters = 0;

  const text = (raw: string): string => {
    characters += raw.length;
    if (characters > limits.characters) throw new Refusal('too much text');
    if (raw.includes('\0')) throw new Refusal('text with a NUL in it');
    return raw.replace(loneSurrogates, '\uFFFD');
  };

  const list = (raw: readonly unknown[], depth: number): unknown[] => {
    if (raw.length > limits.values) throw new Refusal('too many values');
    // Not map(): it would keep the holes of a sparse array.
    return Array.from(raw, (item) => copy(item, depth + 1));
  };

  const record = (raw: object, depth: number): Record<string, unknown> => {
    if (!isPlainObject(raw)) throw new Refusal('a value that is not plain data');
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(raw)) {
      if (forbiddenKeys.has(key)) throw new Refusal('a forbidden key');
      result[text(key)] = copy(raw[key], depth + 1);
    }
    return result;
  };

  const copy = (raw: unknown, depth: number): unknown => {
    values += 1;
    if (values > limits.values) throw new Refusal('too many values');
    if (depth > limits.depth) throw new Refusal('too deeply nested');
    if (typeof raw === 'string') return text(raw);
    if (raw === null || raw === undefined) return raw;
    if (typeof raw === 'number' || typeof raw === 'boolean') return raw;
    if (typeof raw !== 'object') throw new Refusal(`a value of type ${typeof raw}`);
    return Array.isArray(raw) ? list(raw, depth) : record(raw, depth);
  };

  try {
    return { ok: true, value: copy(value, 0) };
  } catch (error) {
    // A getter or a proxy may throw anything; only calls inside one process could carry such a value.
    return { ok: false, reason: error instanceof Refusal ? error.message : 'an unreadable value' };
  }
}
