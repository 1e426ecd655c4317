/**
 * Runs in plain Node. The same work asked for by several at once is done once. It is cancelled when nobody waits
 * for it any more.
 */
import { Refusal } from './refusal.ts';

interface Work<T> {
  promise: Promise<T>;
  controller: AbortController;
  waiting: number;
}

export class SharedWork<T> {
  readonly #running = new Map<string, Work<T>>();
  #isClosed = false;

  /** Joins the work of this name, or starts it. Rejects at once when the signal is aborted. */
  run(name: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isClosed || signal.aborted) return Promise.reject(new Refusal(503, 'cancelled'));
    const work = this.#running.get(name) ?? this.#start(name, start);
    work.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        signal.removeEventListener('abort', onAbort);
        work.waiting -= 1;
        if (work.waiting > 0 || this.#running.get(name) !== work) return;
        // Whoever asks next starts anew rather than joining what is being cancelled.
        this.#running.delete(name);
        work.controller.abort(new Error('nobody waits for it'));
      };
      const onAbort = (): void => {
        leave();
        reject(new Refusal(503, 'cancelled'));
      };
      signal.addEventListener('abort', onAbort, { once: true });
      work.promise.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', onAbort);
      });
    });
  }

  /** Cancels everything and waits for its end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort(new Error('closing'));
    await Promise.allSettled(running.map(({ promise }) => promise));
  }

  #start(name: string, start: (signal: AbortSignal) => Promise<T>): Work<T> {
    const controller = new AbortController();
    const promise = start(controller.signal);
    const work: Work<T> = { promise, controller, waiting: 0 };
    this.#running.set(name, work);
    const forget = (): void => {
      if (this.#running.get(name) === work) this.#running.delete(name);
    };
    promise.then(forget, forget);
    return work;
  }
}
