/**
 * Runs in plain Node. The kept answers of a profile, on a connection of their own: its writes can always come
 * later, so they never wait for another's.
 */
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { openCache } from '../db/open-cache.ts';
import type { CachePart } from './cache-service.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createResponseStore, type ResponseStore } from './response-store.ts';
import { createPinKeeper, type PinKeeper } from './pin-keeper.ts';
import { PinsRepo } from './responses-repo.ts';

/** A write that another connection holds up for longer is put off: the main thread must not stall. */
const busyTimeoutMs = 25;
/** Answers take at most this part of the cache's budget, stored results another; pictures and media have the rest. */
const shareOfBudget = 1 / 8;
export const resultsShare = 1 / 4;
export const mediaShare = 1 - shareOfBudget - resultsShare;

export interface AnswerCache {
  db: Database;
  store: ResponseStore;
  pins: PinKeeper;
  part: CachePart;
  close(): Promise<void>;
}

/** Opens them; the disk is first touched by the first question. */
export function openAnswerCache(options: {
  profileDir: string;
  budgetBytes: () => number;
  nowMs: () => number;
  log: Log;
  /** The worker for checkpoints; without it they are made in this thread. */
  workers?: { checkpoint?: URL };
}): AnswerCache {
  const { profileDir, budgetBytes, nowMs, log } = options;
  const checkpointUrl = options.workers?.checkpoint;
  const file = openCache({
    profileDir,
    log,
    busyTimeoutMs,
    leavesCheckpoints: checkpointUrl !== undefined,
  });
  const checkpoints =
    checkpointUrl === undefined
      ? null
      : createCheckpoints({
          file: file.file,
          workerUrl: checkpointUrl,
          log,
          // Back to SQLite's own way, in this thread.
          onFailure: () => void file.db.pragma('wal_autocheckpoint = 1000'),
        });
  const store = createResponseStore({
    db: file.db,
    budgetBytes: () => budgetBytes() * shareOfBudget,
    nowMs,
    log,
    onWritten: (bytes) => checkpoints?.written(bytes),
  });
  const pins = createPinKeeper(new PinsRepo(file.db), log);
  return {
    db: file.db,
    store,
    pins,
    part: {
      kind: 'responses',
      bytes: () => store.bytesByKind().reduce((sum, { bytes }) => sum + bytes, 0),
      clear: () => store.clear(),
    },
    close: async () => {
      await pins.close();
      await store.close();
      await checkpoints?.close();
      file.close();
    },
  };
}
