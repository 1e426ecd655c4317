/**
 * Runs in plain Node. Tells changes of result sets, at most four a second for each; also of sets that another
 * process on the same profile lists, by looking now and then.
 */
import type { ResultSet } from '#contract/results.ts';
import type { Clock } from '../http/clock.ts';

export interface ChangeTellerDeps {
  clock: Clock;
  /** The set as it is now; null when it is gone. */
  read(id: string): ResultSet | null;
  /** True while another process lists it. */
  isForeign(id: string): boolean;
  tell(set: ResultSet): void;
}

const tellEveryMs = 250;
const lookEveryMs = 500;

export class ChangeTeller {
  readonly #deps: ChangeTellerDeps;
  readonly #toldAtMs = new Map<string, number>();
  readonly #waiting = new Map<string, () => void>();
  /** Sets of other processes, with what was told last. */
  readonly #watched = new Map<string, { callOff: () => void; mark: string }>();
  #isClosed = false;

  constructor(deps: ChangeTellerDeps) {
    this.#deps = deps;
  }

  /** A set has changed: it is told now, or as soon as it may be. */
  changed(id: string): void {
    if (this.#isClosed || this.#waiting.has(id)) return;
    const { clock } = this.#deps;
    const sinceMs = clock.nowMs() - (this.#toldAtMs.get(id) ?? 0);
    if (sinceMs >= tellEveryMs || sinceMs < 0) {
      this.#tell(id);
      return;
    }
    const callOff = clock.after(tellEveryMs - sinceMs, () => {
      this.#waiting.delete(id);
      this.#tell(id);
    });
    this.#waiting.set(id, callOff);
  }

  /** Follows a set for as long as another process lists it. */
  watch(id: string): void {
    if (this.#isClosed || this.#watched.has(id) || !this.#deps.isForeign(id)) return;
    const entry = { callOff: () => {}, mark: '' };
    const look = (): void => {
      const set = this.#deps.read(id);
      const mark = set === null ? '' : `${set.state} ${set.stored} ${set.requests}`;
      if (mark !== entry.mark) this.changed(id);
      entry.mark = mark;
      if (set !== null && this.#deps.isForeign(id)) {
        entry.callOff = this.#deps.clock.after(lookEveryMs, look);
      } else this.#watched.delete(id);
    };
    entry.callOff = this.#deps.clock.after(lookEveryMs, look);
    this.#watched.set(id, entry);
  }

  forget(id: string): void {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
    this.#watched.get(id)?.callOff();
    this.#watched.delete(id);
    this.#toldAtMs.delete(id);
  }

  close(): void {
    this.#isClosed = true;
    for (const id of [...this.#waiting.keys(), ...this.#watched.keys()]) this.forget(id);
  }

  #tell(id: string): void {
    const set = this.#deps.read(id);
    if (set === null) return;
    this.#toldAtMs.set(id, this.#deps.clock.nowMs());
    this.#deps.tell(set);
  }
}
