import { expect, test } from 'vitest';
import {
  allBits,
  countBits,
  emptyBits,
  keepCommon,
  listBits,
  setBit,
  takeOut,
} from '#main/sample/bits.ts';
import { createRandom } from '#main/sample/random.ts';

function setOf(size: number, members: readonly number[]): Uint32Array {
  const bits = emptyBits(size);
  for (const one of members) setBit(bits, one);
  return bits;
}

test('counts and lists as a plain array would, from any place', () => {
  const random = createRandom(5);
  for (const size of [1, 31, 32, 33, 1000]) {
    const members = Array.from({ length: size }, (_, at) => at).filter(() => random.next() < 0.4);
    const bits = setOf(size, members);
    expect(countBits(bits)).toBe(members.length);
    for (const skip of [0, 1, 5, Math.floor(members.length / 2), members.length]) {
      expect(listBits(bits, skip, 7)).toEqual(members.slice(skip, skip + 7));
    }
  }
});

test('all bits end where the size ends', () => {
  for (const size of [1, 31, 32, 33, 64]) expect(countBits(allBits(size))).toBe(size);
  expect(listBits(allBits(33), 30, 10)).toEqual([30, 31, 32]);
});

test('keeps what is common and takes out what is not wanted', () => {
  const a = setOf(100, [1, 2, 50, 99]);
  keepCommon(a, setOf(100, [2, 50, 60, 99]));
  expect(listBits(a, 0, 10)).toEqual([2, 50, 99]);
  takeOut(a, setOf(100, [50]));
  expect(listBits(a, 0, 10)).toEqual([2, 99]);
});
