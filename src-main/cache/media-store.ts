/**
 * Runs in plain Node. The pictures on disk: `<folder>/xx/<hash>`, written aside and renamed, so that a file
 * under its name is whole. Least recently used files go when the budget is passed.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

export interface StoredFile {
  handle: FileHandle;
  sizeBytes: number;
}

export interface MediaStore {
  /** Opens a kept file; the caller closes it. Null when it is not there. */
  open(hash: string): Promise<StoredFile | null>;
  /** Keeps a file. Throws the file system's error. */
  put(hash: string, bytes: Buffer): Promise<void>;
  clear(): Promise<void>;
  /** Bytes on disk. */
  size(): Promise<number>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface MediaStoreOptions {
  folder: string;
  /** Bytes that may be kept; asked anew each time. */
  budgetBytes: () => number;
  nowMs: () => number;
}

interface Entry {
  sizeBytes: number;
  usedAtMs: number;
}

const draftSuffix = '.part';
const staleDraftMs = 60 * 60 * 1000;
/** Room made at once, so that not every picture starts a sweep. */
const sweepTo = 0.9;
/** Uses closer together than this are not worth a write to disk. */
const touchMs = 60 * 60 * 1000;
const fileName = /^[0-9a-f]{64}$/;

/** Opens the store; the folder is read on first use. */
export function createMediaStore(options: MediaStoreOptions): MediaStore {
  return new DiskStore(options);
}

class DiskStore implements MediaStore {
  readonly #options: MediaStoreOptions;
  #index: Promise<Map<string, Entry>> | null = null;
  #totalBytes = 0;
  #sweeping: Promise<void> | null = null;

  constructor(options: MediaStoreOptions) {
    this.#options = options;
  }

  async open(hash: string): Promise<StoredFile | null> {
    let handle: FileHandle;
    try {
      handle = await open(this.#pathOf(hash), 'r');
    } catch {
      return null;
    }
    try {
      const { size, mtimeMs } = await handle.stat();
      void this.#touch(hash, size, mtimeMs);
      return { handle, sizeBytes: size };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async put(hash: string, bytes: Buffer): Promise<void> {
    const path = this.#pathOf(hash);
    const draft = `${path}.${randomBytes(6).toString('hex')}${draftSuffix}`;
    await mkdir(join(this.#options.folder, hash.slice(0, 2)), { recursive: true });
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(bytes);
    } catch (error) {
      await handle.close();
      await rm(draft, { force: true });
      throw error;
    }
    await handle.close();
    await rename(draft, path);
    const index = await this.#read();
    this.#totalBytes += bytes.length - (index.get(hash)?.sizeBytes ?? 0);
    index.set(hash, { sizeBytes: bytes.length, usedAtMs: this.#options.nowMs() });
    if (this.#totalBytes > this.#options.budgetBytes()) this.#startSweep();
  }

  async clear(): Promise<void> {
    await this.#sweeping;
    await rm(this.#options.folder, { recursive: true, force: true, maxRetries: 3 });
    this.#index = null;
    this.#totalBytes = 0;
  }

  async size(): Promise<number> {
    await this.#read();
    await this.#sweeping;
    return this.#totalBytes;
  }

  async close(): Promise<void> {
    await this.#index;
    await this.#sweeping;
  }

  #pathOf(hash: string): string {
    return join(this.#options.folder, hash.slice(0, 2), hash);
  }

  async #touch(hash: string, sizeBytes: number, modifiedMs: number): Promise<void> {
    const nowMs = this.#options.nowMs();
    const index = await this.#read();
    const entry = index.get(hash) ?? { sizeBytes, usedAtMs: modifiedMs };
    if (!index.has(hash)) this.#totalBytes += sizeBytes;
    const isStale = nowMs - entry.usedAtMs > touchMs;
    index.set(hash, { sizeBytes: entry.sizeBytes, usedAtMs: nowMs });
    if (!isStale) return;
    // The access time carries "used last"; the modification time stays that of the fetch.
    await utimes(this.#pathOf(hash), new Date(nowMs), new Date(modifiedMs)).catch(() => undefined);
  }

  #read(): Promise<Map<string, Entry>> {
    this.#index ??= this.#scan();
    return this.#index;
  }

  async #scan(): Promise<Map<string, Entry>> {
    const index = new Map<string, Entry>();
    let total = 0;
    const { folder } = this.#options;
    for (const part of await readdir(folder).catch(() => [])) {
      for (const name of await readdir(join(folder, part)).catch(() => [])) {
        const path = join(folder, part, name);
        const info = await stat(path).catch(() => null);
        if (info === null) continue;
        if (fileName.test(name)) {
          index.set(name, { sizeBytes: info.size, usedAtMs: Math.max(info.atimeMs, info.mtimeMs) });
          total += info.size;
        } else if (this.#options.nowMs() - info.mtimeMs > staleDraftMs) {
          await rm(path, { force: true }).catch(() => undefined);
        }
      }
    }
    this.#totalBytes = total;
    return index;
  }

  #startSweep(): void {
    this.#sweeping ??= this.#sweep()
      .catch(() => undefined)
      .finally(() => {
        this.#sweeping = null;
      });
  }

  async #sweep(): Promise<void> {
    const index = await this.#read();
    const goalBytes = this.#options.budgetBytes() * sweepTo;
    const oldestFirst = [...index].sort(
      ([, first], [, second]) => first.usedAtMs - second.usedAtMs,
    );
    for (const [hash, { sizeBytes }] of oldestFirst) {
      if (this.#totalBytes <= goalBytes) return;
      // A file that is being read elsewhere may refuse to go (Windows); the next sweep takes it.
      const isGone = await rm(this.#pathOf(hash), { force: true }).then(
        () => true,
        () => false,
      );
      if (!isGone || !index.delete(hash)) continue;
      this.#totalBytes -= sizeBytes;
    }
  }
}
