/** Runs in plain Node. The core's end of the labels' worker, which is started by the first label. */
import { Worker } from 'node:worker_threads';
import { ArchiveError } from '#contract/errors.ts';
import type { LabelCall, LabelCalls, LabelReply } from './label-messages.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * MB. The strings of a parser die young: a small nursery keeps them from being kept. What a label within its bounds
 * needs is far below the other; a worker that goes beyond it ends, and not the process.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 };

export class LabelClient {
  readonly #url: URL;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastCall = 0;
  #isClosed = false;

  constructor(url: URL) {
    this.#url = url;
  }

  /** Asks the worker; calls are answered in order. `transfer` is handed over with the arguments. */
  async call<K extends keyof LabelCalls>(
    name: K,
    args: LabelCalls[K]['args'],
    transfer: ArrayBuffer[] = [],
  ): Promise<LabelCalls[K]['result']> {
    if (this.#isClosed) throw gone();
    const worker = (this.#worker ??= this.#start());
    const call = (this.#lastCall += 1);
    return (await new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      worker.ref();
      worker.postMessage({ call, name, args } as LabelCall, transfer);
    })) as LabelCalls[K]['result'];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(gone());
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { name: 'labels', resourceLimits });
    worker.on('message', (reply: LabelReply) => {
      const waiting = this.#waiting.get(reply.call);
      this.#waiting.delete(reply.call);
      // The worker keeps the process alive only while somebody waits for it.
      if (this.#waiting.size === 0) worker.unref();
      if (reply.ok) waiting?.resolve(reply.value);
      else waiting?.reject(reply.isGone ? gone() : new Error(reply.message));
    });
    const onEnd = (error: Error): void => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#failAll(error);
    };
    worker.on('error', (error: Error) => onEnd(ended(error)));
    worker.on('exit', () => onEnd(ended(null)));
    return worker;
  }

  #failAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

function gone(): ArchiveError {
  return new ArchiveError({
    code: 'not-found',
    message: 'The label is no longer open. Open it again; nothing is lost by that.',
    retryable: false,
  });
}

function ended(cause: Error | null): ArchiveError {
  const isFull = cause !== null && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const message = isFull
    ? 'The label needs more memory than Almagest gives to labels, so all open labels were closed. The file can be downloaded as it is.'
    : 'The reader of labels ended unexpectedly, so all open labels were closed. Open the label again.';
  return new ArchiveError({ code: 'unexpected', message, retryable: false }, { cause });
}
