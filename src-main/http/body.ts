/** Runs in plain Node. Bodies: read to a bounded end, or passed on with a watch on stalls. */
import { Readable } from 'node:stream';
import type { Clock } from './clock.ts';
import { ExchangeFailure, failureFrom } from './failures.ts';

/** Reads a whole body. Fails with `ExchangeFailure` when it is longer than allowed, or is cut. */
export async function readBounded(
  body: Readable,
  limits: { maxBytes: number; detail: string },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.maxBytes) {
        const megabytes = Math.round(limits.maxBytes / 1024 / 1024);
        throw new ExchangeFailure({
          kind: 'bad-answer',
          words: `more than ${String(megabytes)} MB`,
          detail: limits.detail,
        });
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw failureFrom(error, `${limits.detail} (cut)`);
  } finally {
    body.destroy();
  }
  return Buffer.concat(chunks);
}

export interface WatchOptions {
  clock: Clock;
  stallMs: number;
  /** Turns what the source says into the error that the reader gets. */
  fail: (error: unknown) => Error;
}

/**
 * Passes a body on and fails when nothing arrives for so long. Only waiting for the archive counts: a
 * reader that takes its time (a paused video) is not a stall, and its backpressure reaches the socket.
 */
export function watchStalls(source: Readable, options: WatchOptions): Readable {
  return new WatchedBody(source, options);
}

class WatchedBody extends Readable {
  readonly #source: Readable;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #options: WatchOptions;

  constructor(source: Readable, options: WatchOptions) {
    super({ highWaterMark: 64 * 1024 });
    this.#source = source;
    this.#chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#options = options;
  }

  override _read(): void {
    const { clock, stallMs, fail } = this.#options;
    let isWaiting = true;
    const endWait = clock.after(stallMs, () => {
      // After a busy moment (or a laptop's sleep) the timer is served before the data that lies ready.
      setImmediate(() => {
        if (isWaiting) this.#source.destroy(new Error(`nothing came for ${String(stallMs)} ms`));
      });
    });
    const callOff = (): void => {
      isWaiting = false;
      endWait();
    };
    this.#chunks.next().then(
      (next) => {
        callOff();
        if (this.destroyed) return;
        if (next.done === true) this.push(null);
        // An empty push would not be followed by another read.
        else if (next.value.length === 0) this._read();
        else this.push(next.value);
      },
      (error: unknown) => {
        callOff();
        this.destroy(fail(error));
      },
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // At once, also while a chunk is awaited: it may never come.
    this.#source.destroy();
    done(error);
  }
}
