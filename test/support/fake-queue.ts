/** Runs in the page, for tests only. The queue of the fake core: groups over its downloads. */
import { archiveIds, type DownloadItem, type RecordRef } from '#contract/domain.ts';
import {
  singleGroup,
  statesOfFilter,
  type DownloadFilter,
  type DownloadGroup,
  type DownloadPlan,
  type DownloadTallies,
  type DownloadTarget,
} from '#contract/downloads.ts';
import type { Handlers } from '#contract/api.ts';
import { ArchiveError } from '#contract/errors.ts';
import { fieldFallbacks } from '#main/downloads/names/field-values.ts';
import { parseTemplate, templateFields } from '#main/downloads/names/template.ts';
import { later } from './later.ts';

export interface FakeQueue {
  handlers: Pick<
    Handlers<object>['downloads'],
    'queue' | 'index' | 'rows' | 'ofRefs' | 'command' | 'moveGroup' | 'verify' | 'previewNames'
  >;
  /** As a plan that was started makes one. */
  addGroup(plan: DownloadPlan): void;
}

interface FakeQueueOptions {
  /** Alters a download and tells of it. */
  change(id: string, patch: Partial<DownloadItem>): DownloadItem;
  changed(): void;
  run(id: string): void;
}

type Verb = 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';
type Named = Pick<DownloadGroup, 'id' | 'title' | 'folder' | 'isPaused' | 'trouble' | 'addedAtMs'>;

const folder = '/home/observer/Pictures/Almagest';
const manyRows = 100_000;
const open = ['queued', 'waiting', 'active', 'paused'] as const;
const verbs: Readonly<Record<Verb, { of: readonly string[]; to: DownloadItem['state'] | null }>> = {
  pause: { of: ['queued', 'waiting', 'active'], to: 'paused' },
  resume: { of: ['paused'], to: 'queued' },
  cancel: { of: open, to: 'cancelled' },
  retry: { of: ['failed', 'quarantined', 'cancelled'], to: 'active' },
  remove: { of: ['done', 'failed', 'quarantined', 'cancelled'], to: null },
};

const named = (id: string, more: Partial<Named> = {}): Named => ({
  ...{ id, title: '', folder: '', isPaused: false, trouble: null, addedAtMs: 0 },
  ...more,
});

export function fakeItem(id: string, group: string, patch: Partial<DownloadItem>): DownloadItem {
  const ref = `nasa:GSFC_${id}` as RecordRef;
  return {
    ...{ id, group, ref, archive: 'nasa-images', title: `Record ${id}`, rendition: 'orig' },
    ...{ url: `https://images-assets.nasa.gov/${id}.jpg`, path: null, fileName: `${id}~orig.jpg` },
    ...{ folder, state: 'queued', receivedBytes: 0, totalBytes: 7_000_000, sha256: null },
    ...{ verified: null, error: null, addedAtMs: 1_000, endedAtMs: null, speed: null },
    ...patch,
  };
}

const sums = {
  wanted: 'bec927a762408b2c84b1d33d5522386c',
  found: '41d08a7f0c96e1b2aa53f7d9c0e84716',
};

/** InSight files, one of which is not what was promised. */
function insightItems(): DownloadItem[] {
  const name = (day: string) => `hp3_rad_der_${day}_20190703_052044.tab`;
  const pds = (day: string, patch: Partial<DownloadItem>) =>
    fakeItem(`rad-${day}`, 'g-insight', {
      ...{ ref: `pds:urn:nasa:pds:insight_rad:${day}::1.0` as RecordRef, archive: 'pds-registry' },
      ...{ title: name(day), rendition: name(day), fileName: name(day), totalBytes: 7_712_004 },
      ...patch,
    });
  const error = new ArchiveError({
    code: 'not-as-promised',
    message:
      'The file isn’t what the archive promised. All bytes came, the md5 differs. It was kept aside, without its final name. Fetch it again or look at it.',
    retryable: true,
    detail: `md5 expected ${sums.wanted}, received ${sums.found}`,
  }).toWire();
  const path = `${folder}/${name('00122')}`;
  const whole = { receivedBytes: 7_712_004, endedAtMs: 5_000 };
  return [
    pds('00122', { ...whole, state: 'done', verified: 'checksum', path, sha256: 'b'.repeat(64) }),
    pds('00213', { ...whole, state: 'quarantined', error }),
    pds('00305', { state: 'paused', receivedBytes: 4_000_000 }),
  ];
}

function startGroups(knobs: Readonly<Record<string, string | undefined>>): Named[] {
  if (knobs['downloads'] === 'many') return [named('g-many', { title: 'stars', folder })];
  if (knobs['downloads'] !== 'groups') return [named(singleGroup)];
  const trouble = new ArchiveError({
    code: 'disk',
    message: 'The disk filled up. Its downloads are paused and finished files are whole.',
    retryable: true,
  }).toWire();
  return [
    named('g-stars', { title: 'stars, 6 results', folder, addedAtMs: 2_000 }),
    named('g-insight', { title: 'InSight RAD derived', folder, isPaused: true, trouble }),
    named(singleGroup),
  ];
}

export function createFakeQueue(
  knobs: Readonly<Record<string, string | undefined>>,
  downloads: Map<string, DownloadItem>,
  { change, changed, run }: FakeQueueOptions,
): FakeQueue {
  let groups = startGroups(knobs);
  let isPaused = false;
  const add = (item: DownloadItem): void => void downloads.set(item.id, item);
  if (knobs['downloads'] === 'groups') {
    for (let at = 0; at < 6; at += 1) {
      const isActive = at < 2;
      const state = isActive ? 'active' : 'queued';
      add(fakeItem(`star-${at}`, 'g-stars', { state, speed: isActive ? 6_100_000 : null }));
    }
    insightItems().forEach(add);
  }
  if (knobs['downloads'] === 'many') {
    for (let at = 0; at < manyRows; at += 1) add(fakeItem(`many-${at}`, 'g-many', {}));
  }
  // Numbers stay, as those of main do.
  const numbers = new Map<string, number>();
  const byNumber = new Map<number, string>();
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    byNumber.set(number, id);
    return number;
  };
  const itemsOf = (id: string): DownloadItem[] =>
    [...downloads.values()].filter(({ group }) => group === id);
  const listed = (): { group: Named; items: DownloadItem[] }[] =>
    groups
      .map((group) => ({ group, items: itemsOf(group.id) }))
      .filter(({ items }) => items.length > 0);
  const trouble = async (): Promise<void> => {
    if (knobs['downloads'] === 'slow') await later(3_600_000, new AbortController().signal);
    if (knobs['downloads'] !== 'broken') return;
    const message = 'The library could not be read.';
    throw new ArchiveError({ code: 'library-unusable', message, retryable: true });
  };
  const passing = (items: readonly DownloadItem[], filter: DownloadFilter): number[] =>
    items
      .filter(({ state }) => statesOfFilter[filter].includes(state))
      .map(({ id }) => numberOf(id));

  function aimedAt(target: DownloadTarget): DownloadItem[] {
    if (target.kind === 'all') return [...downloads.values()];
    if (target.kind === 'group') return itemsOf(target.id);
    return target.ids.flatMap((id) => downloads.get(id) ?? []);
  }

  function mark(target: DownloadTarget, isNowPaused: boolean): void {
    if (target.kind === 'all') isPaused = isNowPaused;
    groups = groups.map((group) => {
      const isMeant = target.kind === 'all' ? !isNowPaused : group.id === targetId(target);
      return isMeant ? { ...group, isPaused: isNowPaused, trouble: null } : group;
    });
  }

  const handlers: FakeQueue['handlers'] = {
    queue: async () => {
      await trouble();
      const shown = listed().map(({ group, items }) => ({
        ...group,
        tallies: talliesOf(items),
        underWay: 0,
        speed: speedOf(items),
      }));
      return { groups: shown, isPaused, isWorkedHere: true };
    },
    index: async ({ filter }) => {
      await trouble();
      const lists = listed()
        .map(({ group, items }) => ({ id: group.id, found: passing(items, filter) }))
        .filter(({ found }) => found.length > 0);
      return {
        groups: lists.map(({ id, found }) => ({ id, count: found.length })),
        numbers: Uint32Array.from(lists.flatMap(({ found }) => found)),
      };
    },
    rows: async (wanted) => ({
      rows: wanted.numbers.flatMap((number) => {
        const item = downloads.get(byNumber.get(number) ?? '');
        return item === undefined ? [] : [{ number, item }];
      }),
    }),
    ofRefs: async ({ refs }) => ({
      items: [...downloads.values()].filter(({ ref }) => refs.includes(ref)),
    }),
    command: async ({ verb, target }) => {
      const isMark = target.kind !== 'items';
      if (isMark && (verb === 'pause' || verb === 'resume')) mark(target, verb === 'pause');
      const { of, to } = verbs[verb];
      const fitting =
        isMark && verb === 'pause' ? [] : aimedAt(target).filter(({ state }) => of.includes(state));
      for (const { id } of fitting) {
        if (to === null) downloads.delete(id);
        else change(id, { state: to, speed: null, error: null });
        if (to === 'active') run(id);
      }
      changed();
      return { changed: fitting.length };
    },
    verify: async () => ({ checked: 0, ok: 0, changed: [], missing: [], foreign: [] }),
    previewNames: async ({ template }) => {
      const parsed = parseTemplate(template);
      const fields = templateFields.map((name) => ({ name, fallback: fieldFallbacks[name] }));
      if (!parsed.ok)
        return {
          problem: { position: parsed.position, message: parsed.message },
          names: [],
          fields,
        };
      const path = template.replaceAll(/\{(\w+)[^}]*\}/g, '$1');
      return {
        problem: null,
        names: archiveIds.map((archive) => ({ archive, title: `Of ${archive}`, path })),
        fields,
      };
    },
    moveGroup: async ({ id, before }) => {
      const moved = groups.filter((group) => group.id === id);
      const others = groups.filter((group) => group.id !== id);
      const at = before === null ? -1 : others.findIndex((group) => group.id === before);
      groups = at === -1 ? [...others, ...moved] : others.toSpliced(at, 0, ...moved);
      changed();
      return null;
    },
  };
  return {
    handlers,
    addGroup({ groupId, title, files }) {
      const id = groupId ?? 'g';
      groups = [...groups, named(id, { title, folder, addedAtMs: 3_000 })];
      for (let at = 0; at < Math.min(files, 12); at += 1) add(fakeItem(`${id}-${at}`, id, {}));
    },
  };
}

const targetId = (target: DownloadTarget): string => (target.kind === 'group' ? target.id : '');

const speedOf = (items: readonly DownloadItem[]): number | null => {
  const speeds = items.flatMap(({ speed }) => speed ?? []);
  return speeds.length === 0 ? null : speeds.reduce((sum, speed) => sum + speed, 0);
};

function talliesOf(items: readonly DownloadItem[]): DownloadTallies {
  const tallies: DownloadTallies = {};
  for (const { state, totalBytes, receivedBytes } of items) {
    const sum = (tallies[state] ??= { files: 0, bytes: 0, unknown: 0, received: 0 });
    sum.files += 1;
    sum.bytes += totalBytes ?? 0;
    sum.unknown += totalBytes === null ? 1 : 0;
    sum.received += receivedBytes;
  }
  return tallies;
}
