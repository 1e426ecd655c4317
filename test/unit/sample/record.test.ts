import { describe, expect, test } from 'vitest';
import { indexOfId, planOf, recordOf } from '#main/sample/plan.ts';
import { numberIn, toNasaId } from '#main/sample/record-id.ts';
import { fileName } from '#main/sample/files.ts';
import { recordAt } from '#main/sample/record.ts';
import type { SampleRecord } from '#main/sample/record.ts';
import { wordsOf } from '#main/sample/words.ts';

const plan = planOf(7, 6000);
const many: SampleRecord[] = Array.from({ length: 6000 }, (_, at) => recordAt(7, at));

function share(test: (record: SampleRecord) => boolean): number {
  return many.filter(test).length / many.length;
}

describe('a record', () => {
  test('is the same whenever it is made, and another for another seed or number', () => {
    expect(recordAt(7, 42)).toEqual(recordAt(7, 42));
    expect(recordAt(8, 42)).not.toEqual(recordAt(7, 42));
    expect(new Set(many.map((record) => record.picture.seed)).size).toBeGreaterThan(5990);
  });

  test('is found again by its identifier, and by nothing like it', () => {
    for (const record of many) expect(indexOfId(plan, record.nasaId)).toBe(record.index);
    expect(new Set(many.map((record) => record.nasaId)).size).toBe(6000);
    expect(indexOfId(plan, 'ALM0006001')).toBeNull();
    expect(indexOfId(plan, 'PIA24439')).toBeNull();
    expect(indexOfId(plan, `${many[0]?.nasaId ?? ''} `)).toBeNull();
  });

  test('names no person but an observer, and says that it is drawn', () => {
    for (const record of many) {
      expect(record.photographer ?? 'Observer 1').toMatch(/^Observer \d{1,2}$/);
      const said = record.description;
      if (said !== null && said !== record.title) expect(said).toContain('not an observation');
    }
  });

  test('misses fields as often as the archive does', () => {
    expect(share((record) => record.centre === null)).toBeCloseTo(0.01, 2);
    expect(share((record) => record.keywords === null)).toBeCloseTo(0.035, 2);
    expect(share((record) => record.description === null)).toBeCloseTo(0.02, 2);
    expect(share((record) => record.description === record.title)).toBeCloseTo(0.14, 1);
    expect(share((record) => !record.hasLinks)).toBeCloseTo(0.011, 2);
    const images = many.filter((record) => record.media === 'image');
    const lone = images.filter((record) => record.files.every((file) => file.rel !== 'alternate'));
    expect(lone.length / images.length).toBeCloseTo(0.085, 1);
    expect(
      share(
        (record) => record.keywords?.length === 1 && record.keywords[0]?.includes(';') === true,
      ),
    ).toBeGreaterThan(0.01);
  });

  test('has every kind of medium, original and metadata', () => {
    const seen = (pick: (record: SampleRecord) => string[]): Set<string> =>
      new Set(many.flatMap(pick));
    expect(seen((record) => [record.media])).toEqual(new Set(['image', 'video', 'audio']));
    expect(seen((record) => record.files.map((file) => file.extension))).toEqual(
      new Set(['jpg', 'png', 'tif', 'mp4', 'wav', 'mp3', 'm4a', 'srt', 'vtt']),
    );
    expect(seen((record) => [record.metadataShape])).toEqual(new Set(['flat', 'nested', 'mixed']));
    expect(seen((record) => [record.picture.kind]).size).toBeGreaterThanOrEqual(20);
  });

  test('keeps all its renditions in one shape, the preview smallest and the original largest', () => {
    for (const record of many) {
      const pictures = record.files.filter((file) => file.width > 0);
      for (const file of pictures) {
        const [w, h] = file.isTurned ? [file.height, file.width] : [file.width, file.height];
        const { aspect } = record.picture;
        expect(Math.abs(aspect >= 1 ? h - w / aspect : w - h * aspect)).toBeLessThanOrEqual(
          0.5 + 1e-9,
        );
        expect(file.sizeBytes).toBeGreaterThan(1000);
      }
      if (record.media !== 'image') continue;
      const areas = pictures.map((file) => file.width * file.height);
      expect(pictures.at(-1)?.name).toBe('orig');
      expect(Math.max(...areas)).toBe(areas.at(-1));
      const names = record.files.map((file) => fileName(record, file));
      expect(names).toContain(`${record.nasaId}~thumb.jpg`);
    }
  });
});

test('identifiers hold what real ones hold', () => {
  const all = many.map((record) => record.nasaId).join('\n');
  for (const mark of [' ', ',', '.', '(', ')', "'", '’', '&', '%', '#', '_'])
    expect(all).toContain(mark);
  expect(all).not.toContain('/');
  expect(toNasaId(7, 41, 'X')).toContain('0000042');
  expect(numberIn('ALM0000042')).toBe(41);
  expect(numberIn('ALM00000421')).toBeNull();
  expect(numberIn('ALM0000000')).toBeNull();
});

test('words are plain: case, accents, possessives and plurals aside', () => {
  expect(wordsOf('Saturn’s Rings, and the STARS')).toEqual([
    'saturn',
    'ring',
    'and',
    'the',
    'star',
  ]);
  expect(wordsOf('Crème  galaxies 47 Tucanae-X')).toEqual([
    'creme',
    'galaxy',
    '47',
    'tucanae',
    'x',
  ]);
  expect(wordsOf(' …—! ')).toEqual([]);
});

test('a lump shares every searchable field, and has identifiers and pictures of its own', () => {
  const lumped = planOf(7, 1000, 300);
  const all = Array.from({ length: 1000 }, (_, at) => recordOf(lumped, at));
  const searchable = (record: SampleRecord): string =>
    JSON.stringify([
      record.media,
      record.title,
      record.description,
      record.description508,
      record.keywords,
      record.centre,
      record.dateCreated,
      record.photographer,
      record.secondaryCreator,
      record.location,
      record.album,
    ]);
  const counts = new Map<string, number>();
  for (const record of all)
    counts.set(searchable(record), (counts.get(searchable(record)) ?? 0) + 1);
  expect([...counts.values()].sort((a, b) => b - a).slice(0, 2)).toEqual([300, 1]);
  const lump = all.slice(700);
  expect(lump.every((record) => !searchable(record).includes('null,'))).toBe(true);
  expect(new Set(all.map((record) => record.nasaId)).size).toBe(1000);
  expect(new Set(lump.map((record) => record.picture.seed)).size).toBe(300);
  expect(indexOfId(lumped, lump[5]?.nasaId ?? '')).toBe(705);
  // Records before the lump are those of an archive without one.
  expect(all[42]).toEqual(recordAt(7, 42));
});
