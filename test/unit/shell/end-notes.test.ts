import { expect, test } from 'vitest';
import { singleGroup, type DownloadGroup, type DownloadTallies } from '#contract/downloads.ts';
import { createEndNotes } from '#main/shell/end-notes.ts';

const tally = (files: number) => ({ files, bytes: files, unknown: 0, received: 0 });

function groupOf(id: string, tallies: DownloadTallies): DownloadGroup {
  return {
    ...{ id, title: `Of ${id}`, folder: '/saved', isPaused: false, trouble: null },
    ...{ tallies, underWay: 0, speed: null, addedAtMs: 0 },
  };
}

function makeNotes(isAway = true) {
  const shown: string[] = [];
  const look = createEndNotes({
    isAway: () => isAway,
    show: (title, body) => shown.push(`${title}: ${body}`),
  });
  const see = (...groups: DownloadGroup[]): void =>
    look({ groups, isPaused: false, isWorkedHere: true });
  return { see, shown };
}

test('a group that comes to its end is told of once, with what did not arrive', () => {
  const { see, shown } = makeNotes();
  see(groupOf('a', { active: tally(2) }), groupOf('b', { queued: tally(1) }));
  see(groupOf('a', { done: tally(1200), failed: tally(1) }), groupOf('b', { active: tally(1) }));
  see(groupOf('a', { done: tally(1200), failed: tally(1) }), groupOf('b', { done: tally(1) }));
  see(groupOf('a', { done: tally(1200), failed: tally(1) }), groupOf('b', { done: tally(1) }));
  expect(shown).toEqual([
    'Of a: 1,200 files in /saved. 1 file did not arrive.',
    'Of b: 1 file in /saved.',
  ]);
});

test('a group of which every file was set aside is told of', () => {
  const { see, shown } = makeNotes();
  see(groupOf('a', { active: tally(2) }));
  see(groupOf('a', { quarantined: tally(2) }));
  expect(shown).toEqual(['Of a: 0 files in /saved. 2 files did not arrive.']);
});

test('nothing is told of what had ended before, was cancelled, or was saved one by one', () => {
  const { see, shown } = makeNotes();
  see(groupOf('old', { done: tally(1) }), groupOf('c', { active: tally(1) }));
  see(groupOf('old', { done: tally(1) }), groupOf('c', { cancelled: tally(1) }));
  see(groupOf(singleGroup, { active: tally(1) }));
  see(groupOf(singleGroup, { done: tally(1) }));
  expect(shown).toEqual([]);
});

test('who looks at the window is told there', () => {
  const { see, shown } = makeNotes(false);
  see(groupOf('a', { active: tally(1) }));
  see(groupOf('a', { done: tally(1) }));
  expect(shown).toEqual([]);
});
