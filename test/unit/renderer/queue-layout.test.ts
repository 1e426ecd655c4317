import { describe, expect, test } from 'vitest';
import {
  layOut,
  placeOf,
  rowOfNumber,
  splicesBetween,
  type QueueLayout,
} from '#renderer/features/downloads/queue-layout.ts';

type Groups = readonly [string, readonly number[]][];

const lay = (groups: Groups, folded: readonly string[] = []): QueueLayout =>
  layOut(
    {
      groups: groups.map(([id, numbers]) => ({ id, count: numbers.length })),
      numbers: Uint32Array.from(groups.flatMap(([, numbers]) => numbers)),
    },
    new Set(folded),
  );

/** Every row by a name of its own. */
const namesOf = (layout: QueueLayout): string[] =>
  Array.from({ length: layout.rowCount }, (_, row) => {
    const place = placeOf(layout, row);
    return place === null ? '?' : `${place.section.id}${place.number ?? ''}`;
  });

/** Applies splices to the names of before; rows that came are '+'. */
function follow(before: QueueLayout, after: QueueLayout): string[] {
  const names = namesOf(before);
  for (const { at, removed, inserted } of splicesBetween(before, after)) {
    names.splice(at, removed, ...Array.from({ length: inserted }, () => '+'));
  }
  return names;
}

describe('rows of the queue', () => {
  test('a group and its files below it, but where it is folded', () => {
    const layout = lay(
      [
        ['a', [1, 2]],
        ['b', [5, 6, 7]],
        ['c', [9]],
      ],
      ['b'],
    );
    expect(namesOf(layout)).toEqual(['a', 'a1', 'a2', 'b', 'c', 'c9']);
    expect(placeOf(layout, 6)).toBeNull();
    expect(placeOf(lay([]), 0)).toBeNull();
    expect([rowOfNumber(layout, 2), rowOfNumber(layout, 6), rowOfNumber(layout, 9)]).toEqual([
      2,
      null,
      5,
    ]);
  });

  test.each<[string, Groups, Groups, string[]?, string[]?]>([
    ['nothing changed', [['a', [1, 2]]], [['a', [1, 2]]]],
    ['files went and came', [['a', [1, 2, 3, 4]]], [['a', [2, 4, 5]]]],
    ['in the middle', [['a', [1, 2, 3, 4]]], [['a', [1, 8, 3, 9, 4]]]],
    [
      'a group went',
      [
        ['a', [1]],
        ['b', [2]],
      ],
      [['b', [2]]],
    ],
    [
      'a group came between',
      [
        ['a', [1]],
        ['b', [2]],
      ],
      [
        ['a', [1]],
        ['c', [7, 8]],
        ['b', [2]],
      ],
    ],
    [
      'all went',
      [
        ['a', [1]],
        ['b', [2]],
      ],
      [],
    ],
    [
      'a group was folded',
      [
        ['a', [1, 2]],
        ['b', [3]],
      ],
      [
        ['a', [1, 2]],
        ['b', [3]],
      ],
      [],
      ['a'],
    ],
    [
      'a group was opened',
      [
        ['a', [1, 2]],
        ['b', [3]],
      ],
      [
        ['a', [1, 2]],
        ['b', [3]],
      ],
      ['a'],
      [],
    ],
    [
      'a folded group grew',
      [
        ['a', [1]],
        ['b', [3]],
      ],
      [
        ['a', [1, 2]],
        ['b', [3]],
      ],
      ['a'],
      ['a'],
    ],
  ])('places follow: %s', (_name, before, after, foldedBefore = [], foldedAfter = []) => {
    const old = lay(before, foldedBefore);
    const now = lay(after, foldedAfter);
    const followed = follow(old, now);
    const names = namesOf(now);
    expect(followed).toHaveLength(names.length);
    followed.forEach((name, row) => {
      if (name !== '+') expect(name).toBe(names[row]);
    });
    const stayed = namesOf(old).filter((name) => names.includes(name));
    expect(followed.filter((name) => name !== '+')).toEqual(stayed);
  });

  test('groups or files in another order are one change of everything', () => {
    const one = lay([
      ['a', [1]],
      ['b', [2]],
    ]);
    const other = lay([
      ['b', [2]],
      ['a', [1]],
    ]);
    expect(splicesBetween(one, other)).toEqual([{ at: 0, removed: 4, inserted: 4 }]);
    const swapped = splicesBetween(lay([['a', [1, 2, 3]]]), lay([['a', [3, 2, 1]]]));
    expect(swapped).toEqual([{ at: 0, removed: 4, inserted: 4 }]);
  });
});
