/**
 * Runs in plain Node. Kept answers: found at once, written a little later in batches, so that nothing waits
 * for the disk. A cache that fails is only slower: errors are logged, never thrown.
 */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { DocumentKind } from '../http/documents.ts';
import {
  ResponsesRepo,
  type Confirmation,
  type ResponseRow,
  type ResponseSweepRow,
} from './responses-repo.ts';
import { sliced, sweepByUse } from './sweep.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Time in which writes gather. */
const gatherMs = 200;
/** Bytes of one transaction: about 2 ms of the main thread. */
const batchBytes = 512 * 1024;
const batchRows = 100;
/** About what a row takes beside its body, its page in the log included. */
const rowBytes = 4096;
/** Smaller bodies gain nothing. */
const packFromBytes = 1024;
/** What is unpacked is what was packed; more is damage. */
const unpackedMaxBytes = 64 * 1024 * 1024;
/** A bound beside the bytes: rows are walked when room is made. */
const rowLimit = 50_000;
/** Pages given back in one go. */
const vacuumPages = 250;
/** Uses closer together than this are not worth a write. */
const touchMs = 60_000;

export interface KeptResponse extends Omit<ResponseRow, 'body' | 'coding'> {
  /** The body as it came. Null when it can't be unpacked. */
  bytes(): Promise<Buffer | null>;
}

export interface NewResponse extends Omit<ResponseRow, 'body' | 'coding' | 'usedAtMs'> {
  bytes: Buffer;
}

export interface ResponseStore {
  find(url: string): KeptResponse | null;
  put(response: NewResponse): void;
  /** The archive said that a kept answer still holds. */
  confirm(url: string, confirmation: Confirmation): void;
  bytesByKind(): { kind: DocumentKind; bytes: number }[];
  /** Deletes all answers, pinned ones too; pins stay for what comes. */
  clear(): Promise<void>;
  /** Forgets answers whose address begins so. */
  forgetUnder(prefix: string): void;
  /** Writes what is still to be written. */
  close(): Promise<void>;
}

export interface ResponseStoreOptions {
  db: Database;
  /** Bytes that answers which nothing pins may take; asked anew each time. */
  budgetBytes: () => number;
  nowMs: () => number;
  log: Log;
  /** Told of each transaction, with about as many bytes as it wrote. */
  onWritten?: (bytes: number) => void;
}

/** Builds the store; the file is opened with the first question. */
export function createResponseStore(options: ResponseStoreOptions): ResponseStore {
  return new Store(options);
}

class Store implements ResponseStore {
  readonly #options: ResponseStoreOptions;
  readonly #repo: ResponsesRepo;
  readonly #rows = new Map<string, ResponseRow>();
  readonly #packing = new Set<Promise<void>>();
  readonly #confirmations = new Map<string, Confirmation>();
  readonly #uses = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #flushing: Promise<void> | null = null;
  /** Infinity at first: what an earlier run left is looked at once. */
  #bytesSinceSweep = Infinity;
  #generation = 0;

  constructor(options: ResponseStoreOptions) {
    this.#options = options;
    this.#repo = new ResponsesRepo(options.db);
  }

  find(url: string): KeptResponse | null {
    const row = this.#rows.get(url) ?? this.#tryTo('find', () => this.#repo.find(url)) ?? null;
    if (row === null) return null;
    const nowMs = this.#options.nowMs();
    if (nowMs - row.usedAtMs > touchMs) this.#soon(() => this.#uses.set(url, nowMs));
    const { body, coding, ...rest } = row;
    const confirmed = this.#confirmations.get(url) ?? {};
    return { ...rest, ...confirmed, bytes: () => unpackBody(body, coding) };
  }

  put(response: NewResponse): void {
    const { bytes, ...rest } = response;
    const { url, status } = response;
    const known = status === 404 ? this.find(url) : null;
    if (known?.status === 200) return;
    const row: ResponseRow = {
      ...rest,
      body: bytes,
      coding: 'identity',
      usedAtMs: response.fetchedAtMs,
    };
    this.#confirmations.delete(url);
    this.#soon(() => this.#rows.set(url, row));
    if (bytes.length < packFromBytes) return;
    const packing = pack(bytes).then(
      (packed) => {
        // Another answer may have come meanwhile, or the row been written as it was.
        if (this.#rows.get(url) !== row || packed.length > bytes.length * 0.9) return;
        this.#rows.set(url, { ...row, body: packed, coding: 'gzip' });
      },
      () => undefined,
    );
    this.#packing.add(packing);
    void packing.then(() => this.#packing.delete(packing));
  }

  confirm(url: string, confirmation: Confirmation): void {
    this.#soon(() => this.#confirmations.set(url, confirmation));
  }

  bytesByKind(): { kind: DocumentKind; bytes: number }[] {
    return this.#tryTo('measure', () => this.#repo.bytesByKind()) ?? [];
  }

  async clear(): Promise<void> {
    this.#generation += 1;
    this.#rows.clear();
    this.#confirmations.clear();
    this.#uses.clear();
    await this.#flushing;
    await sliced(() => (this.#tryTo('clear', () => this.#repo.clearSome(batchRows)) ?? 0) > 0);
    await this.#vacuum();
  }

  forgetUnder(prefix: string): void {
    for (const url of this.#rows.keys()) if (url.startsWith(prefix)) this.#rows.delete(url);
    this.#tryTo('forget', () => this.#repo.forgetUnder(prefix));
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#flushing;
    await this.#flush(false);
  }

  #soon(change: () => void): void {
    change();
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flushing ??= this.#flush(true).finally(() => {
        this.#flushing = null;
      });
    }, gatherMs).unref();
  }

  async #flush(maySweep: boolean): Promise<void> {
    await Promise.all(this.#packing);
    const generation = this.#generation;
    await sliced(() => generation === this.#generation && this.#writeSome());
    if (!maySweep || this.#bytesSinceSweep < this.#options.budgetBytes() / 10) return;
    this.#bytesSinceSweep = 0;
    await this.#sweep();
  }

  /** One transaction; true when more is to be written. What another process's write holds up stays for later. */
  #writeSome(): boolean {
    const rows: ResponseRow[] = [];
    let bytes = 0;
    for (const row of this.#rows.values()) {
      if (rows.length >= batchRows || bytes >= batchBytes) break;
      rows.push(row);
      bytes += row.body.length;
    }
    const confirmations = [...this.#confirmations].slice(0, batchRows);
    const uses = [...this.#uses].slice(0, batchRows);
    if (rows.length + confirmations.length + uses.length === 0) return false;
    const isWritten = this.#tryTo('write', () => {
      this.#repo.write(
        rows,
        confirmations.map(([url, confirmation]) => ({ url, ...confirmation })),
        uses.map(([url, usedAtMs]) => ({ url, usedAtMs })),
      );
      return true;
    });
    if (isWritten !== true && this.#rows.size < batchRows) return false;
    for (const row of rows) if (this.#rows.get(row.url) === row) this.#rows.delete(row.url);
    for (const [url, was] of confirmations) {
      if (this.#confirmations.get(url) === was) this.#confirmations.delete(url);
    }
    for (const [url] of uses) this.#uses.delete(url);
    this.#bytesSinceSweep += bytes;
    this.#options.onWritten?.(
      bytes + rowBytes * (rows.length + confirmations.length + uses.length),
    );
    return true;
  }

  async #sweep(): Promise<void> {
    await sweepByUse<ResponseSweepRow>({
      page: (after, count) => this.#tryTo('sweep', () => this.#repo.page(after, count)) ?? [],
      remove: async (rows) => {
        this.#tryTo('sweep', () => this.#repo.remove(rows.map(({ id }) => id)));
      },
      budgetBytes: this.#options.budgetBytes(),
      rowLimit,
    });
    await this.#vacuum();
  }

  /** Gives what was freed back to the disk. */
  async #vacuum(): Promise<void> {
    await sliced(() => (this.#tryTo('vacuum', () => this.#repo.vacuumSome(vacuumPages)) ?? 0) > 0);
  }

  #tryTo<T>(what: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      this.#options.log(`kept answers: could not ${what}`, { error: String(error) });
      return null;
    }
  }
}

async function unpackBody(body: Buffer, coding: ResponseRow['coding']): Promise<Buffer | null> {
  if (coding === 'identity') return body;
  return await unpack(body, { maxOutputLength: unpackedMaxBytes }).catch(() => null);
}
