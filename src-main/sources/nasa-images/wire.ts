/**
 * Runs in plain Node. What the library sends, read tolerantly: unknown fields are kept, missing ones
 * survive, an item that cannot be read is counted and skipped.
 */
import * as v from 'valibot';
import { ArchiveError } from '#contract/errors.ts';

export type JsonObject = Record<string, unknown>;

const jsonObject = v.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const list = v.fallback(v.array(v.unknown()), []);
const maybeText = v.fallback(v.nullable(v.string()), null);
/** Pixels, bytes and counts; numbers in text are accepted, anything else is "not stated". */
const maybeCount = v.fallback(
  v.nullable(
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))]),
      v.integer(),
      v.minValue(0),
      v.maxValue(Number.MAX_SAFE_INTEGER),
    ),
  ),
  null,
);

const linkSchema = v.object({
  href: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  rel: v.optional(maybeText, null),
  render: v.optional(maybeText, null),
  width: v.optional(maybeCount, null),
  height: v.optional(maybeCount, null),
  size: v.optional(maybeCount, null),
});

/** A link of an item: version 1.0 has only href, rel and render; 1.1 adds pixels and bytes. */
export type WireLink = v.InferOutput<typeof linkSchema>;

const idSchema = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
  // As long as a reference of the contract may be.
  v.check((id) => id.trim() !== '' && id.length <= 1024),
);

const itemSchema = v.object({
  href: v.optional(maybeText, null),
  data: v.pipe(v.array(v.unknown()), v.minLength(1)),
  links: v.optional(list, []),
});

export interface WireItem {
  id: string;
  /** The one data object, as it came. */
  data: JsonObject;
  /** Address of the item's manifest, as it came. */
  href: string | null;
  links: WireLink[];
}

const pageSchema = v.object({
  collection: v.object({
    version: v.optional(maybeText, null),
    items: v.array(v.unknown()),
    metadata: v.optional(
      v.fallback(v.object({ total_hits: v.optional(maybeCount, null) }), { total_hits: null }),
      { total_hits: null },
    ),
    links: v.optional(list, []),
  }),
});

export interface WirePage {
  version: string | null;
  items: WireItem[];
  /** Items that could not be read. */
  unreadable: number;
  /** As the archive counts; null where it does not say. */
  totalHits: number | null;
  hasNextLink: boolean;
}

/** Reads a page of a search or an album. Throws `ArchiveError` ('bad-answer') when it is not one at all. */
export function parsePage(body: unknown): WirePage {
  const parsed = v.safeParse(pageSchema, body);
  if (!parsed.success) throw badAnswer('a list of records');
  const { version, items, metadata, links } = parsed.output.collection;
  const read = items.map(parseItem);
  return {
    version,
    items: read.filter((item) => item !== null),
    unreadable: read.filter((item) => item === null).length,
    totalHits: metadata.total_hits,
    hasNextLink: links.some((link) => v.is(v.object({ rel: v.literal('next') }), link)),
  };
}

/** Reads one item; null when it has no usable id. */
export function parseItem(value: unknown): WireItem | null {
  const item = v.safeParse(itemSchema, value);
  if (!item.success) return null;
  const data = v.safeParse(jsonObject, item.output.data[0]);
  if (!data.success) return null;
  const id = v.safeParse(idSchema, data.output['nasa_id']);
  if (!id.success) return null;
  return {
    id: id.output,
    data: data.output,
    href: item.output.href,
    links: item.output.links.flatMap((link) => {
      const parsed = v.safeParse(linkSchema, link);
      return parsed.success ? [parsed.output] : [];
    }),
  };
}

/** Reads an item that was kept as `WireItem`; throws 'bad-answer' for anything else. */
export function parseStoredItem(body: unknown): WireItem {
  const stored = v.safeParse(v.object({ data: jsonObject, href: maybeText, links: list }), body);
  const item = stored.success ? parseItem({ ...stored.output, data: [stored.output.data] }) : null;
  if (item === null) throw badAnswer('a record');
  return item;
}

/**
 * Reads the list of an item's files: `/asset` wraps it in a collection, `collection.json` is a bare array of
 * strings. What is not an address is left out.
 */
export function parseManifest(body: unknown): string[] {
  const wrapped = v.safeParse(
    v.object({ collection: v.object({ items: v.array(v.unknown()) }) }),
    body,
  );
  const entries = wrapped.success ? wrapped.output.collection.items : body;
  if (!Array.isArray(entries)) throw badAnswer('a list of files');
  return (entries as unknown[]).flatMap((entry) => {
    const href = v.is(v.object({ href: v.string() }), entry) ? entry.href : entry;
    return typeof href === 'string' && href !== '' && href.length <= 4096 ? [href] : [];
  });
}

/** Reads `{"location": "…"}`. */
export function parseLocation(body: unknown): string {
  const parsed = v.safeParse(
    v.object({ location: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
    body,
  );
  if (!parsed.success) throw badAnswer('the place of a file');
  return parsed.output.location;
}

/** Reads a metadata document: an object, or as some tools write it an array of one. */
export function parseMetadataDocument(body: unknown): JsonObject {
  const parsed = v.safeParse(jsonObject, Array.isArray(body) ? (body as unknown[])[0] : body);
  if (!parsed.success) throw badAnswer('a metadata document');
  return parsed.output;
}

function badAnswer(expected: string): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message: `NASA answered with something that isn’t ${expected}. Nothing was lost. Try again in a while.`,
    retryable: true,
  });
}
