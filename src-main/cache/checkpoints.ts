/** Runs in plain Node. Checkpoints of cache.db in a thread of their own, as bytes come together. */
import { Worker } from 'node:worker_threads';
import type { Log } from '../db/log.ts';

/** SQLite's own measure: a thousand pages. */
const bytesBetween = 4 * 1024 * 1024;

export interface Checkpoints {
  /** Told of every transaction on the main thread, with about as many bytes as it wrote. */
  written(bytes: number): void;
  /** Waits for the one that is under way. */
  close(): Promise<void>;
}

/** Starts one worker at a time, and only when there is something to do. */
export function createCheckpoints(options: {
  file: string;
  workerUrl: URL;
  log: Log;
  /** Told when the worker fails: someone must make them, or the log grows without end. */
  onFailure: () => void;
}): Checkpoints {
  const { file, workerUrl, log, onFailure } = options;
  let bytes = 0;
  let running: Promise<void> | null = null;
  const run = (): Promise<void> =>
    new Promise((resolve) => {
      const worker = new Worker(workerUrl, { name: 'checkpoint', workerData: { file } });
      worker.unref();
      worker.once('error', (error) => {
        log('cache.db: no checkpoint', { error: String(error) });
        onFailure();
      });
      worker.once('exit', () => {
        resolve();
      });
    });
  return {
    written: (more) => {
      bytes += more;
      if (bytes < bytesBetween || running !== null) return;
      bytes = 0;
      running = run().finally(() => {
        running = null;
      });
    },
    close: async () => {
      await running;
    },
  };
}
