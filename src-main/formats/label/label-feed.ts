/**
 * Runs in plain Node. Gives the bytes of one label to the worker as they come, in pieces small enough that whatever
 * else is asked meanwhile is answered between two of them.
 */
import type { AnswerAge } from '#contract/age.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { LabelState } from '#contract/labels.ts';
import type { LabelClient } from './label-client.ts';

/** A label on its way here. */
export interface LabelBytes {
  fileName: string;
  /** As the server promises; null where it does not. */
  bytesPromised: number | null;
  /** When they are from, where that is known. */
  age?: AnswerAge | null;
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface FeedOptions {
  client: LabelClient;
  id: number;
  source: LabelBytes;
  signal: AbortSignal;
  /** Told after every piece. */
  onPiece: (state: LabelState) => void;
}

/** Bytes of a block: some milliseconds of the worker's time. */
const blockBytes = 256 * 1024;
/**
 * Blocks of one label, which go to the worker and come back: a label of any size passes through these. While one is
 * read another is filled, and no question waits for more than these.
 */
const blockCount = 3;

/**
 * Settles when the label is read to its end, or as far as it can be; the state says which. Fails where not one byte
 * can be had, the signal says so, or the worker ended.
 */
export async function feedLabel(options: FeedOptions): Promise<LabelState> {
  const { client, id, source, onPiece } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const blocks = new Blocks(client, id, onPiece, stop);
  let broken: string | null = null;
  try {
    for await (const chunk of chunksOf(source.chunks, signal)) await blocks.add(chunk);
  } catch (error) {
    if (error instanceof SourceBroken) {
      if (!blocks.hasBytes) throw error.cause;
      broken = error.message;
    } else if (!(error instanceof Unreadable)) throw error;
  }
  const state = await blocks.finish();
  return state ?? (await client.call('end', { id, broken }));
}

/** The worker cannot read the label further: no more bytes are wanted. */
class Unreadable extends Error {}

/** Fills blocks with what comes and sends them off as soon as the worker has nothing to do. */
class Blocks {
  readonly #client: LabelClient;
  readonly #id: number;
  readonly #onPiece: (state: LabelState) => void;
  readonly #stop: AbortController;
  readonly #idle: ArrayBuffer[] = [];
  /** Blocks that are out. */
  readonly #out = new Set<Promise<void>>();
  #filling: Uint8Array<ArrayBuffer> = new Uint8Array(blockBytes);
  #filled = 0;
  #made = 1;
  #last: LabelState | null = null;
  #failure: Error | null = null;
  hasBytes = false;

  /** `stop` is aborted as soon as no more bytes are wanted. */
  constructor(
    client: LabelClient,
    id: number,
    onPiece: (state: LabelState) => void,
    stop: AbortController,
  ) {
    this.#client = client;
    this.#id = id;
    this.#onPiece = onPiece;
    this.#stop = stop;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.hasBytes ||= chunk.byteLength > 0;
    for (let from = 0; from < chunk.byteLength && !this.#stop.signal.aborted;) {
      const piece = chunk.subarray(from, from + blockBytes - this.#filled);
      this.#filling.set(piece, this.#filled);
      this.#filled += piece.byteLength;
      from += piece.byteLength;
      if (this.#filled === blockBytes || this.#out.size === 0) await this.#send();
    }
  }

  /** Sends the rest. The state where the label could not be read to its end, else null. */
  async finish(): Promise<LabelState | null> {
    if (this.#filled > 0 && !this.#stop.signal.aborted) await this.#send();
    await Promise.all(this.#out);
    if (this.#failure !== null) throw this.#failure;
    return (this.#last?.problem ?? null) === null ? null : this.#last;
  }

  async #send(): Promise<void> {
    const block = this.#filling.buffer;
    const args = { id: this.#id, block, length: this.#filled };
    const answer: Promise<void> = this.#client
      .call('write', args, [block])
      .then((received) => this.#receive(received))
      .catch((error: unknown) => {
        this.#failure = error instanceof Error ? error : new Error(String(error));
        this.#stop.abort(this.#failure);
      })
      .finally(() => this.#out.delete(answer));
    this.#out.add(answer);
    this.#filled = 0;
    while (this.#idle.length === 0 && this.#made === blockCount && this.#out.size > 0) {
      await Promise.race(this.#out);
    }
    let next = this.#idle.pop();
    if (next === undefined) {
      next = new ArrayBuffer(blockBytes);
      this.#made += 1;
    }
    this.#filling = new Uint8Array(next);
  }

  #receive({ state, block }: { state: LabelState; block: ArrayBuffer }): void {
    this.#idle.push(block);
    this.#last = state;
    this.#onPiece(state);
    if (state.problem !== null) this.#stop.abort(new Unreadable());
  }
}

/** The bytes ended before the label did. */
class SourceBroken extends Error {
  constructor(cause: unknown) {
    const reason = cause instanceof ArchiveError ? ` ${cause.message}` : '';
    super(
      `The label did not come whole: the connection ended early.${reason} What came is shown; open it again to try anew.`,
      { cause },
    );
  }
}

/** What comes, chunk by chunk. Ends as soon as the signal does. */
async function* chunksOf(
  chunks: LabelBytes['chunks'],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => undefined);
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  let isDone = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await Promise.race([readNext(iterator), aborted]);
      isDone = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not waited for: a connection that hangs would hang its end as well.
    if (!isDone) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function readNext(
  iterator: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): Promise<IteratorResult<Uint8Array>> {
  try {
    return await iterator.next();
  } catch (error) {
    throw isCancelled(error) ? error : new SourceBroken(error);
  }
}
