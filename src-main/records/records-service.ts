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
  type Resolution,
  type SearchPage,
} from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { AnswerAge } from '#contract/age.ts';
import { isViewable } from '../cache/media-types.ts';
import type { MediaKeys } from '../cache/media-keys.ts';
import type { Answered, Manner } from '../http/documents.ts';
import { fileLanes } from '../http/file-lanes.ts';
import type { NasaImagesClient, RecordParts } from '../sources/nasa-images/client.ts';
import { toSeenRecord } from '../sources/nasa-images/map.ts';
import { albumPageSize, resultCeiling } from '../sources/nasa-images/questions.ts';
import { creditLineOf, licenceNote } from '../sources/nasa-images/credit.ts';
import { toCaptions, toRenditions } from '../sources/nasa-images/renditions.ts';
import type { WireItem, WirePage } from '../sources/nasa-images/wire.ts';
import type { SavableOptions, SavableRecord } from '../downloads/plan/savable-record.ts';
import type { FileSizes } from './file-sizes.ts';
import { RecentRecords, type RecentRecord } from './recent-records.ts';
import { collectDetail, fileSourcesOf, type DetailTools } from './record-detail.ts';
import { resolveText } from './resolve-text.ts';
import type { SeenRecord } from './seen-record.ts';

export interface RecordsService {
  /** One page of a NASA search. Throws `ArchiveError`; 'beyond-ceiling' past result 10,000. */
  search(
    query: NasaSearchQuery,
    page: number,
    pageSize: number,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<SearchPage>;
  /** What is kept of the same page; null where nothing is. */
  cachedSearch(query: NasaSearchQuery, page: number, pageSize: number): Promise<SearchPage | null>;
  /** One page (of 100) of a NASA album. */
  album(name: string, page: number, signal: AbortSignal, manner?: Manner): Promise<SearchPage>;
  cachedAlbum(name: string, page: number): Promise<SearchPage | null>;
  /** Everything known of a record; parts that could not be had are named in `missing`. */
  get(ref: RecordRef, signal: AbortSignal, manner?: Manner): Promise<RecordDetail>;
  /** What is kept of a record; null when it was never seen. */
  cached(ref: RecordRef): Promise<RecordDetail | null>;
  /** The record's files, with sizes that the archive did not state asked for once. */
  sizes(ref: RecordRef, signal: AbortSignal): Promise<RecordRendition[]>;
  /** Which record a text names. */
  resolve(text: string): Resolution;
  /** The record as last seen, else as the archive has it now. */
  snapshot(ref: RecordRef, signal: AbortSignal): Promise<SeenRecord>;
  /** One rendition by its name. Throws 'not-found' with the names that there are. */
  rendition(
    ref: RecordRef,
    name: string,
    signal: AbortSignal,
  ): Promise<{ record: ArchiveRecord; rendition: Rendition }>;
  /**
   * What could be saved of a record. Its list of files is asked for only where the record itself does not name them,
   * and sizes that were not stated only where they are wanted.
   */
  savable(ref: RecordRef, options: SavableOptions, signal: AbortSignal): Promise<SavableRecord>;
  /** The record as a gallery shows it. */
  toCard(seen: SeenRecord): RecordCard;
  /** An item that was stored at a time, as a record seen: opening it needs no second request. */
  see(item: WireItem, fetchedAtMs: number): SeenRecord;
}

export interface RecordsOptions {
  nasa: NasaImagesClient;
  keys: MediaKeys;
  /** Without it no sizes are asked for. */
  fileSizes?: FileSizes;
}

/** Builds the service. */
export function createRecordsService(options: RecordsOptions): RecordsService {
  return new Records(options);
}

class Records implements RecordsService {
  readonly #nasa: NasaImagesClient;
  readonly #keys: MediaKeys;
  readonly #fileSizes: FileSizes | null;
  readonly #recent = new RecentRecords();

  constructor({ nasa, keys, fileSizes }: RecordsOptions) {
    this.#nasa = nasa;
    this.#keys = keys;
    this.#fileSizes = fileSizes ?? null;
  }

  async search(
    query: NasaSearchQuery,
    page: number,
    pageSize: number,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<SearchPage> {
    const base = this.#nasa.base();
    const question = this.#nasa.questions().search(query, page, pageSize);
    const answered = await this.#nasa.ask(question, signal, manner);
    return this.#toPage(answered, { page, pageSize, base });
  }

  async cachedSearch(
    query: NasaSearchQuery,
    page: number,
    pageSize: number,
  ): Promise<SearchPage | null> {
    const base = this.#nasa.base();
    const kept = await this.#nasa.kept(this.#nasa.questions().search(query, page, pageSize));
    return kept === null ? null : this.#toPage(kept, { page, pageSize, base });
  }

  async album(
    name: string,
    page: number,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<SearchPage> {
    const base = this.#nasa.base();
    const question = this.#nasa.questions().album(name, page);
    const answered = await this.#nasa.ask(question, signal, manner);
    return this.#toPage(answered, { page, pageSize: albumPageSize, base });
  }

  async cachedAlbum(name: string, page: number): Promise<SearchPage | null> {
    const base = this.#nasa.base();
    const kept = await this.#nasa.kept(this.#nasa.questions().album(name, page));
    return kept === null ? null : this.#toPage(kept, { page, pageSize: albumPageSize, base });
  }

  async snapshot(ref: RecordRef, signal: AbortSignal): Promise<SeenRecord> {
    return (await this.#find(nasaIdOf(ref), this.#nasa.parts(signal))).seen;
  }

  async get(ref: RecordRef, signal: AbortSignal, manner?: Manner): Promise<RecordDetail> {
    const id = nasaIdOf(ref);
    const parts = this.#nasa.parts(signal, manner);
    const tools = this.#tools();
    const finding = this.#find(id, parts);
    const detail = await collectDetail(id, finding, parts, tools);
    if (signal.aborted) throw cancelled();
    // So that the record opens without a network although only its list was ever asked for.
    void finding.then(({ item }) => {
      this.#nasa.keepSeen(item);
    });
    return detail;
  }

  async cached(ref: RecordRef): Promise<RecordDetail | null> {
    const id = nasaIdOf(ref);
    const parts = this.#nasa.keptParts();
    const found = await this.#find(id, parts).catch(() => null);
    if (found === null) return null;
    const detail = await collectDetail(id, Promise.resolve(found), parts, this.#tools());
    // Nobody was asked, so nobody failed to answer.
    return { ...detail, age: { ...detail.age, origin: 'cache', problem: null } };
  }

  async sizes(ref: RecordRef, signal: AbortSignal): Promise<RecordRendition[]> {
    const { renditions } = await this.get(ref, signal);
    return this.#fileSizes === null ? renditions : this.#fileSizes.fill(renditions, signal);
  }

  resolve(text: string): Resolution {
    return resolveText(text);
  }

  async rendition(
    ref: RecordRef,
    name: string,
    signal: AbortSignal,
  ): Promise<{ record: ArchiveRecord; rendition: Rendition }> {
    const parts = this.#nasa.parts(signal);
    const { seen, item } = await this.#find(nasaIdOf(ref), parts);
    const { record } = seen;
    const base = this.#nasa.base();
    const filesBy = (manifest: readonly string[]): Rendition[] =>
      toRenditions(fileSourcesOf(record, item, base, manifest));
    const named = (files: Rendition[]): Rendition | undefined =>
      files.find((rendition) => rendition.name === name);
    const fromLinks = named(filesBy([]));
    if (fromLinks !== undefined) return { record, rendition: fromLinks };
    const files = filesBy((await parts.manifest(record.id)).value);
    const rendition = named(files);
    if (rendition !== undefined) return { record, rendition };
    throw noSuchFile(
      record,
      name,
      files.map((known) => known.name),
    );
  }

  async savable(
    ref: RecordRef,
    { withSizes }: SavableOptions,
    signal: AbortSignal,
  ): Promise<SavableRecord> {
    const parts = this.#nasa.parts(signal);
    const { seen, item } = await this.#find(nasaIdOf(ref), parts);
    const { record } = seen;
    const base = this.#nasa.base();
    const linked = fileSourcesOf(record, item, base, []);
    const isNamed = toRenditions(linked).some(({ mime, name }) => isOwnFile(record, mime, name));
    const sources = isNamed
      ? linked
      : fileSourcesOf(record, item, base, (await parts.manifest(record.id)).value);
    const files = toRenditions(sources);
    const renditions =
      withSizes && this.#fileSizes !== null ? await this.#fileSizes.fill(files, signal) : files;
    return {
      ...{ record, renditions, captions: toCaptions(sources, null) },
      ...{ creditLine: creditLineOf(record), licenceNote, refusal: null },
    };
  }

  toCard(seen: SeenRecord): RecordCard {
    const { record, thumb, alt } = seen;
    const key = thumb === null ? null : this.#keys.sign(fileLanes[record.archive], thumb.url);
    return {
      record,
      thumb:
        thumb === null || key === null ? null : { key, width: thumb.width, height: thumb.height },
      alt,
    };
  }

  see(item: WireItem, fetchedAtMs: number): SeenRecord {
    const age: AnswerAge = { fetchedAtMs, origin: 'cache', isStale: true, problem: null };
    return this.#remember(item, this.#nasa.base(), age).seen;
  }

  #tools(): DetailTools {
    return {
      base: this.#nasa.base(),
      toCard: ({ seen }) => this.toCard(seen),
      withKey: (rendition) => {
        const canShow = isViewable(rendition.mime);
        return { ...rendition, key: canShow ? this.#keys.sign('nasa-files', rendition.url) : null };
      },
    };
  }

  async #find(id: string, parts: RecordParts): Promise<RecentRecord> {
    const base = this.#nasa.base();
    const known = this.#recent.get(keyOf(base, id));
    if (known !== undefined) return known;
    const found = await parts.find(id);
    if (found === null) throw noSuchRecord(id);
    return this.#remember(found.value, base, found.age);
  }

  #remember(item: WireItem, base: URL, age: AnswerAge): RecentRecord {
    const recent = { seen: toSeenRecord(item, base), item, age };
    this.#recent.add(keyOf(base, item.id), recent);
    return recent;
  }

  #toPage(
    { value: wire, age }: Answered<WirePage>,
    at: { page: number; pageSize: number; base: URL },
  ): SearchPage {
    const { page, pageSize, base } = at;
    const cards = wire.items.map((item) => this.toCard(this.#remember(item, base, age).seen));
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
      age,
    };
  }
}

/** True for the record's own medium in full, rather than a still or a preview of it. */
function isOwnFile({ kind }: ArchiveRecord, mime: string | null, name: string): boolean {
  return mime?.startsWith(`${kind}/`) === true && (kind !== 'image' || name === 'orig');
}

/** Live and sample may use the same ids for different records. */
function keyOf(base: URL, id: string): string {
  return `${base.href} ${id}`;
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

function noSuchFile(record: ArchiveRecord, name: string, names: readonly string[]): ArchiveError {
  return new ArchiveError({
    code: 'not-found',
    message: `"${record.title}" has no file named "${name}". Nothing was fetched. It has: ${names.join(', ') || 'none'}.`,
    retryable: false,
  });
}

function cancelled(): ArchiveError {
  return new ArchiveError({
    code: 'cancelled',
    message: 'This was cancelled. Nothing was changed.',
    retryable: true,
  });
}
