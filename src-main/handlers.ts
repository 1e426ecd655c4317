/**
 * Runs in plain Node. Every endpoint of the contract, each handed to the service that does it.
 */
import type { AppInfo, Settings } from '#contract/domain.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import type { AstrobinShellService } from './astrobin/astrobin-service.ts';
import { astrobinHandlers } from './astrobin-handlers.ts';
import type { ArchivesService } from './archives/archives-service.ts';
import type { CacheService } from './cache/cache-service.ts';
import type { CaptionsService } from './captions/captions-service.ts';
import type { DownloadService } from './downloads/download-ports.ts';
import { recordsByRef, recordsOfSet } from './downloads/plan/plan-sources.ts';
import type { Planner } from './downloads/plan/planner.ts';
import type { Overrides } from './environment.ts';
import type { LibraryService } from './library/library-service.ts';
import type { HealthService } from './health/health-service.ts';
import { labelHandlers, pdsHandlers, type PdsParts } from './pds-handlers.ts';
import type { ComposeOptions, CoreHandlers } from './ports.ts';
import type { RecordsService } from './records/records-service.ts';
import type { ResultsService } from './results/results-service.ts';

export interface HandlerParts {
  options: ComposeOptions;
  overrides: Overrides;
  archives: ArchivesService;
  records: RecordsService;
  results: ResultsService;
  cache: CacheService;
  captions: CaptionsService;
  registry: PdsParts;
  astrobin: AstrobinShellService;
  health: HealthService;
  /** Null when the library could not be opened; `startupProblem` says why. */
  leaveMedia(keys: readonly string[]): void;
  storage: { library: LibraryService; downloads: DownloadService; plans: Planner } | null;
  startupProblem: WireError | null;
  freeBytesAt(folder: string): Promise<number | null>;
}

/** Desktop systems that we name; the BSDs behave as Linux does. */
function platformName(): AppInfo['platform'] {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
}

/** Settings as they are in force: an environment's download folder stands in for the chosen one. */
function inForce(settings: Settings, overrides: Overrides): Settings {
  const { downloadFolder } = overrides;
  return downloadFolder === null ? settings : { ...settings, downloadFolder };
}

function appHandlers(parts: HandlerParts): CoreHandlers['app'] {
  const { options, overrides } = parts;
  const { platform, settings } = options;
  const done = async (work: Promise<void>): Promise<null> => {
    await work;
    return null;
  };
  return {
    info: async () => ({
      version: options.version,
      platform: platformName(),
      runtime: platform.runtime,
      overrides: overrides.names,
      freeBytes: await parts.freeBytesAt(inForce(settings.get(), overrides).downloadFolder),
      startupProblem: parts.startupProblem,
      settingsProblem: settings.problem ?? null,
    }),
    loadUiState: async () => ({ json: settings.getUiState() }),
    saveUiState: async ({ json }) => {
      settings.setUiState(json);
      return null;
    },
    openExternal: ({ url }) => done(platform.openExternal(url)),
    copyText: ({ text }) => done(platform.copyText(text)),
    chooseFolder: async ({ startIn }) => ({ folder: await platform.chooseFolder(startIn) }),
    popupMenu: ({ x, y }) => done(platform.popupMenu(x, y)),
    closeWindow: () => done(platform.closeWindow()),
    viewSaved: () => done(platform.viewSaved()),
    quit: () => done(platform.quit()),
  };
}

function settingsHandlers(parts: HandlerParts): CoreHandlers['settings'] {
  const { options, overrides, archives } = parts;
  const change = async (write: () => Settings): Promise<Settings> => {
    const before = options.settings.get();
    const after = write();
    const shown = inForce(after, overrides);
    options.emit('settingsChanged', { settings: shown });
    parts.storage?.downloads.heedLimits();
    await archives.settingsChanged(before, after);
    return shown;
  };
  return {
    get: async () => inForce(options.settings.get(), overrides),
    set: ({ patch }) => change(() => options.settings.set(withoutUndefined(patch))),
    reset: () => change(() => options.settings.reset()),
  };
}

function withoutUndefined(patch: object): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

type Storage = NonNullable<HandlerParts['storage']>;

function downloadHandlers(
  archives: ArchivesService,
  storage: () => Storage,
): CoreHandlers['downloads'] {
  return {
    save: async (wish, { signal }) => {
      await archives.ready();
      return storage().downloads.save(wish, signal);
    },
    list: async () => storage().downloads.list(),
    queue: async () => storage().downloads.queue(),
    index: async ({ filter, group }) => storage().downloads.index(filter, group),
    rows: async ({ numbers }) => ({ rows: storage().downloads.rows(numbers) }),
    ofRefs: async ({ refs }) => ({ items: storage().downloads.ofRefs(refs) }),
    command: async ({ verb, target }) => ({
      changed: await storage().downloads.command(verb, target),
    }),
    verify: ({ folder }, { signal }) => storage().downloads.verify(folder, signal),
    previewNames: async ({ template }) => storage().downloads.previewNames(template),
    moveGroup: async ({ id, before }) => {
      storage().downloads.moveGroup(id, before);
      return null;
    },
    cancel: async ({ id }) => storage().downloads.cancel(id),
    retry: async ({ id }) => storage().downloads.retry(id),
    remove: async ({ id }) => {
      await storage().downloads.remove(id);
      return null;
    },
    showInFolder: async ({ id }) => {
      await storage().downloads.showInFolder(id);
      return null;
    },
  };
}

function planHandlers(parts: HandlerParts, storage: () => Storage): CoreHandlers['plans'] {
  const { archives, records, results, options, overrides } = parts;
  return {
    open: async ({ title, selection, wish, folder }) => {
      await archives.ready();
      const { plans } = storage();
      const source =
        selection.kind === 'refs'
          ? recordsByRef(selection.refs, records)
          : recordsOfSet(results.selected(selection), records);
      const usual = overrides.downloadFolder ?? options.settings.get().downloadFolder;
      return plans.open({ title, wish, source, folder: folder ?? usual });
    },
    get: async ({ id }) => storage().plans.get(id),
    ready: ({ id }, { signal }) => storage().plans.ready(id, signal),
    change: async ({ id, wish, folder }) =>
      storage().plans.change(id, {
        ...(wish === undefined ? {} : { wish }),
        ...(folder === undefined ? {} : { folder }),
      }),
    files: async ({ id, from, count, only }) => ({
      files: storage().plans.files(id, from, count, only),
    }),
    start: ({ id, isPaused }, { signal }) => storage().plans.start(id, { isPaused }, signal),
    export: ({ id, as, path }, { signal }) => storage().plans.export(id, as, path, signal),
    close: async ({ id }) => {
      await storage().plans.close(id);
      return null;
    },
  };
}

function captionsHandlers({ archives, captions }: HandlerParts): CoreHandlers['captions'] {
  return {
    get: async ({ ref }, { signal }) => {
      await archives.ready();
      return captions.get(ref, signal);
    },
    cached: async ({ ref }) => ({ transcript: await captions.cached(ref) }),
    search: async ({ text, limit }) => captions.search(text, limit),
    export: async ({ ref, as }, { signal }) => {
      await archives.ready();
      return captions.export(ref, as, signal);
    },
    save: async ({ ref, as }, { signal }) => {
      await archives.ready();
      return captions.save(ref, as, signal);
    },
    showInFolder: async ({ path }) => {
      await captions.showInFolder(path);
      return null;
    },
  };
}

function resultsHandlers({ results }: HandlerParts): CoreHandlers['results'] {
  return {
    open: ({ query }) => results.open(query),
    get: async ({ id }) => results.get(id),
    list: async () => results.list(),
    pause: ({ id }) => results.pause(id),
    resume: ({ id }) => results.resume(id),
    refresh: ({ id }) => results.refresh(id),
    remove: async ({ id }) => {
      await results.remove(id);
      return null;
    },
    page: async ({ id, from, count }) => results.page(id, from, count),
    ratios: async ({ id, from, count }) => results.ratios(id, from, count),
    position: async ({ id, ref }) => results.position(id, ref),
  };
}

function nasaHandlers({ archives, records }: HandlerParts): CoreHandlers['nasa'] {
  return {
    search: async ({ query, page, pageSize, refresh }, { signal }) => {
      await archives.ready();
      return records.search(query, page, pageSize, signal, { refresh });
    },
    cachedSearch: async ({ query, page, pageSize }) => ({
      page: await records.cachedSearch(query, page, pageSize),
    }),
    album: async ({ name, page, refresh }, { signal }) => {
      await archives.ready();
      return records.album(name, page, signal, { refresh });
    },
    cachedAlbum: async ({ name, page }) => ({ page: await records.cachedAlbum(name, page) }),
  };
}

/** Builds the handlers; the type sees to it that none is missing. */
export function createHandlers(parts: HandlerParts): CoreHandlers {
  const { archives, records, cache } = parts;
  const storage = (): Storage => {
    if (parts.storage !== null) return parts.storage;
    throw new ArchiveError(
      parts.startupProblem ?? {
        code: 'library-unusable',
        message: 'The library is not open, so nothing can be kept or saved.',
        retryable: false,
      },
    );
  };
  return {
    app: appHandlers(parts),
    settings: settingsHandlers(parts),
    archives: {
      status: async () => archives.statuses(),
      check: (_args, { signal }) => archives.check(signal),
      health: async () => parts.health.health(),
      requests: async (pick) => ({ requests: parts.health.requests(pick) }),
    },
    nasa: nasaHandlers(parts),
    records: {
      get: async ({ ref, refresh }, { signal }) => {
        await archives.ready();
        return records.get(ref, signal, { refresh });
      },
      cached: async ({ ref }) => ({ detail: await records.cached(ref) }),
      sizes: async ({ ref }, { signal }) => {
        await archives.ready();
        return { renditions: await records.sizes(ref, signal) };
      },
      resolve: async ({ text }) => records.resolve(text),
    },
    pds: pdsHandlers(parts.registry),
    astrobin: astrobinHandlers(parts.astrobin),
    labels: labelHandlers(parts.registry),
    captions: captionsHandlers(parts),
    results: resultsHandlers(parts),
    library: {
      keepSelection: async ({ selection }, { signal }) => {
        await archives.ready();
        const { library } = storage();
        if (selection.kind === 'refs') return library.keep(selection.refs, signal);
        const { most, records: chosen } = parts.results.selected(selection);
        return library.keepSeen(chosen, most, signal);
      },
      keep: async ({ refs }, { signal }) => {
        await archives.ready();
        return storage().library.keep(refs, signal);
      },
      remove: async ({ refs }) => storage().library.remove(refs),
      restore: async ({ refs }) => storage().library.restore(refs),
      list: async (query) => storage().library.list(query),
      kept: async ({ refs }) => storage().library.kept(refs),
      count: async () => storage().library.count(),
    },
    downloads: downloadHandlers(archives, storage),
    plans: planHandlers(parts, storage),
    cache: {
      info: () => cache.info(),
      clear: ({ kinds }) => cache.clear(kinds),
    },
    media: {
      leave: async ({ keys }) => {
        parts.leaveMedia(keys);
        return null;
      },
    },
    calls: {
      // Answered by the dispatcher, which alone knows who calls.
      cancel: async () => null,
    },
  };
}
