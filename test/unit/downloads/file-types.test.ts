import { describe, expect, test } from 'vitest';
import { checkType, sniffType, typeOfEnding } from '#main/downloads/file-types.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const jpeg = bytes('\xff\xd8\xff\xe0\0\x10JFIF');
const png = bytes('\x89PNG\r\n\x1a\n\0\0');
const mp4 = bytes('\0\0\0\x18ftypmp42');

describe('the type by the first bytes', () => {
  const known: [string, Buffer, string][] = [
    ['jpg', jpeg, 'a JPEG picture'],
    ['png', png, 'a PNG picture'],
    ['tif', bytes('II*\0xxxx'), 'a TIFF picture'],
    ['gif', bytes('GIF89a'), 'a GIF picture'],
    ['webp', bytes('RIFF\x01\x02\x03\x04WEBP'), 'a WebP picture'],
    ['wav', bytes('RIFF\x01\x02\x03\x04WAVE'), 'a WAV recording'],
    ['mp4', mp4, 'an MP4 recording'],
    ['mov', bytes('\0\0\0\x08wide\0\0'), 'an MP4 recording'],
    ['mp3', bytes('ID3\x03'), 'an MP3 recording'],
    ['mp3', bytes('\xff\xfb\x90\x00'), 'an MP3 recording'],
    ['fits', bytes('SIMPLE  =          T'), 'a FITS file'],
    ['pdf', bytes('%PDF-1.7'), 'a PDF document'],
  ];
  for (const [ending, head, words] of known) {
    test(`${words} under .${ending}`, () => {
      expect(sniffType(head)?.words).toBe(words);
      expect(checkType(ending, head)).toEqual({ ok: true, ending });
    });
  }

  test('says nothing of nothing', () => {
    expect(sniffType(Buffer.alloc(0))).toBeNull();
    expect(sniffType(bytes('hello'))).toBeNull();
    expect(sniffType(Buffer.alloc(4096))).toBeNull();
  });

  test('reads a view into a larger buffer', () => {
    const large = Buffer.concat([png, jpeg]);
    expect(sniffType(large.subarray(png.length))?.words).toBe('a JPEG picture');
  });
});

describe('what may be saved', () => {
  const pages = [
    '<!DOCTYPE html><html>',
    '\xef\xbb\xbf \n<html lang="en">',
    '<!-- hi --><HTML>',
    '<script>',
    '<?xml version="1.0"?><!DOCTYPE html>',
    '<?xml version="1.0"?><svg onload="x">',
  ];
  for (const page of pages) {
    test(`no web page: ${JSON.stringify(page)}`, () => {
      for (const ending of ['jpg', 'mp4', 'txt', 'json', 'srt', 'dat', 'html', '', 'svg']) {
        expect(checkType(ending, bytes(page)).ok, ending).toBe(false);
      }
    });
  }

  test('no program under any name that could hold one', () => {
    for (const head of ['MZ\x90\0', '\x7fELF', '#!/bin/sh', '\xca\xfe\xba\xbe']) {
      for (const ending of ['jpg', 'exe', '', 'mp4']) {
        expect(checkType(ending, bytes(head)).ok, `${ending} ${head}`).toBe(false);
      }
      expect(checkType('img', bytes(head))).toEqual({ ok: true, ending: 'img' });
    }
  });

  test('another picture keeps being a picture, under its true ending', () => {
    expect(checkType('jpg', png)).toEqual({ ok: true, ending: 'png' });
    expect(checkType('mp3', mp4)).toEqual({ ok: true, ending: 'mp4' });
    expect(checkType('jpg', mp4)).toMatchObject({ ok: false, found: 'an MP4 recording' });
    expect(checkType('jpg', bytes('hello'))).toMatchObject({ ok: false });
  });

  test('an ending that is not in the list never comes back', () => {
    for (const ending of [
      'exe',
      'sh',
      'html',
      'svg',
      'lnk',
      'desktop',
      'app',
      'js',
      'command',
      '',
    ]) {
      expect(typeOfEnding(ending), ending).toBeNull();
      expect(checkType(ending, bytes('plain'))).toEqual({ ok: true, ending: 'bin' });
      expect(checkType(ending, jpeg)).toEqual({ ok: true, ending: 'jpg' });
    }
  });
});
