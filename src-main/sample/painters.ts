/**
 * Runs in plain Node, in the thread that serves. Threads that draw, so that no search waits for a
 * picture: small pictures have threads of their own and never wait for an original.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PictureJob } from './picture-job.ts';

export interface Painters {
  /**
   * Bytes of a file; jobs for the same file are drawn once. Kept in memory within a budget. One that everybody who
   * asked for it has given up by `signal` is not begun: it rejects.
   */
  make(job: PictureJob, sizeBytes: number, signal: AbortSignal): Promise<Buffer>;
  /** Starts a thread for small pictures ahead of the first of them. */
  warm(): void;
  close(): Promise<void>;
}

/** Who still waits for a picture; one that many asked for is given up when the last of them is gone. */
class Wish {
  #waiting = 0;

  get isGivenUp(): boolean {
    return this.#waiting === 0;
  }

  join(signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#waiting += 1;
    signal.addEventListener('abort', () => (this.#waiting -= 1), { once: true });
  }
}

interface Waiting {
  job: PictureJob;
  wish: Wish;
  done: (bytes: Buffer) => void;
  failed: (error: Error) => void;
}

export type PainterReply = { bytes: Uint8Array } | { message: string };

/** Files above this size are drawn in the thread for large ones. */
const largeBytes = 220_000;

class Lane {
  readonly #url: URL;
  readonly #most: number;
  readonly #queue: Waiting[] = [];
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  #isClosed = false;

  constructor(url: URL, most: number) {
    this.#url = url;
    this.#most = most;
  }

  warm(): void {
    if (this.#workers.size === 0) this.#idle.push(this.#start());
  }

  make(job: PictureJob, wish: Wish): Promise<Buffer> {
    return new Promise((done, failed) => {
      this.#queue.push({ job, wish, done, failed });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const one of this.#queue.splice(0)) one.failed(new Error('The sample archive was closed'));
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #next(): void {
    while (this.#queue.at(-1)?.wish.isGivenUp === true) {
      this.#queue.pop()?.failed(new Error('Nobody waits for this picture any more'));
    }
    if (this.#queue.length === 0 || this.#isClosed) return;
    const worker = this.#idle.pop() ?? (this.#workers.size < this.#most ? this.#start() : null);
    if (worker === null) return;
    // The last asked for is what someone looks at now: a fast scroll leaves the rest behind.
    const waiting = this.#queue.pop();
    if (waiting !== undefined) this.#run(worker, waiting);
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { workerData: { role: 'painter' } });
    worker.unref();
    // A thread may also fail or end while it waits for work.
    worker.on('error', () => {});
    worker.on('exit', () => {
      this.#workers.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    this.#workers.add(worker);
    return worker;
  }

  #run(worker: Worker, waiting: Waiting): void {
    const finish = (): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const onMessage = (reply: PainterReply): void => {
      finish();
      if ('bytes' in reply)
        waiting.done(
          Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.bytes.byteLength),
        );
      else waiting.failed(new Error(reply.message));
      this.#idle.push(worker);
      this.#next();
    };
    const onError = (error: Error): void => {
      finish();
      this.#workers.delete(worker);
      waiting.failed(error);
      this.#next();
    };
    const onExit = (): void => onError(new Error('A drawing thread ended'));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(waiting.job);
  }
}

/** Threads start when first needed. `url` is the worker's entry, which takes the role of a painter. */
export function createPainters(url: URL, keptBytes = 96_000_000): Painters {
  const small = new Lane(url, Math.min(3, availableParallelism()));
  const large = new Lane(url, 1);
  const kept = new Map<string, Buffer>();
  const running = new Map<string, { drawn: Promise<Buffer>; wish: Wish }>();
  let bytesKept = 0;

  const keep = (key: string, bytes: Buffer): void => {
    kept.set(key, bytes);
    bytesKept += bytes.length;
    for (const [oldKey, old] of kept) {
      if (bytesKept <= keptBytes || oldKey === key) break;
      kept.delete(oldKey);
      bytesKept -= old.length;
    }
  };

  return {
    make(job, sizeBytes, signal) {
      const key = `${job.index} ${job.name}`;
      const ready = kept.get(key);
      if (ready !== undefined) {
        kept.delete(key);
        kept.set(key, ready);
        return Promise.resolve(ready);
      }
      const already = running.get(key);
      if (already !== undefined) {
        already.wish.join(signal);
        return already.drawn;
      }
      const wish = new Wish();
      wish.join(signal);
      const drawn = (sizeBytes > largeBytes ? large : small).make(job, wish).then((bytes) => {
        keep(key, bytes);
        return bytes;
      });
      running.set(key, { drawn, wish });
      void drawn.catch(() => {}).then(() => running.delete(key));
      return drawn;
    },
    warm: () => small.warm(),
    async close() {
      await Promise.all([small.close(), large.close()]);
    },
  };
}
