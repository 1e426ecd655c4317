/**
 * Runs in plain Node. The running downloads of this process: takes rows, runs them and writes how they ended. It works
 * only while this process owns the queue; who owns it is queue-owner.ts. May import the contract, db and http.
 */
import { join } from 'node:path';
import type { Clock } from '../http/clock.ts';
import type { Lane } from '../http/http-client.ts';
import type { Log } from '../db/log.ts';
import type { DownloadFs } from './download-fs.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import { Stop } from './failures.ts';
import { removeFile } from './files.ts';
import { promiseOf, type RenditionSource } from './new-download.ts';
import { fromZero, runJob, type RunDeps, type RunEnd } from './run-job.ts';
import { Scheduler } from './scheduler.ts';
import { usualLimits, type TransferLimits } from './transfer-limits.ts';

export interface JobRunnerDeps extends RunDeps {
  records: RenditionSource;
  limits(): TransferLimits;
  /** `seq` of the groups that may be worked on; null for all. */
  wanted(): ReadonlySet<number> | null;
  /** The disk refuses what is written: nothing of the group can go on until that is mended. */
  onDiskTrouble(row: DownloadRow, end: RunEnd): void;
  /** The row changed, and does not run any more. */
  onEnd(id: string): void;
  /** The row began to run. */
  onStart(id: string): void;
}

/** How long a job that failed waits for the record to say whether its file has moved. */
const refreshTimeoutMs = 30_000;
/** Failures after which a new address may help. */
const mayHaveMoved = new Set(['not-found', 'unavailable', 'forbidden']);

const lanes = Object.keys(usualLimits.atOnceInLane) as Lane[];

type StopReason = Exclude<Stop['why'], 'lost'>;

export class JobRunner {
  readonly #deps: JobRunnerDeps;
  readonly #clock: Clock;
  readonly #repo: DownloadsRepo;
  readonly #fs: DownloadFs;
  readonly #log: Log;
  readonly #scheduler: Scheduler<Lane, DownloadRow>;
  readonly #running = new Map<string, { controller: AbortController; end: Promise<void> }>();
  /** Ends that could not be written, because the library's disk is full: tried again. */
  readonly #unwritten = new Map<string, RunEnd>();
  /** Rows whose address was asked for anew in this process. */
  readonly #refreshed = new Set<string>();
  #isOwner = false;

  constructor(deps: JobRunnerDeps) {
    this.#deps = deps;
    this.#clock = deps.clock;
    this.#repo = deps.repo;
    this.#fs = deps.fs;
    this.#log = deps.log;
    this.#scheduler = new Scheduler<Lane, DownloadRow>({
      clock: deps.clock,
      lanes,
      most: () => {
        const { atOnce, atOnceInLane } = deps.limits();
        return { inAll: atOnce, inLane: atOnceInLane };
      },
      claim: (lane) =>
        this.#isOwner
          ? this.#repo.claimNext(lane, deps.owner, this.#clock.nowMs(), deps.wanted())
          : null,
      nextDueMs: (lane) => (this.#isOwner ? this.#repo.nextDueMs(lane, deps.wanted()) : null),
      run: (row) => this.#run(row),
    });
  }

  /**
   * This process owns the queue from now on: whoever worked on rows before is gone, so they are free, and what was
   * left behind is cleared away.
   */
  own(): void {
    this.#isOwner = true;
    this.#quietly('resuming downloads', () => {
      for (const row of this.#repo.active()) {
        if (this.#running.has(row.id)) continue;
        this.#log('taking over a download', { id: row.id });
        this.#repo.update(row.id, {}, { kind: 'released' });
      }
      for (const row of this.#repo.leftovers()) {
        if (!this.#running.has(row.id)) void this.removePart(row).catch(() => {});
      }
    });
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** Looks for work. */
  wake(): void {
    this.#quietly('starting downloads', () => this.#scheduler.wake());
  }

  /** Stops a job that runs here, and resolves when it has ended. False when it does not run here. */
  async stopOne(id: string, why: StopReason): Promise<boolean> {
    const running = this.#running.get(id);
    if (running === undefined) return false;
    running.controller.abort(new Stop(why));
    await running.end;
    return true;
  }

  /** Does what other processes asked of the rows that run here. */
  heed(): void {
    for (const row of this.#repo.asked()) {
      if (row.ask === null || !this.#running.has(row.id)) continue;
      void this.stopOne(row.id, row.ask === 'pause' ? 'paused' : 'cancelled');
    }
  }

  /** Tries again to write the ends that could not be written. */
  writeEnds(): void {
    for (const [id, end] of [...this.#unwritten]) {
      if (this.#write(id, end)) this.#deps.onEnd(id);
    }
  }

  /** Removes the part of a row that nobody works on. */
  async removePart(row: DownloadRow): Promise<void> {
    if (row.partName === null) return;
    await removeFile(this.#fs, join(row.folder, row.partName));
    await removeFile(this.#fs, join(row.folder, `${row.partName}.json`));
    this.#repo.update(row.id, { ...fromZero, partName: null });
  }

  async stop(): Promise<void> {
    for (const { controller } of this.#running.values()) controller.abort(new Stop('released'));
    await this.#scheduler.stop();
    this.#isOwner = false;
  }

  #quietly(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#log(`${what} failed`, { error: String(error) });
    }
  }

  #run(row: DownloadRow): Promise<void> {
    const controller = new AbortController();
    const end = this.#runToEnd(row, controller.signal).finally(() => this.#running.delete(row.id));
    this.#running.set(row.id, { controller, end });
    this.#deps.onStart(row.id);
    return end;
  }

  async #runToEnd(row: DownloadRow, signal: AbortSignal): Promise<void> {
    try {
      const end = await runJob(row, this.#deps, signal);
      const settled = end === null ? null : await this.#findMoved(row, end, signal);
      await this.#settle(row, settled, signal);
    } catch (error) {
      this.#log('a download could not be settled', { id: row.id, error: String(error) });
    }
    this.#deps.onEnd(row.id);
  }

  /**
   * A file that cannot be had may have moved (the sample archive does at every start). Asks the record once;
   * with a new address the job begins anew.
   */
  async #findMoved(row: DownloadRow, end: RunEnd, signal: AbortSignal): Promise<RunEnd> {
    const { event } = end;
    if (event.kind !== 'failed' && event.kind !== 'interrupted') return end;
    if (!mayHaveMoved.has(event.error.code) || this.#refreshed.has(row.id) || signal.aborted)
      return end;
    this.#refreshed.add(row.id);
    const timeout = AbortSignal.timeout(refreshTimeoutMs);
    try {
      const fresh = await this.#deps.records.rendition(
        row.ref,
        row.rendition,
        AbortSignal.any([signal, timeout]),
      );
      if (fresh.rendition.url === row.url) return end;
      this.#log('a file has moved', { id: row.id, from: row.url, to: fresh.rendition.url });
      return { change: { ...fromZero, ...promiseOf(fresh) }, event: { kind: 'released' } };
    } catch {
      return end;
    }
  }

  async #settle(row: DownloadRow, end: RunEnd | null, signal: AbortSignal): Promise<void> {
    const { id } = row;
    if (end !== null) {
      const { reason } = signal as { reason: unknown };
      const isOver = end.event.kind === 'finished' || end.event.kind === 'quarantined';
      if (!isOver && reason instanceof Stop && reason.why === 'cancelled') {
        end.event = { kind: 'cancelled', atMs: this.#clock.nowMs() };
      }
      if (!isOver && reason instanceof Stop && reason.why === 'paused') {
        end.event = { kind: 'paused' };
      }
      if (end.event.kind === 'failed' && end.event.error.code === 'disk') {
        this.#deps.onDiskTrouble(row, end);
      }
      if (!this.#write(id, end)) return;
    }
    const after = this.#repo.get(id);
    if (after?.state === 'cancelled') await this.removePart(after);
  }

  /** False when it could not be written now, and will be later. */
  #write(id: string, end: RunEnd): boolean {
    try {
      this.#repo.updateOwned(id, this.#deps.owner, end.change, end.event);
      this.#unwritten.delete(id);
      return true;
    } catch (error) {
      this.#log('the end of a download could not be written', { id, error: String(error) });
      this.#unwritten.set(id, end);
      return false;
    }
  }
}
