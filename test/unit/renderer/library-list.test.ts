import { expect, test, vi } from 'vitest';
import type { RecordCard } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { Selection } from '#renderer/lib/selection.svelte.ts';
import { LibraryList } from '#renderer/features/library/library-list.svelte.ts';
import { parsePlace } from '#renderer/features/library/place.ts';
import { makeCard } from '#test/support/made-records.ts';
import { createScriptedApi } from '#test/support/scripted-api.ts';

function library(count: number) {
  let all = Array.from({ length: count }, (_, index) => makeCard(`k${index}`));
  const script = createScriptedApi({
    'library.list': ({
      cursor,
      limit,
      text,
    }: {
      cursor: string | null;
      limit: number;
      text?: string;
    }) => {
      const found = all.filter((card) => card.record.title.includes(text ?? ''));
      const from = Number(cursor ?? 0);
      return {
        items: found.slice(from, from + limit).map((card, index) => ({ card, keptAtMs: index })),
        total: found.length,
        cursor: from + limit < found.length ? String(from + limit) : null,
      };
    },
    'calls.cancel': () => null,
  });
  const selection = new Selection();
  const heard: RecordCard[] = [];
  const list = new LibraryList(script.api, selection, (cards) => heard.push(...cards));
  return {
    script,
    selection,
    heard,
    list,
    change: (to: RecordCard[]) => (all = to),
    all: () => all,
  };
}
const idsOf = (list: LibraryList) =>
  Array.from({ length: list.items.loaded }, (_, index) => list.items.at(index)?.record.id);

test('reads the first page, reserves the rest and reads on near the end', async () => {
  const { list, script, heard } = library(450);
  await list.open('');
  expect([list.status.kind, list.total, list.items.loaded, list.items.count]).toEqual([
    'ready',
    450,
    200,
    450,
  ]);
  list.need(30);
  expect(script.calls).toHaveLength(1);
  list.need(150);
  await vi.waitFor(() => expect(list.items.loaded).toBe(400));
  list.need(399);
  await vi.waitFor(() => expect(list.items.loaded).toBe(450));
  expect([list.items.isComplete, heard.length]).toEqual([true, 450]);
});

test('a place far down is there at once, in as few pages as the contract allows', async () => {
  const { list, script } = library(900);
  await list.open('', 700);
  expect(list.items.loaded).toBe(700);
  expect(script.calls.map((call) => (call.args as { limit: number }).limit)).toEqual([500, 200]);
});

test('the text is asked of the library', async () => {
  const { list } = library(30);
  await list.open('k2');
  expect(idsOf(list)).toEqual([
    'k2',
    'k20',
    'k21',
    'k22',
    'k23',
    'k24',
    'k25',
    'k26',
    'k27',
    'k28',
    'k29',
  ]);
});

test('what leaves goes from the list and the selection; the rest keeps its selection', async () => {
  const { list, selection, change, all } = library(10);
  await list.open('');
  selection.restore([
    [2, 2],
    [5, 6],
  ]);
  change(all().filter((card) => !['k1', 'k5'].includes(card.record.id)));
  await list.refresh();
  expect(idsOf(list)).toEqual(['k0', 'k2', 'k3', 'k4', 'k6', 'k7', 'k8', 'k9']);
  expect(selection.list().map((index) => list.items.at(index)?.record.id)).toEqual(['k2', 'k6']);
});

test('what comes first moves the others, and the selection with them', async () => {
  const { list, selection, change, all } = library(5);
  await list.open('');
  selection.restore([[1, 2]]);
  change([makeCard('new'), ...all()]);
  await list.refresh();
  expect(idsOf(list)).toEqual(['new', 'k0', 'k1', 'k2', 'k3', 'k4']);
  expect(selection.list().map((index) => list.items.at(index)?.record.id)).toEqual(['k1', 'k2']);
});

test('a library that cannot be read says so; a page that cannot be read leaves the rest', async () => {
  const { list, script } = library(450);
  const answer = script.calls;
  const fail = () => {
    throw new ArchiveError({ code: 'library-unusable', message: 'Damaged.', retryable: false });
  };
  const { list: broken, script: other } = library(3);
  other.answer('library.list', fail);
  await broken.open('');
  expect([broken.status.kind, broken.items.count]).toEqual(['failed', 0]);
  await list.open('');
  script.answer('library.list', fail);
  list.need(199);
  await vi.waitFor(() => expect(list.moreError?.code).toBe('library-unusable'));
  expect([list.status.kind, list.items.loaded, list.items.count]).toEqual(['ready', 200, 200]);
  list.need(199);
  expect(answer).toHaveLength(2);
});

test('only a true place is taken over from an earlier run', () => {
  const place = { index: 4, within: 0.5, current: null };
  expect(parsePlace(place)).toEqual(place);
  expect(parsePlace({ ...place, current: 7 })).toEqual({ ...place, current: 7 });
  expect(parsePlace({ ...place, current: 'x' })).toEqual(place);
  for (const bad of [null, 'x', {}, { ...place, index: -1 }, { ...place, within: Number.NaN }]) {
    expect(parsePlace(bad)).toBeNull();
  }
});
