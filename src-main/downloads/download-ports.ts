/** Runs in plain Node. What the downloads need, and what they do for the shells. */
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import type {
  DownloadFilter,
  DownloadIndex,
  DownloadQueue,
  DownloadTarget,
  FolderCheck,
  NamePreview,
  NumberedDownload,
} from '#contract/downloads.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { Clock } from '../http/clock.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { DownloadFs } from './download-fs.ts';
import type { Template } from './names/template.ts';
import type { RenditionSource } from './new-download.ts';
import type { PlanQueue } from './plan/plan-queue.ts';
import type { PlanStore } from './plan/plan-store.ts';
import type { QueueVerb } from './queue-commands.ts';
import type { QueueLock } from './queue-lock.ts';
import type { RetryPolicy } from './state.ts';
import type { KeptLimits } from './transfer-limits.ts';

export interface DownloadDeps {
  db: Database;
  /** Who works on the queue of this profile. */
  lock: QueueLock;
  planStore: PlanStore;
  /** cache.db, for what may be lost. */
  cache: Database;
  http: HttpClient;
  records: RenditionSource;
  /** Absolute folder for new downloads, asked for at each one. */
  downloadFolder(): string;
  /** How files are named; as the archives do where this is left out. */
  template?: () => Template;
  emit<N extends 'downloadChanged' | 'downloadRemoved' | 'queueChanged' | 'folderChecked'>(
    name: N,
    payload: ArchiveEvents[N],
  ): void;
  showInFolder(path: string): Promise<void>;
  hashWorkerUrl: URL;
  clock: Clock;
  log: Log;
  /** False for a shell that wants only what it asked for; true unless told otherwise. */
  ownsQueue?: boolean;
  /** In [0, 1). */
  random?: () => number;
  fs?: DownloadFs;
  retryPolicy?: RetryPolicy;
  /** How much of the connection may be taken now; as the settings begin where this is left out. */
  limits?: KeptLimits;
}

export interface DownloadService {
  /** Goes on with what an earlier run left. Call once, when the shell is one that downloads. */
  start(): void;
  /** Queues one rendition; answers when that is durable. The same wish twice is one download. */
  save(wish: { ref: RecordRef; rendition: string }, signal: AbortSignal): Promise<DownloadItem>;
  /** Newest first: all that is open and the newest of what has ended, 2,000 in all. */
  list(): { items: DownloadItem[] };
  /** Every group with its counts. */
  queue(): DownloadQueue;
  /** Numbers of the rows that pass a filter, of one group or all. */
  index(filter: DownloadFilter, group: string | null): DownloadIndex;
  /** Rows by number. */
  rows(numbers: readonly number[]): NumberedDownload[];
  /** Downloads of these records, whatever became of them. */
  ofRefs(refs: readonly RecordRef[]): DownloadItem[];
  /** Does it with every row that it is for; answers how many those were. */
  command(verb: QueueVerb, target: DownloadTarget): Promise<number>;
  /** Looks whether what was saved below a folder is still as it was. */
  verify(folder: string, signal: AbortSignal): Promise<FolderCheck>;
  /** What a name template makes of the newest download of each archive, else of an example. */
  previewNames(template: string): NamePreview;
  /** The limits have changed: more may run at once now. */
  heedLimits(): void;
  /** Puts a group before another one; behind all where `before` is null. */
  moveGroup(id: string, before: string | null): void;
  /** Stops it and removes what had arrived. An ended one is left as it is. */
  cancel(id: string): Promise<DownloadItem>;
  retry(id: string): DownloadItem;
  /** Takes an ended row off the list; finished files stay on disk, and stay known. */
  remove(id: string): Promise<void>;
  showInFolder(id: string): Promise<void>;
  /** What plans ask of the queue. */
  readonly planQueue: PlanQueue;
  /** Bytes a second that downloads had of late; null where none ran. */
  recentSpeed(): number | null;
  /** Stops in order: what has arrived is on disk and in the journal when it resolves. */
  dispose(): Promise<void>;
}
