/**
 * Runs in plain Node. Looks whether the files of a folder are still what was saved: changed, missing and foreign ones
 * are named. Reads only. A check that is stopped goes on where it was, past files that have not been touched since.
 */
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FolderCheck } from '#contract/downloads.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { Database, Query } from '../db/database.ts';
import type { Clock } from '../http/clock.ts';
import type { DownloadRow } from './download-row.ts';
import { onDisk } from './files.ts';
import type { Hasher } from './hasher.ts';
import { longestSidecar, readSidecar, type KnownFile } from './known-files.ts';

export interface FolderCheckDeps {
  /** cache.db: how far a check has come. */
  cache: Database;
  hasher: Hasher;
  /** What the ledger says was saved below a folder. */
  saved(root: string): DownloadRow[];
  clock: Clock;
  /** At most four times a second, and at the end. */
  onProgress(progress: { folder: string; checked: number; total: number }): void;
}

const quietMs = 250;

interface Found {
  files: Map<string, { size: bigint; modifiedNs: bigint }>;
  known: Map<string, KnownFile>;
  sidecars: Set<string>;
}

/** Ours, but not saved files: parts of downloads under way, and what was set aside. */
const isAside = (name: string): boolean => /\.(?:part|part\.json|quarantine)$/.test(name);

const stopped = () =>
  new ArchiveError({
    code: 'cancelled',
    message: 'The check was stopped. The same check goes on from there.',
    retryable: true,
  });

function toKnownFile({ folder, finalName, ref, totalBytes, sha256 }: DownloadRow): KnownFile {
  const path = join(folder, finalName ?? '');
  return { path, ref, bytes: totalBytes ?? 0, sha256: sha256 ?? '' };
}

export class FolderChecks {
  readonly #deps: FolderCheckDeps;
  readonly #marks: Query<[string], { path: string; size_bytes: number; modified_ns: string }>;
  readonly #mark: Query<[string, string, number, string], unknown>;
  readonly #forget: Query<[string], unknown>;
  #toldAtMs = 0;

  constructor(deps: FolderCheckDeps) {
    this.#deps = deps;
    this.#marks = deps.cache.prepare(
      'SELECT path, size_bytes, modified_ns FROM checked_files WHERE root = ?',
    );
    this.#mark = deps.cache.prepare(
      'INSERT OR REPLACE INTO checked_files (root, path, size_bytes, modified_ns) VALUES (?, ?, ?, ?)',
    );
    this.#forget = deps.cache.prepare('DELETE FROM checked_files WHERE root = ?');
  }

  /**
   * @param root absolute folder, looked through with all below it; links are not followed.
   * @throws ArchiveError 'disk' when the folder cannot be read, 'cancelled' when it is stopped.
   */
  async check(root: string, signal: AbortSignal): Promise<FolderCheck> {
    try {
      return await this.#check(root, signal);
    } catch (error) {
      throw signal.aborted ? stopped() : error;
    }
  }

  async #check(root: string, signal: AbortSignal): Promise<FolderCheck> {
    const found = await this.#look(root, signal);
    for (const row of this.#deps.saved(root)) {
      const file = toKnownFile(row);
      found.known.set(file.path, file);
    }
    const result: FolderCheck = { checked: 0, ok: 0, changed: [], missing: [], foreign: [] };
    const marks = new Map(this.#marks.all(root).map((mark) => [mark.path, mark]));
    for (const known of found.known.values()) {
      signal.throwIfAborted();
      const there = found.files.get(known.path);
      if (there === undefined) {
        result.missing.push({ path: known.path, ref: known.ref });
        continue;
      }
      const mark = marks.get(known.path);
      const isMarked =
        mark?.size_bytes === known.bytes && mark.modified_ns === String(there.modifiedNs);
      if (isMarked || (await this.#isWhole(root, known, there, result))) result.ok += 1;
      result.checked += 1;
      this.#tell({ folder: root, checked: result.checked, total: found.known.size });
    }
    for (const path of found.files.keys()) {
      const isOurs = found.known.has(path) || found.sidecars.has(path) || isAside(basename(path));
      if (!isOurs) result.foreign.push(path);
    }
    this.#forget.run(root);
    return result;
  }

  #tell(progress: { folder: string; checked: number; total: number }): void {
    const nowMs = this.#deps.clock.nowMs();
    if (Math.abs(nowMs - this.#toldAtMs) < quietMs && progress.checked < progress.total) return;
    this.#toldAtMs = nowMs;
    this.#deps.onProgress(progress);
  }

  async #isWhole(
    root: string,
    known: KnownFile,
    there: { size: bigint; modifiedNs: bigint },
    result: FolderCheck,
  ): Promise<boolean> {
    const { path, ref, bytes, sha256 } = known;
    const expected = { bytes, sha256 };
    const foundBytes = Number(there.size);
    if (foundBytes !== bytes) {
      result.changed.push({ path, ref, expected, found: { bytes: foundBytes, sha256: null } });
      return false;
    }
    const digests = await onDisk(() => this.#deps.hasher.hashFile(path));
    if (digests.sha256 !== sha256) {
      const found = { bytes: digests.bytes, sha256: digests.sha256 };
      result.changed.push({ path, ref, expected, found });
      return false;
    }
    this.#mark.run(root, path, bytes, String(there.modifiedNs));
    return true;
  }

  /** Everything below the folder; what is a sidecar of ours says what else should be there. */
  async #look(root: string, signal: AbortSignal): Promise<Found> {
    const found: Found = { files: new Map(), known: new Map(), sidecars: new Set() };
    const open = [root];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      signal.throwIfAborted();
      const at = folder;
      const entries = await onDisk(() => readdir(at, { withFileTypes: true }));
      for (const entry of entries) {
        if (entry.isDirectory()) open.push(join(at, entry.name));
        else if (entry.isFile()) await this.#take(found, at, entry);
      }
    }
    return found;
  }

  async #take(found: Found, folder: string, { name }: Dirent): Promise<void> {
    const path = join(folder, name);
    const stat = await lstat(path, { bigint: true }).catch(() => null);
    if (stat === null) return;
    found.files.set(path, { size: stat.size, modifiedNs: stat.mtimeNs });
    if (!name.endsWith('.json') || isAside(name) || stat.size > BigInt(longestSidecar)) return;
    const known = readSidecar(folder, await readFile(path, 'utf8').catch(() => ''));
    // A JSON may itself be a saved file; then it is not a sidecar.
    if (known === null || known.path === path) return;
    found.sidecars.add(path);
    found.known.set(known.path, known);
  }
}
