import * as v from 'valibot';
import { astrobinMostPerDay } from './day-budget.ts';
import { parseRef, savedQueryLimits, type RecordRef } from './domain.ts';
import { transferBounds } from './transfer-limits.ts';

/** Argument schemas that several endpoints share. Everything is bounded: a page may not send megabytes. */

export const nothing = v.optional(v.strictObject({}), {});

export const shortText = v.pipe(v.string(), v.maxLength(2048));

export const recordRef = v.pipe(
  v.string(),
  v.maxLength(1200),
  v.check((text) => parseRef(text) !== null, 'not a record reference'),
  v.transform((text) => text as RecordRef),
);

export const callId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

export const itemId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

const year = v.pipe(v.string(), v.regex(/^\d{4}$/, 'a year has four digits'));

export const nasaSearchQuery = v.strictObject({
  q: v.optional(shortText),
  center: v.optional(shortText),
  description: v.optional(shortText),
  description_508: v.optional(shortText),
  keywords: v.optional(shortText),
  location: v.optional(shortText),
  media_type: v.optional(shortText),
  nasa_id: v.optional(shortText),
  photographer: v.optional(shortText),
  secondary_creator: v.optional(shortText),
  title: v.optional(shortText),
  year_start: v.optional(year),
  year_end: v.optional(year),
});

const wholeNumber = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

export const pageNumber = wholeNumber(1, 1_000_000);
export const pageSize = wholeNumber(1, 100);

export const nasaSearchPage = v.strictObject({
  query: nasaSearchQuery,
  page: v.optional(pageNumber, 1),
  pageSize: v.optional(pageSize, 100),
});

export const nasaAlbumPage = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  page: v.optional(pageNumber, 1),
});

/** Named queries of the registry; no two of one name. */
const savedQueries = v.pipe(
  v.array(
    v.strictObject({
      name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(savedQueryLimits.nameLength)),
      q: v.pipe(v.string(), v.minLength(1), v.maxLength(savedQueryLimits.queryLength)),
    }),
  ),
  v.maxLength(savedQueryLimits.queries),
  v.check(
    (queries) => new Set(queries.map(({ name }) => name)).size === queries.length,
    'two queries have one name',
  ),
  // The settings file is refused above 4 MiB, and quotes take two letters there.
  v.check((queries) => JSON.stringify(queries).length <= 2 * 1024 * 1024, 'too much text'),
);

/** Bytes a second; 0 for no limit. */
const bandwidth = v.pipe(
  wholeNumber(0, transferBounds.bytesPerSecond.most),
  v.check(
    (rate) => rate === 0 || rate >= transferBounds.bytesPerSecond.least,
    'too slow for a transfer',
  ),
);

const bandwidthPeriod = v.strictObject({
  days: v.pipe(v.array(wholeNumber(0, 6)), v.minLength(1), v.maxLength(7)),
  from: wholeNumber(0, 1439),
  to: wholeNumber(1, 1440),
  bytesPerSecond: bandwidth,
});

export const settingsPatch = v.partial(
  v.strictObject({
    theme: v.picklist(['system', 'dark', 'light', 'contrast']),
    textZoom: wholeNumber(80, 200),
    archiveMode: v.picklist(['live', 'sample']),
    welcomed: v.boolean(),
    downloadFolder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
    nameTemplate: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
    downloadsAtOnce: wholeNumber(transferBounds.atOnce.least, transferBounds.atOnce.most),
    downloadsPerArchive: wholeNumber(
      transferBounds.atOncePerArchive.least,
      transferBounds.atOncePerArchive.most,
    ),
    bandwidth,
    bandwidthPerHost: bandwidth,
    bandwidthTimetable: v.pipe(v.array(bandwidthPeriod), v.maxLength(transferBounds.periods)),
    nasaImagesApi: v.pipe(v.string(), v.maxLength(2048), v.url()),
    pdsApi: v.pipe(v.string(), v.maxLength(2048), v.url()),
    astrobinApi: v.pipe(v.string(), v.maxLength(2048), v.url()),
    astrobinPerDay: wholeNumber(0, astrobinMostPerDay),
    sampleSize: wholeNumber(100, 1_000_000),
    cacheBudgetBytes: wholeNumber(16 * 1024 * 1024, 1024 ** 4),
    galleryLayout: v.picklist(['justified', 'square']),
    shortcuts: v.pipe(
      v.record(v.pipe(v.string(), v.maxLength(64)), v.pipe(v.string(), v.maxLength(32))),
      v.check((map) => Object.keys(map).length <= 200, 'too many shortcuts'),
    ),
    savedQueries,
  }),
);

/** 0-based place in a result set. */
export const position = wholeNumber(0, 100_000_000);
export const count = (most: number) => wholeNumber(1, most);

/** See results.ts. */
export const recordSelection = v.variant('kind', [
  v.strictObject({
    kind: v.literal('refs'),
    refs: v.pipe(v.array(recordRef), v.minLength(1), v.maxLength(250_000)),
  }),
  v.strictObject({
    kind: v.literal('results'),
    id: itemId,
    except: v.pipe(v.array(recordRef), v.maxLength(10_000)),
    ranges: v.optional(v.pipe(v.array(v.tuple([position, position])), v.maxLength(10_000))),
  }),
]);

/** See downloads.ts. */
export const downloadTarget = v.variant('kind', [
  v.strictObject({ kind: v.literal('all') }),
  v.strictObject({ kind: v.literal('group'), id: itemId }),
  v.strictObject({
    kind: v.literal('items'),
    ids: v.pipe(v.array(itemId), v.minLength(1), v.maxLength(10_000)),
  }),
]);

/** See downloads.ts. */
export const fileWish = v.strictObject({
  rendition: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  maxBytes: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  withCaptions: v.boolean(),
  withSidecar: v.boolean(),
  template: v.nullable(v.pipe(v.string(), v.maxLength(500))),
});

const lid = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD'));

/** A query in the registry's own language. */
export const pdsQuery = v.pipe(v.string(), v.maxLength(100_000));

/** See pds-lists.ts. */
export const pdsListing = v.variant('kind', [
  v.strictObject({
    kind: v.literal('bundles'),
    filter: v.strictObject({
      text: v.optional(shortText),
      target: v.optional(lid),
      instrument: v.optional(lid),
      investigation: v.optional(lid),
      from: v.optional(day),
      until: v.optional(day),
    }),
  }),
  v.strictObject({
    kind: v.literal('members'),
    ref: recordRef,
    versions: v.optional(v.picklist(['latest', 'all']), 'latest'),
  }),
  v.strictObject({ kind: v.literal('query'), q: pdsQuery }),
  v.strictObject({
    kind: v.literal('context'),
    of: v.picklist(['target', 'instrument', 'investigation']),
    text: v.optional(shortText, ''),
  }),
]);

/** See pds-lists.ts. */
export const pdsCrawlTarget = v.variant('kind', [
  ...pdsListing.options,
  v.strictObject({
    kind: v.literal('products'),
    class: v.optional(v.pipe(v.string(), v.maxLength(64))),
    q: v.optional(pdsQuery),
    keywords: v.optional(v.pipe(v.array(shortText), v.maxLength(50))),
  }),
  v.strictObject({
    kind: v.literal('relatives'),
    of: v.picklist(['members-of-members', 'parents', 'versions']),
    ref: recordRef,
  }),
]);

export const labelId = wholeNumber(1, 1_000_000_000);
export const labelNode = wholeNumber(0, 100_000_000);
export const labelFold = v.variant('what', [
  v.strictObject({ what: v.picklist(['node', 'branch']), node: labelNode, isOpen: v.boolean() }),
  v.strictObject({ what: v.literal('depth'), depth: v.nullable(wholeNumber(0, 100_000)) }),
]);
