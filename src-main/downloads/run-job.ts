/**
 * Runs in plain Node. One run of one download, from its row to how it ended: transfer, checks, name. Every
 * end is an event for the row; nothing is thrown.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ArchiveError } from '#contract/errors.ts';
import type { Clock } from '../http/clock.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Log } from '../db/log.ts';
import type { Journal } from './answer.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { DownloadFs } from './download-fs.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadChange, DownloadsRepo } from './downloads-repo.ts';
import { fetchedOnceMore, Stop, toWire } from './failures.ts';
import { endingOfUrl, withEnding } from './file-names.ts';
import { wordsIfNotWebPage } from './file-types.ts';
import { onDisk } from './files.ts';
import type { Hasher } from './hasher.ts';
import { canPublish, publish, setAside, type PublishDeps } from './publish.ts';
import type { JobEvent } from './state.ts';
import { transfer, type TransferResult } from './transfer.ts';
import { checkReceived } from './verify.ts';

export interface RunDeps {
  repo: DownloadsRepo;
  owner: string;
  http: HttpClient;
  fs: DownloadFs;
  hasher: Hasher;
  clock: Clock;
  random(): number;
  log: Log;
  bandwidth: Bandwidth;
  onProgress(id: string, receivedBytes: number, totalBytes: number | null): void;
}

/** How a run ended: what to write in the row; null when the row is no longer ours to write. */
export interface RunEnd {
  change: DownloadChange;
  event: JobEvent;
}

/** A row that knows nothing of any bytes yet. */
export const fromZero: DownloadChange = {
  journalBytes: 0,
  journalSha256: null,
  totalBytes: null,
  etag: null,
  lastModified: null,
  contentType: null,
  sha256: null,
  verified: null,
  verifiedAtMs: null,
  finalName: null,
};

/** A name that no other job has, so that nobody ever writes into another's part. */
export function makePartName(fileName: string): string {
  return `${fileName}.${randomBytes(4).toString('hex')}.part`;
}

function toJournal(row: DownloadRow): Journal {
  return {
    bytes: row.journalBytes,
    sha256: row.journalSha256,
    total: row.totalBytes,
    etag: row.etag,
    lastModified: row.lastModified,
    contentType: row.contentType,
  };
}

function fromJournal(journal: Journal): DownloadChange {
  return {
    journalBytes: journal.bytes,
    journalSha256: journal.sha256,
    totalBytes: journal.total,
    etag: journal.etag,
    lastModified: journal.lastModified,
    contentType: journal.contentType,
  };
}

class Run {
  readonly #deps: RunDeps;
  readonly #signal: AbortSignal;
  #row: DownloadRow;
  /** Known, but not yet written: it goes with the next write, which is the one that needs it. */
  #staged: DownloadChange = {};

  constructor(row: DownloadRow, deps: RunDeps, signal: AbortSignal) {
    this.#row = row;
    this.#deps = deps;
    this.#signal = signal;
  }

  async run(): Promise<RunEnd> {
    const { fs } = this.#deps;
    await onDisk(() => fs.mkdir(this.#row.folder, { recursive: true }));
    if (this.#row.verifiedAtMs !== null) {
      if (await canPublish(this.#row, this.#publishDeps)) return await this.#publish();
      this.#save(fromZero);
    }
    if (this.#row.partName === null) this.#save({ partName: makePartName(this.#row.fileName) });
    return await this.#conclude(await this.#transfer());
  }

  /** Writes the row; a row that somebody else took or the user cancelled stops the run. */
  #save(change: DownloadChange): DownloadRow {
    const all = { ...this.#staged, ...change };
    const row = this.#deps.repo.updateOwned(this.#row.id, this.#deps.owner, all);
    if (row === null) throw new Stop('lost');
    this.#staged = {};
    this.#row = row;
    return row;
  }

  get #publishDeps(): PublishDeps {
    const { fs, hasher, repo } = this.#deps;
    return {
      fs,
      hasher,
      save: (change) => this.#save(change),
      findPublished: (url, folder, name) => repo.findPublished(url, folder, name),
    };
  }

  #transfer(): Promise<TransferResult> {
    const row = this.#row;
    const { statedBytes, statedExact, statedChecksum } = row;
    const exactBytes = statedExact ? statedBytes : null;
    return transfer(
      {
        url: row.url,
        lane: row.lane,
        folder: row.folder,
        partPath: join(row.folder, row.partName ?? ''),
        algorithms: statedChecksum?.algorithm === 'md5' ? ['sha256', 'md5'] : ['sha256'],
        journal: toJournal(row),
        expected: {
          notAWebPage: wordsIfNotWebPage(endingOfUrl(row.url)),
          canBeMeasured: exactBytes !== null || statedChecksum !== null,
        },
        exactBytes,
      },
      {
        ...this.#deps,
        saveJournal: (journal) => void this.#save(fromJournal(journal)),
        onProgress: (received, total) => this.#deps.onProgress(row.id, received, total),
      },
      this.#signal,
    );
  }

  async #conclude(result: TransferResult): Promise<RunEnd> {
    const atMs = this.#deps.clock.nowMs();
    const jitter = this.#deps.random();
    switch (result.kind) {
      case 'retry':
        return {
          change: {},
          event: { kind: 'interrupted', atMs, error: result.error, gained: result.gained, jitter },
        };
      case 'rate-limited':
        return {
          change: {},
          event: { kind: 'held', atMs, error: result.error, waitMs: result.waitMs, jitter },
        };
      case 'failed':
        return { change: {}, event: { kind: 'failed', atMs, error: result.error } };
      case 'received':
        this.#signal.throwIfAborted();
        return await this.#check(result, atMs);
    }
  }

  async #check(result: TransferResult & { kind: 'received' }, atMs: number): Promise<RunEnd> {
    const { digests, journal, head, measured } = result;
    const check = checkReceived(this.#row, digests, head, measured);
    const received = { ...fromJournal(journal), sha256: digests.sha256 };
    if (!check.ok && this.#row.mismatches === 0) {
      const error = fetchedOnceMore(check.error);
      const jitter = this.#deps.random();
      return {
        change: { ...fromZero, mismatches: 1 },
        event: { kind: 'interrupted', atMs, error, gained: false, jitter },
      };
    }
    if (!check.ok) {
      this.#save({ ...received, mismatches: this.#row.mismatches + 1 });
      const change = await setAside(this.#row, this.#publishDeps);
      return { change, event: { kind: 'quarantined', atMs, error: check.error } };
    }
    this.#staged = {
      ...received,
      verified: check.verified,
      verifiedAtMs: atMs,
      fileName:
        this.#row.keepsName && check.verified === 'checksum'
          ? this.#row.fileName
          : withEnding(this.#row.fileName, check.ending),
    };
    this.#row = { ...this.#row, ...this.#staged };
    return await this.#publish();
  }

  /** From here on a cancel comes too late: the file is whole and is about to have its name. */
  async #publish(): Promise<RunEnd> {
    const published = await publish(this.#row, this.#publishDeps);
    const change = { ...this.#staged, ...published };
    return { change, event: { kind: 'finished', atMs: this.#deps.clock.nowMs() } };
  }
}

function eventOfStop({ why }: Stop, atMs: number): JobEvent {
  if (why === 'cancelled') return { kind: 'cancelled', atMs };
  return { kind: why === 'paused' ? 'paused' : 'released' };
}

function endOfError(error: unknown, deps: RunDeps): RunEnd | null {
  const atMs = deps.clock.nowMs();
  if (error instanceof Stop) {
    if (error.why === 'lost') return null;
    return { change: {}, event: eventOfStop(error, atMs) };
  }
  const wire = toWire(error);
  if (error instanceof ArchiveError) {
    return { change: {}, event: { kind: 'failed', atMs, error: wire } };
  }
  const event = { kind: 'interrupted', atMs, error: wire, gained: false, jitter: deps.random() };
  return { change: {}, event: event as JobEvent };
}

/** Runs a claimed row. Null when it turned out to be no longer ours. */
export async function runJob(
  row: DownloadRow,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<RunEnd | null> {
  try {
    return await new Run(row, deps, signal).run();
  } catch (error) {
    if (!(error instanceof Stop))
      deps.log('download stopped', { id: row.id, error: String(error) });
    return endOfError(error, deps);
  }
}
