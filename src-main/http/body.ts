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

/**
 * Passes a body on and fails when nothing arrives for so long. Only waiting for the archive counts: a
 * reader that takes its time (a paused video) is not a stall, and its backpressure reaches the socket.
 */
export function watchStalls(
  source: Readable,
  options: { clock: Clock; stallMs: number; fail: (error: unknown) => Error },
): Readable {
  const { clock, stallMs, fail } = options;
  async function* pass(): AsyncGenerator<Buffer> {
    const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    for (;;) {
      const callOff = clock.after(stallMs, () => {
        source.destroy(new Error(`nothing came for ${String(stallMs)} ms`));
      });
      let next: IteratorResult<Buffer>;
      try {
        next = await chunks.next();
      } catch (error) {
        throw fail(error);
      } finally {
        callOff();
      }
      if (next.done === true) return;
      yield next.value;
    }
  }
  const body = Readable.from(pass(), { objectMode: false, highWaterMark: 64 * 1024 });
  // The generator cannot be ended while it waits for a chunk, so the source is ended for it.
  body.once('close', () => {
    source.destroy();
  });
  return body;
}
