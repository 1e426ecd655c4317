/** Runs in plain Node. Single values of an answer, read without trust in their type, size or target. */
import { isLoopbackHost } from '../../http/addresses.ts';

export type WireObject = Record<string, unknown>;

/** Lists of an answer are cut here; the longest real ones are collections of some thousand images. */
const mostItems = 50_000;
const longestUrl = 2048;

export function isObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text with something in it; numbers count as text. */
export function textOf(value: unknown, longest = 2000): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return text === '' || text === 'NaN' ? null : text.slice(0, longest).toWellFormed();
}

/** A finite number; the service gives most of them as text. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (
    typeof value !== 'string' ||
    !/^\s*[+-]?\d{1,15}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?\s*$/i.test(value)
  ) {
    return null;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** A number within bounds, both included. */
export function numberWithin(value: unknown, least: number, most: number): number | null {
  const number = numberOf(value);
  return number !== null && number >= least && number <= most ? number : null;
}

/** 0, 1, 2 … */
export function countOf(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Pixels: 1, 2, 3 … */
export function pixelsOf(value: unknown): number | null {
  const count = countOf(value);
  return count === null || count === 0 || count > 10_000_000 ? null : count;
}

export function flagOf(value: unknown): boolean {
  return (
    value === true ||
    value === 1 ||
    (typeof value === 'string' && /^(?:true|1)$/i.test(value.trim()))
  );
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, mostItems) : [];
}

export function textsOf(value: unknown, longest = 300): string[] {
  return listOf(value).flatMap((entry) => textOf(entry, longest) ?? []);
}

/**
 * An address that may be opened, or null: https without a login, or http on this computer while the archive itself is
 * configured there.
 */
export function addressOf(value: unknown, base: URL): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '' || text.length > longestUrl || !/^(?:https?:)?\//i.test(text)) return null;
  if (!URL.canParse(text, base.origin)) return null;
  const url = new URL(text, base.origin);
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  const isLocal = isLoopbackHost(url.hostname) && isLoopbackHost(base.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal) ? url.href : null;
}
