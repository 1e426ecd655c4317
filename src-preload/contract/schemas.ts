import * as v from 'valibot';
import { parseRef, type RecordRef } from './domain.ts';

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

export const settingsPatch = v.partial(
  v.strictObject({
    theme: v.picklist(['system', 'dark', 'light', 'contrast']),
    textZoom: wholeNumber(80, 200),
    archiveMode: v.picklist(['live', 'sample']),
    welcomed: v.boolean(),
    downloadFolder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
    nasaImagesApi: v.pipe(v.string(), v.maxLength(2048), v.url()),
    sampleSize: wholeNumber(100, 1_000_000),
    cacheBudgetBytes: wholeNumber(16 * 1024 * 1024, 1024 ** 4),
    galleryLayout: v.picklist(['justified', 'square']),
    shortcuts: v.pipe(
      v.record(v.pipe(v.string(), v.maxLength(64)), v.pipe(v.string(), v.maxLength(32))),
      v.check((map) => Object.keys(map).length <= 200, 'too many shortcuts'),
    ),
  }),
);

/** 0-based place in a result set. */
export const position = wholeNumber(0, 100_000_000);
export const count = (most: number) => wholeNumber(1, most);

/** See results.ts. */
export const recordSelection = v.variant('kind', [
  v.strictObject({
    kind: v.literal('refs'),
    refs: v.pipe(v.array(recordRef), v.minLength(1), v.maxLength(10_000)),
  }),
  v.strictObject({
    kind: v.literal('results'),
    id: itemId,
    except: v.pipe(v.array(recordRef), v.maxLength(10_000)),
    ranges: v.optional(v.pipe(v.array(v.tuple([position, position])), v.maxLength(10_000))),
  }),
]);
