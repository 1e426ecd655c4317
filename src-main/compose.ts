/**
 * Runs in plain Node. The only place that constructs services, in explicit order: storage, network, archives,
 * records, media, library, downloads. Both shells and the tests start the core here.
 */
import { join } from 'node:path';
import type { Settings } from '#contract/domain.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import { createArchives, type ArchivesService } from './archives/archives-service.ts';
import { createCacheService, type CachePart } from './cache/cache-service.ts';
import { createDocuments } from './cache/create-documents.ts';
import { createMediaService, type ClosableMediaService } from './cache/create-media-service.ts';
import { createMediaKeys, loadMediaSecret, type MediaKeys } from './cache/media-keys.ts';
import {
  mediaShare,
  openAnswerCache,
  resultsShare,
  type AnswerCache,
} from './cache/open-answer-cache.ts';
import type { PinKeeper } from './cache/pin-keeper.ts';
import { createCaptionsService, type CaptionsService } from './captions/captions-service.ts';
import { IndexClient } from './captions/index-client.ts';
import { createNasaCaptionSources } from './captions/nasa-caption-sources.ts';
import type { Log } from './db/log.ts';
import { openCache, type CacheFile } from './db/open-cache.ts';
import { openLibrary, type Library } from './db/open-library.ts';
import { createDownloadService } from './downloads/download-service.ts';
import { readOverrides, type Overrides } from './environment.ts';
import { freeBytesAt } from './free-bytes.ts';
import { createHandlers } from './handlers.ts';
import { isLoopbackHost } from './http/addresses.ts';
import { createSystemClock, type Clock } from './http/clock.ts';
import { createHttpClient, type ClosableHttpClient } from './http/create-http-client.ts';
import { createGovernor, type Governor } from './http/governor.ts';
import { createPolicy } from './http/policy.ts';
import { createEnvironmentProxy } from './http/proxy.ts';
import { createRateOf } from './http/rates.ts';
import { createLibraryService } from './library/library-service.ts';
import { makeFolder } from './db/make-folder.ts';
import type { ComposeOptions, Core } from './ports.ts';
import type { PdsRegistryClient } from './sources/pds-registry/client.ts';
import { PdsRecords } from './pds/pds-records.ts';
import { withRegistry } from './records/all-records.ts';
import { createFileSizes } from './records/file-sizes.ts';
import { createRecordsService, type RecordsService } from './records/records-service.ts';
import { createResultsService, type ResultsService } from './results/results-service.ts';
import { startSampleArchive } from './sample/sample-archive.ts';
import { openRegistry, registryWords } from './compose-registry.ts';
import { keepYoungGenerationSmall } from './steady-memory.ts';
import { createNasaImagesClient, type NasaImagesClient } from './sources/nasa-images/client.ts';
import { toSeenRecord } from './sources/nasa-images/map.ts';

/** The same pictures and records on every computer. */
const sampleSeed = 1543;
/** The same address each time while it is free, so that a file of it is known again. */
const samplePort = (size: number): number => 40_000 + (size % 9973);

interface Network {
  http: ClosableHttpClient;
  governor: Governor;
}

function openNetwork(options: ComposeOptions, clock: Clock, archives: ArchivesService): Network {
  const rateOf = createRateOf({
    environment: options.environment,
    allowOverrides: options.allowOverrides,
    isLoopback: (lane) => isLoopbackHost(archives.baseOf(lane).hostname),
  });
  const governor = createGovernor({ clock, random: Math.random, rateOf });
  const policy = createPolicy({ baseOf: (lane) => archives.baseOf(lane) });
  const http = createHttpClient({
    userAgent: `Almagest/${options.version}`,
    governor,
    policy,
    clock,
    random: Math.random,
    resolveProxy: options.resolveProxy ?? createEnvironmentProxy(options.environment),
    useSystemCertificates: true,
    onRequest: options.onRequest,
  });
  return { http, governor };
}

/** What was kept of a sample archive is worth nothing without it: another may come at the same port. */
async function startSample(size: number, workerUrl: URL, answers: AnswerCache) {
  const sample = await startSampleArchive({
    size,
    seed: sampleSeed,
    workerUrl,
    port: samplePort(size),
  });
  const forget = (): void => {
    answers.store.forgetUnder(`${new URL(sample.nasaImagesApi).origin}/`);
  };
  forget();
  const { nasaImagesApi, pdsBase } = sample;
  return { nasaImagesApi, pdsApi: pdsBase, close: () => sample.close().finally(forget) };
}

type Opened<T> = { ok: true; value: T } | { ok: false; problem: WireError };

/** A library that can't be opened must not keep anyone from searching: it is said, and the rest works. */
function tryToOpenLibrary(profileDir: string, log: Log, clock: Clock): Opened<Library> {
  try {
    makeFolder(profileDir);
    return { ok: true, value: openLibrary({ profileDir, log, clock }) };
  } catch (error) {
    if (error instanceof ArchiveError) return { ok: false, problem: error.toWire() };
    const cause = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problem: {
        code: 'disk',
        message:
          'The profile folder can’t be used, so nothing can be kept or saved. Searching works. ' +
          'Check that the folder exists and can be written to, then start again.',
        retryable: true,
        detail: cause,
      },
    };
  }
}

/** Whose results they are. The sample archive has another port each time, and the same records. */
function archiveName({ archiveMode, sampleSize }: Settings, base: URL): string {
  return archiveMode === 'sample' ? `sample of ${String(sampleSize)}` : base.href;
}

interface Storage {
  library: ReturnType<typeof createLibraryService>;
  downloads: ReturnType<typeof createDownloadService>;
  close(): Promise<void>;
}

const pinOwner = (ref: string): string => `library ${ref}`;

/** What is known of a kept record stays in the cache whatever its budget. */
function followLibrary(pins: PinKeeper, { kept, removed }: ArchiveEvents['libraryChanged']): void {
  for (const ref of kept) pins.pin(pinOwner(ref), [ref]);
  for (const ref of removed) pins.release(pinOwner(ref));
}

function openStorage(
  options: ComposeOptions,
  parts: {
    opened: Library;
    clock: Clock;
    log: Log;
    http: ClosableHttpClient;
    records: RecordsService;
    overrides: Overrides;
    pins: PinKeeper;
  },
): Storage {
  const { opened, clock, log, http, records, overrides, pins } = parts;
  const library = createLibraryService({
    db: opened.db,
    snapshot: async (ref, signal) => {
      const seen = await records.snapshot(ref, signal);
      if (seen.thumb !== null) pins.pin(pinOwner(ref), [seen.thumb.url]);
      return seen;
    },
    toCard: (seen) => records.toCard(seen),
    emit: (name, payload) => {
      if (name === 'libraryChanged') followLibrary(pins, payload);
      options.emit(name, payload);
    },
    clock,
    log,
  });
  const downloads = createDownloadService({
    db: opened.db,
    http,
    records,
    downloadFolder: () => overrides.downloadFolder ?? options.settings.get().downloadFolder,
    emit: options.emit,
    showInFolder: (path) => options.platform.showInFolder(path),
    hashWorkerUrl: options.workers.hash,
    clock,
    log,
    ownsQueue: options.ownsQueue,
  });
  return {
    library,
    downloads,
    close: async () => {
      await Promise.allSettled([downloads.dispose(), library.dispose()]);
      opened.close();
    },
  };
}

/** The captions; their index is opened by the first word for it. */
function openCaptions(
  options: ComposeOptions,
  parts: { overrides: Overrides; nasa: NasaImagesClient; records: RecordsService; log: Log },
): CaptionsService {
  const { overrides, nasa, records, log } = parts;
  return createCaptionsService({
    sources: createNasaCaptionSources(nasa, records),
    index: new IndexClient(options.workers.captions, options.profileDir),
    showInFolder: (path) => options.platform.showInFolder(path),
    downloadFolder: () => overrides.downloadFolder ?? options.settings.get().downloadFolder,
    log,
  });
}

function openMedia(
  options: ComposeOptions,
  parts: {
    http: ClosableHttpClient;
    keys: MediaKeys;
    answers: AnswerCache;
    budgetBytes: () => number;
    log: Log;
  },
): ClosableMediaService {
  const { http, keys, answers, budgetBytes, log } = parts;
  return createMediaService({
    http,
    keys,
    folder: join(options.profileDir, 'cache', 'media'),
    db: answers.db,
    budgetBytes: () => budgetBytes() * mediaShare,
    log: (text) => log(text),
    onProgress: (progress) => options.emit('pictureProgress', progress),
  });
}

function openResults(
  options: ComposeOptions,
  parts: {
    cache: CacheFile;
    clock: Clock;
    log: Log;
    archives: ArchivesService;
    governor: Governor;
    nasa: NasaImagesClient;
    records: RecordsService;
  },
): ResultsService {
  const { cache, clock, log, archives, governor, nasa, records } = parts;
  const base = (): URL => archives.baseOf('nasa-api');
  return createResultsService({
    db: cache.db,
    search: (query, page, size, signal) => nasa.search(query, page, size, signal),
    base,
    archive: () => archiveName(options.settings.get(), base()),
    ready: () => archives.ready(),
    toCard: (item, storedAtMs) => records.toCard(records.see(item, storedAtMs)),
    toSeen: (item) => toSeenRecord(item, base()),
    emit: options.emit,
    onAnswering: (listener) =>
      governor.onChange((lane, { state }) => {
        if (lane === 'nasa-api' && state === 'answering') listener();
      }),
    budgetBytes: () => options.settings.get().cacheBudgetBytes * resultsShare,
    clock,
    log,
  });
}

/** Records of both archives. */
function openRecords(nasa: RecordsService, client: PdsRegistryClient): RecordsService {
  const pds = new PdsRecords({ client, toCard: (seen) => nasa.toCard(seen) });
  return withRegistry(nasa, pds);
}

function cacheParts(
  answers: AnswerCache,
  captions: CaptionsService,
  media: ClosableMediaService,
  results: ResultsService,
): CachePart[] {
  return [
    answers.part,
    { kind: 'results', bytes: () => results.bytes(), clear: () => results.clear() },
    { kind: 'captions', bytes: () => captions.bytes(), clear: () => captions.clear() },
    {
      kind: 'pictures',
      bytes: () => media.size('picture'),
      clear: () => media.clear('picture'),
    },
    { kind: 'media', bytes: () => media.size('stream'), clear: () => media.clear('stream') },
  ];
}

/** Only begun here: downloads of a sample archive wait for it inside their own retries. */
function startQueue(archives: ArchivesService, { downloads }: Storage): void {
  const start = (): void => void downloads.start();
  void archives.ready().then(start, start);
}

/**
 * Builds the core of one process.
 * @throws TypeError when an address in the environment is not one.
 */
export async function compose(options: ComposeOptions): Promise<Core> {
  keepYoungGenerationSmall();
  const clock = createSystemClock();
  const log = options.log ?? (() => undefined);
  const overrides = readOverrides(options.environment, options.allowOverrides);
  const { profileDir, workers } = options;
  const { nowMs } = clock;
  const opened = tryToOpenLibrary(profileDir, log, clock);
  const cache = openCache({ profileDir, log });
  const budgetBytes = (): number => options.settings.get().cacheBudgetBytes;
  const answers = openAnswerCache({ profileDir, budgetBytes, nowMs, log, workers });

  const archives = createArchives({
    settings: () => options.settings.get(),
    overrides: { 'nasa-images': overrides.nasaImagesApi, 'pds-registry': overrides.pdsApi },
    startSample: (size) => startSample(size, workers.sample, answers),
    probe: async (archive, signal) => {
      if (archive === 'pds-registry') return registryWords(await pdsClient.health(signal));
      const { version } = await nasa.search({ media_type: 'image' }, 1, 1, signal);
      return version === null ? null : `Collection+JSON ${version}`;
    },
    emit: options.emit,
  });
  const { http, governor } = openNetwork(options, clock, archives);
  archives.watch(governor);
  const documents = createDocuments({ http, store: answers.store, nowMs });
  const nasa = createNasaImagesClient({
    http,
    address: () => ({ base: archives.baseOf('nasa-api') }),
    documents,
  });
  const { pdsClient, registry } = openRegistry(options, { http, documents, archives, nowMs, log });
  const keys = createMediaKeys(await loadMediaSecret(profileDir));
  const fileSizes = createFileSizes({ http, db: answers.db, nowMs, log });
  const records = openRecords(createRecordsService({ nasa, keys, fileSizes }), pdsClient);
  const media = openMedia(options, { http, keys, answers, budgetBytes, log });
  const captions = openCaptions(options, { overrides, nasa, records, log });
  const { pins } = answers;
  const storage = opened.ok
    ? openStorage(options, { opened: opened.value, clock, log, http, records, overrides, pins })
    : null;
  const results = openResults(options, { cache, clock, log, archives, governor, nasa, records });

  const handlers = createHandlers({
    options,
    overrides,
    archives,
    records,
    captions,
    registry,
    results,
    storage,
    cache: createCacheService({
      parts: cacheParts(answers, captions, media, results),
      budgetBytes,
    }),
    startupProblem: opened.ok ? null : opened.problem,
    freeBytesAt,
  });
  if (options.ownsQueue && opened.ok && storage !== null) {
    startQueue(archives, storage);
    void opened.value.backupDaily(clock.nowMs());
  }
  return {
    handlers,
    media: { respond: async (request) => (await archives.ready(), media.respond(request)) },
    dispose: async () => {
      registry.pds.dispose();
      const readers = [registry.labels.dispose(), captions.close()];
      await Promise.allSettled([results.dispose(), storage?.close(), ...readers]);
      await media.close();
      http.close();
      governor.close();
      await archives.dispose();
      await answers.close();
      cache.close();
    },
  };
}
