/**
 * Runs in plain Node. What the core needs from the shell around it, and what it gives back.
 * Electron (src-main/shell), the terminal (src-main/terminal) and tests each supply these.
 */
import type { Handlers } from '#contract/api.ts';
import type { Settings } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';
import type { ArchiveEvents, EventName } from '#contract/events.ts';
import type { MediaService } from './cache/media-service.ts';
import type { Log } from './db/log.ts';
import type { LimitWish } from './downloads/transfer-limits.ts';
import type { ResolveProxy } from './http/proxy.ts';
import type { Vault } from './secrets/vault.ts';

/** What a handler is given beside its parsed arguments. */
export interface CallContext {
  /** Aborted when the caller cancels or goes away. */
  signal: AbortSignal;
}

export type CoreHandlers = Handlers<CallContext>;

/** Tells every listening shell a fact. */
export type Emit = <N extends EventName>(name: N, payload: ArchiveEvents[N]) => void;

/** Settings on disk: electron-store in the window, its base library `conf` in the terminal; one file, one format. */
export interface SettingsStore {
  get(): Settings;
  /** Writes durably and returns what now holds. Unknown and ill-typed values on disk fall back to defaults. */
  set(patch: Partial<Settings>): Settings;
  reset(): Settings;
  /** The window's own state (view, selection, scroll): an opaque JSON text, or null. */
  getUiState(): string | null;
  setUiState(json: string): void;
  /** Set when the settings file was damaged and had to be set aside: for `app.info().startupProblem`. */
  readonly problem?: WireError | undefined;
}

/** What only a desktop shell can do; the terminal's versions refuse with a clear error. */
export interface PlatformPorts {
  runtime: 'electron' | 'preview' | 'terminal';
  openExternal(url: string): Promise<void>;
  copyText(text: string): Promise<void>;
  chooseFolder(startIn: string | undefined): Promise<string | null>;
  popupMenu(x: number, y: number): Promise<void>;
  showInFolder(path: string): Promise<void>;
  closeWindow(): Promise<void>;
  viewSaved(): Promise<void>;
  quit(): Promise<void>;
}

/** Where the worker threads' entry files are: built files in the shells, TypeScript sources in tests. */
export interface WorkerUrls {
  sample: URL;
  hash: URL;
  captions: URL;
  label: URL;
  /** Checkpoints of cache.db; left out where a short stall hurts nobody. */
  checkpoint?: URL;
}

export interface ComposeOptions {
  /** Absolute folder of the profile; made when missing. */
  profileDir: string;
  version: string;
  /** The process environment; `ALMAGEST_*` addresses are read from it only when `allowOverrides`. */
  environment: Readonly<Record<string, string | undefined>>;
  /** True in unpackaged builds and in the terminal. */
  allowOverrides: boolean;
  settings: SettingsStore;
  platform: PlatformPorts;
  workers: WorkerUrls;
  emit: Emit;
  /** The system's keyring; left out in the terminal, which keeps keys in the profile. */
  vault?: Vault | undefined;
  /** True for the window: it goes on with queued downloads. A terminal only touches what it was asked for. */
  ownsQueue: boolean;
  /** How much of the connection this process may take, instead of what the settings say. */
  limits?: LimitWish | undefined;
  /** The system's proxy for an address in the window; the environment's where this is left out. */
  resolveProxy?: ResolveProxy;
  log?: Log;
  /** Told of every request that is sent, redirects and tries again among them. */
  onRequest?: (() => void) | undefined;
}

/** The core: every handler of the contract, the media behind our own origin, and an orderly end. */
export interface Core {
  handlers: CoreHandlers;
  media: MediaService;
  dispose(): Promise<void>;
}
