/**
 * Entry of a worker thread in plain Node that lives for one checkpoint of cache.db: moving its log into the
 * file waits for the disk, and the main thread must not.
 */
import Sqlite from 'better-sqlite3';
import { workerData } from 'node:worker_threads';

const { file } = workerData as { file: string };
const raw = new Sqlite(file, { fileMustExist: true, timeout: 1000 });
try {
  raw.pragma('synchronous = NORMAL');
  raw.pragma('wal_checkpoint(PASSIVE)');
} finally {
  raw.close();
}
