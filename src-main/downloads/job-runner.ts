/**
 * Runs in plain Node. The running downloads of this process: takes rows, runs them, writes how they ended,
 * says that it is alive, and takes over what a dead process left. May import the contract, db and http.
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
import { heartbeatEveryMs, judgeOwner } from './lease.ts';
import { promiseOf, type RenditionSource } from './new-download.ts';
import { fromZero, runJob, type RunDeps, type RunEnd } from './run-job.ts';
import { Scheduler } from './scheduler.ts';
import { isEnded } from './state.ts';

export interface JobRunnerDeps extends RunDeps {
  records: RenditionSource;
  atOnce: Readonly<Record<Lane, number>>;
  /** True where every queued row is run; else only those that were asked for here. */
  ownsQueue: boolean;
  /** The row changed, and does not run any more. */
  onEnd(id: string): void;
  /** The row began to run. */
  onStart(id: string): void;
}

/** How long a job that failed waits for the record to say whether its file has moved. */
const refreshTimeoutMs = 30_000;
/** Failures after which a new address may help. */
const mayHaveMoved = new Set(['not-found', 'unavailable', 'forbidden']);

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
  /** Rows to run; null for every one. */
  readonly #asked: Set<string> | null;
  #callOffBeat: (() => void) | null = null;
  #isStarted = false;
  #isStopped = false;

  constructor(deps: JobRunnerDeps) {
    this.#deps = deps;
    this.#clock = deps.clock;
    this.#repo = deps.repo;
    this.#fs = deps.fs;
    this.#log = deps.log;
    this.#asked = deps.ownsQueue ? null : new Set();
    this.#scheduler = new Scheduler<Lane, DownloadRow>({
      clock: deps.clock,
      atOnce: deps.atOnce,
      claim: (lane) => this.#repo.claimNext(lane, deps.owner, this.#clock.nowMs(), this.#asked),
      nextDueMs: (lane) => this.#repo.nextDueMs(lane, this.#asked),
      run: (row) => this.#run(row),
    });
  }

  /** Takes over what dead processes left, and begins to work. Once started, `wake` is enough. */
  start(): void {
    if (this.#isStarted || this.#isStopped) return;
    this.#isStarted = true;
    this.#quietly('resuming downloads', () => this.#takeOver());
    this.#beatLater();
    this.wake();
  }

  /** Runs this row, as soon as there is room. */
  ask(id: string): void {
    this.#asked?.add(id);
    this.wake();
  }

  /** Looks for work. */
  wake(): void {
    if (!this.#isStarted) {
      this.start();
      return;
    }
    this.#quietly('starting downloads', () => this.#scheduler.wake());
  }

  /** Stops a job that runs here, and resolves when it has ended. False when it does not run here. */
  async cancel(id: string): Promise<boolean> {
    const running = this.#running.get(id);
    if (running === undefined) return false;
    running.controller.abort(new Stop('cancelled'));
    await running.end;
    return true;
  }

  /** Removes the part of a row that nobody works on. */
  async removePart(row: DownloadRow): Promise<void> {
    if (row.partName === null) return;
    await removeFile(this.#fs, join(row.folder, row.partName));
    await removeFile(this.#fs, join(row.folder, `${row.partName}.json`));
    this.#repo.update(row.id, { ...fromZero, partName: null });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#callOffBeat?.();
    for (const { controller } of this.#running.values()) controller.abort(new Stop('released'));
    await this.#scheduler.stop();
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
      await this.#settle(row.id, settled, signal);
    } catch (error) {
      this.#log('a download could not be settled', { id: row.id, error: String(error) });
    }
    this.#quietly('looking at an ended download', () => this.#forgetEnded(row.id));
    this.#deps.onEnd(row.id);
  }

  /** What has ended is not looked for in the queue any more. */
  #forgetEnded(id: string): void {
    if (this.#asked === null) return;
    const row = this.#repo.get(id);
    if (row === null || isEnded(row.state)) this.#asked.delete(id);
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

  async #settle(id: string, end: RunEnd | null, signal: AbortSignal): Promise<void> {
    const wasCancelled = signal.reason instanceof Stop && signal.reason.why === 'cancelled';
    if (
      end !== null &&
      wasCancelled &&
      end.event.kind !== 'finished' &&
      end.event.kind !== 'quarantined'
    ) {
      end.event = { kind: 'cancelled', atMs: this.#clock.nowMs() };
    }
    if (end !== null && !this.#write(id, end)) return;
    const row = this.#repo.get(id);
    if (row?.state === 'cancelled') await this.removePart(row);
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

  #beatLater(): void {
    this.#callOffBeat = this.#clock.after(heartbeatEveryMs, () => {
      this.#quietly('the heartbeat', () => {
        for (const [id, end] of [...this.#unwritten]) {
          if (this.#write(id, end)) this.#deps.onEnd(id);
        }
        if (this.#running.size > 0) this.#repo.beat(this.#deps.owner, this.#clock.nowMs());
        this.#takeOver();
      });
      this.wake();
      if (!this.#isStopped) this.#beatLater();
    });
  }

  #takeOver(): void {
    const check = { self: this.#deps.owner, nowMs: this.#clock.nowMs() };
    for (const row of this.#repo.active()) {
      const owner = judgeOwner(row.owner, row.heartbeatMs, check);
      if (owner === 'alive') continue;
      this.#log('taking over a download', { id: row.id, owner });
      if (owner === 'proven-dead') {
        this.#repo.update(row.id, {}, { kind: 'released' });
        continue;
      }
      // It may wake up and write: the new run gets a part of its own.
      this.#repo.update(row.id, { ...fromZero, partName: null }, { kind: 'released' });
      if (row.partName !== null) this.#removeQuietly(join(row.folder, row.partName));
    }
    for (const row of this.#repo.leftovers()) {
      if (!this.#running.has(row.id)) void this.removePart(row).catch(() => {});
    }
  }

  #removeQuietly(path: string): void {
    void removeFile(this.#fs, path).catch((error: unknown) => {
      this.#log('a part could not be removed', { path, error: String(error) });
    });
  }
}
