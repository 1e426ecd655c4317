/** Runs in plain Node. A record of the library as the domain has it. */
import { toRef, type RecordKind } from '#contract/domain.ts';
import type { SeenRecord } from '../../records/seen-record.ts';
import { creditOf, licenceName } from './credit.ts';
import { toIsoDate } from './dates.ts';
import { encodeSegment } from './hrefs.ts';
import { toThumb } from './renditions.ts';
import type { WireItem } from './wire.ts';

/** Told by the record itself; what is left is `fields`. */
const ownParts = new Set(['nasa_id', 'title', 'description', 'date_created', 'media_type']);

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** From `media_type`, else from the folder that the files lie in; what neither tells is data. */
export function kindOf(item: WireItem): RecordKind {
  const stated = textOf(item.data['media_type'])?.toLowerCase();
  const folder = /^https?:\/\/[^/]+\/(image|video|audio)\//i.exec(item.href ?? '')?.[1];
  const kind = stated ?? folder?.toLowerCase();
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'data';
}

/** Makes a record of an item. `base` is the API's configured address: it decides what may stay http. */
export function toSeenRecord(item: WireItem, base: URL): SeenRecord {
  const { id, data, links } = item;
  const title = textOf(data['title']) ?? id;
  const thumb = toThumb({ id, base, links });
  return {
    record: {
      ref: toRef('nasa-images', id),
      archive: 'nasa-images',
      id,
      kind: kindOf(item),
      title,
      description: textOf(data['description']),
      date: toIsoDate(data['date_created']),
      credit: creditOf(data),
      licence: licenceName,
      preview: thumb?.url ?? null,
      page: `https://images.nasa.gov/details/${encodeSegment(id)}`,
      fields: Object.fromEntries(Object.entries(data).filter(([name]) => !ownParts.has(name))),
    },
    thumb,
    alt: textOf(data['description_508']) ?? title,
  };
}
