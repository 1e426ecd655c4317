import { describe, expect, test } from 'vitest';
import type { MetadataField } from '#contract/domain.ts';
import {
  albumsOf,
  largestOf,
  kindOfFile,
  playableOf,
  renditionToSave,
  sumOfBytes,
} from '#renderer/features/record/record-fields.ts';
import { matchParts } from '#renderer/lib/text-parts.ts';
import { listMetadata, toLines } from '#renderer/features/record/metadata-groups.ts';
import { makeCard, makeDetail, makeRendition } from '#test/support/made-records.ts';

test('the original is what is saved, else the largest', () => {
  const orig = makeRendition('orig');
  const large = makeRendition('large', { width: 1920, height: 1080 });
  const medium = makeRendition('medium', { width: 1280, height: 720, bytes: 9 });
  expect(renditionToSave([medium, large, orig])).toBe(orig);
  expect(renditionToSave([medium, large])).toBe(large);
  expect(renditionToSave([])).toBeNull();
});

test('a sum of sizes says whether it is whole', () => {
  const sizes = [makeRendition('a', { bytes: 10 }), makeRendition('b', { bytes: 5 })];
  expect(sumOfBytes(sizes)).toEqual({ bytes: 15, isWhole: true });
  expect(sumOfBytes([...sizes, makeRendition('c')])).toEqual({ bytes: 15, isWhole: false });
});

test('files are named by their type, else by their ending', () => {
  expect(kindOfFile({ mime: 'image/jpeg', url: 'x' })).toBe('JPEG');
  expect(kindOfFile({ mime: 'audio/x-wav; rate=1', url: 'x' })).toBe('WAV');
  expect(kindOfFile({ mime: null, url: 'https://h/a b~orig.tif?x=1.png' })).toBe('TIFF');
  expect(kindOfFile({ mime: null, url: 'https://h/a' })).toBe('');
});

test('only films with a key are played for a film', () => {
  const card = makeCard('v');
  const detail = makeDetail(
    [
      makeRendition('orig', { mime: 'video/mp4' }),
      makeRendition('medium', { mime: null, url: 'https://h/v~medium.mp4' }),
      makeRendition('small', { mime: 'video/mp4', key: null }),
      makeRendition('thumb'),
    ],
    { ...card, record: { ...card.record, kind: 'video' } },
  );
  expect(playableOf(detail).map(({ name }) => name)).toEqual(['orig', 'medium']);
  expect(playableOf(makeDetail(detail.renditions))).toEqual([]);
});

describe('metadata', () => {
  const fields: MetadataField[] = [
    { name: 'File:ImageWidth', value: '3294', isPrivate: false },
    { name: 'AVAIL:MediaType', value: 'image', isPrivate: false },
    { name: 'AVAIL:Owner', value: 'imager', isPrivate: true },
  ];

  test('is found by name or value, without what is private until asked for', () => {
    expect(listMetadata(fields, 'IMAGE', false).shown).toHaveLength(2);
    expect(listMetadata(fields, 'image', true).shown).toHaveLength(3);
    expect(listMetadata(fields, 'nowhere', true)).toEqual({
      groups: [],
      shown: [],
      privateCount: 1,
    });
    expect(listMetadata(fields, ' ', false).shown).toEqual(fields.slice(0, 2));
  });

  test('stands in groups, in the order met, each field with its place in what is shown', () => {
    const field = (name: string): MetadataField => ({ name, value: 'x', isPrivate: false });
    const mixed = ['EXIF:Make', 'File:Size', 'EXIF:Model', 'Plain', ':odd', 'odd:'].map(field);
    const { groups, shown } = listMetadata(mixed, '', false);
    expect(groups.map(({ name, fields: of }) => [name, of.map(({ short }) => short)])).toEqual([
      ['EXIF', ['Make', 'Model']],
      ['File', ['Size']],
      ['', ['Plain', ':odd', 'odd:']],
    ]);
    expect(groups.flatMap(({ fields: of }) => of.map(({ index }) => index))).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(shown.map(({ name }) => name)).toEqual([
      'EXIF:Make',
      'EXIF:Model',
      'File:Size',
      'Plain',
      ':odd',
      'odd:',
    ]);
  });

  test('is copied as lines that a spreadsheet takes', () => {
    const odd: MetadataField = { name: 'A:b', value: 'one\r\ntwo\tthree', isPrivate: false };
    expect(toLines([...fields.slice(0, 1), odd])).toBe('File:ImageWidth\t3294\nA:b\tone two three');
  });

  test('matches are marked where they are, and the text stays whole', () => {
    expect(matchParts('File:ImageWidth', 'image')).toEqual([
      { text: 'File:', isMatch: false },
      { text: 'Image', isMatch: true },
      { text: 'Width', isMatch: false },
    ]);
    for (const [text, wanted] of [
      ['aaaa', 'aa'],
      ['İstanbul image', 'image'],
      ['', 'x'],
      ['abc', ''],
    ] as const) {
      const parts = matchParts(text, wanted);
      expect(parts.map((part) => part.text).join('')).toBe(text);
    }
  });
});

test('albums are a list, one name or nothing, each once', () => {
  const card = makeCard('x');
  const named = (album: unknown) =>
    albumsOf({ ...card, record: { ...card.record, fields: { album } } });
  expect(named(['Apollo', ' Apollo ', '', 7, 'Test'])).toEqual(['Apollo', 'Test']);
  expect(named('Apollo')).toEqual(['Apollo']);
  expect([named(undefined), named(null), named({})]).toEqual([[], [], []]);
});

test('the largest is named only where it is not the first', () => {
  const small = makeRendition('orig', { width: 10, height: 10 });
  const large = makeRendition('large', { width: 20, height: 10 });
  expect(largestOf([large, small])).toBeNull();
  expect(largestOf([small, large])).toBe(large);
  expect(largestOf([makeRendition('orig')])).toBeNull();
});
