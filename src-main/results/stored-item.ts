/**
 * Runs in plain Node; pure. An item of the archive as it is kept in a result set: compact JSON of what the wire
 * gave, and back.
 */
import { encodeRatio } from '#contract/ratios.ts';
import {
  parseItem,
  type JsonObject,
  type WireItem,
  type WireLink,
} from '../sources/nasa-images/wire.ts';
import { yearOf } from './slice.ts';

export interface StoredItem {
  nasaId: string;
  year: number | null;
  mediaType: string | null;
  /** One byte; 0 where the picture's shape is not known. */
  ratio: number;
  body: string;
  /** The record's own fields, of which the body is made. */
  data: JsonObject;
}

/** Stands for the archive's own origin: a sample archive has another port each time. */
const ownOrigin = 'archive:';
/** The longest real records have some 20 kB; a hostile one must not fill the disk. */
const longestBody = 64 * 1024;
const longestText = 8 * 1024;

function withoutOrigin(href: string, base: URL): string {
  const { origin } = base;
  return href.startsWith(`${origin}/`) ? ownOrigin + href.slice(origin.length) : href;
}

function withOrigin(href: string, base: URL): string {
  return href.startsWith(`${ownOrigin}/`) ? base.origin + href.slice(ownOrigin.length) : href;
}

/** What is left of a record that is far too long: its short fields, and the beginning of its texts. */
function shortened(data: JsonObject): JsonObject {
  let left = longestBody / 2;
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(data)) {
    const short = typeof value === 'string' ? value.slice(0, longestText) : value;
    const length = name.length + ((JSON.stringify(short) as string | undefined) ?? '').length;
    if (name !== 'nasa_id' && length > Math.min(left, 2 * longestText)) continue;
    left -= length;
    kept[name] = short;
  }
  return kept;
}

interface StoredLink {
  href: string;
  rel?: string;
  render?: string;
  width?: number;
  height?: number;
  size?: number;
}

/** Field by field: it runs for every record of a listing. What the archive did not state is left out. */
function toStoredLink(link: WireLink, base: URL): StoredLink {
  const stored: StoredLink = { href: withoutOrigin(link.href, base) };
  if (link.rel !== null) stored.rel = link.rel;
  if (link.render !== null) stored.render = link.render;
  if (link.width !== null) stored.width = link.width;
  if (link.height !== null) stored.height = link.height;
  if (link.size !== null) stored.size = link.size;
  return stored;
}

function toJson(item: WireItem, data: JsonObject, base: URL): string {
  const links = item.links.slice(0, 40).map((link) => toStoredLink(link, base));
  if (item.href === null) return JSON.stringify({ data: [data], links });
  return JSON.stringify({ data: [data], href: withoutOrigin(item.href, base), links });
}

const picture = /\.(?:jpe?g|png|gif|webp|avif)$/i;

/** Shape of the picture that the gallery will show: the choice of `toThumb`, without making addresses. */
function shapeOf(links: readonly WireLink[]): number {
  const pictures = links.filter(({ href, rel }) => rel !== 'captions' && picture.test(href));
  const others = pictures
    .filter(({ rel, width }) => rel === 'alternate' && (width === null || width >= 300))
    .sort((first, second) => (first.width ?? Infinity) - (second.width ?? Infinity));
  const best = pictures.find(({ rel }) => rel === 'preview') ?? others[0] ?? pictures[0];
  return encodeRatio(best?.width ?? null, best?.height ?? null);
}

/** Makes what is stored of an item. `base` is the archive's address that gave it. */
export function toStoredItem(item: WireItem, base: URL): StoredItem {
  const whole = toJson(item, item.data, base);
  const mediaType = item.data['media_type'];
  return {
    nasaId: item.id,
    year: yearOf(item.data),
    mediaType: typeof mediaType === 'string' ? mediaType.trim().toLowerCase().slice(0, 64) : null,
    ratio: shapeOf(item.links),
    data: item.data,
    body:
      whole.length <= longestBody
        ? whole
        : toJson({ ...item, links: item.links.slice(0, 8) }, shortened(item.data), base),
  };
}

/** The item again; null only for a row that is damaged. */
export function fromStoredItem(body: string, base: URL): WireItem | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  const item = parseItem(value);
  if (item === null) return null;
  return {
    ...item,
    href: item.href === null ? null : withOrigin(item.href, base),
    links: item.links.map((link) => ({ ...link, href: withOrigin(link.href, base) })),
  };
}

/** The record's own fields alone, for the plan. */
export function dataOfStoredItem(body: string): JsonObject {
  try {
    const { data } = JSON.parse(body) as { data?: unknown };
    const first: unknown = Array.isArray(data) ? data[0] : null;
    return typeof first === 'object' && first !== null ? (first as JsonObject) : {};
  } catch {
    return {};
  }
}
