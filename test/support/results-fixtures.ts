/** For tests only. Stored result sets over a real cache.db, with whatever archive a test brings. */
import type { NasaSearchQuery } from '#contract/domain.ts';
import type { ResultSet } from '#contract/results.ts';
import { openCache, type CacheFile } from '#main/db/open-cache.ts';
import { createSystemClock } from '#main/http/clock.ts';
import type { Search } from '#main/results/page-source.ts';
import {
  createResultsService,
  type ResultsDeps,
  type ResultsService,
} from '#main/results/results-service.ts';
import { toSeenRecord } from '#main/sources/nasa-images/map.ts';
import { plainCard } from './library-fixtures.ts';

export interface OpenedResults {
  service: ResultsService;
  cache: CacheFile;
  /** Every change told, oldest first. */
  told: ResultSet[];
  /** Says that the archive answers again. */
  answersAgain(): void;
  /** Resolves once a told change fits. */
  until(fits: (set: ResultSet) => boolean): Promise<ResultSet>;
  close(): Promise<void>;
}

export function openResults(
  profileDir: string,
  archive: { search: Search; base: () => URL },
  more: Partial<ResultsDeps> = {},
): OpenedResults {
  const cache = openCache({ profileDir, log: () => {} });
  const told: ResultSet[] = [];
  const watchers = new Set<() => void>();
  const listeners = new Set<() => void>();
  const service = createResultsService({
    db: cache.db,
    search: archive.search,
    base: archive.base,
    archive: () => 'made',
    ready: async () => {},
    toCard: (item) => plainCard(toSeenRecord(item, archive.base())),
    toSeen: (item) => toSeenRecord(item, archive.base()),
    emit: (_name, { set }) => {
      told.push(set);
      for (const watcher of [...watchers]) watcher();
    },
    onAnswering: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    budgetBytes: () => 1e12,
    clock: createSystemClock(),
    log: () => {},
    ...more,
  });
  return {
    service,
    cache,
    told,
    answersAgain: () => {
      for (const listener of listeners) listener();
    },
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = told.find(fits);
          if (found === undefined) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
    close: async () => {
      await service.dispose();
      cache.close();
    },
  };
}

export function isEnded({ state }: ResultSet): boolean {
  return state !== 'listing';
}

/** Lists a query to its end. */
export async function listAll(opened: OpenedResults, query: NasaSearchQuery): Promise<ResultSet> {
  const { id } = await opened.service.open(query);
  return opened.until((set) => set.id === id && isEnded(set));
}

/** The ids of a set by position, and that positions have no holes. */
export function idsOf({ service }: OpenedResults, set: ResultSet): string[] {
  const ids: string[] = [];
  for (let from = 0; from < set.stored; from += 200) {
    ids.push(...service.page(set.id, from, 200).cards.map(({ record }) => record.id));
  }
  return ids;
}
