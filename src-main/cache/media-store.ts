/**
 * Runs in plain Node. The files of the cache: `<folder>/xx/<hash>`, written aside and renamed, so that a file
 * under its name is whole. Which there are stands in cache.db; what does not agree is mended in the
 * background. Least recently used files go when the budget is passed, but for those that are pinned.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { draftSuffix, mendMedia } from './mend-media.ts';
import { MediaRepo, type MediaFileKind, type MediaRow, type MediaSweepRow } from './media-repo.ts';
import { sliced, sweepByUse } from './sweep.ts';

export interface StoredFile {
  handle: FileHandle;
  sizeBytes: number;
}

/** A file that is being written; it counts only once it is committed. */
export interface MediaDraft {
  write(chunk: Uint8Array): Promise<void>;
  commit(): Promise<void>;
  /** Leaves nothing. Without effect after `commit`. */
  discard(): Promise<void>;
}

export interface MediaStore {
  /** Opens a kept file; the caller closes it. Null when it is not there. */
  open(hash: string): Promise<StoredFile | null>;
  /** Keeps a file. Throws the file system's error. */
  put(about: { hash: string; url: string; kind: MediaFileKind }, bytes: Buffer): Promise<void>;
  /** Begins a file whose bytes come bit by bit. Throws the file system's error. */
  draft(about: { hash: string; url: string; kind: MediaFileKind }): Promise<MediaDraft>;
  clear(kind: MediaFileKind): Promise<void>;
  /** Bytes on disk. */
  size(kind: MediaFileKind): Promise<number>;
  /** Waits for what is under way and writes what is still to be written. */
  close(): Promise<void>;
}

export interface MediaStoreOptions {
  folder: string;
  db: Database;
  /** Bytes that may be kept; asked anew each time. */
  budgetBytes: () => number;
  nowMs: () => number;
  log: Log;
}

/** Time in which writes to the index gather. */
const gatherMs = 200;
const rowsAtOnce = 200;
/** Files are compared with the index once in a run, when the start is long over. */
const mendAfterMs = 15_000;
const rowLimit = 500_000;

/** Opens the store; nothing is read before the first use. */
export function createMediaStore(options: MediaStoreOptions): MediaStore {
  return new DiskStore(options);
}

class DiskStore implements MediaStore {
  readonly #options: MediaStoreOptions;
  readonly #repo: MediaRepo;
  readonly #rows = new Map<string, MediaRow>();
  readonly #uses = new Map<string, number>();
  readonly #mendTimer: NodeJS.Timeout;
  #mending: Promise<void> | null = null;
  #flushTimer: NodeJS.Timeout | null = null;
  #flushing: Promise<void> | null = null;
  /** Infinity at first: what an earlier run left is looked at once. */
  #bytesSinceSweep = Infinity;
  #isClosed = false;

  constructor(options: MediaStoreOptions) {
    this.#options = options;
    this.#repo = new MediaRepo(options.db);
    this.#mendTimer = setTimeout(() => void this.#mend(), mendAfterMs).unref();
  }

  async open(hash: string): Promise<StoredFile | null> {
    const handle = await open(this.#pathOf(hash), 'r').catch(() => null);
    if (handle === null) return null;
    try {
      const { size } = await handle.stat();
      this.#uses.set(hash, this.#options.nowMs());
      this.#flushSoon();
      return { handle, sizeBytes: size };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async put(
    about: { hash: string; url: string; kind: MediaFileKind },
    bytes: Buffer,
  ): Promise<void> {
    const draft = await this.draft(about);
    try {
      await draft.write(bytes);
      await draft.commit();
    } catch (error) {
      await draft.discard();
      throw error;
    }
  }

  async draft(about: { hash: string; url: string; kind: MediaFileKind }): Promise<MediaDraft> {
    const path = this.#pathOf(about.hash);
    const aside = `${path}.${randomBytes(6).toString('hex')}${draftSuffix}`;
    await mkdir(join(this.#options.folder, about.hash.slice(0, 2)), { recursive: true });
    const handle = await open(aside, 'wx');
    let sizeBytes = 0;
    let isOpen = true;
    return {
      write: async (chunk) => {
        await handle.writeFile(chunk);
        sizeBytes += chunk.length;
      },
      commit: async () => {
        await handle.close();
        isOpen = false;
        await rename(aside, path);
        const nowMs = this.#options.nowMs();
        this.#rows.set(about.hash, { ...about, sizeBytes, storedAtMs: nowMs, usedAtMs: nowMs });
        this.#flushSoon();
      },
      discard: async () => {
        if (isOpen) await handle.close().catch(() => undefined);
        isOpen = false;
        await rm(aside, { force: true }).catch(() => undefined);
      },
    };
  }

  async clear(kind: MediaFileKind): Promise<void> {
    await this.#mend();
    await this.#settle();
    await sliced(async () => {
      const hashes = this.#tryTo('clear', () => this.#repo.someOfKind(kind, rowsAtOnce)) ?? [];
      const removed = await this.#removeFiles(hashes);
      return removed > 0;
    });
  }

  async size(kind: MediaFileKind): Promise<number> {
    await this.#mend();
    await this.#settle();
    return this.#tryTo('measure', () => this.#repo.bytesOf(kind)) ?? 0;
  }

  async close(): Promise<void> {
    clearTimeout(this.#mendTimer);
    await this.#mending;
    await this.#settle();
    this.#isClosed = true;
  }

  #pathOf(hash: string): string {
    return join(this.#options.folder, hash.slice(0, 2), hash);
  }

  #flushSoon(): void {
    this.#flushTimer ??= setTimeout(() => {
      this.#flushTimer = null;
      void this.#flush();
    }, gatherMs).unref();
  }

  /** Everything written and, where needed, room made. */
  async #settle(): Promise<void> {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    await this.#flushing;
    await this.#flush();
  }

  #flush(): Promise<void> {
    this.#flushing ??= this.#writeAll().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #writeAll(): Promise<void> {
    if (this.#isClosed) return;
    await sliced(() => this.#writeSome());
    if (this.#bytesSinceSweep < this.#options.budgetBytes() / 10) return;
    this.#bytesSinceSweep = 0;
    await sweepByUse<MediaSweepRow>({
      page: (after, count) => this.#tryTo('sweep', () => this.#repo.page(after, count)) ?? [],
      remove: async (rows) => void (await this.#removeFiles(rows.map(({ hash }) => hash))),
      budgetBytes: this.#options.budgetBytes(),
      rowLimit,
    });
  }

  /** One transaction; true when more is to be written. What fails is mended from the files later. */
  #writeSome(): boolean {
    const rows = [...this.#rows.values()].slice(0, rowsAtOnce);
    const uses = [...this.#uses].slice(0, rowsAtOnce);
    if (rows.length + uses.length === 0) return false;
    for (const { hash } of rows) this.#rows.delete(hash);
    for (const [hash] of uses) this.#uses.delete(hash);
    this.#tryTo('write', () => {
      this.#repo.write(
        rows,
        uses.map(([hash, usedAtMs]) => ({ hash, usedAtMs })),
      );
    });
    this.#bytesSinceSweep += rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return true;
  }

  /** Files first: a row without a file is mended, a file without a row would be found only later. */
  async #removeFiles(hashes: readonly string[]): Promise<number> {
    const gone: string[] = [];
    for (const hash of hashes) {
      // A file that is being read elsewhere may refuse to go (Windows); the next sweep takes it.
      await rm(this.#pathOf(hash), { force: true }).then(
        () => gone.push(hash),
        () => undefined,
      );
    }
    this.#tryTo('remove', () => this.#repo.remove(gone));
    return gone.length;
  }

  #mend(): Promise<void> {
    clearTimeout(this.#mendTimer);
    this.#mending ??= this.#settle()
      .then(() => mendMedia({ ...this.#options, repo: this.#repo, isEnded: () => this.#isClosed }))
      .then(
        () => {
          this.#bytesSinceSweep = Infinity;
        },
        (error: unknown) => {
          this.#options.log('kept media: could not be compared', { error: String(error) });
        },
      );
    return this.#mending;
  }

  #tryTo<T>(what: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      this.#options.log(`kept media: could not ${what}`, { error: String(error) });
      return null;
    }
  }
}
