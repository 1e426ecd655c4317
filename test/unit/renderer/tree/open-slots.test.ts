import { expect, test } from 'vitest';
import { OpenSlots } from '#renderer/lib/tree/open-slots.ts';
import { SpliceLog } from '#renderer/lib/tree/splice-log.ts';
import { createRandom } from '#test/support/random-values.ts';

test.each([1, 2, 3, 4, 5])(
  'open children are found as a plain list finds them (seed %i)',
  (seed) => {
    const random = createRandom(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const slots = new OpenSlots<string>();
    const plain = new Map<number, number>();
    for (let step = 0; step < 600; step += 1) {
      const slot = below(80);
      const size = below(9);
      if (random() < 0.55) {
        slots.set(slot, `b${slot}`, size);
        plain.set(slot, size);
      } else if (random() < 0.5) {
        slots.delete(slot);
        plain.delete(slot);
      } else if (plain.has(slot)) {
        slots.grow(slot, size);
        plain.set(slot, (plain.get(slot) ?? 0) + size);
      }
      const ordered = [...plain].sort(([a], [b]) => a - b);
      const before = (at: number): number =>
        ordered.reduce((sum, [other, rows]) => (other < at ? sum + rows : sum), 0);
      expect([...slots.entries()].map((one) => [one.slot, one.size])).toEqual(ordered);
      expect(slots.totalSize).toBe(before(Infinity));
      expect(slots.sizeBefore(slot)).toBe(before(slot));
      const row = below(500);
      const found = ordered.findLast(([at]) => at + before(at) <= row);
      expect(slots.at(row)).toEqual(
        found === undefined
          ? null
          : {
              slot: found[0],
              size: found[1],
              row: found[0] + before(found[0]),
              branch: `b${found[0]}`,
            },
      );
    }
  },
);

test('a hundred thousand open children are as deep as a few', () => {
  const slots = new OpenSlots<null>();
  for (let slot = 0; slot < 100_000; slot += 1) slots.set(slot * 10, null, 3);
  expect(slots.totalSize).toBe(300_000);
  expect(slots.sizeBefore(500_000)).toBe(150_000);
  expect(slots.at(650_000)?.slot).toBe(500_000);
});

test('what came and went is told for a while, then no longer', () => {
  const log = new SpliceLog();
  log.note({ at: 3, removed: 0, inserted: 2 });
  log.touch();
  log.note({ at: 1, removed: 1, inserted: 0 });
  expect(log.revision).toBe(3);
  expect(log.since(3)).toEqual([]);
  expect(log.since(1)).toEqual([{ at: 1, removed: 1, inserted: 0 }]);
  expect(log.since(0)).toHaveLength(2);
  for (let at = 0; at < 600; at += 1) log.note({ at, removed: 0, inserted: 1 });
  expect(log.since(0)).toBeNull();
  expect(log.since(log.revision - 512)).toHaveLength(512);
});
