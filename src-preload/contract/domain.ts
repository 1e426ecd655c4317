import type { AnswerAge } from './age.ts';
import type { DayBudget } from './day-budget.ts';
import type { WireError } from './errors.ts';
import type { BandwidthPeriod } from './transfer-limits.ts';

/**
 * The domain: what the three archives have in common, in the field's terms.
 * The shapes of `ArchiveRecord` and `Rendition` are those of the terminal's public interface.
 */

export const archiveIds = ['nasa-images', 'pds-registry', 'astrobin'] as const;
export type ArchiveId = (typeof archiveIds)[number];

declare const refBrand: unique symbol;
declare const mediaKeyBrand: unique symbol;

/** `nasa:<nasa_id>`, `pds:<lidvid>` or `astrobin:<hash or id>`. */
export type RecordRef = string & { readonly [refBrand]: true };

/** Path below `media/` under which our own origin serves one remote file; made and signed by main only. */
export type MediaKey = string & { readonly [mediaKeyBrand]: true };

export type RecordKind =
  'image' | 'video' | 'audio' | 'data' | 'document' | 'collection' | 'bundle' | 'profile';

const refPrefixes: Readonly<Record<string, ArchiveId>> = {
  nasa: 'nasa-images',
  pds: 'pds-registry',
  astrobin: 'astrobin',
};

/** Builds the reference of a record. */
export function toRef(archive: ArchiveId, id: string): RecordRef {
  const prefix =
    archive === 'nasa-images' ? 'nasa' : archive === 'pds-registry' ? 'pds' : 'astrobin';
  return `${prefix}:${id}` as RecordRef;
}

/** Splits a reference; `null` when the text is not one. An id may itself hold colons, blanks and slashes. */
export function parseRef(text: string): { archive: ArchiveId; id: string } | null {
  const colon = text.indexOf(':');
  if (colon < 1) return null;
  const archive = Object.hasOwn(refPrefixes, text.slice(0, colon))
    ? refPrefixes[text.slice(0, colon)]
    : undefined;
  const id = text.slice(colon + 1);
  if (archive === undefined || id === '' || id.length > 1024) return null;
  return { archive, id };
}

export interface ArchiveRecord {
  ref: RecordRef;
  archive: ArchiveId;
  id: string;
  kind: RecordKind;
  title: string;
  description: string | null;
  /** ISO 8601 with zone, or null. */
  date: string | null;
  credit: string | null;
  licence: string | null;
  /** Address of the preview picture at the archive. */
  preview: string | null;
  /** The record's page on the archive's own site. */
  page: string | null;
  /** What the archive says beyond that, under the archive's own names. */
  fields: Record<string, unknown>;
}

export interface Checksum {
  algorithm: 'md5' | 'sha256';
  value: string;
}

export interface Rendition {
  /** The archive's own name: orig, large, medium, small, thumb, mobile, 128k, … */
  name: string;
  url: string;
  /** Size in bytes where the archive states it; NASA rounds it to thousands. */
  bytes: number | null;
  /** Pixels. */
  width: number | null;
  height: number | null;
  mime: string | null;
  checksum: Checksum | null;
}

/** A node of a sanitised description. Links are https and open outside the window. */
export type TextNode =
  | { kind: 'text'; text: string }
  | { kind: 'link'; href: string; children: TextNode[] }
  | { kind: 'strong' | 'emphasis' | 'paragraph' | 'list' | 'item'; children: TextNode[] }
  | { kind: 'break' };

/** A record as a gallery shows it: the record, and a preview that our own origin serves. */
export interface RecordCard {
  record: ArchiveRecord;
  thumb: { key: MediaKey; width: number | null; height: number | null } | null;
  /** Alternative text: the archive's own `description_508` where given, else the title. */
  alt: string;
}

/** One page of a search, as the archive gave it. */
export interface SearchPage {
  cards: RecordCard[];
  /** All hits, as the archive counts them. */
  total: number;
  /** 1-based number of this page. */
  page: number;
  pageSize: number;
  /** True when a further page can be asked for. */
  hasNext: boolean;
  /** Last result the archive is willing to list (10,000 for NASA), or null where there is no such wall. */
  ceiling: number | null;
  /** Records of this page that could not be read; they are left out of `cards`. */
  unreadable: number;
  age: AnswerAge;
}

export interface RecordRendition extends Rendition {
  /** Where our own origin serves this file for viewing; null for files that no viewer here can show. */
  key: MediaKey | null;
}

export interface MetadataField {
  /** The archive's own name, such as `File:ImageWidth`. */
  name: string;
  value: string;
  /** Paths, logins and owners: hidden until asked for. */
  isPrivate: boolean;
}

export interface CaptionFile {
  url: string;
  format: 'srt' | 'vtt';
}

/** Everything that is known of one record. */
export interface RecordDetail {
  card: RecordCard;
  description: TextNode[];
  renditions: RecordRendition[];
  metadata: MetadataField[];
  /** The archive's metadata document in the shape it came, without private fields; null when it has none. */
  metadataDocument: Record<string, unknown> | null;
  captions: CaptionFile[];
  /** Parts that could not be had, each with a reason; the rest of the record is right. */
  missing: { part: 'renditions' | 'metadata' | 'captions'; reason: string }[];
  creditLine: string;
  licenceNote: string | null;
  /** That of its oldest part. */
  age: AnswerAge;
}

/** A place of an archive that is no record. */
export type ArchivePlace =
  | { kind: 'album'; name: string }
  | { kind: 'astrobin-user'; username: string }
  | { kind: 'astrobin-collection'; id: number }
  | { kind: 'astrobin-day' };

/** Which record a text names. */
export type Resolution =
  | {
      ref: RecordRef;
      archive: ArchiveId;
      /** What told: `text` is a guess, taken for an id as it stands. */
      from: 'reference' | 'address' | 'number' | 'text';
      reason: null;
    }
  | {
      ref: null;
      /** The archive that the text points to all the same; null where it points to none. */
      archive: ArchiveId | null;
      from: null;
      /** What it names instead, where that can be opened. */
      place: ArchivePlace | null;
      /** Why there is no record, for the user to read. */
      reason: string;
    };

/** What the cache holds. Pictures and media are files; the rest lies in one database. */
export const cacheKinds = ['responses', 'pictures', 'media', 'results', 'captions'] as const;
export type CacheKind = (typeof cacheKinds)[number];

export interface CacheInfo {
  /** All of it. */
  bytes: number;
  budgetBytes: number;
  byKind: Partial<Record<CacheKind, number>>;
}

/** Search parameters of the NASA Image and Video Library, by the archive's own names. */
export interface NasaSearchQuery {
  q?: string | undefined;
  center?: string | undefined;
  description?: string | undefined;
  description_508?: string | undefined;
  keywords?: string | undefined;
  location?: string | undefined;
  media_type?: string | undefined;
  nasa_id?: string | undefined;
  photographer?: string | undefined;
  secondary_creator?: string | undefined;
  title?: string | undefined;
  /** YYYY */
  year_start?: string | undefined;
  /** YYYY */
  year_end?: string | undefined;
}

export type DownloadState =
  'queued' | 'active' | 'paused' | 'done' | 'failed' | 'cancelled' | 'quarantined' | 'waiting';

/** One file on its way to disk, or arrived there. */
export interface DownloadItem {
  id: string;
  /** Id of what it was asked for with; see downloads.ts. */
  group: string;
  ref: RecordRef;
  archive: ArchiveId;
  title: string;
  rendition: string;
  url: string;
  /** Absolute path of the final file; set once it has that name. */
  path: string | null;
  fileName: string;
  folder: string;
  state: DownloadState;
  receivedBytes: number;
  totalBytes: number | null;
  sha256: string | null;
  verified: 'checksum' | 'size' | 'none' | null;
  error: WireError | null;
  /** Unix time in ms. */
  addedAtMs: number;
  endedAtMs: number | null;
  /** Bytes a second over the last seconds; null when not running. */
  speed: number | null;
}

/** A kept record: a snapshot, which outlives the record at the archive. */
export interface KeptRecord {
  card: RecordCard;
  /** Unix time in ms at which it was kept. */
  keptAtMs: number;
}

export interface KeptPage {
  items: KeptRecord[];
  total: number;
  /** Pass back to get the next page; null at the end. */
  cursor: string | null;
}

export type ThemeChoice = 'system' | 'dark' | 'light' | 'contrast';
export type ArchiveMode = 'live' | 'sample';

export interface Settings {
  theme: ThemeChoice;
  /** Percent, 80 to 200. */
  textZoom: number;
  archiveMode: ArchiveMode;
  /** True once the welcome screen was answered. */
  welcomed: boolean;
  /** Absolute folder that saved files go to. */
  downloadFolder: string;
  /** How saved files are named below the folder; see the fields of a name template. */
  nameTemplate: string;
  /** Files that are fetched at once, in all. */
  downloadsAtOnce: number;
  /** Files that are fetched at once from one archive; never more than the archive's own ceiling. */
  downloadsPerArchive: number;
  /** Bytes a second that all downloads together may take; 0 for no limit. */
  bandwidth: number;
  /** Bytes a second that downloads from one host may take; 0 for no limit. */
  bandwidthPerHost: number;
  /** Times of the week at which another limit holds for all downloads together; the first that holds rules. */
  bandwidthTimetable: BandwidthPeriod[];
  /** Base address of the NASA API; https, or http on loopback. */
  nasaImagesApi: string;
  /** Base address of the PDS registry; https, or http on loopback. */
  pdsApi: string;
  /** Address of AstroBin's site; https, or http on loopback. */
  astrobinApi: string;
  /** Requests a day that AstroBin may be asked; can only be lowered. */
  astrobinPerDay: number;
  /** Records in the sample archive. */
  sampleSize: number;
  /** Bytes that cached pictures may take on disk. */
  cacheBudgetBytes: number;
  galleryLayout: 'justified' | 'square';
  /** Command id -> shortcut, '' to turn it off; only what differs from the defaults. */
  shortcuts: Record<string, string>;
  /** Queries of the PDS Registry that were given a name, in the order in which they were first saved. */
  savedQueries: SavedQuery[];
}

/** A query in the registry's own language under a name of the user's. */
export interface SavedQuery {
  /** Unlike every other one. */
  name: string;
  /** As it was written, lines and all. */
  q: string;
}

/** What the settings hold at most. */
export const savedQueryLimits = { queries: 100, nameLength: 120, queryLength: 20_000 } as const;

/** State of one archive as the status line shows it. */
export interface ArchiveStatus {
  archive: ArchiveId;
  mode: ArchiveMode;
  address: string;
  /** answering: last request worked. waiting: held back by the governor. */
  state: 'unknown' | 'answering' | 'waiting' | 'not-answering' | 'offline';
  /** Unix ms at which requests go on by themselves; null when they do. */
  resumesAtMs: number | null;
  lastSuccessAtMs: number | null;
  /** Requests that wait for their turn at the archive's pace. */
  waiting: number;
  /** What is left for today, where the archive's requests are counted; else null. */
  budget: DayBudget | null;
  /** What a check found; absent where none was made. */
  checked?: {
    /** From the question to the whole answer; null when none came. */
    latencyMs: number | null;
    /** What the archive's answers are written in, such as `Collection+JSON 1.1`; null where it did not say. */
    dialect: string | null;
    /** Why there is no answer. */
    problem: WireError | null;
  };
}

export interface AppInfo {
  version: string;
  platform: 'darwin' | 'win32' | 'linux';
  /** Electron, the preview runtime, or no window at all. */
  runtime: 'electron' | 'preview' | 'terminal';
  /** Environment settings in force that override the settings, by name. */
  overrides: string[];
  freeBytes: number | null;
  /** Problem met while opening the profile, to be shown before anything else. */
  startupProblem: WireError | null;
  /** The settings file could not be used as it was; the app goes on with what it has. */
  settingsProblem: WireError | null;
}

/** What the window restores after a restart. Written by the renderer, opaque to main. */
export interface UiState {
  json: string | null;
}
