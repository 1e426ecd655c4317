/**
 * Runs in plain Node. The library: records that the user kept, each with a snapshot that outlives the record
 * at the archive. May import the contract, db, http's clock and the shape of a seen record.
 */
import type { KeptPage, KeptRecord, RecordCard, RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { SeenRecord } from '../records/seen-record.ts';
import { FavouritesRepo, type ListPosition } from './favourites-repo.ts';

export interface LibraryDeps {
  db: Database;
  /** The record as it is now: from what was seen lately, else from the archive. */
  snapshot(ref: RecordRef, signal: AbortSignal): Promise<SeenRecord>;
  /** The card of a snapshot, with media keys that hold now. */
  toCard(seen: SeenRecord): RecordCard;
  emit(name: 'libraryChanged', payload: ArchiveEvents['libraryChanged']): void;
  clock: { nowMs(): number };
  log: Log;
}

export interface LibraryService {
  /** Keeps snapshots. Those that can be had are kept even when others fail; the failure is then thrown. */
  keep(refs: readonly RecordRef[], signal: AbortSignal): Promise<{ total: number }>;
  /**
   * Keeps snapshots that are at hand, in the order given, a batch in one transaction each. `most` is how many
   * there may be. Ends between batches when cancelled; what was kept by then stays.
   */
  keepSeen(
    batches: AsyncIterable<readonly SeenRecord[]>,
    most: number,
    signal: AbortSignal,
  ): Promise<{ total: number }>;
  remove(refs: readonly RecordRef[]): { total: number; removed: number };
  restore(refs: readonly RecordRef[]): { total: number; restored: number };
  /** Newest first. `total` counts what fits the text; without a text, everything kept. */
  list(query: { cursor: string | null; limit: number; text?: string | undefined }): KeptPage;
  kept(refs: readonly RecordRef[]): { refs: RecordRef[] };
  count(): { total: number };
  dispose(): Promise<void>;
}

/** Snapshots asked for at a time; the governor in http sets the pace. */
const snapshotsAtOnce = 4;
/** Snapshots that are written together: few enough to lose little, many enough to be quick. */
const batchSize = 50;
/** Changes are told at most so often while many are kept. */
const tellEveryMs = 250;

function toCursor(position: ListPosition): string {
  return `${position.place.toString(36)}.${position.id.toString(36)}`;
}

function fromCursor(cursor: string): ListPosition {
  const match = /^(-?[0-9a-z]{1,11})\.([0-9a-z]{1,11})$/.exec(cursor);
  const place = Number.parseInt(match?.[1] ?? '', 36);
  const id = Number.parseInt(match?.[2] ?? '', 36);
  if (!Number.isSafeInteger(place) || !Number.isSafeInteger(id)) {
    throw new ArchiveError({
      code: 'invalid-arguments',
      message: 'This is not a position in the library. Begin at the first page.',
      retryable: false,
    });
  }
  return { place, id };
}

/** What is told when some of the records could not be kept. */
function keepFailure(failures: readonly unknown[], asked: number): ArchiveError {
  const cause = failures.find((failure) => failure instanceof ArchiveError);
  const first = cause ?? failures[0];
  const reason = first instanceof Error ? first.message : String(first);
  const kept = asked - failures.length;
  const what =
    asked === 1
      ? 'This record could not be read, so it was not kept.'
      : `Kept ${kept} of ${asked}. ${failures.length} could not be read, so they were not kept.`;
  return new ArchiveError(
    {
      code: cause?.code ?? 'unexpected',
      message: `${what} ${reason}`,
      retryable: cause?.retryable ?? false,
      ...(cause?.retryAfterMs === undefined ? {} : { retryAfterMs: cause.retryAfterMs }),
      ...(cause?.detail === undefined ? {} : { detail: cause.detail }),
    },
    { cause: first },
  );
}

class Library implements LibraryService {
  readonly #deps: LibraryDeps;
  readonly #repo: FavouritesRepo;
  readonly #ending = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(deps: LibraryDeps) {
    this.#deps = deps;
    this.#repo = new FavouritesRepo(deps.db);
  }

  keep(refs: readonly RecordRef[], signal: AbortSignal): Promise<{ total: number }> {
    const run = this.#keep(refs, AbortSignal.any([signal, this.#ending.signal]));
    this.#running.add(run);
    return run.finally(() => this.#running.delete(run));
  }

  async #keep(refs: readonly RecordRef[], signal: AbortSignal): Promise<{ total: number }> {
    const already = new Set(this.#repo.keptAmong(refs));
    const wanted = [...new Set(refs)].filter((ref) => !already.has(ref));
    // Newest first must show them in the order in which they were chosen, so the first gets the greatest.
    const top = this.#repo.newestPlace() + wanted.length;
    const places = new Map(wanted.map((ref, index) => [ref, top - index]));
    const ready: SeenRecord[] = [];
    const failures: unknown[] = [];
    const write = () => this.#write(ready.splice(0), places);

    const waiting = wanted.values();
    const work = async () => {
      for (const ref of waiting) {
        if (signal.aborted) return;
        const failure = await this.#takeSnapshot(ref, signal, ready);
        if (failure !== null && !signal.aborted) failures.push(failure);
        if (ready.length >= batchSize) write();
      }
    };
    await Promise.all(Array.from({ length: snapshotsAtOnce }, work));
    write();
    if (signal.aborted) {
      throw new ArchiveError({ code: 'cancelled', message: 'Cancelled.', retryable: true });
    }
    if (failures.length > 0) throw keepFailure(failures, new Set(refs).size);
    return this.count();
  }

  keepSeen(
    batches: AsyncIterable<readonly SeenRecord[]>,
    most: number,
    signal: AbortSignal,
  ): Promise<{ total: number }> {
    const run = this.#keepSeen(batches, most, AbortSignal.any([signal, this.#ending.signal]));
    this.#running.add(run);
    return run.finally(() => this.#running.delete(run));
  }

  async #keepSeen(
    batches: AsyncIterable<readonly SeenRecord[]>,
    most: number,
    signal: AbortSignal,
  ): Promise<{ total: number }> {
    // The first chosen stands first where the newest does.
    let place = this.#repo.newestPlace() + most;
    let untold: RecordRef[] = [];
    let toldAtMs = -Infinity;
    const tell = (): void => {
      this.#tell(untold, []);
      untold = [];
      toldAtMs = this.#deps.clock.nowMs();
    };
    try {
      for await (const batch of batches) {
        if (signal.aborted) {
          throw new ArchiveError({ code: 'cancelled', message: 'Cancelled.', retryable: true });
        }
        const keptAtMs = this.#deps.clock.nowMs();
        const favourites = batch.map((seen) => ({ seen, keptAtMs, place: place-- }));
        untold.push(...this.#repo.keep(favourites));
        if (keptAtMs - toldAtMs >= tellEveryMs) tell();
      }
    } finally {
      tell();
    }
    return this.count();
  }

  /** Returns what went wrong, or null. A record in the bin needs no archive to come back. */
  async #takeSnapshot(ref: RecordRef, signal: AbortSignal, ready: SeenRecord[]): Promise<unknown> {
    try {
      const seen = await this.#deps.snapshot(ref, signal);
      if (seen.record.ref !== ref) throw new Error(`asked for ${ref}, got ${seen.record.ref}`);
      ready.push(seen);
      return null;
    } catch (error) {
      if (signal.aborted || isCancelled(error) || !this.#repo.isInBin(ref)) return error;
      this.restore([ref]);
      return null;
    }
  }

  #write(ready: readonly SeenRecord[], places: ReadonlyMap<RecordRef, number>): void {
    if (ready.length === 0) return;
    const keptAtMs = this.#deps.clock.nowMs();
    const added = this.#repo.keep(
      ready.map((seen) => ({ seen, keptAtMs, place: places.get(seen.record.ref) ?? 0 })),
    );
    this.#tell(added, []);
  }

  remove(refs: readonly RecordRef[]): { total: number; removed: number } {
    const removed = this.#repo.remove(refs, this.#deps.clock.nowMs());
    this.#tell([], removed);
    return { ...this.count(), removed: removed.length };
  }

  restore(refs: readonly RecordRef[]): { total: number; restored: number } {
    const restored = this.#repo.restore(refs);
    this.#tell(restored, []);
    return { ...this.count(), restored: restored.length };
  }

  list(query: { cursor: string | null; limit: number; text?: string | undefined }): KeptPage {
    const text = query.text ?? '';
    const below = query.cursor === null ? null : fromCursor(query.cursor);
    const rows = this.#repo.list(below, query.limit + 1, text);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: page.flatMap((row) => this.#toKept(row.snapshot, row.keptAtMs, row.ref)),
      total: this.#repo.countMatching(text),
      cursor: rows.length > query.limit && last !== undefined ? toCursor(last) : null,
    };
  }

  /** A snapshot that cannot be read any more is left out and logged; one bad row must not hide the rest. */
  #toKept(snapshot: string, keptAtMs: number, ref: RecordRef): KeptRecord[] {
    try {
      return [{ card: this.#deps.toCard(JSON.parse(snapshot) as SeenRecord), keptAtMs }];
    } catch (error) {
      this.#deps.log('unreadable snapshot', { ref, error: String(error) });
      return [];
    }
  }

  kept(refs: readonly RecordRef[]): { refs: RecordRef[] } {
    return { refs: this.#repo.keptAmong(refs) };
  }

  count(): { total: number } {
    return { total: this.#repo.count() };
  }

  #tell(kept: RecordRef[], removed: RecordRef[]): void {
    if (kept.length === 0 && removed.length === 0) return;
    this.#deps.emit('libraryChanged', { total: this.#repo.count(), kept, removed });
  }

  async dispose(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#running);
  }
}

/** The library over an open library.db. Every change is durable when the call answers. */
export function createLibraryService(deps: LibraryDeps): LibraryService {
  return new Library(deps);
}
