import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsersMet } from '#main/astrobin/users-met.ts';
import { openCache, type CacheFile } from '#main/db/open-cache.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let cache: CacheFile;
let nowMs = 0;
const complaints: unknown[] = [];

const open = (source: () => string = () => 'https://one.example/') => {
  cache = openCache({ profileDir: temp.dir, log: () => undefined });
  const log = (...said: unknown[]): void => void complaints.push(said);
  return new UsersMet({ db: cache.db, source, nowMs: () => nowMs, log });
};

beforeEach(() => {
  temp = makeTempDir();
  complaints.length = 0;
  nowMs = 1_000_000_000;
});
afterEach(() => {
  cache.close();
  temp.remove();
});

test('names outlive the run, the latest first, each once', () => {
  const users = open();
  users.meet(['anna', 'bert', null, '', 'anna', 'x'.repeat(300)]);
  nowMs += 1000;
  users.meet(['carl']);
  nowMs += 3_600_000;
  users.meet(['bert']);
  cache.close();
  const later = open();
  expect(later.names()).toEqual(['bert', 'carl', 'anna']);
  later.clear();
  expect(later.names()).toEqual([]);
  later.meet(['anna']);
  expect(later.names()).toEqual(['anna']);
  expect(complaints).toEqual([]);
});

test('those of the sample are none of the live archive', () => {
  let place = 'http://127.0.0.1:1/';
  const users = open(() => place);
  users.meet(['made up']);
  place = 'https://one.example/';
  expect(users.names()).toEqual([]);
  users.meet(['anna']);
  expect(users.names()).toEqual(['anna']);
});

test('the oldest go once there are too many', () => {
  const users = open();
  for (let at = 0; at < 40; at += 1) {
    nowMs += 1;
    users.meet(Array.from({ length: 25 }, (_, one) => `user ${String(at * 25 + one)}`));
  }
  expect(users.names()).toHaveLength(500);
  expect(users.names()).not.toContain('user 0');
  expect(users.names()).toContain('user 999');
});

test('a cache that cannot be used is told of, and nothing fails', () => {
  const users = open();
  cache.close();
  users.meet(['anna']);
  expect(users.names()).toEqual([]);
  expect(complaints).not.toEqual([]);
});
