import type { ArchiveId, DownloadItem, DownloadState, RecordKind, RecordRef } from './domain.ts';
import type { WireError } from './errors.ts';

/** The files of a group in one state. */
export interface DownloadTally {
  files: number;
  /** Together, as far as sizes are known. */
  bytes: number;
  /** Files of which nobody knows the size beforehand. */
  unknown: number;
  /** Of these bytes, on disk. */
  received: number;
}

export type DownloadTallies = Partial<Record<DownloadState, DownloadTally>>;

/** Id of the group of files that were saved one by one. */
export const singleGroup = 'single';

/** What was asked for at once. */
export interface DownloadGroup {
  id: string;
  /** Empty for `singleGroup`. */
  title: string;
  /** Absolute; empty for `singleGroup`, whose files have folders of their own. */
  folder: string;
  isPaused: boolean;
  /** Why it was paused by itself; null where the user did, or it is not. */
  trouble: WireError | null;
  tallies: DownloadTallies;
  /** Bytes that have arrived of files under way, beyond those that the tallies know. */
  underWay: number;
  /** Bytes a second of all its files under way; null when none is. */
  speed: number | null;
  addedAtMs: number;
}

/** The queue as a whole. */
export interface DownloadQueue {
  /** In the order in which they are fetched. */
  groups: DownloadGroup[];
  /** The user paused everything. */
  isPaused: boolean;
  /** False while another process of this profile works on it. */
  isWorkedHere: boolean;
}

/** How saved files are named until the settings say otherwise. */
export const usualNameTemplate = '{id}~{rendition}.{ext}';

/** What a name template makes of some records. */
export interface NamePreview {
  /** Where and why it is no template, counted in characters from 0; null where it is one. */
  problem: { position: number; message: string } | null;
  /** Paths below the folder; empty where it is no template. */
  names: { archive: ArchiveId; title: string; path: string }[];
  /** Every field, with what stands for it where a record has none. */
  fields: { name: string; fallback: string }[];
}

/** What a list of downloads shows. */
export const downloadFilters = ['all', 'active', 'waiting', 'paused', 'trouble', 'done'] as const;
export type DownloadFilter = (typeof downloadFilters)[number];

/** Which states each filter lets through. */
export const statesOfFilter: Readonly<Record<DownloadFilter, readonly DownloadState[]>> = {
  all: ['active', 'queued', 'waiting', 'paused', 'failed', 'quarantined', 'done', 'cancelled'],
  active: ['active'],
  waiting: ['queued', 'waiting'],
  paused: ['paused'],
  trouble: ['failed', 'quarantined'],
  done: ['done'],
};

/** Rows of a filtered list, by number: `downloads.rows` gives them. */
export interface DownloadIndex {
  /** In the order of the groups; only those with rows that pass. */
  groups: { id: string; count: number }[];
  /** The numbers of all groups' rows, one group after the other. */
  numbers: Uint32Array;
}

/** A row with its number in the queue's list. */
export interface NumberedDownload {
  number: number;
  item: DownloadItem;
}

/** What a command is for: everything, whole groups, or rows by id. */
export type DownloadTarget =
  { kind: 'all' } | { kind: 'group'; id: string } | { kind: 'items'; ids: string[] };

/** What a folder holds beside what was saved to it. Paths are absolute. */
export interface FolderCheck {
  checked: number;
  ok: number;
  changed: {
    path: string;
    ref: RecordRef | null;
    expected: { bytes: number; sha256: string };
    /** `sha256` is null where the length alone tells. */
    found: { bytes: number; sha256: string | null };
  }[];
  missing: { path: string; ref: RecordRef | null }[];
  /** Files that nobody saved here. */
  foreign: string[];
}

/** What a plan can be handed over as. */
export const exportFormats = ['aria2', 'metalink', 'curl', 'wget', 'bagit', 'csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Which files of each record are wanted, and how they are saved. */
export interface FileWish {
  /** `original`, `largest`, `largest under 20 MB`, `all`, `data + label`, or names of renditions with commas. */
  rendition: string;
  /** No file larger than this; a file whose size nobody tells is left out. Null for any size. */
  maxBytes: number | null;
  withCaptions: boolean;
  /** A JSON beside each file: the record, where it is from, its checksum, credit and licence. */
  withSidecar: boolean;
  /** How files are named below the folder, such as `{archive}/{year}/{title:60}`; null for the setting's. */
  template: string | null;
}

/** One file of a plan. */
export interface PlannedFile {
  ref: RecordRef;
  archive: ArchiveId;
  kind: RecordKind;
  title: string;
  rendition: string;
  url: string;
  bytes: number | null;
  /** Below the folder of the plan, with slashes. */
  path: string;
  /** wanted: will be fetched. there: is on disk, whole. queued: another download fetches it. refused: why. */
  state: 'wanted' | 'there' | 'queued' | 'refused';
  reason: WireError | null;
}

/** How a plan is getting on, and what it comes to so far. */
export interface DownloadPlan {
  id: string;
  title: string;
  folder: string;
  wish: FileWish;
  /** listing: records are still being read. filling: its rows are written to the queue. */
  state: 'listing' | 'ready' | 'filling' | 'failed' | 'started';
  /** Why it failed. */
  problem: WireError | null;
  /** Records read so far, and all as far as that is known. */
  records: number;
  total: number | null;
  files: number;
  /** Known bytes of what will be fetched. */
  bytes: number;
  /** Files to fetch whose size nobody knows. */
  unknown: number;
  /** Files to fetch whose size is rounded or follows from their pixels. */
  estimated: number;
  there: number;
  queued: number;
  /** Files and records that will not be fetched, by reason. */
  refused: { message: string; count: number }[];
  /** Files whose name was changed because another in the folder has it. */
  renamed: number;
  /** Files to fetch by kind of record. */
  byKind: Partial<Record<RecordKind, { files: number; bytes: number }>>;
  /** Names of the first files to fetch. */
  examples: string[];
  freeBytes: number | null;
  /** At the archives' pace and the speed of late; null where nothing tells. */
  seconds: number | null;
  /** Bytes a second that `seconds` goes by; null where only the pace bounds it. */
  bytesPerSecond: number | null;
  /** Requests that it takes. */
  requests: number;
  /** Rows of the queue written so far, while it is being filled. */
  written: number;
  /** Set once it was started. */
  groupId: string | null;
}
