import { describe, expect, test } from 'vitest';
import { PageSize } from '#main/sources/pds-registry/page-size.ts';
import { SeenIds } from '#main/sources/pds-registry/seen-ids.ts';
import { Waypoints, type AskIds } from '#main/sources/pds-registry/waypoints.ts';

describe('identifiers that were met', () => {
  test('300,000 alike ones are told apart, and each is known again', () => {
    const seen = new SeenIds(() => 0.5);
    const idAt = (index: number) => `urn:nasa:pds:made:data:p${String(index)}::1.0`;
    let fresh = 0;
    for (let index = 0; index < 300_000; index += 1) if (seen.add(idAt(index))) fresh += 1;
    expect(fresh).toBe(300_000);
    expect(seen.size).toBe(300_000);
    for (let index = 0; index < 300_000; index += 7) expect(seen.add(idAt(index))).toBe(false);
  });

  test('parts of each other, and nothing at all, are different ones', () => {
    const seen = new SeenIds(() => 0);
    for (const id of ['', 'a', 'aa', 'ab', 'ba', '\0', '\0\0']) expect(seen.add(id)).toBe(true);
  });
});

describe('size of pages', () => {
  test('halves after a 504 down to ten, and doubles after eight answers up to the most', () => {
    const size = new PageSize({ first: 100, most: 150 });
    for (const expected of [50, 25, 12, 10, 10]) {
      size.tooLarge();
      expect(size.now).toBe(expected);
    }
    for (let answers = 0; answers < 8; answers += 1) size.answered(1000);
    expect(size.now).toBe(20);
    for (let answers = 0; answers < 80; answers += 1) size.answered(1000);
    expect(size.now).toBe(150);
  });

  test('a small page stays small after a 504', () => {
    const size = new PageSize({ first: 4, most: 4 });
    size.tooLarge();
    expect(size.now).toBe(4);
  });

  test('heavy pages are made lighter', () => {
    const size = new PageSize({ first: 400 });
    size.answered(5_000_000);
    expect(size.now).toBe(200);
  });
});

describe('waypoints', () => {
  const count = 23_000;
  const idOf = (position: number) => `id${String(position).padStart(6, '0')}`;
  const asked: number[] = [];
  const ask: AskIds = (after, limit) => {
    const from = after === null ? 0 : Number(after.slice(2));
    const rows = Math.max(0, Math.min(limit, count - from));
    asked.push(rows);
    return Promise.resolve({ rows, last: rows === 0 ? null : idOf(from + rows) });
  };

  test('a far position is walked once, and near ones from there', async () => {
    const waypoints = new Waypoints();
    expect(await waypoints.find('a', 0, ask)).toBeNull();
    expect(asked).toEqual([]);
    expect(await waypoints.find('a', 12_000, ask)).toBe(idOf(12_000));
    expect(asked.splice(0)).toEqual([5000, 5000, 2000]);
    expect(await waypoints.find('a', 12_100, ask)).toBe(idOf(12_100));
    expect(await waypoints.find('a', 5_001, ask)).toBe(idOf(5_001));
    expect(asked.splice(0)).toEqual([100, 1]);
    waypoints.note('a', 20_000, idOf(20_000));
    expect(await waypoints.find('a', 20_000, ask)).toBe(idOf(20_000));
    expect(await waypoints.find('a', 24_000, ask)).toBeUndefined();
    asked.length = 0;
    expect(await waypoints.find('b', 5_000, ask)).toBe(idOf(5_000));
    expect(asked).toEqual([5000]);
  });
});
