import { describe, expect, test } from 'vitest';
import { readNamePattern } from '#contract/pds-query/name-pattern.ts';
import { readTimestamp } from '#contract/pds-query/timestamp.ts';

describe('patterns over names match whole names, as regular expressions do', () => {
  const patterns = [
    'lid', '.*', 'pds:File.*', 'pds:.+_time', 'a?b', '(a|bc)*d', '[a-c]+', '[^a-c]x', '[a\\-z]', '\\.x', 'a\\d\\w\\s',
    '', '|a', '(a*)*b', '((a|b)?c)+', 'x[.]y', '[-a]', 'a.b', '()',
  ]; // prettier-ignore
  const names = [
    'lid', 'lidvid', 'pds:File.pds:x', 'pds:Time.pds:start_date_time', 'a', 'b', 'ab', 'aab', 'd', 'abcd', 'bcad',
    'abc', 'dx', 'ax', '-', '.x', 'a5_ ', '', 'aaaaab', 'acbcc', 'x.y', 'xay', 'a.b', 'a\u{1f680}b',
  ]; // prettier-ignore
  test.each(patterns)('%s', (pattern) => {
    const matches = readNamePattern(pattern);
    const peer = new RegExp(`^(?:${pattern})$`, 'u');
    for (const name of names) expect([name, matches?.(name)]).toEqual([name, peer.test(name)]);
  });
  test.each([
    '(',
    ')',
    'a)',
    '*',
    'a**',
    'a{2}',
    '[',
    '[]',
    '[z-a]',
    'a\\',
    '\\b',
    '\\Q',
    '^a',
    'a$',
    '(?:a)',
    'a'.repeat(501),
    '('.repeat(60) + ')'.repeat(60),
  ])('refuses %s', (pattern) => {
    expect(readNamePattern(pattern)).toBeNull();
  });
  test('a pattern that would take a backtracking reader for ever ends', () => {
    const matches = readNamePattern(`${'(a*)*'.repeat(40)}b`);
    expect(matches?.('a'.repeat(2000))).toBe(false);
    expect(matches?.(`${'a'.repeat(2000)}b`)).toBe(true);
  });
});

describe('timestamps', () => {
  const iso = (ms: number): string => new Date(ms).toISOString();
  test.each([
    ['2019', '2019-01-01T00:00:00.000Z', '2019-12-31T23:59:59.999Z'],
    ['2020-02', '2020-02-01T00:00:00.000Z', '2020-02-29T23:59:59.999Z'],
    ['2019-04-01', '2019-04-01T00:00:00.000Z', '2019-04-01T23:59:59.999Z'],
    ['2019-04-01T05', '2019-04-01T05:00:00.000Z', '2019-04-01T05:59:59.999Z'],
    ['2019-04-01T05:06Z', '2019-04-01T05:06:00.000Z', '2019-04-01T05:06:59.999Z'],
    ['2019-04-01T05:06:07', '2019-04-01T05:06:07.000Z', '2019-04-01T05:06:07.999Z'],
    ['2019-04-01T05:06:07.5Z', '2019-04-01T05:06:07.500Z', '2019-04-01T05:06:07.500Z'],
    ['2019-04-01T05:06:07.123456Z', '2019-04-01T05:06:07.123Z', '2019-04-01T05:06:07.123Z'],
    ['2019-04-01T05:06:07-02:30', '2019-04-01T07:36:07.000Z', '2019-04-01T07:36:07.999Z'],
    ['0099-01-01', '0099-01-01T00:00:00.000Z', '0099-01-01T23:59:59.999Z'],
    ['1554078737929', '2019-04-01T00:32:17.929Z', '2019-04-01T00:32:17.929Z'],
  ])('%s', (text, first, last) => {
    const span = readTimestamp(text);
    expect(span && [iso(span.firstMs), iso(span.lastMs)]).toEqual([first, last]);
  });
  test.each([
    '',
    'x',
    '19',
    '2019-4-1',
    '2019-13',
    '2019-02-29',
    '2019-091',
    '2019-04-01 05:06',
    '2019-04-01T24:00',
    '2019-04-01T05:60',
    '2019-04-01T05:06:60',
    '2019-04-01T05:06:07+19:00',
    '01/04/2019',
  ])('refuses %s', (text) => {
    expect(readTimestamp(text)).toBeNull();
  });
});
