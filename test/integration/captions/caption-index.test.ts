import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cue } from '#contract/captions.ts';
import { toRef, type RecordRef } from '#contract/domain.ts';
import { CaptionIndex } from '#main/captions/caption-index.ts';
import { openCache, type CacheFile } from '#main/db/open-cache.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { createSeededRandom } from '#test/support/mangle.ts';

const base = 'https://images-api.nasa.gov/';
let temp: ReturnType<typeof makeTempDir>;
let cache: CacheFile;
let nowMs: number;
let index: CaptionIndex;

beforeEach(() => {
  temp = makeTempDir();
  cache = openCache({ profileDir: temp.dir, log: () => undefined });
  nowMs = 1_000_000;
  index = new CaptionIndex(cache.db, () => nowMs);
});
afterEach(() => {
  cache.close();
  temp.remove();
});

const refOf = (id: string): RecordRef => toRef('nasa-images', id);
const cuesOf = (texts: readonly string[]): Cue[] =>
  texts.map((text, at) => ({ startMs: at * 1000, endMs: at * 1000 + 900, text, speaker: null }));

function store(
  id: string,
  texts: readonly string[],
  more: { base?: string; digest?: string; into?: CaptionIndex } = {},
): number | null {
  const into = more.into ?? index;
  const fileId = into.begin({
    base: more.base ?? base,
    ref: refOf(id),
    title: `Title of ${id}`,
    source: `https://images-assets.nasa.gov/video/${id}/${id}.srt`,
    format: 'srt',
    encoding: 'utf-8',
    notes: ['odd'],
    digest: more.digest ?? texts.join('|'),
    fetchedAtMs: nowMs,
  });
  if (fileId === null) return null;
  into.add(fileId, 0, cuesOf(texts));
  into.finish(fileId, texts.length, texts.join('').length);
  return fileId;
}

const found = (text: string, limit = 50): string[] =>
  index.search(base, text, limit).hits.map(({ ref, cueIndex }) => `${ref} ${cueIndex}`);

const counts = () =>
  ['caption_files', 'caption_cues', 'caption_words'].map(
    (table) =>
      cache.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1,
  );

describe('searching', () => {
  beforeEach(() => {
    store('A', ['One small step for man', 'Le café de Köln', 'It’s the rover-cam, OK?']);
    store('B', ['The small rover drives', 'step by step, small steps', '火星车的着陆画面']);
  });

  test.each([
    ['small step', ['nasa:A 0', 'nasa:B 1']],
    ['"small step"', ['nasa:A 0']],
    ['"small st', ['nasa:A 0', 'nasa:B 1']],
    ['ROV', ['nasa:A 2', 'nasa:B 0']],
    ['cafe koln', ['nasa:A 1']],
    ['CAFÉ', ['nasa:A 1']],
    ['rover-cam', ['nasa:A 2']],
    ['火星', ['nasa:B 2']],
    ['着陆', ['nasa:B 2']],
    ['陆着', []],
    ['nothing here', []],
    ['', []],
  ])('%s', (text, hits) => {
    expect(found(text).sort()).toEqual(hits);
  });

  test('says what it found', () => {
    expect(index.search(base, 'koln', 10)).toEqual({
      hits: [
        {
          ref: 'nasa:A',
          title: 'Title of A',
          cueIndex: 1,
          startMs: 1000,
          text: 'Le café de Köln',
        },
      ],
      total: 1,
      transcripts: 2,
    });
  });

  test('a speaker is found by name', () => {
    const fileId = index.begin({
      base, ref: refOf('S'), title: 'S', source: 'x', format: 'vtt', encoding: 'utf-8', notes: [], digest: 's', fetchedAtMs: 0,
    }); // prettier-ignore
    index.add(fileId ?? 0, 0, [{ startMs: 0, endMs: 1, text: 'Hello', speaker: 'Roger Bingham' }]);
    index.finish(fileId ?? 0, 1, 5);
    expect(found('bingham hello')).toEqual(['nasa:S 0']);
  });

  test('the total counts all, the limit only what is shown', () => {
    const { hits, total } = index.search(base, 'small', 2);
    expect([hits.length, total]).toEqual([2, 3]);
  });

  test('more hits than are ranked: the newest files first, in the order of their cues', () => {
    const plain = new CaptionIndex(cache.db, () => nowMs, { mostCues: 1000, mostRanked: 1 });
    const { hits, total } = plain.search(base, 'small', 10);
    expect(hits.map(({ ref, cueIndex }) => `${ref} ${cueIndex}`)).toEqual([
      'nasa:B 0',
      'nasa:B 1',
      'nasa:A 0',
    ]);
    expect(total).toBe(3);
  });

  test('words of a sample archive go when another one is read', () => {
    store('S', ['old sample'], { base: 'http://127.0.0.1:4000/' });
    store('S', ['new sample'], { base: 'http://127.0.0.1:5000/' });
    expect(index.search('http://127.0.0.1:4000/', 'sample', 5).total).toBe(0);
    expect(index.search('http://127.0.0.1:5000/', 'sample', 5).total).toBe(1);
    expect(found('small')).toHaveLength(3);
  });

  test('another archive is another matter', () => {
    store('A', ['small sample'], { base: 'http://127.0.0.1:4000/' });
    expect(found('sample')).toEqual([]);
    expect(index.search('http://127.0.0.1:4000/', 'small', 5).total).toBe(1);
    index.clear('http://127.0.0.1:4000/');
    expect(index.search('http://127.0.0.1:4000/', 'small', 5).total).toBe(0);
    expect(found('small')).toHaveLength(3);
  });

  test('nothing that is typed is an error', () => {
    const random = createSeededRandom(7);
    const pieces = ['"', '*', '(', ')', 'NEAR', 'AND', ':', '^', '-', '+', '{', '}', ',', '\u0000', '\ud800', 'small', ' ', '\u{1E900}', "'", ';', '火', '\u0301', 'NOT', '/', '\\', '%']; // prettier-ignore
    for (let round = 0; round < 1500; round += 1) {
      const text = Array.from(
        { length: Math.floor(random() * 12) },
        () => pieces[Math.floor(random() * pieces.length)] ?? '',
      ).join(random() < 0.5 ? '' : ' ');
      expect(() => index.search(base, text, 5), JSON.stringify(text)).not.toThrow();
    }
  });
});

describe('keeping', () => {
  test('a transcript comes back as it went in', () => {
    store('A', ['one', 'two\nlines']);
    expect(index.find(base, refOf('A'))).toEqual({
      ref: 'nasa:A',
      source: 'https://images-assets.nasa.gov/video/A/A.srt',
      format: 'srt',
      encoding: 'utf-8',
      cues: cuesOf(['one', 'two\nlines']),
      notes: ['odd'],
      fetchedAtMs: nowMs,
    });
    expect(index.find(base, refOf('B'))).toBeNull();
    expect(index.find('http://other/', refOf('A'))).toBeNull();
  });

  test('the same file again is only a use, another one takes its place', () => {
    store('A', ['first words']);
    expect(store('A', ['first words'])).toBeNull();
    store('A', ['second words', 'and more']);
    expect(found('first')).toEqual([]);
    expect(found('second')).toEqual(['nasa:A 0']);
    expect(counts()).toEqual([1, 2, 2]);
  });

  test('a file that was not finished is not found, and goes with time', () => {
    const fileId = index.begin({
      base, ref: refOf('A'), title: 'A', source: 'x', format: 'srt', encoding: 'utf-8', notes: [], digest: 'a', fetchedAtMs: 0,
    }); // prettier-ignore
    index.add(fileId ?? 0, 0, cuesOf(['half written']));
    expect(found('half')).toEqual([]);
    store('B', ['whole']);
    expect(counts()[0]).toBe(2);
    nowMs += 3_600_000;
    store('C', ['later']);
    expect(counts()).toEqual([2, 2, 2]);
  });

  test('beyond the limit the files that were not used for longest go', () => {
    const small = new CaptionIndex(cache.db, () => nowMs, { mostCues: 5, mostRanked: 100 });
    store('A', ['alpha', 'x'], { into: small });
    nowMs += 1;
    store('B', ['beta', 'x'], { into: small });
    nowMs += 1;
    store('A', ['alpha', 'x'], { into: small });
    nowMs += 1;
    store('C', ['gamma', 'x'], { into: small });
    expect(found('alpha')).toEqual(['nasa:A 0']);
    expect(found('beta')).toEqual([]);
    expect(found('gamma')).toEqual(['nasa:C 0']);
  });

  test('file numbers far up: large ids stay whole numbers', () => {
    cache.db
      .prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('caption_files', 40000000)")
      .run();
    const texts = Array.from({ length: 450 }, (_, at) => `word${at} common`);
    expect(store('A', texts)).toBe(40_000_001);
    store('B', ['common too']);
    expect(found('word449')).toEqual(['nasa:A 449']);
    expect(index.search(base, 'common', 5).total).toBe(451);
    store('A', ['new']);
    expect(found('common')).toEqual(['nasa:B 0']);
    expect(counts()).toEqual([2, 2, 2]);
  });

  test('all is forgotten at once, and the bytes with it', () => {
    store('A', ['one', 'two']);
    expect(index.bytes()).toBeGreaterThan(0);
    index.clear(null);
    expect(counts()).toEqual([0, 0, 0]);
    expect(index.bytes()).toBe(0);
  });
});
