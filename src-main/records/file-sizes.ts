/**
 * Runs in plain Node. Sizes of files that the archive did not state, asked for by HEAD: once, through the
 * governor, and kept in cache.db.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Rendition } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { BodyAnswer, HttpClient } from '../http/http-client.ts';

export interface FileSizes {
  /** The same renditions with `bytes` filled in where the archive tells; null stays where it does not. */
  fill<T extends Rendition>(renditions: readonly T[], signal: AbortSignal): Promise<T[]>;
}

export interface FileSizesOptions {
  http: HttpClient;
  db: Database;
  nowMs: () => number;
  log: Log;
}

/** An archive that did not say is asked again after this long. */
const askAgainMs = 24 * 60 * 60 * 1000;
/** Nothing in an archive is larger; a server that says so is mistaken. */
const largestBytes = 2 ** 44;
/** Sizes kept; the oldest go. */
const rowLimit = 20_000;

interface SizeRow {
  bytes: number | null;
  askedAtMs: number;
}

/** Builds it over the table `file_sizes`. */
export function createFileSizes(options: FileSizesOptions): FileSizes {
  const { http, db, nowMs, log } = options;
  const find = db.prepare<[string], SizeRow>(
    'SELECT size_bytes AS bytes, asked_at_ms AS askedAtMs FROM file_sizes WHERE url = ?',
  );
  const put = db.prepare<[string, number | null, number]>(
    `INSERT INTO file_sizes (url, size_bytes, asked_at_ms) VALUES (?, ?, ?)
     ON CONFLICT (url) DO UPDATE SET size_bytes = excluded.size_bytes, asked_at_ms = excluded.asked_at_ms`,
  );
  const prune = db.prepare<[number]>(
    `DELETE FROM file_sizes WHERE url IN
       (SELECT url FROM file_sizes ORDER BY asked_at_ms DESC LIMIT -1 OFFSET ?)`,
  );
  let sincePrune = 0;

  const known = (url: string): SizeRow | null => {
    try {
      const row = find.get(url);
      if (row === undefined) return null;
      return row.bytes === null && nowMs() - row.askedAtMs > askAgainMs ? null : row;
    } catch (error) {
      log('file sizes: could not read', { error: String(error) });
      return null;
    }
  };
  const keep = (url: string, bytes: number | null): void => {
    try {
      put.run(url, bytes, nowMs());
      sincePrune += 1;
      if (sincePrune % 500 === 0) prune.run(rowLimit);
    } catch (error) {
      log('file sizes: could not keep', { error: String(error) });
    }
  };
  const sizeOf = async (url: string, signal: AbortSignal): Promise<number | null> => {
    const row = known(url);
    if (row !== null) return row.bytes;
    try {
      const bytes = await askSize(http, url, signal);
      keep(url, bytes);
      return bytes;
    } catch (error) {
      if (error instanceof ArchiveError && error.code !== 'cancelled') return null;
      throw error;
    }
  };

  return {
    fill: (renditions, signal) =>
      Promise.all(
        renditions.map(async (rendition) =>
          rendition.bytes === null
            ? { ...rendition, bytes: await sizeOf(rendition.url, signal) }
            : rendition,
        ),
      ),
  };
}

/** By HEAD, or where the server has none by asking for the first byte. Null where the answer does not tell. */
async function askSize(http: HttpClient, url: string, signal: AbortSignal): Promise<number | null> {
  const request = { url, lane: 'nasa-files', signal } as const;
  const head = await http.open({ ...request, method: 'HEAD' });
  head.body.destroy();
  if (head.status === 200) return statedSize(head);
  if (head.status !== 405 && head.status !== 501) return null;
  const first = await http.open({ ...request, headers: { range: 'bytes=0-0' } });
  first.body.destroy();
  if (first.status === 200) return statedSize(first);
  if (first.status !== 206) return null;
  const total = /^bytes 0-0\/(\d{1,15})$/.exec(first.headers['content-range'] ?? '')?.[1];
  return total === undefined ? null : plausible(Number(total));
}

/** Content-Length, where it can be the file's: a coded body and an error page in disguise have another. */
function statedSize({ headers }: BodyAnswer): number | null {
  const length = headers['content-length'];
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  if (length === undefined || !isPlain || isWebPage(headers)) return null;
  return /^\d{1,15}$/.test(length) ? plausible(Number(length)) : null;
}

function isWebPage(headers: IncomingHttpHeaders): boolean {
  return /^\s*text\/html/i.test(headers['content-type'] ?? '');
}

function plausible(bytes: number): number | null {
  return bytes > 0 && bytes <= largestBytes ? bytes : null;
}
