/** Runs in the page. What the player remembers while the app runs: positions by record, and how one listens. */
import type { ArchiveApi } from '#contract/api.ts';
import type { RecordRef } from '#contract/domain.ts';

export interface Playback {
  /** Seconds. */
  time: number;
  /** Name of the rendition that was chosen by hand; null where none was. */
  file: string | null;
}

/** Records whose position is remembered; the oldest goes first. */
const limit = 500;

export class PlaybackMemory {
  /** 0 to 1. */
  volume = 1;
  muted = false;
  rate = 1;
  captionsOn = true;
  readonly #records = new Map<RecordRef, Playback>();

  of(ref: RecordRef): Playback | null {
    return this.#records.get(ref) ?? null;
  }

  keep(ref: RecordRef, playback: Playback): void {
    this.#records.delete(ref);
    this.#records.set(ref, playback);
    const oldest = this.#records.keys().next().value;
    if (this.#records.size > limit && oldest !== undefined) this.#records.delete(oldest);
  }
}

const byApi = new WeakMap<ArchiveApi, PlaybackMemory>();

/** The memory that belongs to an api; it lives as long as that does. */
export function playbackMemoryOf(api: ArchiveApi): PlaybackMemory {
  const known = byApi.get(api);
  if (known !== undefined) return known;
  const memory = new PlaybackMemory();
  byApi.set(api, memory);
  return memory;
}
