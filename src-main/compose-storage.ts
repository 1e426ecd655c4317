/** Runs in plain Node. The part of compose.ts that opens what a person made: the library and the downloads. */
import { ArchiveError, type WireError } from '#contract/errors.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import type { PinKeeper } from './cache/pin-keeper.ts';
import type { Log } from './db/log.ts';
import { makeFolder } from './db/make-folder.ts';
import { openLibrary, type Library } from './db/open-library.ts';
import { createDownloadService } from './downloads/download-service.ts';
import { templateOr, type Template } from './downloads/names/template.ts';
import { createPlanner, type Planner } from './downloads/plan/planner.ts';
import { PlanStore } from './downloads/plan/plan-store.ts';
import { createQueueLock } from './downloads/queue-lock.ts';
import { KeptLimits, limitsAt } from './downloads/transfer-limits.ts';
import type { Database } from './db/database.ts';
import type { Overrides } from './environment.ts';
import type { Clock } from './http/clock.ts';
import type { ClosableHttpClient } from './http/create-http-client.ts';
import { createLibraryService } from './library/library-service.ts';
import { freeBytesAt } from './free-bytes.ts';
import type { Lane } from './http/http-client.ts';
import type { Rate } from './http/rates.ts';
import type { ComposeOptions } from './ports.ts';
import type { RecordsService } from './records/records-service.ts';

export type Opened<T> = { ok: true; value: T } | { ok: false; problem: WireError };

/** A library that can't be opened must not keep anyone from searching: it is said, and the rest works. */
export function tryToOpenLibrary(profileDir: string, log: Log, clock: Clock): Opened<Library> {
  try {
    makeFolder(profileDir);
    return { ok: true, value: openLibrary({ profileDir, log, clock }) };
  } catch (error) {
    if (error instanceof ArchiveError) return { ok: false, problem: error.toWire() };
    const cause = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problem: {
        code: 'disk',
        message:
          'The profile folder can’t be used, so nothing can be kept or saved. Searching works. ' +
          'Check that the folder exists and can be written to, then start again.',
        retryable: true,
        detail: cause,
      },
    };
  }
}

export interface Storage {
  library: ReturnType<typeof createLibraryService>;
  downloads: ReturnType<typeof createDownloadService>;
  plans: Planner;
  close(): Promise<void>;
}

const pinOwner = (ref: string): string => `library ${ref}`;

/** What is known of a kept record stays in the cache whatever its budget. */
function followLibrary(pins: PinKeeper, { kept, removed }: ArchiveEvents['libraryChanged']): void {
  for (const ref of kept) pins.pin(pinOwner(ref), [ref]);
  for (const ref of removed) pins.release(pinOwner(ref));
}

/** Bytes a second that the next downloads will have: as of late, but never above the limit. */
function likelySpeed(recent: number | null, limit: number | null): number | null {
  if (recent === null) return limit;
  return limit === null ? recent : Math.min(recent, limit);
}

export function openStorage(
  options: ComposeOptions,
  parts: {
    opened: Library;
    clock: Clock;
    log: Log;
    http: ClosableHttpClient;
    records: RecordsService;
    overrides: Overrides;
    pins: PinKeeper;
    cache: Database;
    rateOf: (lane: Lane) => Rate;
  },
): Storage {
  const { opened, clock, log, http, records, overrides, pins, cache, rateOf } = parts;
  const planStore = new PlanStore(cache);
  const library = createLibraryService({
    db: opened.db,
    snapshot: async (ref, signal) => {
      const seen = await records.snapshot(ref, signal);
      if (seen.thumb !== null) pins.pin(pinOwner(ref), [seen.thumb.url]);
      return seen;
    },
    toCard: (seen) => records.toCard(seen),
    emit: (name, payload) => {
      if (name === 'libraryChanged') followLibrary(pins, payload);
      options.emit(name, payload);
    },
    clock,
    log,
  });
  const limits = new KeptLimits(clock, (at) =>
    limitsAt(options.settings.get(), at, options.limits),
  );
  const template = (): Template => templateOr(options.settings.get().nameTemplate);
  const downloads = createDownloadService({
    db: opened.db,
    lock: createQueueLock(options.profileDir, log),
    planStore,
    cache,
    http,
    records,
    downloadFolder: () => overrides.downloadFolder ?? options.settings.get().downloadFolder,
    template,
    limits,
    emit: options.emit,
    showInFolder: (path) => options.platform.showInFolder(path),
    hashWorkerUrl: options.workers.hash,
    clock,
    log,
    ownsQueue: options.ownsQueue,
  });
  const plans = createPlanner({
    ...{ store: planStore, queue: downloads.planQueue, rateOf, freeBytesAt, log },
    recentSpeed: () => likelySpeed(downloads.recentSpeed(), limits.now().bytesPerSecond),
    template: () => options.settings.get().nameTemplate,
    nowMs: clock.nowMs,
    version: options.version,
    emit: (plan) => options.emit('planChanged', { plan }),
  });
  return {
    library,
    downloads,
    plans,
    close: async () => {
      await plans.dispose();
      await Promise.allSettled([downloads.dispose(), library.dispose()]);
      opened.close();
    },
  };
}
