import { describe, expect, test } from 'vitest';
import {
  judgeAnswer,
  planRequest,
  requestHeaders,
  type Expectation,
  type Journal,
} from '#main/downloads/answer.ts';
import { ifRangeValue, isStrongEtag, strongLastModified } from '#main/downloads/validators.ts';

const modified = 'Fri, 12 Feb 2010 00:00:00 GMT';
const journal = (more: Partial<Journal> = {}): Journal => ({
  bytes: 100,
  sha256: 'x'.repeat(64),
  total: 1000,
  etag: '"a"',
  lastModified: null,
  contentType: 'image/jpeg',
  ...more,
});
const picture: Expectation = { notAWebPage: 'a JPEG picture', canBeMeasured: false };

const judge = (
  status: number,
  headers: Record<string, string>,
  state: Journal = journal(),
  expected: Expectation = picture,
) => judgeAnswer(planRequest(state), state, { status, headers }, expected, 0);

describe('validators', () => {
  test('strong and weak entity tags', () => {
    for (const tag of ['"a"', '""', '"a-b:c"', '"W/x"']) expect(isStrongEtag(tag), tag).toBe(true);
    for (const tag of ['W/"a"', 'a', '"a', 'a"', '"a"b"', '"a b"', '', '"a", "b"', "'a'"]) {
      expect(isStrongEtag(tag), tag).toBe(false);
    }
  });

  test('a date is strong only when it is a minute older than the answer', () => {
    const strong = (date: string | undefined, last = modified) =>
      strongLastModified({ 'last-modified': last, date });
    expect(strong('Fri, 12 Feb 2010 00:01:00 GMT')).toBe(modified);
    expect(strong('Fri, 12 Feb 2010 00:00:59 GMT')).toBeNull();
    expect(strong('Thu, 11 Feb 2010 00:00:00 GMT')).toBeNull();
    expect(strong(undefined)).toBeNull();
    expect(strong('Sat, 13 Feb 2010 00:00:00 GMT', 'yesterday')).toBeNull();
    expect(strong('Sat, 13 Feb 2010 00:00:00 GMT', '2010-02-12T00:00:00Z')).toBeNull();
  });

  test('with any ETag at hand a date is never used', () => {
    expect(ifRangeValue({ etag: 'W/"a"', lastModified: modified })).toBeNull();
    expect(ifRangeValue({ etag: '"a"', lastModified: modified })).toBe('"a"');
    expect(ifRangeValue({ etag: null, lastModified: modified })).toBe(modified);
    expect(ifRangeValue({ etag: null, lastModified: null })).toBeNull();
  });
});

describe('the request', () => {
  test('asks for no coding, and for a range only with its condition', () => {
    expect(requestHeaders(planRequest(journal({ bytes: 0 })))).toEqual({
      'accept-encoding': 'identity',
    });
    expect(requestHeaders(planRequest(journal()))).toEqual({
      'accept-encoding': 'identity',
      range: 'bytes=100-',
      'if-range': '"a"',
    });
    expect(requestHeaders(planRequest(journal({ etag: 'W/"a"', lastModified: modified })))).toEqual(
      {
        'accept-encoding': 'identity',
      },
    );
  });
});

describe('an answer to a range', () => {
  const good = { 'content-range': 'bytes 100-999/1000', 'content-length': '900', etag: '"a"' };

  test('that is exactly the wanted rest is appended', () => {
    expect(judge(206, good)).toMatchObject({ kind: 'append', file: { total: 1000, etag: '"a"' } });
    const byDate = journal({ etag: null, lastModified: modified, total: null });
    const { etag: _etag, ...rest } = good;
    expect(judge(206, { ...rest, 'last-modified': modified }, byDate)).toMatchObject({
      kind: 'append',
      file: { total: 1000 },
    });
  });

  const wrong: Record<string, Record<string, string | undefined>> = {
    'another start': { 'content-range': 'bytes 101-999/1000', 'content-length': '899' },
    'an earlier start': { 'content-range': 'bytes 99-999/1000', 'content-length': '901' },
    'not up to the end': { 'content-range': 'bytes 100-899/1000', 'content-length': '800' },
    'another length': { 'content-range': 'bytes 100-1099/1100', 'content-length': '1000' },
    'an unknown length': { 'content-range': 'bytes 100-999/*' },
    'no range': { 'content-range': undefined },
    'a range in other units': { 'content-range': 'lines 100-999/1000' },
    'a range with more behind it': { 'content-range': 'bytes 100-999/1000, 5-6/1000' },
    'a body of another length': { 'content-length': '901' },
    'another validator': { etag: '"b"' },
    'a weak form of the validator': { etag: 'W/"a"' },
    'no validator': { etag: undefined },
    'several parts': { 'content-type': 'multipart/byteranges; boundary=x' },
    'a coding': { 'content-encoding': 'gzip' },
  };
  for (const [what, change] of Object.entries(wrong)) {
    test(`with ${what} is refused: start over`, () => {
      const headers = Object.fromEntries(
        Object.entries({ ...good, ...change }).filter((entry) => entry[1] !== undefined),
      ) as Record<string, string>;
      expect(judge(206, headers).kind).toBe('restart');
    });
  }

  test('by date, where an ETag or another date appears, is refused', () => {
    const byDate = journal({ etag: null, lastModified: modified });
    const headers = { ...good, 'last-modified': modified };
    expect(judge(206, headers, byDate).kind).toBe('restart');
    const { etag: _etag, ...rest } = good;
    expect(judge(206, rest, byDate).kind).toBe('restart');
    expect(
      judge(206, { ...rest, 'last-modified': 'Sat, 13 Feb 2010 00:00:00 GMT' }, byDate).kind,
    ).toBe('restart');
  });

  test('with 416 starts over, with 200 is the whole file', () => {
    expect(judge(416, { 'content-range': 'bytes */1000' }).kind).toBe('restart');
    expect(judge(200, { 'content-length': '1000', etag: '"b"' })).toEqual({
      kind: 'whole',
      file: { total: 1000, etag: '"b"', lastModified: null, contentType: null },
    });
  });
});

describe('an answer to a plain request', () => {
  const fresh = journal({ bytes: 0, sha256: null, total: null, etag: null, contentType: null });

  test('206 and 416, which were not asked for, are refused', () => {
    expect(judge(206, { 'content-range': 'bytes 0-9/10' }, fresh).kind).toBe('retry');
    expect(judge(416, {}, fresh).kind).toBe('retry');
  });

  test('a web page is refused where a picture is due, and only there', () => {
    const html = { 'content-type': 'Text/HTML; charset=utf-8', 'content-length': '5' };
    expect(judge(200, html, fresh)).toMatchObject({
      kind: 'failed',
      error: { code: 'not-as-promised' },
    });
    expect(judge(200, html, fresh, { notAWebPage: null, canBeMeasured: false }).kind).toBe('whole');
  });

  test('a body without an end mark is taken only where its end can be known', () => {
    expect(judge(200, {}, fresh)).toMatchObject({ kind: 'failed', error: { code: 'bad-answer' } });
    expect(judge(200, { 'transfer-encoding': 'chunked' }, fresh).kind).toBe('whole');
    expect(judge(200, {}, fresh, { notAWebPage: null, canBeMeasured: true }).kind).toBe('whole');
  });

  test('a coded body is refused', () => {
    expect(judge(200, { 'content-encoding': 'gzip', 'content-length': '5' }, fresh).kind).toBe(
      'failed',
    );
    expect(judge(200, { 'content-encoding': 'identity', 'content-length': '5' }, fresh).kind).toBe(
      'whole',
    );
  });

  const statuses: [number, Record<string, string>, string, string][] = [
    [404, {}, 'failed', 'not-found'],
    [410, {}, 'failed', 'not-found'],
    [401, {}, 'failed', 'key-needed'],
    [403, {}, 'failed', 'forbidden'],
    [400, {}, 'failed', 'refused-by-archive'],
    [408, {}, 'retry', 'unavailable'],
    [500, {}, 'retry', 'unavailable'],
    [503, {}, 'retry', 'unavailable'],
    [503, { 'retry-after': '7' }, 'rate-limited', 'rate-limited'],
    [429, {}, 'rate-limited', 'rate-limited'],
    [204, {}, 'retry', 'bad-answer'],
    [304, {}, 'retry', 'bad-answer'],
  ];
  for (const [status, headers, kind, code] of statuses) {
    test(`${status} ${JSON.stringify(headers)} -> ${kind} ${code}`, () => {
      expect(judge(status, headers, fresh)).toMatchObject({ kind, error: { code } });
    });
  }

  test('Retry-After is passed on', () => {
    expect(judge(429, { 'retry-after': '7' }, fresh)).toMatchObject({ waitMs: 7000 });
    expect(judge(429, {}, fresh)).toMatchObject({ waitMs: null });
  });
});
