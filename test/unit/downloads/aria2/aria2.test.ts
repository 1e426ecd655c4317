import { describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { parseAria2Address } from '#main/downloads/aria2/aria2-address.ts';
import { gidOf } from '#main/downloads/aria2/aria2-client.ts';
import { toDownloadError } from '#main/downloads/aria2/aria2-errors.ts';
import { watchAria2, type Aria2News } from '#main/downloads/aria2/aria2-watch.ts';
import {
  readAnswer,
  readCalled,
  readStatus,
  type Aria2Status,
} from '#main/downloads/aria2/aria2-wire.ts';

describe('the address', () => {
  test.each([
    ['http://nas.local:6800/jsonrpc', 'http://nas.local:6800/jsonrpc', false],
    ['192.168.1.5', 'http://192.168.1.5:6800/jsonrpc', false],
    ['nas.local:7000', 'http://nas.local:7000/jsonrpc', false],
    ['ws://[::1]:6800', 'ws://[::1]:6800/jsonrpc', true],
    ['https://x.example:443/aria2/rpc', 'https://x.example/aria2/rpc', false],
    ['wss://x.example:8443/jsonrpc#x', 'wss://x.example:8443/jsonrpc', true],
  ])('%s', (text, href, isSocket) => {
    const address = parseAria2Address(text);
    expect(address.ok && [address.url.href, address.isSocket]).toEqual([href, isSocket]);
  });

  test.each([
    '',
    'http://',
    'ftp://x.example',
    'http://me:pass@x.example',
    'http://x.example/?token=a',
    'a b',
  ])('%j is none', (text) => {
    expect(parseAria2Address(text)).toMatchObject({ ok: false });
  });
});

test('a row has one number, another row another one', () => {
  expect(gidOf('a')).toMatch(/^[0-9a-f]{16}$/);
  expect(gidOf('a')).toBe(gidOf('a'));
  expect(gidOf('a')).not.toBe(gidOf('b'));
});

const wireStatus = {
  gid: '2089b05ecca3d829',
  status: 'active',
  totalLength: '100',
  completedLength: '40',
  downloadSpeed: '7',
};

describe('answers', () => {
  test('a status', () => {
    expect(readStatus({ ...wireStatus, verifyIntegrityPending: 'true', other: {} })).toEqual({
      gid: wireStatus.gid,
      state: 'active',
      ...{ totalBytes: 100, receivedBytes: 40, bytesPerSecond: 7, isChecking: true },
      ...{ errorCode: null, errorMessage: null },
    });
  });

  test.each([
    ['a state of its own', { status: 'constructor' }],
    ['a number that is none', { totalLength: '1e9' }],
    ['a number too large', { totalLength: '9999999999999999' }],
    ['a number for a text', { completedLength: 40 }],
    ['another gid', { gid: '../../etc/passwd' }],
    ['endless words', { errorMessage: 'x'.repeat(5000) }],
  ])('%s is no status', (_, change) => {
    expect(readStatus({ ...wireStatus, ...change })).toBeNull();
  });

  test('answers, faults, and what is neither', () => {
    expect(readAnswer({ id: 'a', jsonrpc: '2.0', result: 1 })).toEqual({
      id: 'a',
      fault: null,
      result: 1,
    });
    const fault = { code: 1, message: 'Unauthorized' };
    expect(readAnswer({ id: 'a', error: fault })).toEqual({ id: 'a', fault });
    expect(readAnswer({ id: null, error: fault })).toEqual({ id: null, fault });
    for (const strange of [
      null,
      7,
      [],
      {},
      '<html>',
      { id: 1, result: 1 },
      { method: 'aria2.onDownloadComplete' },
    ]) {
      expect(readAnswer(strange)).toBeNull();
    }
    expect(readCalled([7])).toEqual({ value: 7 });
    expect(readCalled(fault)).toEqual({ fault });
    for (const strange of [null, 7, [], [1, 2], {}]) expect(readCalled(strange)).toBeNull();
  });
});

test.each([
  ['32', 'not-as-promised'],
  ['9', 'disk'],
  ['3', 'not-found'],
  ['13', 'name-taken'],
  ['24', 'forbidden'],
  ['1', 'unavailable'],
  ['constructor', 'unavailable'],
  [null, 'unavailable'],
])('error %s of a download is %s', (number, code) => {
  const error = toDownloadError(number, 'Bad\nthing');
  expect(error.code).toBe(code);
  expect(error.message).toContain('aria2 says: Bad thing');
});

describe('watching', () => {
  const status = (change: Partial<Aria2Status>): Aria2Status => ({
    ...{ gid: 'a', state: 'active', totalBytes: 10, receivedBytes: 0, bytesPerSecond: 0 },
    ...{ errorCode: null, errorMessage: null, isChecking: false },
    ...change,
  });

  /** Gives one answer a round, then ends. */
  async function watch(rounds: (Aria2Status | null | ArchiveError)[]) {
    const end = new AbortController();
    const news: Aria2News[] = [];
    const reach: (string | null)[] = [];
    const pauses: number[] = [];
    await watchAria2({
      client: {
        statuses: async () => {
          const next = rounds.shift();
          if (next instanceof ArchiveError) throw next;
          return new Map([['a', next ?? null]]);
        },
      },
      gids: () => ['a'],
      onNews: (one) => news.push(one),
      onReach: (problem) => reach.push(problem?.code ?? null),
      pause: async (ms) => {
        pauses.push(ms);
        if (rounds.length === 0) end.abort();
      },
      signal: end.signal,
      everyMs: 100,
    });
    return { news, reach, pauses };
  }

  test('tells what is new, once', async () => {
    const { news } = await watch([
      status({ state: 'waiting' }),
      status({ state: 'waiting' }),
      status({ receivedBytes: 4 }),
      status({ state: 'complete', receivedBytes: 10 }),
      status({ state: 'error', errorCode: '32' }),
      null,
    ]);
    expect(news.map(({ kind }) => kind)).toEqual([
      'waiting',
      'progress',
      'complete',
      'failed',
      'unknown',
    ]);
  });

  test('a daemon that is away is asked ever more seldom, and said to be back', async () => {
    const away = () => new ArchiveError({ code: 'unavailable', message: 'away', retryable: true });
    const { news, reach, pauses } = await watch([away(), away(), away(), status({})]);
    expect(reach).toEqual(['unavailable', null]);
    expect(pauses).toEqual([200, 400, 800, 100]);
    expect(news).toHaveLength(1);
  });
});
