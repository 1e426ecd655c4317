/** Runs in plain Node. The records seen last, so that opening or keeping one needs no second request. */
import type { AnswerAge } from '#contract/age.ts';
import type { WireItem } from '../sources/nasa-images/wire.ts';
import type { SeenRecord } from './seen-record.ts';

/** A record takes about 4 kB; this many are about 12 MB. */
const limit = 3000;

export interface RecentRecord {
  seen: SeenRecord;
  /** As it came: its links state pixels and bytes, which the manifest does not. */
  item: WireItem;
  /** That of the list it came in. */
  age: AnswerAge;
}

export class RecentRecords {
  readonly #records = new Map<string, RecentRecord>();

  get(key: string): RecentRecord | undefined {
    const found = this.#records.get(key);
    if (found !== undefined) this.add(key, found);
    return found;
  }

  add(key: string, record: RecentRecord): void {
    this.#records.delete(key);
    this.#records.set(key, record);
    if (this.#records.size <= limit) return;
    for (const oldest of this.#records.keys()) {
      this.#records.delete(oldest);
      return;
    }
  }
}
