import { expect, test } from 'vitest';
import { originalPixelsOf } from '#main/sources/nasa-images/metadata.ts';

test.each([
  ['flat', { 'File:ImageWidth': 3294, 'File:ImageHeight': 3226 }, [3294, 3226]],
  ['nested', { File: { ImageWidth: '640', ImageHeight: '480' } }, [640, 480]],
  [
    'the file before the camera, which knows nothing of cropping',
    { 'EXIF:ImageWidth': 2273, 'EXIF:ImageHeight': 2300, 'Composite:ImageSize': '2243x2219' },
    [2243, 2219],
  ],
  ['a film', { 'QuickTime:ImageWidth': 1920, 'QuickTime:ImageHeight': 1080 }, [1920, 1080]],
  ['with a blank', { Composite: { ImageSize: '4880 3248' } }, [4880, 3248]],
  ['one side only', { 'File:ImageWidth': 5 }, null],
  ['nonsense', { 'File:ImageWidth': -5, 'File:ImageHeight': 'tall', File: [1], PNG: null }, null],
  ['nothing', {}, null],
])('%s', (_name, document, size) => {
  const expected = size === null ? null : { width: size[0], height: size[1] };
  expect(originalPixelsOf(document)).toEqual(expected);
});
