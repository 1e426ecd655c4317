/**
 * Runs in a page. Stored result sets in memory for the fake core: they list themselves in steps, and end as
 * the knob `set` says: complete | partial | failed, or stay `listing`. `stored` sets how many are there; the page
 * that begins at `broken` can be read only at the second try.
 */
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { Handlers } from '#contract/api.ts';
import { encodeRatio } from '#contract/ratios.ts';
import type { RecordSelection, ResultGap, ResultSet } from '#contract/results.ts';
import { fakeCard, fakeIndexOf, soundIndex } from './fake-records.ts';

interface FakeResultsOptions {
  total: number;
  knobs: Readonly<Record<string, string | undefined>>;
  changed: (set: ResultSet) => void;
}

interface FakeResults {
  handlers: Handlers<{ signal: AbortSignal }>['results'];
  refsOf(selection: Extract<RecordSelection, { kind: 'results' }>, except: string[]): RecordRef[];
}

const stepMs = 60;
const steps = 8;

const gapsOf = (query: ResultSet['query'], missing: number): ResultGap[] => [
  {
    slice: { ...query, year_start: '2009', year_end: '2010' },
    hits: 1_204 + missing,
    listed: 1_204,
    reason: 'failed',
    message: 'NASA didn’t answer three times in 40 seconds.',
  },
  {
    slice: { ...query, year_start: '2018', year_end: '2018', center: 'JPL', media_type: 'image' },
    hits: 10_696,
    listed: 10_000,
    reason: 'indistinguishable',
    message: 'No search parameter tells these records apart.',
  },
];

/** Shapes repeat; those of a million records have to be there at once. */
const ratioPeriod = 15 * 23 * 11;
const ratioCodes = new Map<number, number>();

function ratioCode(index: number): number {
  const at = index === soundIndex ? -1 : index % ratioPeriod;
  const known = ratioCodes.get(at);
  if (known !== undefined) return known;
  const { thumb } = fakeCard(index);
  const code = encodeRatio(thumb?.width ?? null, thumb?.height ?? null);
  ratioCodes.set(at, code);
  return code;
}

export function createFakeResults({ total, knobs, changed }: FakeResultsOptions): FakeResults {
  const sets = new Map<string, ResultSet>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const end = knobs['set'] ?? 'complete';
  /** The page that begins here cannot be read once. */
  let brokenFrom = knobs['broken'] === undefined ? null : Number(knobs['broken']);

  const find = (id: string): ResultSet => {
    const set = sets.get(id);
    if (set === undefined) {
      throw new ArchiveError({
        code: 'not-found',
        message: 'These results are no longer stored.',
        retryable: false,
      });
    }
    return set;
  };

  const change = (id: string, patch: Partial<ResultSet>): ResultSet => {
    const next = { ...find(id), ...patch };
    sets.set(id, next);
    changed(next);
    return next;
  };

  const finish = (id: string): void => {
    const { query } = find(id);
    const missing = end === 'partial' ? Math.min(total, 2_888) : 0;
    if (end === 'failed') {
      const error = new ArchiveError({
        code: 'disk',
        message: 'The disk is full. What is stored stays.',
        retryable: true,
      });
      change(id, { state: 'failed', error: error.toWire(), endedAtMs: Date.now() });
      return;
    }
    change(id, {
      state: missing > 0 ? 'partial' : 'complete',
      stored: total - missing,
      missing,
      gaps: missing > 0 ? gapsOf(query, missing - 696) : [],
      endedAtMs: Date.now(),
    });
  };

  const step = (id: string, done: number): void => {
    timers.set(
      id,
      setTimeout(() => {
        if (find(id).state !== 'listing') return;
        const most = end === 'listing' ? 0.6 : 1;
        const stored = Math.floor(total * Math.min(most, done / steps) * 0.9);
        change(id, { stored, requests: done * 14 });
        if (done < steps) step(id, done + 1);
        else if (end !== 'listing') finish(id);
      }, stepMs),
    );
  };

  const start = (id: string): ResultSet => {
    clearTimeout(timers.get(id));
    step(id, 1);
    return change(id, {
      state: 'listing',
      stored: 0,
      missing: 0,
      gaps: [],
      requests: 1,
      error: null,
      endedAtMs: null,
    });
  };

  const handlers: FakeResults['handlers'] = {
    open: async ({ query }) => {
      const key = JSON.stringify(query);
      const known = [...sets.values()].find((set) => JSON.stringify(set.query) === key);
      if (known !== undefined) return known;
      const id = `set${sets.size + 1}`;
      sets.set(id, {
        id,
        query,
        state: 'listing',
        total,
        stored: 0,
        missing: 0,
        gaps: [],
        requests: 1,
        startedAtMs: Date.now(),
        endedAtMs: null,
        error: null,
      });
      return start(id);
    },
    get: async ({ id }) => find(id),
    list: async () => ({ sets: [...sets.values()] }),
    pause: async ({ id }) => change(id, { state: 'paused' }),
    resume: async ({ id }) => start(id),
    refresh: async ({ id }) => start(id),
    remove: async ({ id }) => {
      sets.delete(id);
      return null;
    },
    page: async ({ id, from, count }) => {
      if (brokenFrom === from) {
        brokenFrom = null;
        throw new ArchiveError({
          code: 'disk',
          message: 'The disk did not answer.',
          retryable: true,
        });
      }
      const until = Math.min(find(id).stored, from + count);
      return {
        cards: Array.from({ length: Math.max(0, until - from) }, (_, at) => fakeCard(from + at)),
      };
    },
    ratios: async ({ id, from, count }) => {
      const until = Math.min(find(id).stored, from + count);
      const ratios = new Uint8Array(Math.max(0, until - from));
      for (let at = 0; at < ratios.length; at += 1) ratios[at] = ratioCode(from + at);
      return { ratios };
    },
    position: async ({ id, ref }) => {
      const index = fakeIndexOf(ref);
      return { position: index !== null && index < find(id).stored ? index : null };
    },
  };

  return {
    handlers,
    refsOf({ id, ranges }, except) {
      const { stored } = find(id);
      const left = new Set(except);
      const positions = (ranges ?? [[0, stored - 1]]).flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, at) => first + at),
      );
      return positions
        .map((position) => fakeCard(position).record.ref)
        .filter((ref) => !left.has(ref));
    },
  };
}
