/**
 * Runs in plain Node. Records for the shells: searches as pages of cards, one record with everything known of
 * it, and the snapshots and renditions that the library and the downloads ask for.
 */
import {
  parseRef,
  type ArchiveRecord,
  type NasaSearchQuery,
  type RecordCard,
  type RecordDetail,
  type RecordRef,
  type RecordRendition,
  type Rendition,
  type SearchPage,
} from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { isViewable } from '../cache/media-types.ts';
import type { MediaKeys } from '../cache/media-keys.ts';
import {
  albumPageSize,
  resultCeiling,
  type NasaImagesClient,
} from '../sources/nasa-images/client.ts';
import { creditLineOf, licenceNote } from '../sources/nasa-images/credit.ts';
import { toSeenRecord } from '../sources/nasa-images/map.ts';
import { toMetadataFields, withoutPrivateFields } from '../sources/nasa-images/metadata.ts';
import { toCaptions, toRenditions } from '../sources/nasa-images/renditions.ts';
import type { WireItem, WireLink, WirePage } from '../sources/nasa-images/wire.ts';
import { RecentRecords } from './recent-records.ts';
import { sanitiseText } from './sanitise-text.ts';
import type { SeenRecord } from './seen-record.ts';

export interface RecordsService {
  /** One page of a NASA search. Throws `ArchiveError`; 'beyond-ceiling' past result 10,000. */
  search(
    query: NasaSearchQuery,
    page: number,
    pageSize: number,
    signal: AbortSignal,
  ): Promise<SearchPage>;
  /** One page (of 100) of a NASA album. */
  album(name: string, page: number, signal: AbortSignal): Promise<SearchPage>;
  /** Everything known of a record; parts that could not be had are named in `missing`. */
  get(ref: RecordRef, signal: AbortSignal): Promise<RecordDetail>;
  /** The record as last seen, else as the archive has it now. */
  snapshot(ref: RecordRef, signal: AbortSignal): Promise<SeenRecord>;
  /** One rendition by its name. Throws 'not-found' with the names that there are. */
  rendition(
    ref: RecordRef,
    name: string,
    signal: AbortSignal,
  ): Promise<{ record: ArchiveRecord; rendition: Rendition }>;
  /** The record as a gallery shows it. */
  toCard(seen: SeenRecord): RecordCard;
}

export interface RecordsOptions {
  nasa: NasaImagesClient;
  keys: MediaKeys;
}

type Part = RecordDetail['missing'][number]['part'];

/** Builds the service. */
export function createRecordsService(options: RecordsOptions): RecordsService {
  return new Records(options);
}

class Records implements RecordsService {
  readonly #nasa: NasaImagesClient;
  readonly #keys: MediaKeys;
  readonly #recent = new RecentRecords();
  /** Links of the records in `#recent`: they state pixels and bytes, which the manifest does not. */
  readonly #links = new WeakMap<SeenRecord, readonly WireLink[]>();

  constructor({ nasa, keys }: RecordsOptions) {
    this.#nasa = nasa;
    this.#keys = keys;
  }

  async search(
    query: NasaSearchQuery,
    page: number,
    pageSize: number,
    signal: AbortSignal,
  ): Promise<SearchPage> {
    const base = this.#nasa.base();
    const wire = await this.#nasa.search(query, page, pageSize, signal);
    return this.#toPage(wire, { page, pageSize, base });
  }

  async album(name: string, page: number, signal: AbortSignal): Promise<SearchPage> {
    const base = this.#nasa.base();
    const wire = await this.#nasa.album(name, page, signal);
    return this.#toPage(wire, { page, pageSize: albumPageSize, base });
  }

  async snapshot(ref: RecordRef, signal: AbortSignal): Promise<SeenRecord> {
    const id = nasaIdOf(ref);
    const base = this.#nasa.base();
    const known = this.#recent.get(keyOf(base, id));
    if (known !== undefined) return known;
    const item = await this.#nasa.find(id, signal);
    if (item === null) throw noSuchRecord(id);
    return this.#remember(item, base);
  }

  async get(ref: RecordRef, signal: AbortSignal): Promise<RecordDetail> {
    const id = nasaIdOf(ref);
    const base = this.#nasa.base();
    const missing: RecordDetail['missing'] = [];
    /** A part that fails is named, not fatal; a caller who cancelled hears that from the whole. */
    const orMissing = <T>(part: Part, promise: Promise<T>): Promise<T | null> =>
      promise.catch((error: unknown) => {
        if (part === 'metadata' && isNotFound(error)) return null;
        missing.push({ part, reason: reasonOf(error) });
        return null;
      });
    const finding = this.snapshot(ref, signal);
    const [seen, manifest, document, location] = await Promise.all([
      finding,
      orMissing('renditions', this.#nasa.manifest(id, signal)),
      orMissing('metadata', this.#nasa.metadata(id, signal)),
      // Pictures have no captions, and asking would be answered with 400.
      orMissing(
        'captions',
        finding.then(
          ({ record }) => (hasCaptions(record) ? this.#nasa.captions(id, signal) : null),
          () => null,
        ),
      ),
    ]);
    if (signal.aborted) throw cancelled();
    const { record } = seen;
    const sources = {
      id,
      kind: record.kind,
      base,
      links: this.#links.get(seen) ?? [],
      manifest: manifest ?? [],
    };
    return {
      card: this.toCard(seen),
      description: sanitiseText(record.description),
      renditions: toRenditions(sources).map((rendition) => this.#withKey(rendition)),
      metadata: document === null ? [] : toMetadataFields(document),
      metadataDocument: document === null ? null : withoutPrivateFields(document),
      captions: toCaptions(sources, location),
      missing,
      creditLine: creditLineOf(record),
      licenceNote,
    };
  }

  async rendition(
    ref: RecordRef,
    name: string,
    signal: AbortSignal,
  ): Promise<{ record: ArchiveRecord; rendition: Rendition }> {
    const seen = await this.snapshot(ref, signal);
    const { record } = seen;
    const links = this.#links.get(seen) ?? [];
    const sources = { id: record.id, kind: record.kind, base: this.#nasa.base(), links };
    const wanted = (manifest: readonly string[]): Rendition | undefined =>
      toRenditions({ ...sources, manifest }).find((rendition) => rendition.name === name);
    const fromLinks = wanted([]);
    if (fromLinks !== undefined) return { record, rendition: fromLinks };
    const manifest = await this.#nasa.manifest(record.id, signal);
    const rendition = wanted(manifest);
    if (rendition !== undefined) return { record, rendition };
    const names = toRenditions({ ...sources, manifest }).map((known) => known.name);
    throw new ArchiveError({
      code: 'not-found',
      message: `"${record.title}" has no file named "${name}". Nothing was fetched. It has: ${names.join(', ') || 'none'}.`,
      retryable: false,
    });
  }

  toCard(seen: SeenRecord): RecordCard {
    const { record, thumb, alt } = seen;
    return {
      record,
      thumb:
        thumb === null
          ? null
          : {
              key: this.#keys.sign('nasa-files', thumb.url),
              width: thumb.width,
              height: thumb.height,
            },
      alt,
    };
  }

  #withKey(rendition: Rendition): RecordRendition {
    const canShow = isViewable(rendition.mime);
    return { ...rendition, key: canShow ? this.#keys.sign('nasa-files', rendition.url) : null };
  }

  #remember(item: WireItem, base: URL): SeenRecord {
    const seen = toSeenRecord(item, base);
    this.#links.set(seen, item.links);
    this.#recent.add(keyOf(base, item.id), seen);
    return seen;
  }

  #toPage(wire: WirePage, at: { page: number; pageSize: number; base: URL }): SearchPage {
    const { page, pageSize, base } = at;
    const cards = wire.items.map((item) => this.toCard(this.#remember(item, base)));
    const listed = wire.items.length + wire.unreadable;
    const total = wire.totalHits ?? (page - 1) * pageSize + listed;
    // The next link is no proof: the archive also sends it on the last page that it is willing to give.
    const isMore = wire.totalHits === null ? wire.hasNextLink : page * pageSize < total;
    return {
      cards,
      total,
      page,
      pageSize,
      hasNext: isMore && listed > 0 && (page + 1) * pageSize <= resultCeiling,
      ceiling: resultCeiling,
      unreadable: wire.unreadable,
      age: { fetchedAtMs: Date.now(), origin: 'network', isStale: false, problem: null },
    };
  }
}

/** Live and sample may use the same ids for different records. */
function keyOf(base: URL, id: string): string {
  return `${base.href} ${id}`;
}

function hasCaptions({ kind }: ArchiveRecord): boolean {
  return kind === 'video' || kind === 'audio';
}

function nasaIdOf(ref: RecordRef): string {
  const parsed = parseRef(ref);
  if (parsed?.archive === 'nasa-images') return parsed.id;
  throw new ArchiveError({
    code: 'not-found',
    message: `"${ref}" is not a record of NASA Images. Nothing was sent. Its reference begins with "nasa:".`,
    retryable: false,
  });
}

function noSuchRecord(id: string): ArchiveError {
  return new ArchiveError({
    code: 'not-found',
    message: `NASA has no record "${id}". Nothing was changed. Check the identifier; it may have been withdrawn.`,
    retryable: false,
  });
}

function isNotFound(error: unknown): boolean {
  return error instanceof ArchiveError && error.code === 'not-found';
}

function reasonOf(error: unknown): string {
  return error instanceof ArchiveError ? error.message : 'Something unexpected happened here.';
}

function cancelled(): ArchiveError {
  return new ArchiveError({
    code: 'cancelled',
    message: 'This was cancelled. Nothing was changed.',
    retryable: true,
  });
}
