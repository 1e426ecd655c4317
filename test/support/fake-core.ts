/**
 * Runs in a page. A core in memory behind the real contract: it parses arguments as main does, answers with
 * made records, and can be told to fail. `installFakeCore` puts it where the preload would.
 *
 * Knobs, as a query of the page's address: `state` = failed | empty | slow | offline | waiting | startup |
 * no-bridge; `route` (JSON), `memory` (JSON), `theme`, `textZoom`, `mode`, `kept`, `downloads`, `total`,
 * `label` (see fake-labels.ts), `captions` (cues of a film; 0 for none, or empty | failed | slow; `keptCaptions` = yes for a kept copy), `copy` = same | older (a kept copy of searches; `copied` results of it), `set` (state of stored result sets),
 * `downloads` = some | groups | many (100,000 rows) | slow | broken, `plan` (see fake-plans.ts), `welcomed` = no, `platform`, `delay` (ms), `layout`, `savedQueries` (JSON).
 */
import { usualNameTemplate } from '#contract/downloads.ts';
import * as v from 'valibot';
import { createApi, type Handlers, type Transport } from '#contract/api.ts';
import { contract } from '#contract/contract.ts';
import {
  parseRef,
  type AppInfo,
  type ArchiveStatus,
  type DownloadItem,
  type NasaSearchQuery,
  type RecordCard,
  type RecordRef,
  type SearchPage,
  type Settings,
} from '#contract/domain.ts';
import { channelOf, eventChannelOf, type ArgumentSchema } from '#contract/endpoint.ts';
import { ArchiveError, type Envelope, type ErrorCode } from '#contract/errors.ts';
import type { ArchiveEvents, EventName } from '#contract/events.ts';
import { fakeExport, fakeTranscript, findCues, keptAway } from './fake-captions.ts';
import {
  createFakeAstrobin,
  fakeAstrobinCard,
  fakeAstrobinDetail,
  fakeAstrobinIndexOf,
} from './fake-astrobin.ts';
import { fakeHealth, fakeRequests } from './fake-health.ts';
import { createFakeLabels } from './fake-labels.ts';
import { createFakePds } from './fake-pds.ts';
import { makeFakePlans } from './fake-plans.ts';
import { createFakeQueue } from './fake-queue.ts';
import { createFakeResults } from './fake-results.ts';
import { fakeCard, fakeDetail, fakeIndexOf, justNow } from './fake-records.ts';
import { later } from './later.ts';
import { resolveText } from '#main/records/resolve-text.ts';

export type Knobs = Readonly<Record<string, string | undefined>>;

interface Context {
  signal: AbortSignal;
}

/** What a test may do beside calling the bridge. */
export interface FakeCore {
  transport: Transport;
  emit<N extends EventName>(name: N, payload: ArchiveEvents[N]): void;
  /** Channels called so far, oldest first. */
  readonly calls: readonly { channel: string; args: unknown }[];
  /** Text copied last. */
  readonly copied: () => string | null;
  readonly uiState: () => string | null;
}

const fail = (
  code: ErrorCode,
  message: string,
  more: { retryAfterMs?: number; detail?: string } = {},
) => new ArchiveError({ code, message, retryable: code !== 'not-found', ...more });

function settingsFrom(knobs: Knobs): Settings {
  return {
    theme: (knobs['theme'] ?? 'dark') as Settings['theme'],
    textZoom: Number(knobs['textZoom'] ?? 100),
    archiveMode: (knobs['mode'] ?? 'live') as Settings['archiveMode'],
    welcomed: knobs['welcomed'] !== 'no',
    downloadFolder: '/home/observer/Pictures/Almagest',
    nameTemplate: usualNameTemplate,
    downloadsAtOnce: 8,
    downloadsPerArchive: 4,
    bandwidth: 0,
    bandwidthPerHost: 0,
    bandwidthTimetable: [],
    nasaImagesApi: 'https://images-api.nasa.gov',
    pdsApi: 'https://pds.nasa.gov/api/registry/1',
    astrobinApi: 'https://www.astrobin.com',
    astrobinPerDay: 500,
    sampleSize: 10_000,
    cacheBudgetBytes: 2_000_000_000,
    galleryLayout: (knobs['layout'] ?? 'justified') as Settings['galleryLayout'],
    shortcuts: {},
    savedQueries: JSON.parse(knobs['savedQueries'] ?? '[]') as Settings['savedQueries'],
  };
}

function startUiState(knobs: Knobs): string | null {
  if (knobs['route'] === undefined) return null;
  const memory: unknown = knobs['memory'] === undefined ? {} : JSON.parse(knobs['memory']);
  return JSON.stringify({
    version: 1,
    entries: [{ route: JSON.parse(knobs['route']) as unknown, memory }],
    index: 0,
    frame: { inspectorOpen: knobs['inspector'] !== 'closed' },
  });
}

/** Builds the core; nothing is shared between two of them. */
export function createFakeCore(knobs: Knobs = {}): FakeCore {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const calls: { channel: string; args: unknown }[] = [];
  const running = new Map<string, AbortController>();
  const state = knobs['state'];
  const total = state === 'empty' ? 0 : Number(knobs['total'] ?? 6478);
  const delayMs = Number(knobs['delay'] ?? 0);
  let settings = settingsFrom(knobs);
  let uiState = startUiState(knobs);
  let copied: string | null = null;
  const kept = new Map<RecordRef, { card: RecordCard; keptAtMs: number }>();
  const removed = new Map<RecordRef, { card: RecordCard; keptAtMs: number }>();
  const downloads = new Map<string, DownloadItem>();

  function emit<N extends EventName>(name: N, payload: ArchiveEvents[N]): void {
    for (const listener of listeners.get(eventChannelOf(name)) ?? [])
      listener(structuredClone(payload));
  }

  for (let index = 0; index < Number(knobs['kept'] ?? 0); index += 1) {
    const card = fakeCard(index * 3);
    kept.set(card.record.ref, { card, keptAtMs: Date.now() - index * 3_600_000 });
  }
  for (const item of startDownloads(knobs)) downloads.set(item.id, item);

  const cardOf = (ref: RecordRef): RecordCard => {
    const image = fakeAstrobinIndexOf(ref);
    if (image !== null) return fakeAstrobinCard(image);
    const index = fakeIndexOf(ref);
    if (index === null) throw fail('not-found', 'NASA has no such record.');
    return fakeCard(index);
  };
  const transcriptOf = (ref: RecordRef) => {
    cardOf(ref);
    const wanted = knobs['captions'] ?? '30';
    return fakeTranscript(fakeDetail(fakeIndexOf(ref) ?? 0), wanted);
  };
  const statuses = (): ArchiveStatus[] => [statusFrom(knobs, settings)];

  async function troubled(signal: AbortSignal): Promise<void> {
    if (state === 'slow') await later(3_600_000, signal);
    if (delayMs > 0) await later(delayMs, signal);
    if (state === 'failed') {
      throw fail('unavailable', 'NASA didn’t answer. We tried three times in 40 seconds.', {
        detail: 'GET /search?q=stars&page=1&page_size=100, 504 after 30.0 s',
        retryAfterMs: 52_000,
      });
    }
    if (state === 'offline') throw fail('offline', 'This computer has no connection.');
    if (state === 'waiting') {
      throw fail('rate-limited', 'NASA asked us to slow down.', { retryAfterMs: 30_000 });
    }
  }

  const withoutUndefined = (patch: object): Partial<Settings> =>
    Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

  const results = createFakeResults({
    total,
    knobs,
    changed: (set) => emit('resultsChanged', { set }),
  });
  const queue = createFakeQueue(knobs, downloads, {
    change,
    changed: () => emit('queueChanged', { isWorkedHere: true }),
    run: (id) => void run(id),
  });
  const isFruitless = (query: NasaSearchQuery) => (query.q ?? '').includes('nothing');

  const astrobin = createFakeAstrobin(knobs, troubled);
  const handlers: Handlers<Context> = {
    app: {
      info: async () => infoFrom(knobs),
      loadUiState: async () => ({ json: uiState }),
      saveUiState: async ({ json }) => {
        uiState = json;
        return null;
      },
      openExternal: async () => null,
      copyText: async ({ text }) => {
        copied = text;
        return null;
      },
      chooseFolder: async () => ({ folder: '/home/observer/Chosen' }),
      popupMenu: async () => null,
      closeWindow: async () => null,
      viewSaved: async () => null,
      quit: async () => null,
    },
    settings: {
      get: async () => settings,
      set: async ({ patch }) => {
        settings = { ...settings, ...withoutUndefined(patch) };
        emit('settingsChanged', { settings });
        return settings;
      },
      reset: async () => {
        settings = settingsFrom({});
        emit('settingsChanged', { settings });
        return settings;
      },
    },
    archives: {
      status: async () => statuses(),
      check: async () => statuses(),
      health: async () => fakeHealth(knobs),
      requests: async (pick) => ({ requests: fakeRequests(knobs, pick) }),
    },
    nasa: {
      search: async ({ query, page, pageSize }, { signal }) => {
        await troubled(signal);
        const hits = isFruitless(query) ? 0 : total;
        const first = (page - 1) * pageSize;
        if (first >= 10_000)
          throw fail('beyond-ceiling', 'NASA lists the first 10,000 results only.');
        const count = Math.max(0, Math.min(pageSize, hits - first));
        return searchPage({ first, hits, page, pageSize, count });
      },
      cachedSearch: async ({ query, page, pageSize }) => {
        if (knobs['copy'] === undefined || isFruitless(query)) return { page: null };
        const first = (page - 1) * pageSize;
        const hits = Math.min(total, Number(knobs['copied'] ?? 400));
        const count = Math.max(0, Math.min(pageSize, hits - first));
        if (count === 0) return { page: null };
        const kept = searchPage({ first, hits: total, page, pageSize, count });
        // A copy of another day begins with records that have gone since.
        const gone = knobs['copy'] === 'older' ? 3 : 0;
        return {
          page: {
            ...kept,
            cards: kept.cards.map((card, at) => (at < gone ? fakeCard(900 + at) : card)),
            age: {
              fetchedAtMs: Date.now() - 2 * 86_400_000,
              origin: 'cache',
              isStale: true,
              problem: null,
            },
          },
        };
      },
      cachedAlbum: async () => ({ page: null }),
      album: async ({ name, page }, { signal }) => {
        await troubled(signal);
        const first = (page - 1) * 100;
        if (first >= total) throw fail('not-found', `NASA has no album “${name}”.`);
        const count = Math.min(100, total - first);
        return {
          cards: Array.from({ length: count }, (_, index) => fakeCard(first + index)),
          total,
          page,
          pageSize: 100,
          hasNext: first + count < total,
          ceiling: null,
          unreadable: 0,
          age: justNow(),
        };
      },
    },
    records: {
      cached: async ({ ref }) => ({
        detail: knobs['copy'] === undefined ? null : fakeAstrobinDetail(ref, true),
      }),
      sizes: async ({ ref }) => {
        const { renditions } = fakeDetail(fakeIndexOf(ref) ?? 0);
        return { renditions: renditions.map((one) => ({ ...one, bytes: one.bytes ?? 1_200_000 })) };
      },
      resolve: async ({ text }) => resolveText(text),
      get: async ({ ref }, { signal }) => {
        const isAstrobin = parseRef(ref)?.archive === 'astrobin';
        // As AstroBin's own service would: it may want a key, and tells what it does not have.
        if (isAstrobin) await astrobin.image({ ref, refresh: false }, { signal });
        else await troubled(signal);
        const detail = fakeAstrobinDetail(ref, false);
        if (detail !== null) return detail;
        cardOf(ref);
        return fakeDetail(fakeIndexOf(ref) ?? 0);
      },
    },
    pds: createFakePds(knobs, troubled),
    astrobin,
    labels: createFakeLabels(knobs, troubled),
    captions: {
      get: async ({ ref }, { signal }) => {
        await troubled(signal);
        if (knobs['captions'] === 'slow') await later(3_600_000, signal);
        if (knobs['captions'] === 'failed') {
          throw fail('bad-answer', 'NASA sent a web page instead of captions.');
        }
        return transcriptOf(ref);
      },
      cached: async ({ ref }) => ({
        transcript: knobs['keptCaptions'] === 'yes' ? keptAway(transcriptOf(ref)) : null,
      }),
      search: async ({ text, limit }) => {
        const card = fakeCard(9);
        const found = findCues(transcriptOf(card.record.ref), card.record.title, text);
        const transcripts = knobs['captions'] === '0' ? 0 : 14;
        return { ...found, hits: found.hits.slice(0, limit), transcripts };
      },
      export: async ({ ref, as }) => ({
        text: fakeExport(transcriptOf(ref), as),
        fileName: `${ref.slice(ref.indexOf(':') + 1)}.${as}`,
      }),
      save: async ({ ref, as }) => ({
        path: `/home/observer/Pictures/Almagest/${ref.slice(ref.indexOf(':') + 1)}.${as}`,
        isNew: true,
      }),
      showInFolder: async () => null,
    },
    results: results.handlers,
    library: {
      keepSelection: async ({ selection }) => {
        const chosen =
          selection.kind === 'refs' ? selection.refs : results.refsOf(selection, selection.except);
        for (const ref of chosen)
          if (!kept.has(ref)) kept.set(ref, { card: cardOf(ref), keptAtMs: Date.now() });
        emit('libraryChanged', { total: kept.size, kept: chosen.slice(0, 1000), removed: [] });
        return { total: kept.size };
      },
      keep: async ({ refs }) => {
        for (const ref of refs)
          if (!kept.has(ref)) kept.set(ref, { card: cardOf(ref), keptAtMs: Date.now() });
        emit('libraryChanged', { total: kept.size, kept: refs, removed: [] });
        return { total: kept.size };
      },
      remove: async ({ refs }) => {
        let count = 0;
        for (const ref of refs) {
          const entry = kept.get(ref);
          if (entry === undefined) continue;
          removed.set(ref, entry);
          kept.delete(ref);
          count += 1;
        }
        emit('libraryChanged', { total: kept.size, kept: [], removed: refs });
        return { total: kept.size, removed: count };
      },
      restore: async ({ refs }) => {
        let count = 0;
        for (const ref of refs) {
          const entry = removed.get(ref);
          if (entry === undefined) continue;
          kept.set(ref, entry);
          removed.delete(ref);
          count += 1;
        }
        emit('libraryChanged', { total: kept.size, kept: refs, removed: [] });
        return { total: kept.size, restored: count };
      },
      list: async ({ cursor, limit, text }) => {
        const wanted = (text ?? '').toLocaleLowerCase();
        const all = [...kept.values()]
          .filter(({ card }) => card.record.title.toLocaleLowerCase().includes(wanted))
          .sort((a, b) => b.keptAtMs - a.keptAtMs);
        const first = cursor === null ? 0 : Number(cursor);
        const next = first + limit;
        return {
          items: all.slice(first, next),
          total: all.length,
          cursor: next < all.length ? String(next) : null,
        };
      },
      kept: async ({ refs }) => ({ refs: refs.filter((ref) => kept.has(ref)) }),
      count: async () => ({ total: kept.size }),
    },
    plans: makeFakePlans(knobs, (plan) => {
      queue.addGroup(plan);
      emit('queueChanged', { isWorkedHere: true });
    }),
    downloads: {
      save: async ({ ref, rendition }) => {
        const item = newDownload(downloads.size, ref, rendition, 'active');
        downloads.set(item.id, item);
        emit('downloadChanged', { item });
        emit('queueChanged', { isWorkedHere: true });
        void run(item.id);
        return item;
      },
      ...queue.handlers,
      list: async () => ({ items: [...downloads.values()] }),
      cancel: async ({ id }) =>
        change(id, { state: 'cancelled', speed: null, endedAtMs: Date.now() }),
      retry: async ({ id }) => {
        const item = change(id, {
          state: 'active',
          receivedBytes: 0,
          error: null,
          endedAtMs: null,
        });
        void run(id);
        return item;
      },
      remove: async ({ id }) => {
        downloads.delete(id);
        emit('downloadRemoved', { id });
        emit('queueChanged', { isWorkedHere: true });
        return null;
      },
      showInFolder: async () => null,
    },
    cache: {
      info: async () => ({
        bytes: 412_000_000,
        budgetBytes: settings.cacheBudgetBytes,
        byKind: { responses: 12_000_000, pictures: 400_000_000 },
      }),
      clear: async () => ({ bytes: 0, budgetBytes: settings.cacheBudgetBytes, byKind: {} }),
    },
    media: { leave: async () => null },
    calls: {
      cancel: async ({ id }) => {
        running.get(id)?.abort();
        return null;
      },
    },
  };

  function change(id: string, patch: Partial<DownloadItem>): DownloadItem {
    const item = downloads.get(id);
    if (item === undefined) throw fail('not-found', 'There is no such download.');
    const next = { ...item, ...patch };
    downloads.set(id, next);
    emit('downloadChanged', { item: next });
    emit('queueChanged', { isWorkedHere: true });
    return next;
  }

  async function run(id: string): Promise<void> {
    for (let part = 1; part <= 10; part += 1) {
      await later(120, new AbortController().signal);
      const item = downloads.get(id);
      if (item?.state !== 'active') return;
      const whole = item.totalBytes ?? 1;
      change(id, { receivedBytes: Math.round((whole * part) / 10), speed: 6_000_000 });
    }
    change(id, {
      state: 'done',
      speed: null,
      verified: 'size',
      path: `/home/observer/Pictures/Almagest/${id}.jpg`,
      endedAtMs: Date.now(),
    });
  }

  const known = new Map<string, (args: unknown, context: Context) => Promise<unknown>>();
  for (const [domain, group] of Object.entries(contract)) {
    for (const [method, { schema }] of Object.entries(group)) {
      const handler = (handlers as unknown as Record<string, Record<string, never>>)[domain]?.[
        method
      ] as ((args: unknown, context: Context) => Promise<unknown>) | undefined;
      if (handler === undefined) throw new Error(`no handler for ${domain}.${method}`);
      known.set(channelOf(domain, method), async (args, context) => {
        const parsed = v.safeParse(schema as ArgumentSchema, args);
        if (!parsed.success) throw fail('invalid-arguments', parsed.issues[0].message);
        return handler(parsed.output, context);
      });
    }
  }

  const transport: Transport = {
    async invoke(channel, { args, id }): Promise<Envelope<unknown>> {
      calls.push({ channel, args });
      const controller = new AbortController();
      if (id !== undefined) running.set(id, controller);
      try {
        const handler = known.get(channel);
        if (handler === undefined) throw fail('unexpected', `no such channel: ${channel}`);
        // What crosses is a copy, and what cannot be copied fails here as it would in Electron.
        const value = await handler(structuredClone(args), { signal: controller.signal });
        return { ok: true, value: structuredClone(value) };
      } catch (error) {
        if (error instanceof ArchiveError) return { ok: false, error: error.toWire() };
        return { ok: false, error: fail('unexpected', String(error)).toWire() };
      } finally {
        if (id !== undefined) running.delete(id);
      }
    },
    subscribe(channel, listener) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return () => set.delete(listener);
    },
  };
  return { transport, emit, calls, copied: () => copied, uiState: () => uiState };
}

function searchPage(at: {
  first: number;
  count: number;
  hits: number;
  page: number;
  pageSize: number;
}): SearchPage {
  const { first, count, hits, page, pageSize } = at;
  return {
    cards: Array.from({ length: count }, (_, index) => fakeCard(first + index)),
    total: hits,
    page,
    pageSize,
    hasNext: first + count < Math.min(hits, 10_000),
    ceiling: 10_000,
    unreadable: 0,
    age: justNow(),
  };
}

function newDownload(
  index: number,
  ref: RecordRef,
  rendition: string,
  state: DownloadItem['state'],
): DownloadItem {
  const card = fakeCard(fakeIndexOf(ref) ?? 0);
  const archive = parseRef(ref)?.archive ?? 'nasa-images';
  // Files of the PDS are named by their own names.
  const isNamed = archive === 'pds-registry';
  return {
    id: `d${index}-${Date.now().toString(36)}`,
    group: 'single',
    ref,
    archive,
    title: isNamed ? rendition : card.record.title,
    rendition,
    url: `https://images-assets.nasa.gov/image/${encodeURIComponent(card.record.id)}/x~${rendition}.jpg`,
    path: null,
    fileName: isNamed ? rendition : `${card.record.id.replaceAll(/[:/ ]/g, '-')}~${rendition}.jpg`,
    folder: '/home/observer/Pictures/Almagest',
    state,
    receivedBytes: 0,
    totalBytes: 14_600_000,
    sha256: null,
    verified: null,
    error: null,
    addedAtMs: Date.now() - index * 60_000,
    endedAtMs: null,
    speed: null,
  };
}

function startDownloads(knobs: Knobs): DownloadItem[] {
  if (knobs['downloads'] !== 'some' && knobs['downloads'] !== 'groups') return [];
  const states: DownloadItem['state'][] = [
    'active',
    'active',
    'queued',
    'done',
    'failed',
    'quarantined',
    'cancelled',
    'waiting',
  ];
  return states.map((state, index) => {
    const item = newDownload(
      index,
      fakeCard(index).record.ref,
      index % 2 === 0 ? 'orig' : 'large',
      state,
    );
    if (state === 'active')
      return { ...item, receivedBytes: 5_200_000 * (index + 1), speed: 9_200_000 };
    if (state === 'done') {
      const path = `${item.folder}/${item.fileName}`;
      return {
        ...item,
        receivedBytes: 14_600_000,
        verified: 'size',
        path,
        endedAtMs: Date.now() - 3_600_000,
        sha256: 'a'.repeat(64),
      };
    }
    if (state === 'failed') {
      const error = fail(
        'unavailable',
        'NASA’s file server didn’t answer three times in 40 seconds.',
      ).toWire();
      return { ...item, receivedBytes: 3_000_000, error, endedAtMs: Date.now() - 7_200_000 };
    }
    if (state === 'quarantined') {
      const error = fail(
        'not-as-promised',
        'The file isn’t as long as the archive promised. It was kept aside.',
      ).toWire();
      return { ...item, receivedBytes: 14_000_000, error, endedAtMs: Date.now() - 90_000_000 };
    }
    return item;
  });
}

function statusFrom(knobs: Knobs, settings: Settings): ArchiveStatus {
  const states: Record<string, ArchiveStatus['state']> = {
    failed: 'not-answering',
    offline: 'offline',
    waiting: 'waiting',
  };
  const state = states[knobs['state'] ?? ''] ?? 'answering';
  return {
    archive: 'nasa-images',
    mode: settings.archiveMode,
    address: settings.nasaImagesApi,
    state,
    resumesAtMs: state === 'waiting' ? Date.now() + 30_000 : null,
    lastSuccessAtMs: state === 'answering' ? Date.now() : Date.now() - 6 * 60_000,
    waiting: Number(knobs['inLine'] ?? 0),
    budget: null,
  };
}

function infoFrom(knobs: Knobs): AppInfo {
  return {
    version: '0.1.0',
    platform: (knobs['platform'] ?? 'linux') as AppInfo['platform'],
    runtime: 'preview',
    overrides: knobs['overrides'] === undefined ? [] : knobs['overrides'].split(','),
    freeBytes: 412_000_000_000,
    settingsProblem: null,
    startupProblem:
      knobs['state'] === 'startup'
        ? fail(
            'library-unusable',
            'The library was made by a newer Almagest. It was left as it is.',
            {
              detail: 'library.db: user_version 9, this Almagest knows 1',
            },
          ).toWire()
        : null,
  };
}

declare global {
  interface Window {
    /** For scripts that drive a page of the harness. */
    fakeCore?: FakeCore;
  }
}

/** Puts a fake core behind `window.almagest`, with the knobs of the page's address. */
export function installFakeCore(): void {
  const knobs = Object.fromEntries(new URLSearchParams(location.search));
  if (knobs['state'] === 'no-bridge') return;
  const core = createFakeCore(knobs);
  window.fakeCore = core;
  Object.defineProperty(window, 'almagest', {
    value: createApi(core.transport),
    configurable: false,
  });
}
