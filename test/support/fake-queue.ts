/** Runs in the page, for tests only. The queue of the fake core: one group over its downloads, and plans of it. */
import type { DownloadItem } from '#contract/domain.ts';
import {
  singleGroup,
  statesOfFilter,
  type DownloadPlan,
  type DownloadTallies,
} from '#contract/downloads.ts';
import type { Handlers } from '#contract/api.ts';

export type FakeQueue = Pick<
  Handlers<object>['downloads'],
  'queue' | 'index' | 'rows' | 'ofRefs' | 'command' | 'moveGroup' | 'verify'
>;

/** `downloads` are those of the fake core; `change` alters one and tells of it. */
export function makeFakeQueue(
  downloads: Map<string, DownloadItem>,
  change: (id: string, patch: Partial<DownloadItem>) => DownloadItem,
): FakeQueue {
  const listed = (): DownloadItem[] => [...downloads.values()];
  const tallies = (): DownloadTallies => {
    const sums: DownloadTallies = {};
    for (const { state, totalBytes, receivedBytes } of listed()) {
      const sum = (sums[state] ??= { files: 0, bytes: 0, unknown: 0, received: 0 });
      sum.files += 1;
      sum.bytes += totalBytes ?? 0;
      sum.unknown += totalBytes === null ? 1 : 0;
      sum.received += receivedBytes;
    }
    return sums;
  };
  return {
    queue: async () => ({
      groups:
        downloads.size === 0
          ? []
          : [
              {
                ...{ id: singleGroup, title: '', folder: '', isPaused: false, trouble: null },
                ...{ tallies: tallies(), underWay: 0, speed: null, addedAtMs: 0 },
              },
            ],
      isPaused: false,
      isWorkedHere: true,
    }),
    index: async ({ filter }) => {
      const states = statesOfFilter[filter];
      const numbers = listed().flatMap(({ state }, at) => (states.includes(state) ? [at] : []));
      const groups = numbers.length === 0 ? [] : [{ id: singleGroup, count: numbers.length }];
      return { groups, numbers: Uint32Array.from(numbers) };
    },
    rows: async ({ numbers }) => {
      const all = listed();
      return {
        rows: numbers.flatMap((number) => {
          const item = all[number];
          return item === undefined ? [] : [{ number, item }];
        }),
      };
    },
    ofRefs: async ({ refs }) => ({ items: listed().filter(({ ref }) => refs.includes(ref)) }),
    command: async ({ verb, target }) => {
      const ids = target.kind === 'items' ? target.ids : [...downloads.keys()];
      const states = { pause: 'paused', resume: 'queued', cancel: 'cancelled', retry: 'queued' };
      for (const id of ids) {
        if (verb === 'remove') downloads.delete(id);
        else change(id, { state: states[verb] as DownloadItem['state'] });
      }
      return { changed: ids.length };
    },
    moveGroup: async () => null,
    verify: async () => ({ checked: 0, ok: 0, changed: [], missing: [], foreign: [] }),
  };
}

/** A plan of as many files as records were chosen, ready at once. */
export function makeFakePlans(): Handlers<object>['plans'] {
  const plans = new Map<string, DownloadPlan>();
  const get = (id: string): DownloadPlan => {
    const plan = plans.get(id);
    if (plan === undefined) throw new Error(`no plan ${id}`);
    return plan;
  };
  const put = (plan: DownloadPlan): DownloadPlan => {
    plans.set(plan.id, plan);
    return plan;
  };
  return {
    open: async ({ title, selection, wish, folder }) => {
      const files = selection.kind === 'refs' ? selection.refs.length : 6_478;
      return put({
        id: `plan-${String(plans.size)}`,
        ...{ title, wish, folder: folder ?? '/home/observer/Pictures/Almagest' },
        ...{ state: 'ready', problem: null, records: files, total: files },
        ...{ files, bytes: files * 6_400_000, unknown: 0, estimated: files, there: 0, queued: 0 },
        ...{ refused: [], renamed: 0, written: 0, groupId: null },
        byKind: { image: { files, bytes: files * 6_400_000 } },
        examples: ['PIA00001~orig.jpg', 'PIA00002~orig.jpg', 'PIA00003~orig.jpg'],
        ...{ freeBytes: 412e9, seconds: files / 20, bytesPerSecond: null, requests: files },
      });
    },
    get: async ({ id }) => get(id),
    ready: async ({ id }) => get(id),
    change: async ({ id, wish, folder }) => {
      const plan = get(id);
      return put({ ...plan, wish: wish ?? plan.wish, folder: folder ?? plan.folder });
    },
    files: async () => ({ files: [] }),
    start: async ({ id }) => put({ ...get(id), state: 'started', groupId: 'g1' }),
    export: async ({ path }) => ({ written: [path], items: 1, leftOut: 0 }),
    close: async ({ id }) => {
      plans.delete(id);
      return null;
    },
  };
}
