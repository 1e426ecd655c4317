import { describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { parseByteRange } from '#main/cache/byte-range.ts';
import { isStreamed, isViewable, sniff } from '#main/cache/media-types.ts';
import { readPictureSize } from '#main/cache/picture-size.ts';

const picture = sharp({ create: { width: 37, height: 21, channels: 3, background: '#345' } });

describe('a picture as encoders write it', () => {
  test.each([
    ['image/jpeg', () => picture.clone().jpeg().toBuffer()],
    [
      'image/jpeg',
      () =>
        picture
          .clone()
          .jpeg({ progressive: true })
          .withExif({ IFD0: { Copyright: 'x'.repeat(999) } })
          .toBuffer(),
    ],
    ['image/png', () => picture.clone().png().toBuffer()],
    ['image/gif', () => picture.clone().gif().toBuffer()],
    ['image/webp', () => picture.clone().webp().toBuffer()],
    ['image/webp', () => picture.clone().webp({ lossless: true }).toBuffer()],
    ['image/webp', () => picture.clone().ensureAlpha(0.5).webp().toBuffer()],
    ['image/avif', () => picture.clone().avif({ effort: 0 }).toBuffer()],
  ] as const)('of type %s is known, with its size', async (type, encode) => {
    const bytes = await encode();
    expect(sniff(bytes.subarray(0, 64))).toBe(type);
    expect(readPictureSize(bytes, type)).toEqual({ width: 37, height: 21 });
    for (let length = 0; length < Math.min(bytes.length, 400); length++) {
      const cut = bytes.subarray(0, length);
      const size = readPictureSize(cut, type);
      if (size !== null) expect(size).toEqual({ width: 37, height: 21 });
    }
  });

  test('as TIFF is known', async () => {
    expect(sniff((await picture.clone().tiff().toBuffer()).subarray(0, 64))).toBe('image/tiff');
  });
});

const padded = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat([
    ...parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
    Buffer.alloc(64),
  ]).subarray(0, 64);

test.each([
  ['RIFF wave', padded('RIFF', [0, 0, 0, 0], 'WAVE'), 'audio/wav'],
  ['RIFF other', padded('RIFF', [0, 0, 0, 0], 'AVI '), null],
  ['ID3', padded('ID3', [4, 0, 0]), 'audio/mpeg'],
  ['an MP3 frame', padded([0xff, 0xfb, 0x90, 0x64]), 'audio/mpeg'],
  ['no MP3 frame', padded([0xff, 0xff, 0xff, 0xff]), null],
  ['MP4', padded([0, 0, 0, 24], 'ftypmp42'), 'video/mp4'],
  ['M4A', padded([0, 0, 0, 24], 'ftypM4A '), 'audio/mp4'],
  ['HEIC', padded([0, 0, 0, 24], 'ftypheic'), null],
  ['WebM', padded([0x1a, 0x45, 0xdf, 0xa3]), 'video/webm'],
  ['Ogg', padded('OggS'), 'audio/ogg'],
  ['HTML', padded('<!DOCTYPE html><html>'), null],
  ['SVG', padded('<svg xmlns="http://www.w3.org/2000/svg">'), null],
  ['XML', padded('<?xml version="1.0"?><svg>'), null],
  ['JSON', padded('{"reason":"x"}'), null],
  ['nothing', Buffer.alloc(0), null],
  ['too little', Buffer.from([0xff, 0xd8, 0xff]), null],
])('%s is sniffed as it is', (_name, head, expected) => {
  expect(sniff(head)).toBe(expected);
});

test('sound and video are told by the path’s ending alone', () => {
  expect(isStreamed('https://h/a~orig.mp4')).toBe(true);
  expect(isStreamed('https://h/a~128k.MP3?x=.jpg')).toBe(true);
  expect(isStreamed('https://h/a.jpg?x=.mp4')).toBe(false);
  expect(isStreamed('nonsense')).toBe(false);
});

test('only what Chromium or sharp can show is viewable', () => {
  expect(isViewable('image/tiff')).toBe(true);
  expect(isViewable('image/svg+xml')).toBe(false);
  expect(isViewable('application/pdf')).toBe(false);
  expect(isViewable(null)).toBe(false);
});

describe('a range', () => {
  test.each([
    [null, 'all'],
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=50-1000', { start: 50, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-0', 'all'],
    ['bytes=0-1,5-6', 'all'],
    ['bytes=-', 'all'],
    ['items=0-1', 'all'],
    ['bytes=99999999999999999999-', 'all'],
  ])('%j of 100 bytes is %j', (header, expected) => {
    expect(parseByteRange(header, 100)).toEqual(expected);
  });
});
