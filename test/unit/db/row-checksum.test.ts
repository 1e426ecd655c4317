import { describe, expect, test } from 'vitest';
import { checksumRow } from '#main/db/row-checksum.ts';

const spec = { table: 'things', key: 'id', columns: ['a', 'b'] };
const sum = (a: string | number | null | Uint8Array, b: string | number | null | Uint8Array) =>
  checksumRow(spec, { a, b }).toString('hex');

describe('the checksum of a row', () => {
  test('is eight bytes and the same for the same row', () => {
    expect(checksumRow(spec, { a: 1, b: 'x' })).toHaveLength(8);
    expect(sum(1, 'x')).toBe(sum(1, 'x'));
  });

  test('tells apart rows that would read alike when joined', () => {
    const rows = [
      sum('ab', 'c'),
      sum('a', 'bc'),
      sum('1', null),
      sum(1, null),
      sum(null, 1),
      sum('', null),
      sum(null, ''),
      sum(1.5, null),
      sum(new Uint8Array([0x61]), null),
      sum('a', null),
      sum('n;', null),
    ];
    expect(new Set(rows).size).toBe(rows.length);
  });

  test('depends on the table, so that a row cannot be moved to another one', () => {
    expect(checksumRow({ ...spec, table: 'others' }, { a: 1, b: 2 }).toString('hex')).not.toBe(
      sum(1, 2),
    );
  });

  test('refuses a row that lacks a column', () => {
    expect(() => checksumRow(spec, { a: 1 })).toThrow(TypeError);
  });
});
