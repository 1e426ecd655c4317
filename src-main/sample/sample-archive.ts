/**
 * Runs in plain Node, in the core. Starts and ends the sample archive's worker thread; knows nothing of
 * what it serves.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SampleWorkerData, ServerReply } from './sample-worker.ts';

export interface SampleArchiveOptions {
  /** Number of records, 1 to 9,999,999. */
  size: number;
  /** The same seed gives the same archive, byte for byte. */
  seed: number;
  /** Entry of the worker: out/main/sample-worker.js, or the TypeScript source in tests. */
  workerUrl: URL;
  /** Records that nothing tells apart, for tests (see plan.ts). */
  lump?: number;
  dialect?: '1.0' | '1.1';
  /** Loopback port to use while it is free; any other where it is not, or where this is left out. */
  port?: number;
  signal?: AbortSignal;
}

export interface SampleArchive {
  /** `http://127.0.0.1:PORT`: the API is below it, the files below `/assets/`. */
  nasaImagesApi: string;
  /** The PDS registry as version 1.3 speaks. */
  pdsBase: string;
  /** The same products as the service of 2026 speaks. */
  pdsCurrentBase: string;
  /** AstroBin's site: its version 1 is at `/api/v1/` below, for the key and secret of `astrobin/credentials.ts`. */
  astrobinBase: string;
  close(): Promise<void>;
}

function firstReply(worker: Worker, signal: AbortSignal | undefined): Promise<ServerReply> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      void worker.terminate();
      reject(signal?.reason instanceof Error ? signal.reason : new Error('Aborted'));
    };
    if (signal?.aborted === true) {
      stop();
      return;
    }
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', (reply: ServerReply) => {
      signal?.removeEventListener('abort', stop);
      resolve(reply);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The sample archive ended before it started')));
  });
}

/**
 * Starts the sample archive on a free loopback port and resolves when it answers. Throws when the signal
 * is aborted first, or when the thread cannot start. A thread that fails later leaves the port silent:
 * callers see that as an archive that does not answer.
 */
export async function startSampleArchive(options: SampleArchiveOptions): Promise<SampleArchive> {
  const { size, seed, workerUrl, lump = 0, dialect = '1.1', port = 0 } = options;
  if (!Number.isInteger(size) || size < 1 || size > 9_999_999)
    throw new RangeError(`Not a number of records: ${size}`);
  const workerData: SampleWorkerData = {
    role: 'server',
    size,
    seed,
    lump,
    dialect,
    port,
    selfUrl: workerUrl.href,
  };
  const worker = new Worker(workerUrl, { workerData });
  const reply = await firstReply(worker, options.signal);
  worker.on('error', () => {});
  if (!('base' in reply)) {
    await worker.terminate();
    throw new Error(`The sample archive did not start: ${reply.message}`);
  }
  let closing: Promise<void> | null = null;
  return {
    nasaImagesApi: reply.base,
    pdsBase: reply.pdsBase,
    pdsCurrentBase: reply.pdsCurrentBase,
    astrobinBase: reply.astrobinBase,
    close() {
      closing ??= endWorker(worker);
      return closing;
    },
  };
}

/** Lets the server close its port; a thread that does not end by itself within two seconds is ended. */
async function endWorker(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return;
  const ended = once(worker, 'exit');
  worker.postMessage('close');
  const timer = setTimeout(() => void worker.terminate(), 2000);
  await ended;
  clearTimeout(timer);
}
