import { describe, expect, test } from 'vitest';
import { cleanArguments } from '#main/clean-arguments.ts';

describe('plain data', () => {
  test('is copied, never handed on', () => {
    const value = { a: [1, null, undefined, { b: 'text' }], c: true };
    const cleaned = cleanArguments(value);
    expect(cleaned).toEqual({ ok: true, value });
    if (cleaned.ok) expect(cleaned.value).not.toBe(value);
  });

  test('loses halves of surrogate pairs, keeps whole ones', () => {
    expect(cleanArguments('a\uD83D\uDE80b\uD83Dc\uDE80')).toEqual({
      ok: true,
      value: 'a\uD83D\uDE80b\uFFFDc\uFFFD',
    });
  });

  test('may come without a prototype', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    expect(cleanArguments(bare)).toEqual({ ok: true, value: { a: 1 } });
  });
});

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
};

test.each<[string, unknown]>([
  ['a cycle', cycle],
  ['deep nesting', nested(50_000)],
  ['a map', new Map()],
  ['a set', new Set()],
  ['a date', new Date()],
  ['a big integer', 1n],
  ['a buffer', new ArrayBuffer(8)],
  ['a typed array', new Uint8Array(8)],
  ['an error', new Error('x')],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['a class instance', new URL('https://example.org')],
  ['a list with four thousand million holes', new Array(4_294_967_295)],
  ['too many values', Array.from({ length: 30_000 }, () => 0)],
  ['too much text', 'x'.repeat(3_000_000)],
  ['a NUL', 'a\0b'],
  ['a NUL in a key', { 'a\0': 1 }],
  ['an own __proto__', JSON.parse('{"__proto__":{"polluted":true}}')],
  ['a constructor key', { constructor: { prototype: { polluted: true } } }],
  [
    'a getter that throws',
    {
      get a() {
        throw new Error('gotcha');
      },
    },
  ],
])('%s is refused', (_name, value) => {
  expect(cleanArguments(value).ok).toBe(false);
  expect((Object.prototype as { polluted?: unknown }).polluted).toBeUndefined();
});
