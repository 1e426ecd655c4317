/**
 * Runs in plain Node. A result set of any size in a profile's cache.db, through the repositories that a listing
 * writes with: rows made from a few thousand records of the sample archive, whose pictures they share.
 */
import { randomBytes } from 'node:crypto';
import type { NasaSearchQuery } from '#contract/domain.ts';
import { openCache } from '#main/db/open-cache.ts';
import { PlanRepo, type Slice } from '#main/results/plan-repo.ts';
import { SetsRepo } from '#main/results/sets-repo.ts';
import { plainQuery } from '#main/results/slice.ts';
import { toStoredItem, type StoredItem } from '#main/results/stored-item.ts';
import { itemOf } from '#main/sample/collection-json.ts';
import { recordAt } from '#main/sample/record.ts';
import { parseItem } from '#main/sources/nasa-images/wire.ts';

/** Records of the sample archive that the rows are made from. */
export const models = 2000;
/** Rows of one transaction. */
const rowsAtOnce = 2000;

export interface FillOptions {
  profileDir: string;
  /** The address of a sample archive of at least `models` records, made with `seed`. */
  base: string;
  seed: number;
  query: NasaSearchQuery;
  count: number;
}

/** What the row at a position is called; tests tell by it that they see the right one. */
export const titleOf = (position: number): string => `Record ${position} of the stored set`;

const whole: Slice = {
  slice: 0,
  parent: null,
  dimension: null,
  value: null,
  narrowing: {},
  hits: 0,
  listed: 0,
  pages: 0,
  unreadable: 0,
  rounds: 0,
  counts: false,
  state: 'open',
  reason: null,
  shared: null,
  error: null,
};

/** Fills the set and returns its id. */
export function fillStoredSet({ profileDir, base, seed, query, count }: FillOptions): string {
  const cache = openCache({ profileDir, log: () => undefined });
  const nowMs = Date.now();
  const owner = 'bench';
  const id = `bench-${randomBytes(6).toString('hex')}`;
  try {
    const sets = new SetsRepo(cache.db);
    const archive = new URL(base).href;
    const { seq } = sets.insert({ id, archive, query: plainQuery(query), nowMs });
    sets.update(seq, { owner, heartbeatMs: nowMs });
    const plan = new PlanRepo(cache.db, seq, owner);
    const makeRow = rowMaker(base, seed);
    for (let from = 0; from < count; from += rowsAtOnce) {
      const length = Math.min(rowsAtOnce, count - from);
      const items = Array.from({ length }, (_, at) => makeRow(from + at));
      plan.commit({ asked: { ...whole, hits: count }, counting: [], items, nowMs });
    }
    const patch = { owner: null, heartbeatMs: null, total: count, endedAtMs: nowMs } as const;
    sets.update(seq, { ...patch, state: 'complete' });
  } finally {
    cache.close();
  }
  return id;
}

function rowMaker(base: string, seed: number): (position: number) => StoredItem {
  const host = { base, dialect: '1.1' } as const;
  const baseUrl = new URL(base);
  const made = Array.from({ length: models }, (_, index) => {
    const json = itemOf(host, recordAt(seed, index)) as {
      data: Record<string, unknown>[];
      links?: { rel?: string | null }[];
    };
    const [data] = json.data;
    const plain = {
      ...json,
      links: (json.links ?? []).filter(({ rel }) => rel === 'preview' || rel === 'canonical'),
      data: [{ ...data, nasa_id: '#id#', title: '#title#', description: '', keywords: [] }],
    };
    const item = parseItem(plain);
    if (item === null) throw new Error('a sample record cannot be read');
    return toStoredItem(item, baseUrl);
  });
  return (position) => {
    // Neighbours are never the same, and no short stretch of rows repeats.
    const model = made[(position * 7 + Math.floor(position / models)) % models];
    if (model === undefined) throw new Error('there are no models');
    const nasaId = `stored-${position}`;
    const body = model.body.replace('#id#', nasaId).replace('#title#', titleOf(position));
    return { ...model, nasaId, body };
  };
}
