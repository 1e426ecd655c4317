/** Runs in plain Node, any thread; pure. Sets of record numbers as bits: a million records take 125 kB. */

export type Bits = Uint32Array;

export function emptyBits(size: number): Bits {
  return new Uint32Array(Math.ceil(size / 32));
}

/** Every number below `size`. */
export function allBits(size: number): Bits {
  const bits = emptyBits(size).fill(0xffff_ffff);
  if (size % 32 !== 0) bits[bits.length - 1] = 2 ** (size % 32) - 1;
  return bits;
}

export function setBit(bits: Bits, index: number): void {
  const at = index >>> 5;
  if (at < bits.length) bits[at] = (bits[at] as number) | (1 << (index & 31));
}

/** Keeps in `bits` only what `other` has too. */
export function keepCommon(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1)
    bits[at] = (bits[at] as number) & (other[at] as number);
}

/** Takes out of `bits` what `other` has. */
export function takeOut(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1)
    bits[at] = (bits[at] as number) & ~(other[at] as number);
}

function countWord(word: number): number {
  let v = word - ((word >>> 1) & 0x5555_5555);
  v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let at = 0; at < bits.length; at += 1) count += countWord(bits[at] as number);
  return count;
}

/** The numbers in the set, in order, after skipping some; at most `count` of them. */
export function listBits(bits: Bits, skip: number, count: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < bits.length && found.length < count; at += 1) {
    let word = bits[at] as number;
    if (word === 0) continue;
    const here = countWord(word);
    if (here <= skip) {
      skip -= here;
      continue;
    }
    while (word !== 0 && found.length < count) {
      const low = word & -word;
      if (skip > 0) skip -= 1;
      else found.push(at * 32 + 31 - Math.clz32(low));
      word ^= low;
    }
  }
  return found;
}
