/** Runs in the page, pure. Which cues belong to a moment, by binary search: asked for every shown frame. */
import type { Cue } from '#contract/captions.ts';

/** Ms for which a cue stays the current one after its end, where nothing else is said meanwhile. */
const lingerMs = 2000;

export class CueTimes {
  readonly #cues: readonly Cue[];
  /** Places in the file by time of beginning; files are not always in order. */
  readonly #order: Uint32Array;
  readonly #startsMs: Float64Array;
  /** Latest end of all up to here, so that long cues under short ones are found and the search can stop. */
  readonly #latestEndMs: Float64Array;

  constructor(cues: readonly Cue[]) {
    this.#cues = cues;
    const startOf = (index: number): number => cues[index]?.startMs ?? 0;
    this.#order = Uint32Array.from(cues, (_cue, index) => index).sort(
      (a, b) => startOf(a) - startOf(b) || a - b,
    );
    this.#startsMs = Float64Array.from(this.#order, startOf);
    this.#latestEndMs = new Float64Array(cues.length);
    let latest = 0;
    this.#order.forEach((index, place) => {
      latest = Math.max(latest, cues[index]?.endMs ?? 0);
      this.#latestEndMs[place] = latest;
    });
  }

  /** Indexes of all that is said at a moment, in order of time. */
  at(timeMs: number): number[] {
    const found: number[] = [];
    for (let place = this.#lastPlace(timeMs); place >= 0; place -= 1) {
      if ((this.#latestEndMs[place] ?? 0) <= timeMs) break;
      const index = this.#order[place] ?? -1;
      if ((this.#cues[index]?.endMs ?? 0) > timeMs) found.unshift(index);
    }
    return found;
  }

  /** The cue that began last and still holds, or only just ended; -1 in longer silences. */
  current(timeMs: number): number {
    const index = this.lastStarted(timeMs);
    const cue = this.#cues[index];
    if (cue === undefined) return -1;
    if (timeMs < cue.endMs) return index;
    // A long cue under shorter ones is still being said.
    const under = this.at(timeMs).at(-1);
    if (under !== undefined) return under;
    return timeMs < cue.endMs + lingerMs ? index : -1;
  }

  /** The cue that began last, however long ago; -1 before the first. */
  lastStarted(timeMs: number): number {
    return this.#order[this.#lastPlace(timeMs)] ?? -1;
  }

  /** Place by time of the last that begins at or before a moment; -1 before the first. */
  #lastPlace(timeMs: number): number {
    let low = 0;
    let high = this.#startsMs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#startsMs[middle] ?? 0) <= timeMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
