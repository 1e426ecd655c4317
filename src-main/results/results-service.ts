/**
 * Runs in plain Node, in the one thread that owns the core. Stored result sets: all results of a query, listed
 * past the archive's wall and kept by position. May import the contract, db, http's clock, the downloads' lease
 * and the shape of records.
 */
import { randomBytes } from 'node:crypto';
import {
  parseRef,
  type NasaSearchQuery,
  type RecordCard,
  type RecordRef,
} from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import type { RecordSelection, ResultSet } from '#contract/results.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { judgeOwner, makeOwner } from '../downloads/lease.ts';
import type { Clock } from '../http/clock.ts';
import type { SeenRecord } from '../records/seen-record.ts';
import type { WireItem } from '../sources/nasa-images/wire.ts';
import { ChangeTeller } from './change-teller.ts';
import { Lister } from './lister.ts';
import type { Search } from './page-source.ts';
import { breathe } from './known-records.ts';
import { bytesOnDisk, SetKeeper } from './set-keeper.ts';
import { SetsRepo, type SetRow } from './sets-repo.ts';
import { plainQuery } from './slice.ts';
import { fromStoredItem } from './stored-item.ts';

export interface ResultsDeps {
  db: Database;
  /** One page as the archive gives it now, never a kept one. */
  search: Search;
  /** Address of the archive now. */
  base(): URL;
  /** Name of the archive that is asked now: results of another one are another set. */
  archive(): string;
  /** Resolves when the archive may be asked. */
  ready(): Promise<void>;
  /** The card of an item that was stored at that time; it is then among the records seen last. */
  toCard(item: WireItem, storedAtMs: number): RecordCard;
  /** The record of an item, for keeping. */
  toSeen(item: WireItem): SeenRecord;
  emit(name: 'resultsChanged', payload: ArchiveEvents['resultsChanged']): void;
  /** Calls back whenever the archive answers again after it did not; the returned function ends it. */
  onAnswering(listener: () => void): () => void;
  /** The archive lists no window that ends past this result; its own 10,000 where left out. */
  wall?: number;
  /** Bytes that stored sets may take together. */
  budgetBytes(): number;
  clock: Clock;
  log: Log;
}

export interface ResultsService {
  /** The stored set of a query; a new one starts listing, one that was cut off goes on. */
  open(query: NasaSearchQuery): Promise<ResultSet>;
  get(id: string): ResultSet;
  /** Sets of the archive that is asked now, last used first. */
  list(): { sets: ResultSet[] };
  pause(id: string): Promise<ResultSet>;
  /** Goes on where it stopped; of an ended set, asks again for what failed. */
  resume(id: string): Promise<ResultSet>;
  /** Lists the query anew as a set of its own. The old one stays as it is for whoever looks at it. */
  refresh(id: string): Promise<ResultSet>;
  remove(id: string): Promise<void>;
  page(id: string, from: number, count: number): { cards: RecordCard[] };
  ratios(id: string, from: number, count: number): { ratios: Uint8Array };
  position(id: string, ref: RecordRef): { position: number | null };
  /** How many records a selection of results holds at most, and the records in order, a hundred at a time. */
  selected(selection: ResultsSelection): { most: number; records: AsyncGenerator<SeenRecord[]> };
  /** Bytes that stored sets take, about. */
  bytes(): number;
  /** Removes every set, those that are being listed too; resolves when they have left the disk. */
  clear(): Promise<void>;
  /** Lists no more; what was being listed goes on when it is opened again. */
  dispose(): Promise<void>;
}

export type ResultsSelection = Extract<RecordSelection, { kind: 'results' }>;

/** Items read from the disk at once. */
const itemsAtOnce = 100;
/** A set that is looked at is marked as used no more often than this. */
const useEveryMs = 60_000;

class Results implements ResultsService {
  readonly #deps: ResultsDeps;
  readonly #self = makeOwner();
  readonly #repo: SetsRepo;
  readonly #teller: ChangeTeller;
  readonly #lister: Lister;
  readonly #keeper: SetKeeper;

  constructor(deps: ResultsDeps) {
    this.#deps = deps;
    this.#repo = new SetsRepo(deps.db);
    this.#teller = new ChangeTeller({
      clock: deps.clock,
      read: (id) => {
        const row = this.#repo.get(id);
        return row === null ? null : this.#view(row);
      },
      isForeign: (id) => this.#isListedElsewhere(this.#repo.get(id)),
      tell: (set) => deps.emit('resultsChanged', { set }),
    });
    this.#lister = new Lister({
      ...deps,
      repo: this.#repo,
      self: this.#self,
      teller: this.#teller,
      ended: () => this.#keeper.sweep(),
    });
    this.#keeper = new SetKeeper({ ...deps, repo: this.#repo });
  }

  async open(query: NasaSearchQuery): Promise<ResultSet> {
    await this.#deps.ready();
    const plain = plainQuery(query);
    const known = this.#repo.find(this.#deps.archive(), plain);
    if (known === null) return this.#begin(plain);
    this.#markUsed(known);
    const isCutOff = known.state === 'listing' || (known.state === 'paused' && known.isWaiting);
    const isFresh = known.state === 'failed' && known.stored === 0;
    return isCutOff || isFresh ? this.#goOn(known) : this.#view(known);
  }

  get(id: string): ResultSet {
    const row = this.#require(id);
    this.#teller.watch(row.id);
    return this.#view(row);
  }

  list(): { sets: ResultSet[] } {
    const archive = this.#deps.archive();
    const rows = this.#repo
      .all()
      .filter((row) => row.state !== 'removed' && !row.isReplaced && row.archive === archive);
    return { sets: rows.map((row) => this.#view(row)) };
  }

  async pause(id: string): Promise<ResultSet> {
    const row = this.#require(id);
    // Written first: whoever lists it, here or in another process, writes nothing more from now on.
    this.#repo.update(
      row.seq,
      { state: 'paused', isWaiting: false, owner: null, error: null },
      ({ state }) => state === 'listing' || state === 'paused',
    );
    await this.#lister.stop(row.seq);
    this.#teller.changed(id);
    return this.#view(this.#require(id));
  }

  async resume(id: string): Promise<ResultSet> {
    await this.#deps.ready();
    const row = this.#require(id);
    const canFill = row.gaps.some(({ reason }) => reason !== 'indistinguishable');
    const isOver = row.state === 'complete' || (row.state === 'partial' && !canFill);
    return isOver ? this.#view(row) : this.#goOn(row);
  }

  async refresh(id: string): Promise<ResultSet> {
    await this.#deps.ready();
    const row = this.#require(id);
    if (row.archive !== this.#deps.archive()) {
      throw new ArchiveError({
        code: 'not-found',
        message:
          'These results are from another archive than the one in use. They stay as they are. Switch back in Settings to list them anew.',
        retryable: false,
      });
    }
    await this.#lister.stop(row.seq);
    this.#repo.update(row.seq, { isReplaced: true });
    return this.#begin(row.query);
  }

  async remove(id: string): Promise<void> {
    const row = this.#require(id);
    this.#repo.update(row.seq, { state: 'removed', owner: null });
    this.#teller.forget(id);
    await this.#lister.stop(row.seq);
    this.#keeper.sweep();
  }

  page(id: string, from: number, count: number): { cards: RecordCard[] } {
    const row = this.#require(id);
    this.#markUsed(row);
    const base = this.#deps.base();
    const cards = this.#repo
      .bodies(row.seq, from, from + count - 1)
      .map(({ body }) => fromStoredItem(body, base))
      .filter((item) => item !== null)
      .map((item) => this.#deps.toCard(item, row.endedAtMs ?? row.startedAtMs));
    return { cards };
  }

  ratios(id: string, from: number, count: number): { ratios: Uint8Array } {
    return { ratios: this.#repo.ratios(this.#require(id).seq, from, count) };
  }

  position(id: string, ref: RecordRef): { position: number | null } {
    const row = this.#require(id);
    const parsed = parseRef(ref);
    const isNasa = parsed?.archive === 'nasa-images';
    return { position: isNasa ? this.#repo.position(row.seq, parsed.id) : null };
  }

  selected(selection: ResultsSelection): { most: number; records: AsyncGenerator<SeenRecord[]> } {
    const { seq, stored } = this.#require(selection.id);
    const ranges = (selection.ranges ?? [[0, stored - 1] as const]).map(
      ([first, last]) => [first, Math.min(last, stored - 1)] as const,
    );
    const most = ranges.reduce((sum, [first, last]) => sum + Math.max(0, last - first + 1), 0);
    return { most, records: this.#records(seq, ranges, new Set(selection.except)) };
  }

  bytes(): number {
    return bytesOnDisk(this.#repo.all());
  }

  async clear(): Promise<void> {
    for (const { id, state } of this.#repo.all()) if (state !== 'removed') await this.remove(id);
    await this.#keeper.settled();
  }

  async dispose(): Promise<void> {
    this.#teller.close();
    await this.#lister.close();
    await this.#keeper.close();
  }

  async *#records(
    seq: number,
    ranges: readonly (readonly [number, number])[],
    except: ReadonlySet<string>,
  ): AsyncGenerator<SeenRecord[]> {
    const base = this.#deps.base();
    for (const [first, last] of ranges) {
      for (let from = first; from <= last; from += itemsAtOnce) {
        const rows = this.#repo.bodies(seq, from, Math.min(last, from + itemsAtOnce - 1));
        yield rows
          .map(({ body }) => fromStoredItem(body, base))
          .filter((item) => item !== null)
          .filter(({ id }) => !except.has(`nasa:${id}`))
          .map((item) => this.#deps.toSeen(item));
        await breathe();
      }
    }
  }

  #begin(query: NasaSearchQuery): ResultSet {
    const row = this.#repo.insert({
      id: `r${randomBytes(8).toString('hex')}`,
      archive: this.#deps.archive(),
      query,
      nowMs: this.#deps.clock.nowMs(),
    });
    this.#keeper.sweep();
    return this.#goOn(row);
  }

  /** Lists on in this process, unless another one does. */
  #goOn(row: SetRow): ResultSet {
    if (row.archive === this.#deps.archive()) this.#lister.start(row);
    this.#teller.changed(row.id);
    this.#teller.watch(row.id);
    return this.#view(this.#require(row.id));
  }

  #isListedElsewhere(row: SetRow | null): boolean {
    if (row === null || row.state !== 'listing' || row.owner === this.#self) return false;
    const nowMs = this.#deps.clock.nowMs();
    return judgeOwner(row.owner, row.heartbeatMs, { self: this.#self, nowMs }) === 'alive';
  }

  #view(row: SetRow): ResultSet {
    const isListed = this.#lister.isListing(row.seq) || this.#isListedElsewhere(row);
    // Listed by a process that ended: nobody lists it now.
    const state = row.state === 'listing' && !isListed ? 'paused' : row.state;
    const hasEnded = state === 'complete' || state === 'partial' || state === 'failed';
    const { id, query, total, stored, gaps, requests, startedAtMs, endedAtMs, error } = row;
    return {
      id,
      query,
      state: state === 'removed' ? 'failed' : state,
      total,
      stored,
      missing: hasEnded ? Math.max(0, (total ?? 0) - stored) : 0,
      gaps,
      requests,
      startedAtMs,
      endedAtMs,
      error,
    };
  }

  #markUsed({ seq, usedAtMs }: SetRow): void {
    const nowMs = this.#deps.clock.nowMs();
    if (Math.abs(nowMs - usedAtMs) > useEveryMs) this.#repo.update(seq, { usedAtMs: nowMs });
  }

  #require(id: string): SetRow {
    const row = this.#repo.get(id);
    if (row !== null) return row;
    throw new ArchiveError({
      code: 'not-found',
      message: 'These results are no longer stored. Nothing else was touched. List them again.',
      retryable: false,
    });
  }
}

/** The service over an open cache.db. */
export function createResultsService(deps: ResultsDeps): ResultsService {
  return new Results(deps);
}
