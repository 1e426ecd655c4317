import { afterEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import type { LabelState } from '#contract/labels.ts';
import { createLabelsService, type LabelsService } from '#main/formats/label/labels-service.ts';
import { tableLabel } from '#test/support/labels.ts';

const workerUrl = new URL('../../../src-main/formats/label/label-worker.ts', import.meta.url);

let service: LabelsService | null = null;
afterEach(async () => {
  await service?.dispose();
  service = null;
});

function start(onChange?: (state: LabelState) => void): LabelsService {
  service = createLabelsService({ workerUrl, ...(onChange === undefined ? {} : { onChange }) });
  return service;
}

const bytesOf = (columns: number): Buffer => Buffer.from([...tableLabel(columns)].join(''));

const from = (chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, fileName = 'a.xml') => ({
  fileName,
  bytesPromised: null,
  chunks,
});

/** Chunks that are let through one by one, in the order in which that is said. */
function gate(bytes: Uint8Array, chunkBytes: number) {
  const turns: ('next' | Error)[] = [];
  let wake = (): void => undefined;
  let isReturned = false;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
        while (turns.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        const turn = turns.shift();
        if (turn instanceof Error) throw turn;
        yield bytes.subarray(at, at + chunkBytes);
      }
    } finally {
      isReturned = true;
    }
  }
  const say = (turn: 'next' | Error): void => {
    turns.push(turn);
    wake();
  };
  return {
    chunks: chunks(),
    next: () => say('next'),
    fail: (error: Error) => say(error),
    isReturned: () => isReturned,
  };
}

describe('the reader of labels', () => {
  test('reads in its worker, and answers every question', async () => {
    const labels = start();
    const bytes = bytesOf(3000);
    const { id, fileName } = await labels.open(from([bytes], 'table.xml'));
    expect(fileName).toBe('table.xml');
    const state = await labels.whole(id);
    expect(state).toMatchObject({
      isComplete: true,
      problem: null,
      bytes: bytes.byteLength,
      elements: 21_006,
      informationModel: '1.21.0.0',
      root: 'Product_Observational',
    });
    expect(await labels.state(id)).toEqual(state);
    expect(await labels.fold(id, { what: 'depth', depth: null })).toBe(21_006);
    const { rows, total } = await labels.rows(id, 20_000, 5000);
    expect([rows.length, total]).toEqual([200, 21_006]);
    expect(await labels.search(id, 'radiance 2999', true)).toMatchObject({ rows: 2, hits: 4 });
    const hit = await labels.hit(id, 0);
    const node = await labels.node(id, hit?.node ?? 0);
    expect(node).toMatchObject({
      value: 'RADIANCE 2999',
      path: '/pds:Product_Observational/pds:File_Area_Observational/pds:Table_Character/pds:Field_Character[2999]/pds:name',
      registryName: 'pds:Field_Character.pds:name',
    });
    const { rows: lines } = await labels.source(id, node?.sourceRow ?? 0, 1);
    expect(lines[0]?.text.trim()).toBe('<name>RADIANCE 2999</name>');
    expect(await labels.hitFrom(id, hit?.node ?? 0, 'next')).toMatchObject({ hit: 2 });
    expect(await labels.reveal(id, hit?.node ?? 0)).toMatchObject({ node: hit?.node });
    expect(await labels.xpath(id, 'count(//pds:Field_Character)', 0, 1)).toMatchObject({
      value: 3000,
    });
    expect(await labels.xpath(id, '//pds:name', 2990, 5000)).toMatchObject({
      total: 3000,
      from: 2990,
    });
    expect(await labels.xpath(id, '//(', 0, 1)).toMatchObject({ type: 'error' });
    await labels.close(id);
    await expect(labels.rows(id, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('shows the first rows while the rest is on its way, and tells of changes', async () => {
    const told: LabelState[] = [];
    const labels = start((state) => told.push(state));
    const bytes = bytesOf(3000);
    const { chunks, next } = gate(bytes, 400_000);
    const opening = labels.open(from(chunks));
    next();
    const first = await opening;
    expect(first.isComplete).toBe(false);
    expect(first.elements).toBeGreaterThan(1000);
    expect((await labels.rows(first.id, 0, 10)).rows).toHaveLength(6);
    expect(await labels.search(first.id, 'radiance', false)).toMatchObject({ isComplete: false });
    const whole = labels.whole(first.id);
    for (let left = Math.ceil(bytes.byteLength / 400_000); left > 0; left -= 1) next();
    expect((await whole).elements).toBe(21_006);
    expect(told.at(-1)).toEqual(await whole);
  });

  test('what is no label is refused, and nothing of it stays open', async () => {
    const labels = start();
    const page = from([Buffer.from('<!doctype html><p>404')]);
    await expect(labels.open(page)).rejects.toMatchObject({ code: 'bad-answer' });
    await expect(labels.open(from([]))).rejects.toThrow(/empty/);
    const large = { ...from([]), bytesPromised: 1024 ** 3 };
    await expect(labels.open(large)).rejects.toThrow(/1024 MB by the server/);
  });

  test('bytes that cannot be had fail as they do; a label that breaks off is shown', async () => {
    const labels = start();
    const lost = new ArchiveError({ code: 'offline', message: 'No network.', retryable: true });
    const none = gate(bytesOf(10), 100);
    none.fail(lost);
    await expect(labels.open(from(none.chunks))).rejects.toBe(lost);
    const some = gate(bytesOf(1000), 30_000);
    const opening = labels.open(from(some.chunks));
    some.next();
    some.fail(lost);
    const { id } = await opening;
    const state = await labels.whole(id);
    expect(state.isComplete).toBe(true);
    expect(state.problem?.message).toContain('No network.');
    expect(state.problem?.place?.line).toBeGreaterThan(100);
    expect(state.elements).toBeGreaterThan(100);
  });

  test('a label that is closed or cancelled while it comes lets its bytes go', async () => {
    const labels = start();
    const cancelled = gate(bytesOf(100), 1000);
    const abort = new AbortController();
    const opening = labels.open(from(cancelled.chunks), abort.signal);
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    const closed = gate(bytesOf(5000), 500_000);
    const open = labels.open(from(closed.chunks));
    closed.next();
    const { id } = await open;
    const whole = expect(labels.whole(id)).rejects.toMatchObject({ code: 'cancelled' });
    await labels.close(id);
    await whole;
    closed.next();
    await expect.poll(closed.isReturned).toBe(true);
  });

  test('the fifth label closes the one that was not used for longest', async () => {
    const labels = start();
    const ids: number[] = [];
    for (let at = 0; at < 4; at += 1) ids.push((await labels.open(from([bytesOf(5)]))).id);
    await labels.state(ids[0] ?? 0);
    const { id } = await labels.open(from([bytesOf(5)]));
    await expect(labels.state(ids[1] ?? 0)).rejects.toMatchObject({ code: 'not-found' });
    for (const kept of [ids[0], ids[2], ids[3], id]) {
      expect((await labels.whole(kept ?? 0)).problem).toBeNull();
    }
  });

  test('bytes that the caller fills anew are not read twice', async () => {
    const bytes = bytesOf(4000);
    const buffer = new Uint8Array(10_000);
    function* chunks(): Generator<Uint8Array> {
      for (let at = 0; at < bytes.byteLength; at += buffer.byteLength) {
        const part = bytes.subarray(at, at + buffer.byteLength);
        buffer.set(part);
        yield buffer.subarray(0, part.byteLength);
      }
    }
    const labels = start();
    const { id } = await labels.open(from(chunks()));
    expect(await labels.whole(id)).toMatchObject({ problem: null, elements: 28_006 });
  });
});
