import { describe, expect, test, vi } from 'vitest';
import type { SearchPage } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { AlbumList } from '#renderer/features/album/album-list.svelte.ts';
import { makeCard, makeDetail } from '#test/support/made-records.ts';
import { createScriptedApi } from '#test/support/scripted-api.ts';

const cards = Array.from({ length: 250 }, (_, index) => makeCard(`a${index}`));
const { age } = makeDetail();
const pageOf = (page: number, all = cards): SearchPage => ({
  cards: all.slice((page - 1) * 100, page * 100),
  total: all.length,
  page,
  pageSize: 100,
  hasNext: page * 100 < all.length,
  ceiling: null,
  unreadable: 0,
  age,
});
const script = () =>
  createScriptedApi({
    'nasa.album': ({ page }: { page: number }) => pageOf(page),
    'nasa.cachedAlbum': () => ({ page: null }),
  });
const broken = () =>
  new ArchiveError({ code: 'unavailable', message: 'No answer.', retryable: true });

describe('an album', () => {
  test('is read page by page as one comes near the end, each once', async () => {
    const { api, calls } = script();
    const list = new AlbumList(api);
    await list.open('Apollo');
    expect([list.items.loaded, list.items.count, list.total]).toEqual([100, 250, 250]);
    list.need(10);
    list.need(60);
    list.need(60);
    await vi.waitFor(() => expect(list.items.loaded).toBe(200));
    list.need(199);
    await vi.waitFor(() => expect(list.items.loaded).toBe(250));
    list.need(249);
    expect(list.items.isComplete).toBe(true);
    expect(calls.filter(({ name }) => name === 'nasa.album')).toHaveLength(3);
  });

  test('is read whole where all of it is wanted, no page twice', async () => {
    const { api, calls } = script();
    const list = new AlbumList(api);
    const opened = list.open('Apollo');
    const all = [list.readAll(), list.readAll()];
    await opened;
    list.need(60);
    await Promise.all(all);
    expect([list.items.loaded, list.items.isComplete, list.isReadingAll]).toEqual([
      250,
      true,
      false,
    ]);
    expect(calls.filter(({ name }) => name === 'nasa.album')).toHaveLength(3);
  });

  test('reads on to the place that one comes back to', async () => {
    const list = new AlbumList(script().api);
    await list.open('Apollo', 160);
    expect(list.items.loaded).toBe(200);
  });

  test('shows its copy at once; the same records from the archive are not drawn anew', async () => {
    const { api, answer } = script();
    let give: (page: SearchPage) => void = () => undefined;
    answer('nasa.cachedAlbum', () => ({
      page: { ...pageOf(1), age: { ...age, origin: 'cache', isStale: true } },
    }));
    answer('nasa.album', () => new Promise((resolve) => (give = resolve)));
    const list = new AlbumList(api);
    const opened = list.open('Apollo');
    await vi.waitFor(() => expect(list.status.kind).toBe('ready'));
    expect(list.age?.origin).toBe('cache');
    const first = list.items.at(0);
    give(pageOf(1));
    await opened;
    expect(list.age?.origin).toBe('network');
    expect(list.items.at(0)).toBe(first);
  });

  test('that can’t be had fails, or stays as the copy it is', async () => {
    const { api, answer } = script();
    answer('nasa.album', () => {
      throw broken();
    });
    const list = new AlbumList(api);
    await list.open('Apollo');
    expect(list.status).toMatchObject({ kind: 'failed', error: { code: 'unavailable' } });
    let giveKept: (kept: { page: SearchPage }) => void = () => undefined;
    answer('nasa.cachedAlbum', () => new Promise((resolve) => (giveKept = resolve)));
    const opened = list.open('Apollo');
    await vi.waitFor(() => expect(list.status.kind).toBe('failed'));
    giveKept({ page: pageOf(1) });
    await opened;
    expect([list.status.kind, list.items.loaded]).toEqual(['ready', 100]);
  });

  test('keeps what it has when a further page fails, and goes on when asked', async () => {
    const { api, answer } = script();
    const list = new AlbumList(api);
    await list.open('Apollo');
    answer('nasa.album', () => {
      throw broken();
    });
    list.need(99);
    await vi.waitFor(() => expect(list.moreError?.code).toBe('unavailable'));
    expect([list.status.kind, list.items.loaded]).toEqual(['ready', 100]);
    answer('nasa.album', ({ page }: { page: number }) => pageOf(page));
    await list.retry();
    expect([list.moreError, list.items.loaded]).toEqual([null, 200]);
  });
});
