import { expect, test } from 'vitest';
import { readRange } from '#main/sample/serve-bytes.ts';

test.each([
  ['bytes=0-0', { kind: 'part', first: 0, last: 0 }],
  ['bytes=10-', { kind: 'part', first: 10, last: 99 }],
  ['bytes=90-200', { kind: 'part', first: 90, last: 99 }],
  ['bytes=-10', { kind: 'part', first: 90, last: 99 }],
  ['bytes=-1000', { kind: 'part', first: 0, last: 99 }],
  ['bytes=100-', { kind: 'impossible' }],
  ['bytes=-0', { kind: 'impossible' }],
  ['bytes=9-3', { kind: 'whole' }],
  ['bytes=0-1,5-6', { kind: 'whole' }],
  ['lines=0-1', { kind: 'whole' }],
  ['bytes=-', { kind: 'whole' }],
  [undefined, { kind: 'whole' }],
])('%s of 100 bytes', (header, wanted) => {
  expect(readRange(header, 100)).toEqual(wanted);
});
