/**
 * Runs in tests. Seeded random values that structured clone can carry: what a hostile page could send.
 */

/** A small generator of evenly spread numbers in [0, 1), the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Make = (depth: number) => unknown;

const hugeText = 'x'.repeat(3_000_000);
const hugeList = Array.from({ length: 30_000 }, () => 0);

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

/** Words that endpoints look for, so that some messages get further than the door. */
const knownWords = [
  'args', 'id', 'q', 'query', 'page', 'pageSize', 'ref', 'refs', 'rendition', 'json', 'text', 'url',
  'patch', 'theme', 'textZoom', 'shortcuts', 'downloadFolder', 'cursor', 'limit', 'x', 'y', 'startIn',
  '__proto__', 'constructor', 'prototype', 'toString', 'length', 'then', '',
]; // prettier-ignore

const knownTexts = [
  'nasa:PIA12348', 'nasa:', 'pds:urn:nasa:pds:x::1.0', 'astrobin:abc', 'https://images.nasa.gov/',
  'file:///etc/passwd', '../../etc/passwd', 'C:\\Windows\\System32', "'; DROP TABLE kept; --",
  '{"__proto__":{"polluted":1}}', '<script>alert(1)</script>', 'a\0b', '\uD83D', '\uDE80x', '\u202Egpj',
  '%00', '%', 'NaN', '1e999', 'orig', 'dark', 'live', '2024',
]; // prettier-ignore

/** Builds a function that makes one random value after the other. */
export function createValueMaker(random: () => number): () => unknown {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const text = (): string => {
    if (random() < 0.5) return pick(knownTexts);
    return String.fromCharCode(...Array.from({ length: below(24) }, () => below(65_536)));
  };
  const list = (depth: number, make: Make): unknown[] =>
    Array.from({ length: below(5) }, () => make(depth + 1));
  const record = (depth: number, make: Make): unknown => {
    const result: Record<string, unknown> = {};
    for (let count = below(5); count > 0; count -= 1) {
      // As structured clone does: even __proto__ becomes a key of its own.
      const key = random() < 0.8 ? pick(knownWords) : text();
      const value = make(depth + 1);
      Object.defineProperty(result, key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return result;
  };
  const cycle = (): unknown => {
    const value: Record<string, unknown> = { list: [] };
    (value['list'] as unknown[]).push(value);
    value['args'] = value;
    return value;
  };
  const odd: Make[] = [
    (depth) => new Map([[text(), make(depth + 1)]]),
    (depth) => new Set(list(depth, make)),
    () => new Date(below(2) === 0 ? Number.NaN : below(1e9)),
    () => BigInt(below(1e9)) ** 20n,
    () => new ArrayBuffer(below(64)),
    () => new Uint8Array(below(64)),
    () => new DataView(new ArrayBuffer(8)),
    () => /(a+)+$/g,
    () => new RangeError(text()),
    () => Object(below(9)),
    () => new Array(pick([3, 100_000, 4_294_967_295])),
    () => nested(pick([13, 100, 1500])),
    () => hugeText,
    () => hugeList,
    cycle,
  ];
  const plain: Make[] = [
    text,
    text,
    () => below(1000),
    () => pick([-1, 0, -0, 0.5, 1e308, 2 ** 53, Number.NaN, Infinity, -Infinity]),
    () => random() < 0.5,
    () => null,
    () => undefined,
    (depth) => list(depth, make),
    (depth) => record(depth, make),
    (depth) => record(depth, make),
  ];
  const make: Make = (depth) => {
    if (depth > 5) return text();
    return random() < 0.15 ? pick(odd)(depth) : pick(plain)(depth);
  };
  return () => make(0);
}
