/**
 * Runs in the page, for tests only. Plans of the fake core: as many files as records were chosen, ready at once but for
 * the knob `plan` = listing (stays so) | short (of room) | here (all on disk) | refused | failed.
 */
import type { Handlers } from '#contract/api.ts';
import type { RecordRef } from '#contract/domain.ts';
import type { DownloadPlan, FileWish, PlannedFile } from '#contract/downloads.ts';
import { ArchiveError } from '#contract/errors.ts';

const refusedCount = 38;
const bytesOf: Readonly<Record<string, number>> = { 'largest under 20 MB': 2_000_000 };
const reason = new ArchiveError({
  code: 'forbidden',
  message: 'All rights reserved: its licence gives no leave to keep a copy.',
  retryable: false,
}).toWire();

const mistake = (message: string): ArchiveError =>
  new ArchiveError({ code: 'invalid-arguments', message, retryable: false });

function assertTemplate({ template }: FileWish): void {
  if (template?.includes('{nope}') !== true) return;
  throw mistake('The name template is wrong at character 1: there is no {nope}.');
}

function refusedFile(at: number): PlannedFile {
  const ref = `astrobin:a${at}` as RecordRef;
  return {
    ...{ ref, archive: 'astrobin', kind: 'image', title: `Refused ${at}`, rendition: 'real' },
    ...{ url: '', bytes: null, path: '', state: 'refused', reason },
  };
}

export function makeFakePlans(
  knobs: Readonly<Record<string, string | undefined>>,
  started: (plan: DownloadPlan) => void,
): Handlers<object>['plans'] {
  const plans = new Map<string, DownloadPlan>();
  const knob = knobs['plan'];
  let made = 0;
  const get = (id: string): DownloadPlan => {
    const plan = plans.get(id);
    if (plan === undefined) throw mistake('This plan is closed.');
    return plan;
  };
  const put = (plan: DownloadPlan): DownloadPlan => {
    plans.set(plan.id, plan);
    return plan;
  };
  /** Figures by the wish. */
  const figured = (plan: DownloadPlan): DownloadPlan => {
    const records = plan.total ?? 0;
    const perRecord = plan.wish.rendition === 'all' ? 3 : 1;
    const files = knob === 'here' ? 0 : records * perRecord;
    const bytes = files * (bytesOf[plan.wish.rendition] ?? 6_400_000);
    return {
      ...plan,
      ...{ files, bytes, estimated: files === 0 ? 0 : 12, requests: files, seconds: files / 20 },
      there: knob === 'here' ? records : 0,
      freeBytes: knob === 'short' ? 5e6 : 412e9,
      byKind: files === 0 ? {} : { image: { files, bytes } },
      examples: [1, 2, 3]
        .slice(0, files)
        .map((at) => (plan.wish.template === null ? `PIA0000${at}~orig.jpg` : `named-${at}.jpg`)),
      refused: knob === 'refused' ? [{ message: reason.message, count: refusedCount }] : [],
      renamed: knob === 'refused' ? 4 : 0,
    };
  };
  return {
    open: async ({ title, selection, wish, folder }) => {
      if (knob === 'failed') throw mistake('No folder is set for these files.');
      const inRanges = (selection.kind === 'results' ? (selection.ranges ?? []) : []).reduce(
        (sum, [first, last]) => sum + last - first + 1,
        0,
      );
      const total = selection.kind === 'refs' ? selection.refs.length : inRanges;
      made += 1;
      const isListing = knob === 'listing';
      return put(
        figured({
          id: `plan-${made}`,
          ...{ title, wish, folder: folder ?? '/home/observer/Pictures/Almagest' },
          ...{ state: isListing ? 'listing' : 'ready', problem: null, total },
          records: isListing ? Math.floor(total / 2) : total,
          ...{ files: 0, bytes: 0, unknown: 0, estimated: 0, there: 0, queued: 0, refused: [] },
          ...{ renamed: 0, written: 0, groupId: null, byKind: {}, examples: [], freeBytes: null },
          ...{ seconds: null, bytesPerSecond: null, requests: 0 },
        }),
      );
    },
    get: async ({ id }) => get(id),
    ready: async ({ id }) => get(id),
    change: async ({ id, wish, folder }) => {
      if (wish !== undefined) assertTemplate(wish);
      const plan = get(id);
      return put(figured({ ...plan, wish: wish ?? plan.wish, folder: folder ?? plan.folder }));
    },
    files: async ({ from, count, only }) => ({
      files:
        only === 'refused'
          ? Array.from({ length: Math.min(count, refusedCount) }, (_, at) => refusedFile(from + at))
          : [],
    }),
    start: async ({ id }) => {
      const plan = put({ ...get(id), state: 'started', groupId: `g-${id}` });
      started(plan);
      return plan;
    },
    export: async ({ path }) => ({ written: [path], items: 1, leftOut: 0 }),
    close: async ({ id }) => {
      plans.delete(id);
      return null;
    },
  };
}
