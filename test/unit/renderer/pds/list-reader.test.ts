import { describe, expect, test, vi } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import type { PdsListing, PdsListPart } from '#contract/pds-lists.ts';
import { ListReader } from '#renderer/features/pds/list-reader.svelte.ts';
import { bundleAt } from '#test/support/fake-registry.ts';
import { createScriptedApi } from '#test/support/scripted-api.ts';

const of: PdsListing = { kind: 'bundles', filter: {} };
const partOf = (count: number, more: Partial<PdsListPart> = {}): PdsListPart => ({
  products: Array.from({ length: count }, (_, at) => bundleAt(at)),
  hits: count,
  unreadable: 0,
  age: { fetchedAtMs: 1000, origin: 'network', isStale: false, problem: null },
  from: 0,
  canSkip: true,
  notes: [],
  ...more,
});
const refusal = () =>
  new ArchiveError({
    code: 'unavailable',
    message: 'The registry didn’t answer.',
    retryable: true,
  });

function setUp(kept: PdsListPart | null = null) {
  const answers = { list: () => Promise.resolve(partOf(3)) as Promise<PdsListPart> };
  const scripted = createScriptedApi({
    'pds.list': () => answers.list(),
    'pds.cachedList': () => ({ part: kept }),
  });
  const onchange = vi.fn();
  const open = (source = 'live') => new ListReader(scripted.api, { source, onchange });
  const asked = () => scripted.calls.filter(({ name }) => name === 'pds.list');
  return { answers, asked, onchange, open, reader: open() };
}
const signal = new AbortController().signal;
const read = (reader: ListReader, from = 0) => reader.read(of, from, 100, signal);

describe('a part of a list', () => {
  test('is the registry’s answer, and asked for once in a window', async () => {
    const { asked, open, reader } = setUp();
    expect((await read(reader)).products).toHaveLength(3);
    await read(reader);
    await read(open());
    expect(asked()).toHaveLength(1);
    // Another archive answers otherwise.
    await read(open('sample'));
    expect(asked()).toHaveLength(2);
  });

  test('is a kept copy with its age while the registry is asked, then its answer', async () => {
    const { answers, onchange, reader } = setUp(partOf(2));
    let answer = (_part: PdsListPart): void => undefined;
    answers.list = () => new Promise((resolve) => (answer = resolve));
    expect((await read(reader)).products).toHaveLength(2);
    expect(reader.copyFromMs).toBe(1000);
    expect(reader.problem).toBe(null);
    answer(partOf(3));
    await vi.waitFor(() => expect(onchange).toHaveBeenCalledOnce());
    expect(reader.copyFromMs).toBe(null);
    expect((await read(reader)).products).toHaveLength(3);
  });

  test('changes nothing where the answer is as the copy was', async () => {
    const { answers, onchange, reader } = setUp(partOf(3));
    let answer = (_part: PdsListPart): void => undefined;
    answers.list = () => new Promise((resolve) => (answer = resolve));
    await read(reader);
    answer(partOf(3));
    await vi.waitFor(() => expect(reader.copyFromMs).toBe(null));
    expect(onchange).not.toHaveBeenCalled();
  });

  test('stays the copy where the registry fails, and says why', async () => {
    const { answers, reader } = setUp(partOf(2));
    answers.list = () => Promise.reject(refusal());
    expect((await read(reader)).products).toHaveLength(2);
    await vi.waitFor(() => expect(reader.problem?.code).toBe('unavailable'));
    expect(reader.copyFromMs).toBe(1000);
  });

  test('is an error where nothing is kept', async () => {
    const { answers, reader } = setUp();
    answers.list = () => Promise.reject(refusal());
    await expect(read(reader)).rejects.toThrow('didn’t answer');
  });

  test('that main took from the cache is told as such, and not held', async () => {
    const { answers, asked, reader } = setUp();
    const age = { ...partOf(0).age, problem: refusal().toWire() };
    answers.list = () => Promise.resolve(partOf(2, { age }));
    await read(reader);
    expect(reader.problem?.code).toBe('unavailable');
    await read(reader);
    expect(asked()).toHaveLength(2);
  });

  test('is asked for again when it is to be anew, past every copy', async () => {
    const { asked, reader } = setUp(partOf(2));
    await read(reader);
    reader.askAnew();
    expect((await read(reader)).products).toHaveLength(3);
    expect(asked().at(-1)?.args).toMatchObject({ refresh: true });
    await read(reader);
    expect(asked()).toHaveLength(2);
  });

  test('that was seen stays when it is asked for anew in vain', async () => {
    const { answers, asked, reader } = setUp();
    await read(reader);
    reader.askAnew();
    answers.list = () => Promise.reject(refusal());
    expect((await read(reader)).products).toHaveLength(3);
    await vi.waitFor(() => expect(reader.problem?.code).toBe('unavailable'));
    expect(reader.copyFromMs).toBe(1000);
    expect(asked().at(-1)?.args).toMatchObject({ refresh: true });
  });

  test('that was not seen is a copy where it is asked for anew in vain', async () => {
    const { answers, reader } = setUp(partOf(2));
    reader.askAnew();
    answers.list = () => Promise.reject(refusal());
    expect((await read(reader)).products).toHaveLength(2);
    await vi.waitFor(() => expect(reader.problem?.code).toBe('unavailable'));
  });

  test('counts what could not be read and keeps its notes once', async () => {
    const { answers, reader } = setUp();
    answers.list = () => Promise.resolve(partOf(2, { unreadable: 3, notes: ['By lid only.'] }));
    await read(reader);
    await read(reader, 100);
    expect(reader.unreadable).toBe(6);
    expect(reader.notes).toEqual(['By lid only.']);
    reader.askAnew();
    expect(reader.unreadable).toBe(0);
  });
});
