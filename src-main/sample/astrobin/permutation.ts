/**
 * Runs in plain Node, any thread; pure. One-to-one shuffles of whole numbers that can be undone, so that who made an
 * image, and which image bears a hash, is worked out and never looked up.
 */
import { mix } from '../random.ts';

export interface Permutation {
  forward(value: number): number;
  backward(value: number): number;
}

const rounds = 4;

/**
 * Shuffles 0 up to `side * side`: a Feistel network whose halves are digits of the base `side`. `isOutside` names the
 * values that are no results; those are shuffled on until they are.
 */
function shuffle(seed: number, side: number, isOutside: (value: number) => boolean): Permutation {
  const keys = Array.from({ length: rounds }, (_, round) => mix(seed, 0xfe15 + round));
  const turn = (round: number, half: number): number => mix(keys[round] as number, half) % side;
  const once = (value: number): number => {
    let high = Math.floor(value / side);
    let low = value % side;
    for (let round = 0; round < rounds; round += 1) {
      const next = (high + turn(round, low)) % side;
      high = low;
      low = next;
    }
    return high * side + low;
  };
  const back = (value: number): number => {
    let high = Math.floor(value / side);
    let low = value % side;
    for (let round = rounds - 1; round >= 0; round -= 1) {
      const before = (low + side - turn(round, high)) % side;
      low = high;
      high = before;
    }
    return high * side + low;
  };
  const until = (step: (value: number) => number, value: number): number => {
    let at = step(value);
    while (isOutside(at)) at = step(at);
    return at;
  };
  return {
    forward: (value) => until(once, value),
    backward: (value) => until(back, value),
  };
}

/** Shuffles 0 up to `size`. */
export function createPermutation(seed: number, size: number): Permutation {
  return shuffle(seed, Math.max(2, Math.ceil(Math.sqrt(size))), (value) => value >= size);
}

const letters = 6;
const base = 36;
const hashSide = base ** (letters / 2);

const codeOf = (value: number): string => value.toString(base).padStart(letters, '0');

export interface HashCodec {
  hashOf(index: number): string;
  /** null for what is no hash; the number may be beyond the archive. */
  indexOf(hash: string): number | null;
}

const allDigits = /^\d+$/;

/** Six characters of a to z and 0 to 9, never digits alone: those would be taken for a number. */
export function createHashCodec(seed: number): HashCodec {
  const { forward, backward } = shuffle(
    mix(seed, 0x4a54),
    hashSide,
    // Both ways walk past the same values, so that one undoes the other.
    (value) => allDigits.test(codeOf(value)),
  );
  return {
    hashOf: (index) => codeOf(forward(wordAt(index))),
    indexOf(hash) {
      if (!/^[0-9a-z]{6}$/.test(hash) || allDigits.test(hash)) return null;
      return placeOf(backward(parseInt(hash, base)));
    },
  };
}

/** The words of six characters that begin with a letter, in order: none of them is digits alone. */
const firstWord = 10 * base ** (letters - 1);
const wordAt = (index: number): number => firstWord + index;
const placeOf = (word: number): number | null => (word >= firstWord ? word - firstWord : null);
