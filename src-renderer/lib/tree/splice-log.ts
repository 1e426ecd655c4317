/** Runs in the page. Pure: what came and went in a list lately, so that places in it can follow. */
import type { Splice } from '../index-ranges.ts';

/** Whoever has not looked for longer begins anew; a grid looks in every frame. */
const mostKept = 512;

export class SpliceLog {
  #revision = 0;
  /** With the revision that each led to. */
  #splices: { revision: number; splice: Splice }[] = [];
  /** Revisions before this one are no longer known. */
  #knownFrom = 0;

  get revision(): number {
    return this.#revision;
  }

  /** Rows changed in what they show, not in where they are. */
  touch(): void {
    this.#revision += 1;
  }

  note(splice: Splice): void {
    this.#revision += 1;
    if (splice.removed === 0 && splice.inserted === 0) return;
    this.#splices.push({ revision: this.#revision, splice });
    if (this.#splices.length <= mostKept) return;
    this.#knownFrom = this.#splices.shift()?.revision ?? this.#revision;
  }

  /** Oldest first; null when the revision is from too long ago. */
  since(revision: number): Splice[] | null {
    if (revision < this.#knownFrom) return null;
    return this.#splices.filter((kept) => kept.revision > revision).map(({ splice }) => splice);
  }
}
