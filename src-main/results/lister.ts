/**
 * Runs in plain Node, in the one thread that owns the core. Runs the listings of this process: one of a set at a
 * time on a profile, by a lease; held up while the archive does not answer, and going on by itself.
 */
import { ArchiveError, type WireError } from '#contract/errors.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { heartbeatEveryMs, judgeOwner } from '../downloads/lease.ts';
import type { Clock } from '../http/clock.ts';
import { resultCeiling } from '../sources/nasa-images/questions.ts';
import type { ChangeTeller } from './change-teller.ts';
import { Crawl, type CrawlEnd } from './crawl.ts';
import { breathe, KnownRecords } from './known-records.ts';
import { Listing } from './listing.ts';
import { Interrupted, PageSource, type Search } from './page-source.ts';
import { LeaseLost, PlanRepo } from './plan-repo.ts';
import { SetRemover, type SetRow, type SetsRepo } from './sets-repo.ts';
import { SliceTree } from './slice-tree.ts';

export interface ListerDeps {
  db: Database;
  repo: SetsRepo;
  /** Name of this process in leases. */
  self: string;
  teller: ChangeTeller;
  search: Search;
  base(): URL;
  archive(): string;
  ready(): Promise<void>;
  onAnswering(listener: () => void): () => void;
  wall?: number;
  /** Told when a listing has come to its end: the set is as large as it will be. */
  ended(): void;
  clock: Clock;
  log: Log;
}

interface Running {
  controller: AbortController;
  done: Promise<void>;
}

/** A set that waits for the archive. */
interface Waiting {
  tries: number;
  callOff(): void;
}

const firstWaitMs = 2_000;
const longestWaitMs = 60_000;

export class Lister {
  readonly #deps: ListerDeps;
  readonly #remover: SetRemover;
  readonly #running = new Map<number, Running>();
  readonly #waiting = new Map<number, Waiting>();
  #stopListening: (() => void) | null = null;
  #isClosed = false;

  constructor(deps: ListerDeps) {
    this.#deps = deps;
    this.#remover = new SetRemover(deps.db);
  }

  /** Lists a set on from where it is. Does nothing where it is being listed, here or in another process. */
  start(row: SetRow): void {
    if (this.#isClosed || this.#running.has(row.seq)) return;
    if (!this.#take(row.seq)) return;
    const tries = this.#waiting.get(row.seq)?.tries ?? 0;
    this.#stopWaiting(row.seq);
    const controller = new AbortController();
    const run = this.#run(row, controller.signal, tries).catch((error: unknown) => {
      // Not even the failure could be written: the set is as it was on disk.
      this.#deps.log('listing ended without a word', { id: row.id, error: String(error) });
    });
    const done = run.finally(() => {
      if (this.#running.get(row.seq)?.controller === controller) this.#running.delete(row.seq);
      if (!this.#isClosed) this.#deps.teller.changed(row.id);
    });
    this.#running.set(row.seq, { controller, done });
  }

  /** True while this process lists a set. */
  isListing(seq: number): boolean {
    return this.#running.has(seq);
  }

  /** Ends the listing of a set in this process and waits until nothing of it is under way. */
  async stop(seq: number): Promise<void> {
    this.#stopWaiting(seq);
    const running = this.#running.get(seq);
    running?.controller.abort();
    await running?.done;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening?.();
    for (const { controller } of this.#running.values()) controller.abort();
    for (const seq of [...this.#waiting.keys()]) this.#stopWaiting(seq);
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
  }

  /** Takes the lease; false when a live process has it. */
  #take(seq: number): boolean {
    const { repo, self, clock } = this.#deps;
    const nowMs = clock.nowMs();
    const taken = repo.update(
      seq,
      {
        state: 'listing',
        isWaiting: false,
        owner: self,
        heartbeatMs: nowMs,
        error: null,
        endedAtMs: null,
      },
      ({ state, owner, heartbeatMs }) =>
        state !== 'removed' &&
        (state !== 'listing' ||
          judgeOwner(owner, heartbeatMs, { self, nowMs }) !== 'alive' ||
          owner === self),
    );
    return taken !== null;
  }

  async #run(row: SetRow, signal: AbortSignal, tries: number): Promise<void> {
    const heart = this.#beat(row.seq);
    let stored = row.stored;
    try {
      const end = await this.#crawl(row, signal, (now) => {
        stored = now;
      });
      this.#finish(row.seq, end);
      this.#deps.ended();
      if (end.gaps.length === 0 && end.error === null) await this.#tidy(row.seq);
    } catch (error) {
      // A wait that brought something forward counts from the beginning.
      this.#fail(row, error, signal, stored > row.stored ? 0 : tries);
    } finally {
      heart.stop();
    }
  }

  async #crawl(
    row: SetRow,
    signal: AbortSignal,
    onStored: (stored: number) => void,
  ): Promise<CrawlEnd> {
    const { db, repo: sets, self, clock, teller } = this.#deps;
    await this.#deps.ready();
    signal.throwIfAborted();
    const repo = new PlanRepo(db, row.seq, self);
    const tree = new SliceTree(repo, row.query, row.stored);
    // What failed before has its turn again; so has what did not agree.
    tree.reopenFailed();
    let { total } = row;
    const listing = new Listing({
      tree,
      repo,
      known: new KnownRecords(repo, signal),
      source: new PageSource(this.#searchFor(row), row.query, signal),
      base: () => this.#deps.base(),
      nowMs: () => clock.nowMs(),
      signal,
      wall: this.#deps.wall ?? resultCeiling,
      onStored: (stored) => {
        if (tree.root.hits !== total) {
          total = tree.root.hits;
          sets.update(row.seq, { total }, (now) => now.owner === self);
        }
        onStored(stored);
        teller.changed(row.id);
      },
    });
    return new Crawl(listing).run();
  }

  /** Asks the set's own archive and no other: live and sample can change places while it is listed. */
  #searchFor({ archive }: SetRow): Search {
    const assertSame = (): void => {
      if (this.#deps.archive() !== archive) throw otherArchive();
    };
    return async (query, page, size, signal) => {
      assertSame();
      const answer = await this.#deps.search(query, page, size, signal);
      assertSame();
      return answer;
    };
  }

  #finish(seq: number, { total, stored, gaps, error }: CrawlEnd): void {
    const { repo, self, clock } = this.#deps;
    const isWhole = stored >= total && gaps.length === 0;
    repo.update(
      seq,
      {
        state: error !== null ? 'failed' : isWhole ? 'complete' : 'partial',
        total: error !== null ? null : total,
        gaps: error !== null ? [] : gaps,
        error,
        owner: null,
        endedAtMs: clock.nowMs(),
      },
      (row) => row.state === 'listing' && row.owner === self,
    );
  }

  /** Nothing needs the plan of a set that is whole. */
  async #tidy(seq: number): Promise<void> {
    await this.#remover.forgetPlan(seq, async () => {
      await breathe();
      if (this.#isClosed) throw new Error('closed');
    });
  }

  #fail(row: SetRow, error: unknown, signal: AbortSignal, tries: number): void {
    if (error instanceof LeaseLost) return;
    const { repo, self, clock, log } = this.#deps;
    const mine = (now: SetRow): boolean => now.state === 'listing' && now.owner === self;
    if (signal.aborted) {
      // Ended with the process: left for whoever opens it next.
      repo.update(row.seq, { owner: null }, mine);
      return;
    }
    if (error instanceof Interrupted) {
      const wire = error.why.toWire();
      const held = { state: 'paused', isWaiting: true, error: wire, owner: null } as const;
      if (repo.update(row.seq, held, mine) !== null) this.#wait(row, wire, tries + 1);
      return;
    }
    if (!(error instanceof ArchiveError))
      log('listing failed', { id: row.id, error: String(error) });
    repo.update(
      row.seq,
      { state: 'failed', error: wireOf(error), owner: null, endedAtMs: clock.nowMs() },
      mine,
    );
  }

  #wait(row: SetRow, error: WireError, tries: number): void {
    const { clock, onAnswering } = this.#deps;
    if (this.#isClosed) return;
    const steps = firstWaitMs * 2 ** Math.min(10, tries - 1);
    const waitMs = Math.max(error.retryAfterMs ?? 0, Math.min(longestWaitMs, steps));
    const callOff = clock.after(waitMs, () => {
      this.#tryAgain(row.id, row.seq);
    });
    this.#waiting.set(row.seq, { tries, callOff });
    this.#stopListening ??= onAnswering(() => {
      for (const set of this.#deps.repo.all()) {
        if (this.#waiting.has(set.seq)) this.#tryAgain(set.id, set.seq);
      }
    });
  }

  #tryAgain(id: string, seq: number): void {
    const row = this.#deps.repo.get(id);
    const isWanted =
      row !== null &&
      row.state === 'paused' &&
      row.isWaiting &&
      row.archive === this.#deps.archive();
    if (isWanted) {
      this.start(row);
      this.#deps.teller.changed(id);
    } else this.#stopWaiting(seq);
  }

  #stopWaiting(seq: number): void {
    this.#waiting.get(seq)?.callOff();
    this.#waiting.delete(seq);
  }

  /** Says that this process is alive, even while it waits long for an answer. */
  #beat(seq: number): { stop: () => void } {
    const { repo, self, clock, log } = this.#deps;
    let callOff = (): void => {};
    const next = (): void => {
      callOff = clock.after(heartbeatEveryMs, () => {
        try {
          repo.update(seq, { heartbeatMs: clock.nowMs() }, ({ owner }) => owner === self);
        } catch (error) {
          log('heartbeat of a listing failed', { error: String(error) });
        }
        next();
      });
    };
    next();
    return { stop: () => callOff() };
  }
}

/** Not answering is what it comes to: the listing waits, and goes on when it is opened again. */
function otherArchive(): ArchiveError {
  return new ArchiveError({
    code: 'offline',
    message:
      'Another archive is in use now, so listing stopped. What is stored stays. Switch back in Settings and resume.',
    retryable: true,
  });
}

function wireOf(error: unknown): WireError {
  if (error instanceof ArchiveError) return error.toWire();
  return {
    code: 'unexpected',
    message:
      'Almagest made a mistake of its own while listing. What is stored stays. Resume to go on; if it happens again, report it with the details.',
    retryable: true,
    detail: error instanceof Error ? error.message : String(error),
  };
}
