import { expect, test } from 'vitest';
import { encodeRatio } from '#contract/ratios.ts';
import { GridState } from '#renderer/features/gallery/grid-state.svelte.ts';
import { StoredList } from '#renderer/features/gallery/stored-list.svelte.ts';
import { fakeCard } from '#test/support/fake-records.ts';

/** A list on disk that is still being listed, with pictures of many shapes. */
const growing = () =>
  new StoredList(
    {
      page: async () => ({ cards: [] }),
      ratios: async ({ from, count }) => ({
        ratios: Uint8Array.from({ length: count }, (_, at) => {
          const { thumb } = fakeCard(from + at);
          return encodeRatio(thumb?.width ?? null, thumb?.height ?? null);
        }),
      }),
    },
    'a',
  );

test('at the end of a list that grows, every row that is drawn is a row of its own', async () => {
  const list = growing();
  const grid = new GridState();
  list.hold(9005);
  list.grow(500, false);
  await expect.poll(() => list.count).toBe(500);
  grid.restore({ index: 9000, within: 0.4, current: 9005 });
  grid.setItems(list, 'justified');
  grid.measure({ width: 732, height: 600, scale: 1, devicePixelRatio: 1, footer: 0 });
  grid.setFocus(true);
  for (const stored of [900, 1383, 2000, 2500, 9_200]) {
    list.grow(stored, false);
    await expect.poll(() => list.count).toBe(stored);
    grid.setItems(list, 'justified');
    for (let frame = 0; frame < 20; frame += 1) {
      const firsts = grid.drawn.map((row) => row.first);
      expect(new Set(firsts).size, `${stored} stored, frame ${frame}`).toBe(firsts.length);
      expect(grid.drawn.every((row) => row.cells.length > 0)).toBe(true);
      grid.fill();
      grid.refine(() => false);
    }
  }
});
