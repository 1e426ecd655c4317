/**
 * Runs in plain Node; pure. An item of the archive as it is kept in a result set: compact JSON of what the wire
 * gave, and back.
 */
import { encodeRatio } from '#contract/ratios.ts';
import { toThumb } from '../sources/nasa-images/renditions.ts';
import { parseItem, type JsonObject, type WireItem } from '../sources/nasa-images/wire.ts';
import { yearOf } from './slice.ts';

export interface StoredItem {
  nasaId: string;
  year: number | null;
  mediaType: string | null;
  /** One byte; 0 where the picture's shape is not known. */
  ratio: number;
  body: string;
}

/** Stands for the archive's own origin: a sample archive has another port each time. */
const ownOrigin = 'archive:';
/** The longest real records have some 20 kB; a hostile one must not fill the disk. */
const longestBody = 64 * 1024;
const longestText = 8 * 1024;

function withoutOrigin(href: string, base: URL): string {
  return href.startsWith(`${base.origin}/`) ? ownOrigin + href.slice(base.origin.length) : href;
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

function toJson(item: WireItem, data: JsonObject, base: URL): string {
  return JSON.stringify({
    data: [data],
    ...(item.href === null ? {} : { href: withoutOrigin(item.href, base) }),
    links: item.links.slice(0, 40).map(({ href, ...stated }) => ({
      href: withoutOrigin(href, base),
      ...Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== null)),
    })),
  });
}

/** Makes what is stored of an item. `base` is the archive's address that gave it. */
export function toStoredItem(item: WireItem, base: URL): StoredItem {
  const thumb = toThumb({ id: item.id, base, links: item.links });
  const whole = toJson(item, item.data, base);
  const mediaType = item.data['media_type'];
  return {
    nasaId: item.id,
    year: yearOf(item.data),
    mediaType: typeof mediaType === 'string' ? mediaType.trim().toLowerCase().slice(0, 64) : null,
    ratio: encodeRatio(thumb?.width ?? null, thumb?.height ?? null),
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
