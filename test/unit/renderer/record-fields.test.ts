import { describe, expect, test } from 'vitest';
import type { MetadataField } from '#contract/domain.ts';
import {
  filterMetadata,
  kindOfFile,
  matchParts,
  playableOf,
  renditionToSave,
  sumOfBytes,
} from '#renderer/features/record/record-fields.ts';
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
    expect(filterMetadata(fields, 'IMAGE', false).shown).toHaveLength(2);
    expect(filterMetadata(fields, 'image', true).shown).toHaveLength(3);
    expect(filterMetadata(fields, 'nowhere', true)).toEqual({ shown: [], hidden: 1 });
    expect(filterMetadata(fields, ' ', false)).toEqual({ shown: fields.slice(0, 2), hidden: 1 });
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
