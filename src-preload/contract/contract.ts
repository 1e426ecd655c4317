import * as v from 'valibot';
import { astrobinCalls } from './astrobin-calls.ts';
import { endpoint, type ContractShape } from './endpoint.ts';
import * as s from './schemas.ts';
import { cacheKinds } from './domain.ts';
import {
  downloadFilters,
  exportFormats,
  type DownloadIndex,
  type DownloadPlan,
  type DownloadQueue,
  type FolderCheck,
  type NamePreview,
  type NumberedDownload,
  type PlannedFile,
} from './downloads.ts';
import { captionExportFormats, type CaptionSearch, type Transcript } from './captions.ts';
import type {
  AppInfo,
  ArchiveStatus,
  CacheInfo,
  DownloadItem,
  KeptPage,
  RecordCard,
  RecordDetail,
  RecordRef,
  RecordRendition,
  Resolution,
  SearchPage,
  Settings,
  UiState,
} from './domain.ts';
import type { ArchiveHealth, RequestEntry } from './health.ts';
import type {
  LabelHit,
  LabelNode,
  LabelRowPlace,
  LabelRows,
  LabelSearch,
  LabelSource,
  LabelState,
  LabelXPathError,
  LabelXPathResult,
} from './labels.ts';
import type { PdsPage, PdsPropertyType } from './pds.ts';
import type {
  PdsCrawlPart,
  PdsListPart,
  PdsProductDetail,
  PdsRawAnswer,
  PdsService,
} from './pds-lists.ts';
import type { ResultSet } from './results.ts';
import type { AnswerAge } from './age.ts';

/**
 * The contract: every call that a shell may make of the core, grouped by domain.
 * Adding an endpoint here makes the build fail until it is handled in main (compose.ts) and so reachable
 * from the window and the terminal alike.
 */
export const contract = {
  app: {
    info: endpoint<AppInfo>()(s.nothing),
    /** What the window restores after a restart. */
    loadUiState: endpoint<UiState>()(s.nothing),
    saveUiState: endpoint<null>()(
      v.strictObject({ json: v.pipe(v.string(), v.maxLength(256 * 1024)) }),
    ),
    /** Opens an https address in the system's browser. */
    openExternal: endpoint<null>()(v.strictObject({ url: s.shortText })),
    copyText: endpoint<null>()(
      v.strictObject({ text: v.pipe(v.string(), v.maxLength(16 * 1024 * 1024)) }),
    ),
    /** Lets the user choose a folder; null when nothing was chosen. */
    chooseFolder: endpoint<{ folder: string | null }>()(
      v.strictObject({ startIn: v.optional(v.pipe(v.string(), v.maxLength(4096))) }),
    ),
    /** Opens the application menu at a point of the page, in CSS px (where the menu bar is not native). */
    popupMenu: endpoint<null>()(
      v.strictObject({
        x: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20_000)),
        y: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20_000)),
      }),
    ),
    closeWindow: endpoint<null>()(s.nothing),
    /** The page's answer to `windowClosing`: what it keeps is kept, and the window may go. */
    viewSaved: endpoint<null>()(s.nothing),
    quit: endpoint<null>()(s.nothing),
  },
  settings: {
    get: endpoint<Settings>()(s.nothing),
    set: endpoint<Settings>()(v.strictObject({ patch: s.settingsPatch })),
    reset: endpoint<Settings>()(s.nothing),
  },
  archives: {
    status: endpoint<ArchiveStatus[]>()(s.nothing),
    /** Asks the archive now, past any pause, and reports its state. */
    check: endpoint<ArchiveStatus[]>()(s.nothing),
    /** How each host has answered in the last 24 hours, as seen from this computer. */
    health: endpoint<ArchiveHealth>()(s.nothing),
    /** The latest requests, the newest first. */
    requests: endpoint<{ requests: RequestEntry[] }>()(
      v.strictObject({
        /** Only those that failed or took long. */
        isTroubled: v.optional(v.boolean(), false),
        text: v.optional(s.shortText, ''),
        limit: v.optional(s.count(1000), 200),
      }),
    ),
  },
  nasa: {
    /**
     * One page of a search: the kept answer while the archive calls it fresh, else the archive's, else (when
     * it can't be had) the kept one with `age.problem`. `refresh` asks the archive in any case.
     */
    search: endpoint<SearchPage>()(
      v.strictObject({ ...s.nasaSearchPage.entries, refresh: v.optional(v.boolean(), false) }),
    ),
    /** What is kept of the same page, at once and of any age. */
    cachedSearch: endpoint<{ page: SearchPage | null }>()(s.nasaSearchPage),
    /** One page (of 100) of an album; the name's case matters to the archive. */
    album: endpoint<SearchPage>()(
      v.strictObject({ ...s.nasaAlbumPage.entries, refresh: v.optional(v.boolean(), false) }),
    ),
    cachedAlbum: endpoint<{ page: SearchPage | null }>()(s.nasaAlbumPage),
  },
  records: {
    /** Everything known of a record, each part as `nasa.search` does; `refresh` asks the archive in any case. */
    get: endpoint<RecordDetail>()(
      v.strictObject({ ref: s.recordRef, refresh: v.optional(v.boolean(), false) }),
    ),
    /** What is kept of a record, at once and of any age; null when it was never seen. */
    cached: endpoint<{ detail: RecordDetail | null }>()(v.strictObject({ ref: s.recordRef })),
    /** The record's files with sizes that the archive did not state asked for by HEAD, once and kept. */
    sizes: endpoint<{ renditions: RecordRendition[] }>()(v.strictObject({ ref: s.recordRef })),
    /** Which record a text names: an id, a reference, the address of a page or of a file. Asks nobody. */
    resolve: endpoint<Resolution>()(v.strictObject({ text: s.shortText })),
  },
  /** The PDS Registry: the same to callers whichever dialect of the service answers. */
  pds: {
    /** A part of a list; `refresh` asks the registry in any case. */
    list: endpoint<PdsListPart>()(
      v.strictObject({
        of: s.pdsListing,
        from: v.optional(s.position, 0),
        count: v.optional(s.count(200), 100),
        refresh: v.optional(v.boolean(), false),
      }),
    ),
    /** What is kept of the same part, at once and of any age; null where nothing is. */
    cachedList: endpoint<{ part: PdsListPart | null }>()(
      v.strictObject({
        of: s.pdsListing,
        from: v.optional(s.position, 0),
        count: v.optional(s.count(200), 100),
      }),
    ),
    /** A product by lidvid, or the newest version by lid, with its place in the tree. */
    product: endpoint<PdsProductDetail>()(
      v.strictObject({ ref: s.recordRef, refresh: v.optional(v.boolean(), false) }),
    ),
    /** What holds it, one level up: collections of a product, bundles of a collection. */
    parents: endpoint<PdsPage>()(v.strictObject({ ref: s.recordRef })),
    /** All versions of its lid, newest first by number. */
    versions: endpoint<PdsPage>()(v.strictObject({ ref: s.recordRef })),
    /** Every name that queries may use. */
    properties: endpoint<{ properties: PdsPropertyType[]; age: AnswerAge }>()(s.nothing),
    /** Begins to go through all of a list; `nextOfCrawl` gives it part by part, each product once. */
    openCrawl: endpoint<{ id: string }>()(v.strictObject({ target: s.pdsCrawlTarget })),
    nextOfCrawl: endpoint<PdsCrawlPart>()(v.strictObject({ id: s.itemId })),
    closeCrawl: endpoint<null>()(v.strictObject({ id: s.itemId })),
    /** Where the registry is and what it speaks; found out if need be. */
    service: endpoint<PdsService>()(s.nothing),
    /** Any route of the registry, its answer as it came. */
    get: endpoint<PdsRawAnswer>()(
      v.strictObject({
        path: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)),
        params: v.optional(
          v.pipe(v.array(v.tuple([s.shortText, s.pdsQuery])), v.maxLength(100)),
          [],
        ),
        accept: v.optional(v.pipe(v.string(), v.maxLength(128))),
      }),
    ),
  },
  astrobin: astrobinCalls,
  /** The label of a product, read once and held in a worker while it is open. */
  labels: {
    /** Answers when the first rows can be shown (`isWhole`: when all is read); `state` tells of the rest. */
    open: endpoint<LabelState>()(
      v.strictObject({ ref: s.recordRef, isWhole: v.optional(v.boolean(), false) }),
    ),
    state: endpoint<LabelState>()(v.strictObject({ id: s.labelId })),
    rows: endpoint<LabelRows>()(
      v.strictObject({
        id: s.labelId,
        from: s.position,
        count: s.count(200),
      }),
    ),
    fold: endpoint<{ total: number }>()(v.strictObject({ id: s.labelId, fold: s.labelFold })),
    /** Opens what hides a node and tells its row; null where it has none, as what `onlyMatches` leaves out. */
    reveal: endpoint<LabelRowPlace | null>()(v.strictObject({ id: s.labelId, node: s.labelNode })),
    /** Every word must be in a row; an empty text ends the search. `onlyMatches` leaves out all other rows. */
    search: endpoint<LabelSearch>()(
      v.strictObject({
        id: s.labelId,
        text: s.shortText,
        onlyMatches: v.optional(v.boolean(), false),
      }),
    ),
    /** A hit of the last search by its place; opens what hides it. */
    hit: endpoint<LabelHit | null>()(v.strictObject({ id: s.labelId, hit: s.position })),
    /** The first hit behind a node or the last before it, round the end. */
    hitFrom: endpoint<LabelHit | null>()(
      v.strictObject({
        id: s.labelId,
        node: s.labelNode,
        direction: v.picklist(['next', 'previous']),
      }),
    ),
    node: endpoint<LabelNode | null>()(v.strictObject({ id: s.labelId, node: s.labelNode })),
    xpath: endpoint<LabelXPathResult | LabelXPathError>()(
      v.strictObject({
        id: s.labelId,
        expression: v.pipe(v.string(), v.maxLength(10_000)),
        from: v.optional(s.position, 0),
        count: v.optional(s.count(200), 200),
      }),
    ),
    source: endpoint<LabelSource>()(
      v.strictObject({ id: s.labelId, from: s.position, count: s.count(200) }),
    ),
    /** The element that begins on a row of the source, or last before it; null where none does. */
    nodeAt: endpoint<{ node: number } | null>()(
      v.strictObject({ id: s.labelId, sourceRow: s.position }),
    ),
    close: endpoint<null>()(v.strictObject({ id: s.labelId })),
  },
  captions: {
    /** The captions of a record. Throws 'not-found' where it has none, 'bad-answer' for what is none. */
    get: endpoint<Transcript>()(v.strictObject({ ref: s.recordRef })),
    /** What is kept of them, at once and of any age; null where nothing is. */
    cached: endpoint<{ transcript: Transcript | null }>()(v.strictObject({ ref: s.recordRef })),
    /** Cues with these words in all captions that were read; what stands in quotes is a phrase. */
    search: endpoint<CaptionSearch>()(
      v.strictObject({ text: s.shortText, limit: v.optional(s.count(500), 50) }),
    ),
    export: endpoint<{ text: string; fileName: string }>()(
      v.strictObject({ ref: s.recordRef, as: v.picklist(captionExportFormats) }),
    ),
    /** Into the download folder; never overwrites. Not `isNew` where the same captions were there already. */
    save: endpoint<{ path: string; isNew: boolean }>()(
      v.strictObject({ ref: s.recordRef, as: v.picklist(captionExportFormats) }),
    ),
    /** Only for a file that `save` wrote while this process ran. */
    showInFolder: endpoint<null>()(
      v.strictObject({ path: v.pipe(v.string(), v.minLength(1), v.maxLength(8192)) }),
    ),
  },
  /** All results of a query, past the archive's ceiling, stored by position. */
  results: {
    /** The stored set of this query; a new one starts listing. */
    open: endpoint<ResultSet>()(v.strictObject({ query: s.nasaSearchQuery })),
    get: endpoint<ResultSet>()(v.strictObject({ id: s.itemId })),
    list: endpoint<{ sets: ResultSet[] }>()(s.nothing),
    pause: endpoint<ResultSet>()(v.strictObject({ id: s.itemId })),
    /** Goes on where it stopped; of an ended set, tries again what failed. */
    resume: endpoint<ResultSet>()(v.strictObject({ id: s.itemId })),
    /**
     * Lists anew from the beginning: the answer is a new set with an id of its own. The old one can still be
     * read, position by position, but is no longer the one that `open` gives.
     */
    refresh: endpoint<ResultSet>()(v.strictObject({ id: s.itemId })),
    remove: endpoint<null>()(v.strictObject({ id: s.itemId })),
    page: endpoint<{ cards: RecordCard[] }>()(
      v.strictObject({ id: s.itemId, from: s.position, count: s.count(200) }),
    ),
    /** One byte a record, see ratios.ts. */
    ratios: endpoint<{ ratios: Uint8Array }>()(
      v.strictObject({ id: s.itemId, from: s.position, count: s.count(200_000) }),
    ),
    position: endpoint<{ position: number | null }>()(
      v.strictObject({ id: s.itemId, ref: s.recordRef }),
    ),
  },
  library: {
    /** Keeps what was selected, loaded or not. */
    keepSelection: endpoint<{ total: number }>()(v.strictObject({ selection: s.recordSelection })),
    /** Keeps a snapshot of a record; keeping it again changes nothing. */
    keep: endpoint<{ total: number }>()(
      v.strictObject({ refs: v.pipe(v.array(s.recordRef), v.minLength(1), v.maxLength(1000)) }),
    ),
    /** Takes records out of the library; `restore` brings them back as they were. */
    remove: endpoint<{ total: number; removed: number }>()(
      v.strictObject({ refs: v.pipe(v.array(s.recordRef), v.minLength(1), v.maxLength(1000)) }),
    ),
    restore: endpoint<{ total: number; restored: number }>()(
      v.strictObject({ refs: v.pipe(v.array(s.recordRef), v.minLength(1), v.maxLength(1000)) }),
    ),
    /** Newest first, paged by cursor. */
    list: endpoint<KeptPage>()(
      v.strictObject({
        cursor: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(256))), null),
        limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 200),
        text: v.optional(s.shortText),
      }),
    ),
    /** Which of these are kept. */
    kept: endpoint<{ refs: RecordRef[] }>()(
      v.strictObject({ refs: v.pipe(v.array(s.recordRef), v.maxLength(1000)) }),
    ),
    count: endpoint<{ total: number }>()(s.nothing),
  },
  downloads: {
    /**
     * Saves one rendition of a record to the download folder. Durable before it answers. Files of the PDS are named
     * by their own names.
     */
    save: endpoint<DownloadItem>()(
      v.strictObject({ ref: s.recordRef, rendition: v.pipe(v.string(), v.maxLength(255)) }),
    ),
    list: endpoint<{ items: DownloadItem[] }>()(s.nothing),
    /** Every group, with its counts. */
    queue: endpoint<DownloadQueue>()(s.nothing),
    /** Numbers of the rows that pass a filter, of one group or all. */
    index: endpoint<DownloadIndex>()(
      v.strictObject({
        filter: v.picklist(downloadFilters),
        group: v.optional(v.nullable(s.itemId), null),
      }),
    ),
    /** Rows by number, in the order asked for; those that are gone are left out. */
    rows: endpoint<{ rows: NumberedDownload[] }>()(
      v.strictObject({
        numbers: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.maxLength(500)),
      }),
    ),
    /** Downloads of these records, whatever became of them, oldest first. */
    ofRefs: endpoint<{ items: DownloadItem[] }>()(
      v.strictObject({ refs: v.pipe(v.array(s.recordRef), v.maxLength(1000)) }),
    ),
    /** Does it with every download that it is for; answers how many those were. */
    command: endpoint<{ changed: number }>()(
      v.strictObject({
        verb: v.picklist(['pause', 'resume', 'cancel', 'retry', 'remove']),
        target: s.downloadTarget,
      }),
    ),
    /** Looks whether what was saved to a folder, and below it, is still as it was. `folder`: absolute. */
    verify: endpoint<FolderCheck>()(
      v.strictObject({ folder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
    ),
    /** What a name template makes of one record of each archive: of the newest download, else of an example. */
    previewNames: endpoint<NamePreview>()(
      v.strictObject({ template: v.pipe(v.string(), v.maxLength(2000)) }),
    ),
    /** Puts a group before another one; behind all where `before` is null. */
    moveGroup: endpoint<null>()(v.strictObject({ id: s.itemId, before: v.nullable(s.itemId) })),
    cancel: endpoint<DownloadItem>()(v.strictObject({ id: s.itemId })),
    retry: endpoint<DownloadItem>()(v.strictObject({ id: s.itemId })),
    /** Takes an ended row off the list; files on disk stay. */
    remove: endpoint<null>()(v.strictObject({ id: s.itemId })),
    showInFolder: endpoint<null>()(v.strictObject({ id: s.itemId })),
  },
  /** What a download would be, before a byte is fetched. */
  plans: {
    /** Begins to read the records of a selection; `planChanged` tells how it gets on. */
    open: endpoint<DownloadPlan>()(
      v.strictObject({
        title: s.shortText,
        selection: s.recordSelection,
        wish: s.fileWish,
        /** Absolute; the download folder where it is left out. */
        folder: v.optional(v.pipe(v.string(), v.maxLength(4096))),
      }),
    ),
    get: endpoint<DownloadPlan>()(v.strictObject({ id: s.itemId })),
    /** Answers when the records are read and the files chosen. */
    ready: endpoint<DownloadPlan>()(v.strictObject({ id: s.itemId })),
    /** The same records by another wish, or into another folder. */
    change: endpoint<DownloadPlan>()(
      v.strictObject({
        id: s.itemId,
        wish: v.optional(s.fileWish),
        folder: v.optional(v.pipe(v.string(), v.maxLength(4096))),
      }),
    ),
    files: endpoint<{ files: PlannedFile[] }>()(
      v.strictObject({
        id: s.itemId,
        from: s.position,
        count: s.count(500),
        only: v.optional(v.picklist(['all', 'refused']), 'all'),
      }),
    ),
    /** Makes it a group of the queue: durable when it answers. */
    start: endpoint<DownloadPlan>()(
      v.strictObject({ id: s.itemId, isPaused: v.optional(v.boolean(), false) }),
    ),
    /** Writes it as the list of another tool, never over what is there. `path`: absolute, a folder for `bagit`. */
    export: endpoint<{ written: string[]; items: number; leftOut: number }>()(
      v.strictObject({
        id: s.itemId,
        as: v.picklist(exportFormats),
        path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
      }),
    ),
    close: endpoint<null>()(v.strictObject({ id: s.itemId })),
  },
  cache: {
    /** Bytes that kept answers and media take on disk, and may take. */
    info: endpoint<CacheInfo>()(s.nothing),
    /** Deletes what is kept of these kinds, or of all; nothing of the library or the downloads. */
    clear: endpoint<CacheInfo>()(
      v.optional(
        v.strictObject({
          kinds: v.optional(v.pipe(v.array(v.picklist(cacheKinds)), v.minLength(1))),
        }),
        {},
      ),
    ),
  },
  media: {
    /** Pictures that left the page before they came: what still waits for its archive is not fetched. */
    leave: endpoint<null>()(
      v.strictObject({
        keys: v.pipe(
          v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
          v.minLength(1),
          v.maxLength(500),
        ),
      }),
    ),
  },
  calls: {
    /** Cancels a running call by the id that its caller gave it. Unknown ids are not an error. */
    cancel: endpoint<null>()(v.strictObject({ id: s.callId })),
  },
} as const satisfies ContractShape;

export type Contract = typeof contract;
