/**
 * Runs in plain Node, in the labels' worker. Where the rows of a text begin, found as the text grows. Lines end with
 * \n, \r\n or \r, as XML reads them; a line that is very long is several rows.
 */

/** UTF-16 units of a row. */
const rowUnits = 1000;

export class RowScanner {
  /** Where each row begins; doubled, and one more where it goes on with the line before. */
  starts: number[];
  /** How far the text has been looked at. */
  #at = 0;

  constructor(isContinued: boolean) {
    this.starts = [isContinued ? 1 : 0];
  }

  /** Looks at what the text, which begins as it did before, has more. */
  scan(text: string): void {
    let feed = -1;
    let back = -1;
    for (;;) {
      // Each is looked for again only once it is passed: a file of \r alone stays quick.
      if (feed < this.#at) feed = placeOf(text, '\n', this.#at);
      if (back < this.#at) back = placeOf(text, '\r', this.#at);
      const end = Math.min(feed, back);
      this.#cutLong(text, end);
      this.#at = end;
      // A \r at the very end may be half of a line end.
      if (end >= text.length || (back === end && end === text.length - 1)) return;
      this.#at = end + (back === end && feed === end + 1 ? 2 : 1);
      this.starts.push(this.#at * 2);
    }
  }

  /** Rows of a text that was looked at: what begins behind its end is none yet. */
  countOf(text: string): number {
    return this.starts.length - ((this.starts.at(-1) ?? 0) >> 1 === text.length ? 1 : 0);
  }

  #cutLong(text: string, end: number): void {
    for (;;) {
      const start = (this.starts.at(-1) ?? 0) >> 1;
      if (end - start <= rowUnits) return;
      const unit = text.charCodeAt(start + rowUnits);
      const isHalf = unit >= 0xdc00 && unit <= 0xdfff;
      this.starts.push((start + rowUnits - (isHalf ? 1 : 0)) * 2 + 1);
    }
  }
}

/** The end of the text where there is none. */
function placeOf(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
}

/** Lines that end before a row, in rows as `RowScanner` gives them. */
export function linesBefore(starts: readonly number[], row: number): number {
  let lines = 0;
  for (let at = 1; at <= row; at += 1) if (((starts[at] ?? 1) & 1) === 0) lines += 1;
  return lines;
}
