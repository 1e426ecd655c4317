/**
 * Runs in the page, pure. What the window restores after a restart, and the parser that lets nothing else in:
 * the file may be broken, from an older Almagest, or written by hand.
 */
import { parseRef, type NasaSearchQuery, type RecordRef } from '#contract/domain.ts';
import type { PdsFilter } from '#contract/pds-lists.ts';
import type { RecordOrigin, Route } from '../lib/deps.ts';
import { parseAstrobinPlace } from './astrobin-routes.ts';
import type { OpeningPicture } from './opening-picture.ts';

export interface HistoryEntry {
  route: Route;
  /** Place-keeping by the views: JSON values only. */
  memory: Record<string, unknown>;
}

export interface FrameMemory {
  inspectorOpen: boolean;
  /** Widths of panes in px at a text zoom of 100 %. */
  panes: Record<string, number>;
}

export interface WindowState {
  entries: HistoryEntry[];
  /** Place of the present entry. */
  index: number;
  frame: FrameMemory;
}

/** Raised when an older shape could no longer be read as this one. */
const version = 1;
/** Entries that are kept; older ones are dropped. */
export const historyLimit = 60;
/** The contract takes 256 KiB; this leaves room for the rest. */
const memoryLimitBytes = 160 * 1024;

const queryKeys = [
  'q',
  'center',
  'description',
  'description_508',
  'keywords',
  'location',
  'media_type',
  'nasa_id',
  'photographer',
  'secondary_creator',
  'title',
  'year_start',
  'year_end',
] as const satisfies (keyof NasaSearchQuery)[];

export function startState(): WindowState {
  return {
    entries: [{ route: { view: 'nasa', query: {} }, memory: {} }],
    index: 0,
    frame: { inspectorOpen: true, panes: {} },
  };
}

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2048;
}

function parseQuery(value: unknown): NasaSearchQuery | null {
  if (!isPlain(value)) return null;
  const query: NasaSearchQuery = {};
  for (const key of queryKeys) {
    const text = value[key];
    if (text === undefined) continue;
    if (!isShort(text)) return null;
    if ((key === 'year_start' || key === 'year_end') && !/^\d{4}$/.test(text)) return null;
    query[key] = text;
  }
  return query;
}

function nasaPlace(
  query: NasaSearchQuery,
  all: unknown,
): { view: 'nasa'; query: NasaSearchQuery; all?: boolean } {
  return { view: 'nasa', query, ...(all === true ? { all } : {}) };
}

function parseOrigin(value: unknown): RecordOrigin | null {
  if (!isPlain(value) || !isShort(value['label']) || !isPlain(value['source'])) return null;
  const index = value['index'];
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) return null;
  const source = value['source'];
  if (source['view'] === 'nasa') {
    const query = parseQuery(source['query']);
    return query === null
      ? null
      : { label: value['label'], index, source: nasaPlace(query, source['all']) };
  }
  if (source['view'] === 'album' && isShort(source['name'])) {
    return { label: value['label'], index, source: { view: 'album', name: source['name'] } };
  }
  const inAstrobin = parseAstrobinPlace(source);
  if (inAstrobin !== null && inAstrobin.view !== 'astrobin-collections') {
    return { label: value['label'], index, source: inAstrobin };
  }
  if (source['view'] === 'library' && isShort(source['text'])) {
    return { label: value['label'], index, source: { view: 'library', text: source['text'] } };
  }
  return null;
}

function parsePdsRef(value: unknown): RecordRef | null {
  const isOne = typeof value === 'string' && parseRef(value)?.archive === 'pds-registry';
  return isOne ? (value as RecordRef) : null;
}

const pdsFilterKeys = [
  'text',
  'target',
  'instrument',
  'investigation',
  'from',
  'until',
] as const satisfies (keyof PdsFilter)[];

function parsePdsPlace(value: Plain): Route | null {
  if (!isPlain(value['filter'])) return null;
  const filter: PdsFilter = {};
  for (const key of pdsFilterKeys) {
    const text = value['filter'][key];
    if (text === undefined) continue;
    if (!isShort(text)) return null;
    if ((key === 'from' || key === 'until') && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
    filter[key] = text;
  }
  const at = parsePdsRef(value['at']);
  return { view: 'pds', filter, ...(at === null ? {} : { at }) };
}

/** A route as it was written, or null when it is not one. */
export function parseRoute(value: unknown): Route | null {
  if (!isPlain(value)) return null;
  switch (value['view']) {
    case 'welcome':
    case 'downloads':
    case 'health':
      return { view: value['view'] };
    case 'nasa': {
      const query = parseQuery(value['query']);
      return query === null ? null : nasaPlace(query, value['all']);
    }
    case 'record': {
      const ref = value['ref'];
      if (typeof ref !== 'string' || parseRef(ref) === null) return null;
      const route = {
        view: 'record',
        ref: ref as RecordRef,
        from: parseOrigin(value['from']),
      } as const;
      const atMs = value['atMs'];
      return typeof atMs === 'number' && Number.isFinite(atMs) && atMs >= 0
        ? { ...route, atMs }
        : route;
    }
    case 'album':
      return isShort(value['name']) ? { view: 'album', name: value['name'] } : null;
    case 'pds':
      return parsePdsPlace(value);
    case 'pds-query': {
      const { q } = value;
      return typeof q === 'string' && q.length <= 100_000 ? { view: 'pds-query', q } : null;
    }
    case 'pds-label': {
      const ref = parsePdsRef(value['ref']);
      return ref === null ? null : { view: 'pds-label', ref };
    }
    case 'library':
    case 'captions':
      return isShort(value['text']) ? { view: value['view'], text: value['text'] } : null;
    case 'settings':
      return isShort(value['section']) ? { view: 'settings', section: value['section'] } : null;
    default:
      return parseAstrobinPlace(value);
  }
}

function parseFrame(value: unknown): FrameMemory {
  const frame = startState().frame;
  if (!isPlain(value)) return frame;
  if (typeof value['inspectorOpen'] === 'boolean') frame.inspectorOpen = value['inspectorOpen'];
  if (isPlain(value['panes'])) {
    for (const [name, width] of Object.entries(value['panes']).slice(0, 32)) {
      if (typeof width === 'number' && width >= 100 && width <= 1000) frame.panes[name] = width;
    }
  }
  return frame;
}

/** Reads what was saved; entries that cannot be read are left out, and with none left it starts anew. */
export function parseWindowState(json: string | null): WindowState {
  let value: unknown;
  try {
    value = json === null ? null : JSON.parse(json);
  } catch {
    return startState();
  }
  if (!isPlain(value) || value['version'] !== version || !Array.isArray(value['entries'])) {
    return startState();
  }
  const wanted = value['index'];
  const entries: HistoryEntry[] = [];
  let index = 0;
  for (const [place, entry] of (value['entries'] as unknown[]).entries()) {
    const route = isPlain(entry) ? parseRoute(entry['route']) : null;
    if (route === null || !isPlain(entry)) continue;
    entries.push({ route, memory: isPlain(entry['memory']) ? entry['memory'] : {} });
    if (typeof wanted === 'number' && place <= wanted) index = entries.length - 1;
  }
  const frame = parseFrame(value['frame']);
  return entries.length === 0 ? { ...startState(), frame } : { entries, index, frame };
}

/** Writes it, dropping the memory of the entries furthest from the present one when it grows too large. */
export function serialiseWindowState(
  state: WindowState & { opening?: OpeningPicture | null },
): string {
  const sizes = state.entries.map((entry) => JSON.stringify(entry.memory).length);
  const nearest = state.entries
    .map((_entry, place) => place)
    .sort((a, b) => Math.abs(a - state.index) - Math.abs(b - state.index));
  let room = memoryLimitBytes;
  const kept = new Set<number>();
  for (const place of nearest) {
    room -= sizes[place] ?? 0;
    if (room < 0) break;
    kept.add(place);
  }
  const entries = state.entries.map((entry, place) => ({
    route: entry.route,
    memory: kept.has(place) ? entry.memory : {},
  }));
  const { index, frame, opening = null } = state;
  return JSON.stringify({ version, entries, index, frame, opening });
}
