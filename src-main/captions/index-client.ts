/** Runs in plain Node. The core's end of the captions' worker, which is started by the first call. */
import { Worker } from 'node:worker_threads';
import type { IndexCall, IndexCalls, IndexReply, IndexWorkerData } from './index-messages.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class IndexClient {
  readonly #url: URL;
  readonly #data: IndexWorkerData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;
  #isClosed = false;

  constructor(url: URL, profileDir: string) {
    this.#url = url;
    this.#data = { profileDir };
  }

  /** Asks the worker; calls are answered in order. Fails when the index does, or the worker ends. */
  async call<K extends keyof IndexCalls>(
    name: K,
    args: IndexCalls[K]['args'],
  ): Promise<IndexCalls[K]['result']> {
    if (this.#isClosed) throw new Error('the index of captions is closed');
    const worker = (this.#worker ??= this.#start());
    const id = (this.#lastId += 1);
    return (await new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, name, args } as IndexCall);
    })) as IndexCalls[K]['result'];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(new Error('the index of captions was closed'));
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { name: 'captions', workerData: this.#data });
    worker.on('message', (reply: IndexReply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      // The worker keeps the process alive only while somebody waits for it.
      if (this.#waiting.size === 0) worker.unref();
      if (reply.ok) waiting?.resolve(reply.value);
      else waiting?.reject(new Error(reply.message));
    });
    const onEnd = (error: Error): void => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#failAll(error);
    };
    worker.on('error', onEnd);
    worker.on('exit', () => onEnd(new Error('the captions worker ended')));
    return worker;
  }

  #failAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
