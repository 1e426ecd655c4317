/**
 * Runs in the page. What every view and feature may ask for, delivered by typed context: no exported
 * singletons. The classes behind these interfaces live beside their feature; main.ts builds them once.
 */
import { getContext, setContext } from 'svelte';
import type { LeftPictures } from './left-pictures.ts';
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinParam, AstrobinPickKind } from '#contract/astrobin.ts';
import type { CommandId } from '#contract/commands.ts';
import type {
  ArchiveStatus,
  DownloadItem,
  NasaSearchQuery,
  RecordRef,
  Settings,
} from '#contract/domain.ts';
import type { DownloadQueue, DownloadTarget } from '#contract/downloads.ts';
import type { WireError } from '#contract/errors.ts';
import type { PdsFilter } from '#contract/pds-lists.ts';
import type { RecordSelection } from '#contract/results.ts';

/** Where a person is. Everything needed to come back to the very place is in the history entry. */
export type Route =
  | { view: 'welcome' }
  /** With `all`: every result of the query, stored, past the archive's ceiling. */
  | { view: 'nasa'; query: NasaSearchQuery; all?: boolean }
  /** `atMs`: the time in a recording at which it is opened. */
  | { view: 'record'; ref: RecordRef; from: RecordOrigin | null; atMs?: number | undefined }
  /** The registry's tree; with `at`, opened down to that product. */
  | { view: 'pds'; filter: PdsFilter; at?: RecordRef | undefined }
  /** A query in the registry's language; it may hold a mistake. */
  | { view: 'pds-query'; q: string }
  | { view: 'pds-label'; ref: RecordRef }
  /** All captions that were read, searched together. */
  | { view: 'captions'; text: string }
  | { view: 'album'; name: string }
  /** Images of the day, top picks or nominations; with `at`, that one is shown, else the newest. */
  | { view: 'astrobin-day'; kind: AstrobinPickKind; at?: RecordRef | undefined }
  /**
   * A search by the service's own parameters; none is the newest of all images. `typed` names those that stand in
   * the search field though they might be filters, such as the user.
   */
  | { view: 'astrobin'; params: AstrobinParam[]; typed?: string[] }
  /** '' looks for a user. */
  | { view: 'astrobin-user'; username: string }
  /** All users' where `user` is null. */
  | { view: 'astrobin-collections'; user: string | null }
  | { view: 'astrobin-collection'; id: number }
  | { view: 'library'; text: string }
  | { view: 'downloads' }
  | { view: 'health' }
  | { view: 'settings'; section: string };

/** The list that a record was opened from, for "Back to …" and previous and next. */
export interface RecordOrigin {
  /** How the list is named: `“apollo”`, `Everything kept`. */
  label: string;
  /** 0-based place of the record in that list. */
  index: number;
  source:
    | { view: 'nasa'; query: NasaSearchQuery; all?: boolean }
    | { view: 'album'; name: string }
    | { view: 'library'; text: string }
    | { view: 'astrobin-day'; kind: AstrobinPickKind; at?: RecordRef | undefined }
    | { view: 'astrobin'; params: AstrobinParam[]; typed?: string[] }
    | { view: 'astrobin-user'; username: string }
    | { view: 'astrobin-collection'; id: number };
}

export interface Navigation {
  /** The route shown now; reactive. */
  readonly route: Route;
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
  go(route: Route): void;
  /** Changes the present entry without a new one: a filter typed further, the next record. */
  replace(route: Route): void;
  back(): void;
  forward(): void;
  /** Place-keeping of the present entry (scroll, selection, focus); survives restart. JSON values only. */
  remember(key: string, value: unknown): void;
  recall(key: string): unknown;
}

export interface CommandHandler {
  run(): void | Promise<void>;
  /** A sentence that says why it can't run now; null when it can. Read reactively. */
  unavailable?(): string | null;
}

export interface CommandCentre {
  /** Offers handlers while a view or feature is mounted; the latest offer wins. Returns its end. */
  provide(handlers: Partial<Record<CommandId, CommandHandler>>): () => void;
  run(id: CommandId): void;
  isAvailable(id: CommandId): boolean;
  reasonUnavailable(id: CommandId): string | null;
  /** The shortcut in force as the platform writes it: ['⌘','K'] or ['Ctrl','K']; empty when there is none. */
  keysOf(id: CommandId): string[];
  /** For aria-keyshortcuts; undefined when there is none. */
  ariaKeysOf(id: CommandId): string | undefined;
}

export interface Notice {
  text: string;
  tone?: 'plain' | 'trouble';
  /** A newer notice of the same topic takes the place of the older one. */
  topic?: string;
  action?: { label: string; run(): void | Promise<void> };
}

export interface Notices {
  show(notice: Notice): void;
  /** Takes away what is no longer so: a removal that was undone. */
  withdraw(topic: string): void;
  /** Says an error in the three parts that all our errors have; cancelled calls are not errors. */
  showError(error: unknown, meaning?: string): void;
}

export interface SettingsState {
  readonly current: Settings;
  set(patch: Partial<Settings>): Promise<void>;
  reset(): Promise<void>;
}

/** What is kept, as the window knows it. */
export interface KeptState {
  readonly total: number;
  has(ref: RecordRef): boolean;
  /** Learns which of these are kept; cheap to call for each page that arrives. */
  learn(refs: RecordRef[]): void;
  keep(refs: RecordRef[]): Promise<void>;
  /** Keeps what was selected, loaded or not; `shown` are those of it that are in sight. */
  keepSelection(selection: RecordSelection, shown: RecordRef[]): Promise<void>;
  /** Removes with a notice that offers Undo. */
  remove(refs: RecordRef[]): Promise<void>;
  /** Keeps a record, or removes the one that is kept. */
  toggle(ref: RecordRef): Promise<void>;
  undo(): Promise<void>;
  readonly canUndo: boolean;
  /** Rises with every change; lists read it to know that they are stale. */
  readonly revision: number;
}

export type DownloadVerb = 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';

export interface DownloadsState {
  /** Its groups with their counts; null until it was read. */
  readonly queue: DownloadQueue | null;
  /** Why it could not be read the last time. */
  readonly problem: WireError | null;
  readonly activeCount: number;
  /** Files that are still to come, paused ones among them. */
  readonly openCount: number;
  /** Sum over running items: bytes a second, and seconds left (null until known). */
  readonly speed: number;
  readonly secondsLeft: number | null;
  /** Asks for the queue again. */
  refresh(): void;
  save(ref: RecordRef, rendition: string): Promise<void>;
  /** Does it with every download that it is for. How many those were; null when that failed, which is said. */
  command(verb: DownloadVerb, target: DownloadTarget): Promise<number | null>;
  cancel(id: string): Promise<void>;
  retry(id: string): Promise<void>;
  showInFolder(id: string): Promise<void>;
  /** The newest item of one rendition, if any; reactive. */
  of(ref: RecordRef, rendition: string): DownloadItem | null;
  /** Whether a file of the record is on disk, and verified by a checksum of the archive; reactive. */
  onDisk(ref: RecordRef): 'verified' | 'there' | null;
}

/** What a download plan is for. */
export interface PlanRequest {
  /** Names the group in the queue. */
  title: string;
  selection: RecordSelection;
  /** How many records that are. */
  count: number;
}

/** The dialog that plans a download. */
export interface PlansState {
  readonly request: PlanRequest | null;
  open(request: PlanRequest): void;
  close(): void;
}

export interface ArchivesState {
  readonly statuses: readonly ArchiveStatus[];
  readonly online: boolean;
  check(): Promise<void>;
}

/** What the inspector pane shows at its side; a view sets it, the frame draws it. */
export interface Frame {
  inspectorOpen: boolean;
  /** True where the window is too narrow to dock the inspector: it is a drawer then. */
  readonly narrow: boolean;
  readonly platform: 'darwin' | 'win32' | 'linux';
  /** Width of a pane in px at a text zoom of 100 %, as the user left it. */
  paneWidth(name: string, fallback: number): number;
  setPaneWidth(name: string, width: number): void;
  focusSearch(select: boolean): void;
}

export interface AppDeps {
  api: ArchiveApi;
  navigation: Navigation;
  commands: CommandCentre;
  notices: Notices;
  settings: SettingsState;
  kept: KeptState;
  downloads: DownloadsState;
  plans: PlansState;
  archives: ArchivesState;
  frame: Frame;
  leftPictures: Pick<LeftPictures, 'leave'>;
}

const key = Symbol('almagest deps');

export function provideDeps(deps: AppDeps): void {
  setContext(key, deps);
}

export function useDeps(): AppDeps {
  const deps = getContext<AppDeps | undefined>(key);
  if (deps === undefined) throw new Error('used outside the app');
  return deps;
}
