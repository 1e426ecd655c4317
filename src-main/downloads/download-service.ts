/**
 * Runs in plain Node. Saving files: the queue as the shells use it. May import the contract, db and http.
 * Whatever is acknowledged here is durable: it survives kill -9 and a power cut.
 */
import { join } from 'node:path';
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { Clock } from '../http/clock.ts';
import type { HttpClient, Lane } from '../http/http-client.ts';
import { nodeDownloadFs, type DownloadFs } from './download-fs.ts';
import { toItem } from './download-item.ts';
import type { DownloadRow } from './download-row.ts';
import { DownloadsRepo } from './downloads-repo.ts';
import { statOrNull } from './files.ts';
import { Hasher } from './hasher.ts';
import { JobRunner } from './job-runner.ts';
import { makeOwner } from './lease.ts';
import { makeDownload, promiseOf, type RenditionSource } from './new-download.ts';
import { ProgressBoard } from './progress.ts';
import { defaultRetryPolicy, isEnded, type RetryPolicy } from './state.ts';

export interface DownloadDeps {
  db: Database;
  http: HttpClient;
  records: RenditionSource;
  /** Absolute folder for new downloads, asked for at each one. */
  downloadFolder(): string;
  emit<N extends 'downloadChanged' | 'downloadRemoved'>(name: N, payload: ArchiveEvents[N]): void;
  showInFolder(path: string): Promise<void>;
  hashWorkerUrl: URL;
  clock: Clock;
  log: Log;
  /** False for a shell that runs only what it was asked for; true unless told otherwise. */
  ownsQueue?: boolean;
  /** In [0, 1). */
  random?: () => number;
  fs?: DownloadFs;
  retryPolicy?: RetryPolicy;
  /** How many files at once, by lane. */
  atOnce?: Readonly<Record<Lane, number>>;
}

export interface DownloadService {
  /** Goes on with what an earlier run left. Call once, when the shell is one that downloads. */
  start(): void;
  /** Queues one rendition; answers when that is durable. The same wish twice is one download. */
  save(wish: { ref: RecordRef; rendition: string }, signal: AbortSignal): Promise<DownloadItem>;
  /** Newest first. */
  list(): { items: DownloadItem[] };
  /** Stops it and removes what had arrived. An ended one is left as it is. */
  cancel(id: string): Promise<DownloadItem>;
  retry(id: string): DownloadItem;
  /** Takes an ended row off the list; finished files stay on disk, and stay known. */
  remove(id: string): Promise<void>;
  showInFolder(id: string): Promise<void>;
  /** Stops in order: what has arrived is on disk and in the journal when it resolves. */
  dispose(): Promise<void>;
}

const defaultAtOnce: Readonly<Record<Lane, number>> = {
  'nasa-api': 1,
  'nasa-files': 4,
  'pds-api': 1,
  'pds-files': 4,
  astrobin: 1,
};

const notThere = () =>
  new ArchiveError({
    code: 'not-found',
    message: 'This download is no longer in the list.',
    retryable: false,
  });

class Downloads implements DownloadService {
  readonly #deps: DownloadDeps;
  readonly #fs: DownloadFs;
  readonly #repo: DownloadsRepo;
  readonly #hasher: Hasher;
  readonly #progress: ProgressBoard;
  readonly #runner: JobRunner;

  constructor(deps: DownloadDeps) {
    this.#deps = deps;
    this.#fs = deps.fs ?? nodeDownloadFs;
    this.#repo = new DownloadsRepo(deps.db, deps.retryPolicy ?? defaultRetryPolicy);
    this.#hasher = new Hasher(deps.hashWorkerUrl);
    this.#progress = new ProgressBoard(deps.clock, (id) => this.#tell(id));
    this.#runner = new JobRunner({
      repo: this.#repo,
      owner: makeOwner(),
      http: deps.http,
      fs: this.#fs,
      hasher: this.#hasher,
      clock: deps.clock,
      random: deps.random ?? Math.random,
      log: deps.log,
      records: deps.records,
      atOnce: deps.atOnce ?? defaultAtOnce,
      ownsQueue: deps.ownsQueue ?? true,
      onProgress: (id, received, total) => this.#progress.set(id, received, total),
      onStart: (id) => this.#progress.changed(id),
      onEnd: (id) => {
        this.#progress.end(id);
        this.#progress.changed(id);
      },
    });
  }

  start(): void {
    this.#runner.start();
  }

  async save(
    wish: { ref: RecordRef; rendition: string },
    signal: AbortSignal,
  ): Promise<DownloadItem> {
    const found = await this.#deps.records.rendition(wish.ref, wish.rendition, signal);
    const row = makeDownload(found, this.#deps.downloadFolder(), this.#deps.clock.nowMs());
    const finished = await this.#findFinished(row.url, row.rendition, row.folder);
    const saved = this.#repo.transaction(() => {
      const same = this.#repo.findSameWish(row.url, row.rendition, row.folder);
      const open = same.find((each) => !isEnded(each.state));
      if (open !== undefined) return open;
      if (finished !== null) return this.#repo.update(finished.id, { listed: true }) ?? finished;
      // One that failed or was cancelled goes on from what is there, rather than beside it.
      const [newest] = same;
      if (newest === undefined || newest.state === 'done') return this.#repo.insert(row);
      return this.#repo.update(newest.id, promiseOf(found), { kind: 'retried' }) ?? newest;
    });
    this.#progress.changed(saved.id);
    this.#runner.ask(saved.id);
    return this.#item(this.#repo.get(saved.id) ?? saved);
  }

  /** A finished download of the same file whose file is still there, of its length. */
  async #findFinished(url: string, rendition: string, folder: string): Promise<DownloadRow | null> {
    for (const row of this.#repo.findSameWish(url, rendition, folder)) {
      if (row.state !== 'done' || row.finalName === null) continue;
      const stat = await statOrNull(this.#fs, join(row.folder, row.finalName));
      if (stat?.isFile() === true && stat.size === BigInt(row.totalBytes ?? -1)) return row;
    }
    return null;
  }

  list(): { items: DownloadItem[] } {
    return { items: this.#repo.list().map((row) => this.#item(row)) };
  }

  async cancel(id: string): Promise<DownloadItem> {
    const row = this.#mustGet(id);
    if (!(await this.#runner.cancel(id)) && !isEnded(row.state)) {
      const atMs = this.#deps.clock.nowMs();
      const cancelled = this.#repo.update(id, {}, { kind: 'cancelled', atMs });
      // A part that another process is writing is removed by that process, when it finds the row cancelled.
      if (cancelled !== null && row.owner === null) await this.#runner.removePart(cancelled);
    }
    this.#progress.changed(id);
    return this.#item(this.#mustGet(id));
  }

  retry(id: string): DownloadItem {
    if (this.#repo.update(id, {}, { kind: 'retried' }) === null) throw notThere();
    this.#progress.changed(id);
    this.#runner.ask(id);
    return this.#item(this.#mustGet(id));
  }

  async remove(id: string): Promise<void> {
    const row = this.#mustGet(id);
    if (!isEnded(row.state)) {
      throw new ArchiveError({
        code: 'invalid-arguments',
        message: 'This download has not ended. Cancel it first.',
        retryable: false,
      });
    }
    if (row.state === 'done') {
      this.#repo.update(id, { listed: false });
    } else {
      await this.#runner.removePart(row);
      this.#repo.delete(id);
    }
    this.#progress.forget(id);
    this.#deps.emit('downloadRemoved', { id });
  }

  async showInFolder(id: string): Promise<void> {
    const row = this.#mustGet(id);
    const name = row.state === 'done' ? row.finalName : row.asideName;
    const path = name === null ? row.folder : join(row.folder, name);
    if ((await statOrNull(this.#fs, path)) === null) {
      throw new ArchiveError({
        code: 'not-found',
        message:
          name === null
            ? 'The download folder is gone.'
            : 'The file is no longer there. It was moved, renamed or removed. It can be saved again.',
        retryable: false,
        detail: path,
      });
    }
    await this.#deps.showInFolder(path);
  }

  async dispose(): Promise<void> {
    await this.#runner.stop();
    this.#progress.dispose();
    await this.#hasher.dispose();
  }

  #mustGet(id: string): DownloadRow {
    const row = this.#repo.get(id);
    if (row === null) throw notThere();
    return row;
  }

  #item(row: DownloadRow): DownloadItem {
    const progress = row.state === 'active' ? this.#progress.get(row.id) : null;
    return toItem(row, progress, this.#deps.clock.nowMs());
  }

  #tell(id: string): void {
    const row = this.#repo.get(id);
    if (row !== null && row.listed) this.#deps.emit('downloadChanged', { item: this.#item(row) });
  }
}

/** The downloads over an open library.db. Nothing runs before `start`, `save` or `retry`. */
export function createDownloadService(deps: DownloadDeps): DownloadService {
  return new Downloads(deps);
}
