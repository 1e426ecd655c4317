/** Runs in the page. Pure: the shapes of a long list's pictures, one byte each, read a large piece at a time. */
import { decodeRatio } from '#contract/ratios.ts';
import { clampRatio, unknownRatio } from './layout.ts';

/** Shapes in one piece; the contract gives as many in one answer. */
export const pieceItems = 200_000;

/** Every byte's ratio as the grid draws it. */
const drawnRatios = Float32Array.from({ length: 256 }, (_, code) => {
  const ratio = decodeRatio(code);
  return ratio === null ? unknownRatio : clampRatio(ratio);
});

export interface RatioPiece {
  from: number;
  count: number;
}

export class RatioTable {
  #codes = new Uint8Array(0);
  /** Shapes known of each piece, from its start. */
  #known: number[] = [];

  at(index: number): number {
    return drawnRatios[this.#codes[index] ?? 0] ?? unknownRatio;
  }

  /** What is to be read next of a list of that length: around `wanted` first, then from the start. */
  next(count: number, wanted: number): RatioPiece | null {
    const pieces = Math.ceil(count / pieceItems);
    const first = Math.min(pieces - 1, Math.floor(Math.max(0, wanted) / pieceItems));
    for (let step = 0; step < pieces; step += 1) {
      const piece = step === 0 ? first : step <= first ? step - 1 : step;
      const from = piece * pieceItems + (this.#known[piece] ?? 0);
      const end = Math.min(count, (piece + 1) * pieceItems);
      if (from < end) return { from, count: end - from };
    }
    return null;
  }

  /** Takes in what was read, or that it could not be read: then the rest of the piece has the usual shape. */
  put({ from, count }: RatioPiece, codes: Uint8Array): void {
    const end = from + count;
    if (this.#codes.length < end) {
      const bigger = new Uint8Array(Math.max(end, Math.min(end * 2, end + pieceItems)));
      bigger.set(this.#codes);
      this.#codes = bigger;
    }
    this.#codes.set(codes.subarray(0, count), from);
    this.#known[Math.floor(from / pieceItems)] = end - Math.floor(from / pieceItems) * pieceItems;
  }

  /** Everything is to be read again; until then it is drawn as it was. */
  forget(): void {
    this.#known = [];
  }
}
