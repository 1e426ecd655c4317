import { expect, test, vi } from 'vitest';
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { KeptRecords } from '#renderer/features/library/kept-state.svelte.ts';
import { makeCard as card, refOf as ref } from '#test/support/made-records.ts';
import { createNoticeLog, createScriptedApi } from '#test/support/scripted-api.ts';

const [a, b, c] = [ref('a'), ref('b'), ref('c')];

/** A core that keeps a set, as main does, and tells every change by an event. */
function keeper(initially: RecordRef[] = []) {
  const kept = new Set(initially);
  const takenOut = new Set<RecordRef>();
  const script = createScriptedApi({
    'library.count': () => ({ total: kept.size }),
    'library.kept': ({ refs }: { refs: RecordRef[] }) => ({
      refs: refs.filter((one) => kept.has(one)),
    }),
    'library.keep': ({ refs }: { refs: RecordRef[] }) => {
      const fresh = refs.filter((one) => !kept.has(one));
      for (const one of fresh) kept.add(one);
      script.emit('libraryChanged', { total: kept.size, kept: fresh, removed: [] });
      return { total: kept.size };
    },
    'library.remove': ({ refs }: { refs: RecordRef[] }) => {
      const gone = refs.filter((one) => kept.delete(one));
      for (const one of gone) takenOut.add(one);
      script.emit('libraryChanged', { total: kept.size, kept: [], removed: gone });
      return { total: kept.size, removed: gone.length };
    },
    'library.restore': ({ refs }: { refs: RecordRef[] }) => {
      const back = refs.filter((one) => takenOut.delete(one));
      for (const one of back) kept.add(one);
      script.emit('libraryChanged', { total: kept.size, kept: back, removed: [] });
      return { total: kept.size, restored: back.length };
    },
  });
  const notices = createNoticeLog();
  return { script, notices, kept, state: new KeptRecords(script.api, notices) };
}

const refuse = () => {
  throw new ArchiveError({ code: 'disk', message: 'The disk is full.', retryable: true });
};

test('knows the total and what it was asked to learn, in one call for one turn', async () => {
  const { state, script } = keeper([a, c]);
  state.learn([a, b]);
  state.learn([b, c]);
  await vi.waitFor(() => expect(state.has(c)).toBe(true));
  expect([state.total, state.has(a), state.has(b)]).toEqual([2, true, false]);
  expect(script.calls.filter((call) => call.name === 'library.kept')).toHaveLength(1);
  state.learn([a, b, c]);
  await Promise.resolve();
  expect(script.calls.filter((call) => call.name === 'library.kept')).toHaveLength(1);
});

test('asks for no more than a thousand at once', async () => {
  const many = Array.from({ length: 2300 }, (_, index) => ref(`n${index}`));
  const last = ref('n2299');
  const { state, script } = keeper([last]);
  state.learn(many);
  await vi.waitFor(() => expect(state.has(last)).toBe(true));
  const sizes = script.calls
    .filter((call) => call.name === 'library.kept')
    .map((call) => (call.args as { refs: string[] }).refs.length);
  expect(sizes).toEqual([1000, 1000, 300]);
});

test('keeping and removing raise the revision once each and move the total', async () => {
  const { state } = keeper();
  await state.keep([card('a').record.ref, card('b').record.ref]);
  expect([state.total, state.revision, state.has(a)]).toEqual([2, 1, true]);
  await state.keep([card('a').record.ref]);
  expect(state.revision).toBe(1);
  await state.remove([a]);
  expect([state.total, state.revision, state.has(a), state.has(b)]).toEqual([1, 2, false, true]);
});

test('a removal says how many left and can be undone, by the notice or by the command', async () => {
  const { state, notices } = keeper([a, b, c]);
  await state.remove([a, b]);
  expect(notices.shown.map((notice) => notice.text)).toEqual([
    '2 records left the library. Files on disk stay.',
  ]);
  await state.remove([c]);
  expect([state.total, state.canUndo]).toEqual([0, true]);
  await notices.shown[0]?.action?.run();
  expect([state.total, state.has(a), state.has(c)]).toEqual([2, true, false]);
  await notices.shown[0]?.action?.run();
  await state.undo();
  expect([state.total, state.has(c), state.canUndo]).toEqual([3, true, false]);
  await state.undo();
  expect(state.total).toBe(3);
});

test('removing what is not there says nothing and offers no undo', async () => {
  const { state, notices } = keeper([a]);
  await state.remove([b]);
  expect([notices.shown.length, state.canUndo]).toEqual([0, false]);
});

test('what cannot be kept, removed or brought back is said and changes nothing', async () => {
  const { state, script, notices } = keeper([a]);
  await vi.waitFor(() => expect(state.total).toBe(1));
  await state.remove([a]);
  script.answer('library.keep', refuse);
  script.answer('library.restore', refuse);
  script.answer('library.remove', refuse);
  await state.keep([card('b').record.ref]);
  await state.undo();
  await state.remove([b]);
  expect([state.total, state.has(a), state.has(b), state.canUndo]).toEqual([0, false, false, true]);
  expect(notices.errors.map((one) => one.meaning)).toEqual([
    '1 record could not be kept.',
    '1 record could not be brought back; Undo is still there.',
    '1 record could not be removed and is still in the library.',
  ]);
});

test('an event that overtakes the snapshot or an answer wins', async () => {
  const { script, notices } = keeper();
  let giveCount: (value: unknown) => void = () => undefined;
  let giveKept: (value: unknown) => void = () => undefined;
  script.answer('library.count', () => new Promise((resolve) => (giveCount = resolve)));
  script.answer('library.kept', () => new Promise((resolve) => (giveKept = resolve)));
  const state = new KeptRecords(script.api, notices);
  state.learn([a, b]);
  await vi.waitFor(() => expect(script.calls.at(-1)?.name).toBe('library.kept'));
  script.emit('libraryChanged', { total: 7, kept: [], removed: [a] });
  giveCount({ total: 8 });
  giveKept({ refs: [a, b] });
  await vi.waitFor(() => expect(state.has(b)).toBe(true));
  expect([state.total, state.has(a)]).toEqual([7, false]);
});

test('another process is heard until the end, and not after it', () => {
  const { state, script } = keeper();
  script.emit('libraryChanged', { total: 1, kept: [a], removed: [] });
  expect([state.total, state.has(a), state.revision]).toEqual([1, true, 1]);
  const listening = script.listeners();
  state.dispose();
  expect(script.listeners()).toBe(listening - 1);
});
