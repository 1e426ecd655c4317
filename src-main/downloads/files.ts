/**
 * Runs in plain Node. The only code that makes, names and removes files of downloads. Rules: a file gets its
 * final name only when it is whole and on the disk; nothing that is there is ever overwritten.
 */
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import type { DownloadFileHandle, DownloadFs } from './download-fs.ts';
import { systemCode, toDiskError } from './failures.ts';
import { sniffBytes } from './file-types.ts';

/** Runs a call of the file system; its failure becomes the contract's `disk` error. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDiskError(error);
  }
}

/** What is there under a name, itself and not what it points to; null when nothing is. */
export async function statOrNull(fs: DownloadFs, path: string): Promise<BigIntStats | null> {
  try {
    return await fs.lstat(path, { bigint: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null;
    throw toDiskError(error);
  }
}

/** Removes a file of ours if it is there. */
export async function removeFile(fs: DownloadFs, path: string): Promise<void> {
  try {
    await fs.unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') throw toDiskError(error);
  }
}

/** Makes a folder's list of names outlast a power cut. Best effort: Windows cannot open a folder. */
export async function syncFolder(fs: DownloadFs, folder: string): Promise<void> {
  let handle: DownloadFileHandle | null = null;
  try {
    handle = await fs.open(folder, 'r');
    await handle.sync();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EIO' || code === 'ENOSPC') throw toDiskError(error);
  } finally {
    await handle?.close();
  }
}

/** A file on its way, under a name that only one job has. */
export class PartFile {
  readonly path: string;
  readonly #handle: DownloadFileHandle;

  constructor(path: string, handle: DownloadFileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /**
   * Opens the part of a job, made when missing. `safeBytes` is how much of the journalled length is really
   * there: all of it or, when anything is amiss, nothing. What lies beyond it is cut off.
   */
  static async open(
    fs: DownloadFs,
    path: string,
    journalBytes: number,
  ): Promise<{ part: PartFile; safeBytes: number }> {
    return await onDisk(async () => {
      const before = await statOrNull(fs, path);
      // A second name means that it was published: writing to it would write to the finished file.
      const isOurs = before !== null && before.isFile() && before.nlink === 1n;
      if (before !== null && !isOurs) await removeFile(fs, path);
      const handle = await fs.open(path, isOurs ? 'r+' : 'wx+');
      try {
        const size = isOurs ? Number(before.size) : 0;
        const safeBytes = size >= journalBytes ? journalBytes : 0;
        if (size !== safeBytes) await handle.truncate(safeBytes);
        return { part: new PartFile(path, handle), safeBytes };
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  /** Writes all of it, however many calls that takes. */
  write(block: Uint8Array, length: number, position: number): Promise<void> {
    return onDisk(async () => {
      let done = 0;
      while (done < length) {
        const { bytesWritten } = await this.#handle.write(
          block,
          done,
          length - done,
          position + done,
        );
        if (bytesWritten === 0)
          throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
        done += bytesWritten;
      }
    });
  }

  /** Waits until everything written so far would outlast a power cut. */
  sync(): Promise<void> {
    return onDisk(() => this.#handle.sync());
  }

  clear(): Promise<void> {
    return onDisk(() => this.#handle.truncate(0));
  }

  /** The first bytes, as far as there are any. */
  readHead(): Promise<Uint8Array> {
    return onDisk(async () => {
      const head = new Uint8Array(sniffBytes);
      const { bytesRead } = await this.#handle.read(head, 0, sniffBytes, 0);
      return head.subarray(0, bytesRead);
    });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Answers of `link` that mean "not on this file system", rather than "not here" or "not you". */
const linkUnsupported = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EXDEV',
  'EMLINK',
  'EINVAL',
  'UNKNOWN',
]);

const isSameFile = (a: BigIntStats | null, b: BigIntStats | null) =>
  a !== null && b !== null && a.ino !== 0n && a.ino === b.ino && a.dev === b.dev;

export interface GiveNameOptions {
  /**
   * True when an earlier run may have been cut off while giving this very name: what it left (the name on
   * the same file, or an empty reservation) is then ours.
   */
  resumed: boolean;
}

/**
 * Gives a finished file its name without ever overwriting: by a second link, where an existing name is
 * refused by the system itself; where links do not exist, by reserving the name and renaming over the
 * reservation. The first name is left for the caller to remove, where it still exists.
 */
export async function giveName(
  fs: DownloadFs,
  from: string,
  to: string,
  { resumed }: GiveNameOptions,
): Promise<'given' | 'taken'> {
  try {
    await fs.link(from, to);
    return 'given';
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return resumed ? await claimLeftover(fs, from, to) : 'taken';
    if (!linkUnsupported.has(code)) throw toDiskError(error);
  }
  return await reserveAndRename(fs, from, to, resumed);
}

async function claimLeftover(fs: DownloadFs, from: string, to: string): Promise<'given' | 'taken'> {
  const [source, target] = [await statOrNull(fs, from), await statOrNull(fs, to)];
  if (isSameFile(source, target)) return 'given';
  if (source === null || target === null || !target.isFile() || target.size !== 0n) return 'taken';
  await onDisk(() => fs.rename(from, to));
  return 'given';
}

async function reserveAndRename(
  fs: DownloadFs,
  from: string,
  to: string,
  resumed: boolean,
): Promise<'given' | 'taken'> {
  try {
    await (await fs.open(to, 'wx')).close();
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw toDiskError(error);
    return resumed ? await claimLeftover(fs, from, to) : 'taken';
  }
  try {
    await fs.rename(from, to);
    return 'given';
  } catch (error) {
    // The reservation is ours and empty; left behind it would be an empty file under a final name.
    await removeFile(fs, to).catch(() => {});
    throw toDiskError(error);
  }
}

/**
 * Writes a small file whole under its final name, or a numbered one. Returns the name it has, and whether it
 * was written: the very same file is not written twice.
 */
export async function writeSmallFile(
  fs: DownloadFs,
  folder: string,
  names: Iterable<string>,
  partName: string,
  content: Uint8Array,
): Promise<{ name: string; isNew: boolean }> {
  const partPath = join(folder, partName);
  await removeFile(fs, partPath);
  const { part } = await PartFile.open(fs, partPath, 0);
  try {
    await part.write(content, content.byteLength, 0);
    await part.sync();
  } finally {
    await part.close();
  }
  for (const name of names) {
    const isNew =
      (await giveName(fs, partPath, join(folder, name), { resumed: false })) === 'given';
    if (!isNew && !(await holdsExactly(fs, join(folder, name), content))) continue;
    await removeFile(fs, partPath);
    return { name, isNew };
  }
  throw new RangeError('no name was free');
}

/** True when a plain file with just this content is there, as an earlier, interrupted run left it. */
async function holdsExactly(fs: DownloadFs, path: string, content: Uint8Array): Promise<boolean> {
  const stat = await statOrNull(fs, path);
  if (stat === null || !stat.isFile() || stat.size !== BigInt(content.byteLength)) return false;
  return await onDisk(async () => (await fs.readFile(path)).equals(content));
}
