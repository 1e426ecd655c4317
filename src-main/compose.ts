/**
 * Runs in plain Node. The only place that constructs services, in explicit order: storage, network, archives,
 * records, media, library, downloads. Both shells and the tests start the core here.
 */
import { join } from 'node:path';
import type { DayBudget } from '#contract/day-budget.ts';
import type { ArchiveId, RecordCard, Settings } from '#contract/domain.ts';
import { createArchives, type ArchivesService } from './archives/archives-service.ts';
import type { AstrobinShellService } from './astrobin/astrobin-service.ts';
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
import { createCaptionsService, type CaptionsService } from './captions/captions-service.ts';
import { IndexClient } from './captions/index-client.ts';
import { createNasaCaptionSources } from './captions/nasa-caption-sources.ts';
import { astrobinWords, openAstrobin } from './compose-astrobin.ts';
import { openNetwork } from './compose-network.ts';
import { openRegistry, registryWords } from './compose-registry.ts';
import { startSample } from './compose-sample.ts';
import { openStorage, tryToOpenLibrary, type Storage } from './compose-storage.ts';
import type { Log } from './db/log.ts';
import { openCache, type CacheFile } from './db/open-cache.ts';
import { readOverrides, type Overrides } from './environment.ts';
import { freeBytesAt } from './free-bytes.ts';
import { createHandlers } from './handlers.ts';
import { HealthService } from './health/health-service.ts';
import { createSystemClock, type Clock } from './http/clock.ts';
import type { ClosableHttpClient } from './http/create-http-client.ts';
import type { Governor } from './http/governor.ts';
import { PdsRecords } from './pds/pds-records.ts';
import type { ComposeOptions, Core } from './ports.ts';
import { withOthers } from './records/all-records.ts';
import { createFileSizes } from './records/file-sizes.ts';
import { createRecordsService, type RecordsService } from './records/records-service.ts';
import type { SeenRecord } from './records/seen-record.ts';
import { createResultsService, type ResultsService } from './results/results-service.ts';
import { createNasaImagesClient, type NasaImagesClient } from './sources/nasa-images/client.ts';
import { keepYoungGenerationSmall } from './steady-memory.ts';

/** Whose results they are. The sample archive has another port each time, and the same records. */
function archiveName({ archiveMode, sampleSize }: Settings, base: URL): string {
  return archiveMode === 'sample' ? `sample of ${String(sampleSize)}` : base.href;
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
    toSeen: (item) => records.see(item, clock.nowMs()),
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

function cacheParts(
  answers: AnswerCache,
  captions: CaptionsService,
  media: ClosableMediaService,
  results: ResultsService,
  astrobin: AstrobinShellService,
): CachePart[] {
  const clearAnswers = async (): Promise<void> => {
    await answers.part.clear();
    astrobin.forgetUsersMet();
  };
  return [
    { ...answers.part, clear: clearAnswers },
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

/** The least there is to ask for. */
const anyImage = { media_type: 'image' };

/** What NASA's answers are written in, for people. */
function nasaWords({ version }: { version: string | null }): string | null {
  return version === null ? null : `Collection+JSON ${version}`;
}

type Ending = { dispose(): unknown } | { close(): unknown };

/** Each group at once, and only then the one that it needed; one that fails keeps none from ending. */
async function endInOrder(groups: readonly (readonly (Ending | null)[])[]): Promise<void> {
  for (const group of groups) {
    await Promise.allSettled(
      group.map(async (one) => {
        if (one !== null) await ('dispose' in one ? one.dispose() : one.close());
      }),
    );
  }
}

/** Only begun here: downloads of a sample archive wait for it inside their own retries. */
function startQueue(archives: ArchivesService, { downloads }: Storage): void {
  const start = (): void => void downloads.start();
  void archives.ready().then(start, start);
}

/** What lies on disk, and what tells the time. */
function openGround(options: ComposeOptions) {
  const { profileDir, workers, settings } = options;
  const clock = createSystemClock();
  const log = options.log ?? (() => undefined);
  const budgetBytes = (): number => settings.get().cacheBudgetBytes;
  return {
    clock,
    log,
    budgetBytes,
    overrides: readOverrides(options.environment, options.allowOverrides),
    opened: tryToOpenLibrary(profileDir, log, clock),
    cache: openCache({ profileDir, log }),
    answers: openAnswerCache({ profileDir, budgetBytes, nowMs: clock.nowMs, log, workers }),
  };
}

type Ground = ReturnType<typeof openGround>;
/** What each archive answers in, asked for with the least there is. */
type Probes = Readonly<Record<ArchiveId, (signal: AbortSignal) => Promise<string | null>>>;

/** The archives' addresses and the way to them. */
function openDoor(options: ComposeOptions, ground: Ground, probes: Probes) {
  const { clock, log, overrides, opened, cache, answers } = ground;
  const budgetOfAstrobin = (): DayBudget | null =>
    network.turns.budgetOf('astrobin', archives.baseOf('astrobin').hostname);
  const archives = createArchives({
    settings: () => options.settings.get(),
    clock,
    overrides: {
      'nasa-images': overrides.nasaImagesApi,
      'pds-registry': overrides.pdsApi,
      astrobin: overrides.astrobinApi,
    },
    startSample: (size) => startSample(size, options.workers.sample, answers),
    probe: (archive, signal) => probes[archive](signal),
    budgetOf: (archive) => (archive === 'astrobin' ? budgetOfAstrobin() : null),
    emit: options.emit,
  });
  const network = openNetwork(options, {
    ...{ clock, archives },
    db: opened.ok ? opened.value.db : null,
    onExchange: (report) => health.note(report),
    onWaiting: (lane, by) => archives.noteWaiting(lane, by),
  });
  const health = new HealthService({
    ...{ db: cache.db, clock, log, rateOf: network.rateOf },
    statusOf: (lane) => network.governor.status(lane),
    budgetOf: (lane) => (lane === 'astrobin' ? budgetOfAstrobin() : null),
  });
  archives.watch(network.governor);
  const { http, governor } = network;
  const documents = createDocuments({ http, store: answers.store, nowMs: clock.nowMs });
  const { rateOf } = network;
  return { archives, http, governor, health, documents, rateOf, budgetOfAstrobin };
}

/**
 * Builds the core of one process.
 * @throws TypeError when an address in the environment is not one.
 */
export async function compose(options: ComposeOptions): Promise<Core> {
  keepYoungGenerationSmall();
  const ground = openGround(options);
  const { clock, log, overrides, opened, cache, answers, budgetBytes } = ground;
  const { nowMs } = clock;
  const door = openDoor(options, ground, {
    'nasa-images': async (signal) => nasaWords(await nasa.search(anyImage, 1, 1, signal)),
    'pds-registry': async (signal) => registryWords(await pdsClient.health(signal)),
    astrobin: async (signal) => astrobinWords(await astrobinParts.client.checkAccess(signal)),
  });
  const { archives, http, governor, health, documents } = door;
  const nasa = createNasaImagesClient({
    http,
    address: () => ({ base: archives.baseOf('nasa-api') }),
    documents,
  });
  const { pdsClient, registry } = openRegistry(options, { http, documents, archives, nowMs, log });
  const keys = createMediaKeys(await loadMediaSecret(options.profileDir));
  const fileSizes = createFileSizes({ http, db: answers.db, nowMs, log });
  const ownRecords = createRecordsService({ nasa, keys, fileSizes });
  const toCard = (seen: SeenRecord): RecordCard => ownRecords.toCard(seen);
  const astrobinParts = openAstrobin(options, {
    ...{ http, documents, archives, keys, toCard, nowMs, log },
    db: answers.db,
    budget: door.budgetOfAstrobin,
  });
  const pdsRecords = new PdsRecords({ client: pdsClient, toCard });
  const records = withOthers(ownRecords, { pds: pdsRecords, astrobin: astrobinParts.records });
  const media = openMedia(options, { http, keys, answers, budgetBytes, log });
  const captions = openCaptions(options, { overrides, nasa, records, log });
  const { pins } = answers;
  const storage = opened.ok
    ? openStorage(options, {
        ...{ opened: opened.value, clock, log, http, records, overrides, pins },
        ...{ cache: cache.db, rateOf: door.rateOf },
      })
    : null;
  const results = openResults(options, { cache, clock, log, archives, governor, nasa, records });

  const handlers = createHandlers({
    options,
    overrides,
    archives,
    records,
    captions,
    registry,
    astrobin: astrobinParts.astrobin,
    health,
    results,
    leaveMedia: (keys) => media.leave(keys),
    storage,
    cache: createCacheService({
      parts: cacheParts(answers, captions, media, results, astrobinParts.astrobin),
      budgetBytes,
    }),
    startupProblem: opened.ok ? null : opened.problem,
    freeBytesAt,
  });
  if (options.ownsQueue && opened.ok && storage !== null) {
    startQueue(archives, storage);
    void opened.value.backupDaily(clock.nowMs());
  }
  const works = [registry.pds, astrobinParts.astrobin, registry.labels, captions, results];
  return {
    handlers,
    media: { respond: async (request) => (await archives.ready(), media.respond(request)) },
    dispose: () =>
      endInOrder([
        [...works, storage],
        [media],
        [http, governor],
        [archives, health],
        [answers, cache],
      ]),
  };
}
