/**
 * Runs in plain Node. Files and index of the media cache brought together: a file without a row gets one, a
 * row without a file goes, drafts that nobody writes any more are deleted. One folder at a time.
 */
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MediaRepo, MediaRow } from './media-repo.ts';
import { sniff, sniffBytes } from './media-types.ts';

export const draftSuffix = '.part';
const staleDraftMs = 60 * 60 * 1000;
const fileName = /^[0-9a-f]{64}$/;

export interface MendOptions {
  folder: string;
  repo: MediaRepo;
  nowMs: () => number;
  isEnded: () => boolean;
}

export async function mendMedia(options: MendOptions): Promise<void> {
  const { folder, repo, isEnded } = options;
  for (let shard = 0; shard < 256 && !isEnded(); shard += 1) {
    const letters = shard.toString(16).padStart(2, '0');
    // Rows first: what another process adds meanwhile is then a file too many, never a row too many.
    const rows = new Set(repo.startingWith(letters));
    const names = await readdir(join(folder, letters)).catch(() => []);
    const found: MediaRow[] = [];
    for (const name of names) {
      if (rows.delete(name)) continue;
      const row = await lookAt(join(folder, letters, name), name, options);
      if (row !== null) found.push(row);
    }
    if (isEnded()) return;
    if (found.length + rows.size > 0) repo.mend(found, [...rows]);
    await nextTurn();
  }
}

async function lookAt(path: string, name: string, options: MendOptions): Promise<MediaRow | null> {
  const info = await stat(path).catch(() => null);
  if (info === null) return null;
  if (!fileName.test(name)) {
    const isStale = options.nowMs() - info.mtimeMs > staleDraftMs;
    if (isStale) await rm(path, { force: true }).catch(() => undefined);
    return null;
  }
  return {
    hash: name,
    url: null,
    kind: await kindOf(path),
    sizeBytes: info.size,
    storedAtMs: Math.trunc(info.mtimeMs),
    usedAtMs: Math.trunc(Math.max(info.atimeMs, info.mtimeMs)),
  };
}

async function kindOf(path: string): Promise<MediaRow['kind']> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return 'picture';
  try {
    const head = Buffer.alloc(sniffBytes);
    const { bytesRead } = await handle.read(head, 0, sniffBytes, 0);
    const type = sniff(head.subarray(0, bytesRead));
    return type === null || type.startsWith('image/') ? 'picture' : 'stream';
  } catch {
    return 'picture';
  } finally {
    await handle.close();
  }
}
