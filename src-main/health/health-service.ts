/**
 * Runs in plain Node. How the archives have answered in the last day: every request is written down in cache.db, and
 * made into figures when somebody looks.
 */
import type { ArchiveId } from '#contract/domain.ts';
import {
  healthSlotMs,
  healthSlots,
  slowAnswerMs,
  type ArchiveHealth,
  type HostHealth,
  type RequestEntry,
} from '#contract/health.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { Clock } from '../http/clock.ts';
import type { ExchangeReport } from '../http/follow.ts';
import type { LaneStatus } from '../http/governor.ts';
import type { Lane } from '../http/http-client.ts';
import type { Rate } from '../http/rates.ts';
import type { DayBudget } from '#contract/day-budget.ts';
import { hostFigures } from './host-figures.ts';
import { RequestsRepo, type RequestRow } from './requests-repo.ts';

export interface HealthDeps {
  db: Database;
  clock: Clock;
  log: Log;
  statusOf(lane: Lane): LaneStatus;
  rateOf(lane: Lane): Rate;
  budgetOf(lane: Lane): DayBudget | null;
}

const archiveOf: Readonly<Record<Lane, ArchiveId>> = {
  'nasa-api': 'nasa-images',
  'nasa-files': 'nasa-images',
  'pds-api': 'pds-registry',
  'pds-files': 'pds-registry',
  astrobin: 'astrobin',
};
const lanes = Object.keys(archiveOf) as Lane[];
const partOf = (lane: Lane): HostHealth['part'] => (lane.endsWith('-files') ? 'files' : 'api');

/** Written together; a crawl asks many times a second. */
const writeAfterMs = 1_000;
const mostWaiting = 500;
const longestPath = 300;

export class HealthService {
  readonly #deps: HealthDeps;
  readonly #repo: RequestsRepo;
  #waiting: RequestRow[] = [];
  #callOff: (() => void) | null = null;
  /** Told apart from the traces of other processes and of earlier ones. */
  readonly #process = Math.random().toString(36).slice(2, 10);

  constructor(deps: HealthDeps) {
    this.#deps = deps;
    this.#repo = new RequestsRepo(deps.db);
  }

  /** Notes a request that was sent. */
  note(report: ExchangeReport): void {
    const { trace, path, tookMs, ...rest } = report;
    this.#waiting.push({
      ...rest,
      atMs: Math.round(this.#deps.clock.nowMs() - tookMs),
      trace: `${this.#process}-${String(trace)}`,
      path: path.length > longestPath ? `${path.slice(0, longestPath - 1)}…` : path,
      tookMs: Math.max(0, Math.round(tookMs)),
    });
    if (this.#waiting.length >= mostWaiting) this.#write();
    this.#callOff ??= this.#deps.clock.after(writeAfterMs, () => this.#write());
  }

  health(): ArchiveHealth {
    this.#write();
    const nowMs = this.#deps.clock.nowMs();
    const sinceMs = firstSlotMs(nowMs);
    const figures = hostFigures(
      this.#read(() => this.#repo.figures(sinceMs), []),
      sinceMs,
    );
    const hosts = lanes.flatMap((lane) => {
      const { statusOf, rateOf, budgetOf } = this.#deps;
      const { perSecond, atOnce } = rateOf(lane);
      return (figures.get(lane) ?? []).map((figure): HostHealth => ({
        ...figure,
        archive: archiveOf[lane],
        part: partOf(lane),
        ...statusOf(lane),
        pace: { perSecond, atOnce },
        budget: budgetOf(lane),
      }));
    });
    return { hosts, sinceMs, nowMs };
  }

  requests(pick: { isTroubled: boolean; text: string; limit: number }): RequestEntry[] {
    this.#write();
    const sinceMs = firstSlotMs(this.#deps.clock.nowMs());
    return this.#read(() => {
      const rows = this.#repo.recent({ ...pick, slowMs: slowAnswerMs }, sinceMs);
      return rows.map((row) => this.#toEntry(row));
    }, []);
  }

  dispose(): void {
    this.#write();
  }

  #toEntry(row: RequestRow & { id: number }): RequestEntry {
    const { id, atMs, lane, host, method, path, status, failure, tookMs } = row;
    const told = {
      id,
      atMs,
      archive: archiveOf[lane],
      host,
      method,
      path,
      status,
      failure,
      tookMs,
    };
    return { ...told, then: this.#thenOf(row) };
  }

  #thenOf(row: RequestRow & { id: number }): RequestEntry['then'] {
    const { id, trace, status, atMs, tookMs, heldUntilMs } = row;
    const isFailed = status === null || status === 429 || status >= 500;
    if (!isFailed) return null;
    const next = this.#repo.nextTry(trace, id);
    if (next !== null) {
      return {
        kind: 'retried',
        status: next.status,
        afterMs: Math.max(0, next.atMs - atMs - tookMs),
      };
    }
    const isHeld = heldUntilMs !== null && heldUntilMs > this.#deps.clock.nowMs();
    return isHeld ? { kind: 'waits', untilMs: heldUntilMs } : { kind: 'given-up' };
  }

  #write(): void {
    this.#callOff?.();
    this.#callOff = null;
    const rows = this.#waiting;
    if (rows.length === 0) return;
    this.#waiting = [];
    this.#read(() => this.#repo.add(rows, firstSlotMs(this.#deps.clock.nowMs())), undefined);
  }

  /** The health of archives is worth knowing, not worth failing for. */
  #read<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#deps.log('the log of requests could not be used', { why });
      return otherwise;
    }
  }
}

/** The beginning of the first of 48 half hours, the present one being the last. */
function firstSlotMs(nowMs: number): number {
  return (Math.floor(nowMs / healthSlotMs) + 1 - healthSlots) * healthSlotMs;
}
