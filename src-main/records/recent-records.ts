/** Runs in plain Node. The records seen last, so that opening or keeping one needs no second request. */
import type { SeenRecord } from './seen-record.ts';

/** A record takes about 3 kB; this many are about 10 MB. */
const limit = 3000;

export class RecentRecords {
  readonly #records = new Map<string, SeenRecord>();

  get(key: string): SeenRecord | undefined {
    const found = this.#records.get(key);
    if (found !== undefined) this.add(key, found);
    return found;
  }

  add(key: string, record: SeenRecord): void {
    this.#records.delete(key);
    this.#records.set(key, record);
    if (this.#records.size <= limit) return;
    for (const oldest of this.#records.keys()) {
      this.#records.delete(oldest);
      return;
    }
  }
}
