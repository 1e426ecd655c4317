/**
 * Runs in plain Node. Writes bytes into a part in blocks, hashes them on the worker, and journals now and
 * then how many of them would outlast a power cut.
 */
import type { Clock } from '../http/clock.ts';
import type { Journal } from './answer.ts';
import type { PartFile } from './files.ts';
import { blockBytes, type HashSession } from './hasher.ts';

/** A sync begins behind the writing once this much is not yet safe … */
const syncAfterBytes = 2 * 1024 * 1024;
/** … or this long after the last one … */
const syncAfterMs = 10_000;
/** … and writing waits for it here: with a block it stays under the 4 MiB that may be sent twice. */
const waitAfterBytes = 3 * 1024 * 1024;

export class PartWriter {
  readonly #part: PartFile;
  readonly #session: HashSession;
  readonly #clock: Clock;
  readonly #save: (journal: Journal) => void;
  #journal: Journal;
  /** Bytes in the file; those in the block come on top. */
  #writtenBytes: number;
  #block: Uint8Array<ArrayBuffer> | null = null;
  #filled = 0;
  #syncing: Promise<void> | null = null;
  #syncFailure: { error: unknown } | null = null;
  #syncedAtMs: number;

  constructor(
    part: PartFile,
    session: HashSession,
    clock: Clock,
    journal: Journal,
    save: (journal: Journal) => void,
  ) {
    this.#part = part;
    this.#session = session;
    this.#clock = clock;
    this.#journal = journal;
    this.#save = save;
    this.#writtenBytes = journal.bytes;
    this.#syncedAtMs = clock.nowMs();
  }

  get receivedBytes(): number {
    return this.#writtenBytes + this.#filled;
  }

  async write(bytes: Uint8Array): Promise<void> {
    let taken = 0;
    while (taken < bytes.byteLength) {
      this.#block ??= await this.#session.takeBlock();
      const step = Math.min(bytes.byteLength - taken, blockBytes - this.#filled);
      this.#block.set(bytes.subarray(taken, taken + step), this.#filled);
      this.#filled += step;
      taken += step;
      if (this.#filled === blockBytes) await this.#flush();
    }
  }

  /** Makes everything received so far safe, and says so in the journal. */
  async checkpoint(): Promise<void> {
    await this.#flush();
    await this.#syncing;
    this.#throwSyncFailure();
    if (this.#writtenBytes > this.#journal.bytes) await this.#sync();
  }

  /** Makes everything received safe, without a word in the journal. */
  async seal(): Promise<void> {
    await this.#flush();
    await this.#syncing;
    this.#throwSyncFailure();
    await this.#part.sync();
  }

  async #flush(): Promise<void> {
    const block = this.#block;
    if (block === null || this.#filled === 0) return;
    const length = this.#filled;
    await this.#part.write(block, length, this.#writtenBytes);
    this.#block = null;
    this.#filled = 0;
    this.#writtenBytes += length;
    this.#session.giveBlock(block, length);
    await this.#keepUp();
  }

  async #keepUp(): Promise<void> {
    this.#throwSyncFailure();
    const unsafeBytes = this.#writtenBytes - this.#journal.bytes;
    const isDue =
      unsafeBytes >= syncAfterBytes || this.#clock.nowMs() - this.#syncedAtMs >= syncAfterMs;
    if (isDue && this.#syncing === null) {
      this.#syncing = this.#sync()
        .catch((error: unknown) => {
          this.#syncFailure = { error };
        })
        .finally(() => {
          this.#syncing = null;
        });
    }
    if (unsafeBytes >= waitAfterBytes) await this.#syncing;
    this.#throwSyncFailure();
  }

  async #sync(): Promise<void> {
    const bytes = this.#writtenBytes;
    const [sha256] = await Promise.all([this.#session.mark(), this.#part.sync()]);
    this.#journal = { ...this.#journal, bytes, sha256 };
    this.#save(this.#journal);
    this.#syncedAtMs = this.#clock.nowMs();
  }

  #throwSyncFailure(): void {
    if (this.#syncFailure !== null) throw this.#syncFailure.error;
  }
}
