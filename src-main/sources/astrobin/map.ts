/** Runs in plain Node. Images and their revisions as the domain has them, from today's shape and that of 2013. */
import type { AstrobinImage, AstrobinRevision } from '#contract/astrobin.ts';
import { toRef } from '#contract/domain.ts';
import { idIn, numberIn } from './addresses.ts';
import { readDescription } from './bbcode.ts';
import { toIsoMoment } from './dates.ts';
import { toLicence } from './licences.ts';
import { pictureFields, toRenditions } from './renditions.ts';
import { toSolution } from './solution.ts';
import {
  addressOf,
  countOf,
  flagOf,
  listOf,
  pixelsOf,
  textOf,
  textsOf,
  type WireObject,
} from './values.ts';

export interface Mapped<T> {
  items: T[];
  /** Rows that could not be read. */
  unreadable: number;
}

/** Maps what can be mapped; a row that can't is counted, and spoils no other. */
export function mapRows<T>(
  list: { rows: readonly WireObject[]; unreadable: number },
  toItem: (row: WireObject) => T | null,
): Mapped<T> {
  const items = list.rows.map(toItem).filter((item) => item !== null);
  return { items, unreadable: list.unreadable + list.rows.length - items.length };
}

/** Told by the image itself; what is left is `fields`. */
const ownFields = new Set([
  ...pictureFields,
  ...['animated', 'bookmarks', 'comments', 'data_source', 'dec', 'dec_center_dms', 'description'],
  ...['h', 'hash', 'id', 'imaging_cameras', 'imaging_telescopes', 'is_solved', 'license'],
  ...['license_name', 'likes', 'link', 'link_to_fits', 'locations', 'orientation', 'pixscale'],
  ...[
    'published',
    'ra',
    'ra_center_hms',
    'radius',
    'remote_source',
    'revisions',
    'solution_status',
  ],
  ...['subjects', 'title', 'updated', 'uploaded', 'user', 'views', 'w'],
]);

/** Six letters and digits, never digits alone; a little more is let in than the service makes today. */
export function toHash(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return /^[A-Za-z0-9]{1,32}$/.test(text) && /[A-Za-z]/.test(text) ? text : null;
}

/** One image; null when it has neither hash nor number. `base` is the service's address. */
export function toImage(row: WireObject, base: URL): AstrobinImage | null {
  const hash = toHash(row['hash']);
  const id = countOf(row['id']) ?? numberIn(row['resource_uri'], 'image');
  const key = hash ?? (id === null ? null : String(id));
  if (key === null) return null;
  return {
    ref: toRef('astrobin', key),
    hash,
    id,
    title: textOf(row['title'], 1000) ?? key,
    user: textOf(row['user'], 200) ?? '',
    description: readDescription(textOf(row['description'], 100_000)),
    uploaded: toIsoMoment(row['uploaded']),
    published: toIsoMoment(row['published']),
    updated: toIsoMoment(row['updated']),
    width: pixelsOf(row['w']),
    height: pixelsOf(row['h']),
    isAnimated: flagOf(row['animated']),
    ...equipmentOf(row),
    link: addressOf(row['link'], base),
    fitsLink: addressOf(row['link_to_fits'], base),
    ...countsOf(row),
    licence: toLicence(row['license_name'], row['license']),
    solution: toSolution(row, base),
    renditions: toRenditions(row, base),
    histogramUrl: addressOf(row['url_histogram'], base),
    revisions: numbersIn(row['revisions'], 'imagerevision'),
    locations: numbersIn(row['locations'], 'location'),
    fields: Object.fromEntries(Object.entries(row).filter(([name]) => !ownFields.has(name))),
  };
}

type Equipment = 'telescopes' | 'cameras' | 'subjects' | 'dataSource' | 'remoteSource';

/** The service's order of equipment changes from answer to answer. */
function equipmentOf(row: WireObject): Pick<AstrobinImage, Equipment> {
  return {
    telescopes: textsOf(row['imaging_telescopes']).sort(),
    cameras: textsOf(row['imaging_cameras']).sort(),
    subjects: textsOf(row['subjects']),
    dataSource: textOf(row['data_source'], 100),
    remoteSource: textOf(row['remote_source'], 100),
  };
}

function countsOf(
  row: WireObject,
): Pick<AstrobinImage, 'likes' | 'bookmarks' | 'comments' | 'views'> {
  return {
    likes: countOf(row['likes']),
    bookmarks: countOf(row['bookmarks']),
    comments: countOf(row['comments']),
    views: countOf(row['views']),
  };
}

function numbersIn(value: unknown, resource: 'imagerevision' | 'location'): number[] {
  return listOf(value).flatMap((uri) => numberIn(uri, resource) ?? []);
}

/** One revision; null when it has no label. */
export function toRevision(row: WireObject, base: URL): AstrobinRevision | null {
  const label = textOf(row['label'], 10);
  if (label === null) return null;
  return {
    label,
    title: textOf(row['title'], 1000),
    description: readDescription(textOf(row['description'], 100_000)),
    isFinal: flagOf(row['is_final']),
    uploaded: toIsoMoment(row['uploaded']),
    width: pixelsOf(row['w']),
    height: pixelsOf(row['h']),
    renditions: toRenditions(row, base),
    solution: toSolution(row, base),
  };
}

/** The first state of an image, as a revision like the others. */
export function firstState(image: AstrobinImage, isFinal: boolean): AstrobinRevision {
  const { uploaded, width, height, renditions, solution, description } = image;
  return {
    label: '0',
    title: null,
    ...{ description, isFinal, uploaded, width, height, renditions, solution },
  };
}

/** The image that an address of the API names: by hash, or by number where the service gave one. */
export function imageRefIn(uri: unknown): AstrobinImage['ref'] | null {
  const id = idIn(uri, 'image');
  return id === null ? null : toRef('astrobin', id);
}
