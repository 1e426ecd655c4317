/**
 * Runs in plain Node. The captions of records: found, fetched, read, indexed, searched and handed over.
 */
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CaptionExportFormat, CaptionSearch, Transcript } from '#contract/captions.ts';
import { parseRef, type CaptionFile, type RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { Log } from '../db/log.ts';
import { nodeDownloadFs } from '../downloads/download-fs.ts';
import { makeFileName, numberedNames } from '../downloads/file-names.ts';
import { onDisk, syncFolder, writeSmallFile } from '../downloads/files.ts';
import type { CaptionBytes, CaptionPlaces, CaptionSources } from './caption-sources.ts';
import { CaptionsProblem, toArchiveError } from './captions-problem.ts';
import type { IndexClient } from './index-client.ts';
import { readCaptionsInSlices } from './read-captions.ts';
import { writeCaptions } from './write-captions.ts';

export interface CaptionsService {
  /** Throws 'not-found' where the record has none, 'bad-answer' for what is no captions. */
  get(ref: RecordRef, signal: AbortSignal): Promise<Transcript>;
  /** What is kept; null where nothing is. */
  cached(ref: RecordRef): Promise<Transcript | null>;
  /** Cues of all captions that were read, of the archive in use. */
  search(text: string, limit: number): Promise<CaptionSearch>;
  export(
    ref: RecordRef,
    as: CaptionExportFormat,
    signal: AbortSignal,
  ): Promise<{ text: string; fileName: string }>;
  /** Into the download folder; never overwrites, and writes the very same file only once. */
  save(
    ref: RecordRef,
    as: CaptionExportFormat,
    signal: AbortSignal,
  ): Promise<{ path: string; isNew: boolean }>;
  /** Shows a file that `save` wrote in its folder; 'not-found' for any other path. */
  showInFolder(path: string): Promise<void>;
  /** Bytes that the words and their index take on disk, nearly. */
  bytes(): Promise<number>;
  /** Forgets all words, or those of one archive by its address. */
  clear(base?: string): Promise<void>;
  /** Lets what is being indexed come to an end, but not for long. */
  close(): Promise<void>;
}

export interface CaptionsOptions {
  sources: CaptionSources;
  index: IndexClient;
  downloadFolder: () => string;
  showInFolder: (path: string) => Promise<void>;
  log: Log;
}

/** Part of a digest: captions that an older Almagest read otherwise are indexed anew. */
const readerVersion = 1;
/** Longest time that reading holds the thread, in ms. */
const sliceMs = 8;
/** Cues handed to the index at once. */
const cuesAtOnce = 500;
/** Longest waits, in ms, for what is being indexed: a file takes a tenth of a second, a huge one some. */
const settleMs = 5000;
const closeMs = 1500;

/** Builds the service; the index is opened by the first word for it. */
export function createCaptionsService(options: CaptionsOptions): CaptionsService {
  return new Captions(options);
}

class Captions implements CaptionsService {
  readonly #options: CaptionsOptions;
  /** One file after another. */
  #indexing: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** Paths that `save` wrote. */
  readonly #saved = new Set<string>();

  constructor(options: CaptionsOptions) {
    this.#options = options;
  }

  async get(ref: RecordRef, signal: AbortSignal): Promise<Transcript> {
    const { sources } = this.#options;
    try {
      // A record that was seen has said where its captions lie: only the file itself is asked for.
      const known = await sources.kept(ref);
      if (known !== null && known.files.length > 0) {
        const found = await this.#read(ref, known, signal).catch(orNull('not-found'));
        if (found !== null) return found;
      }
      return await this.#read(ref, await sources.find(ref, signal), signal);
    } catch (error) {
      if (!(error instanceof ArchiveError) || isCancelled(error)) throw error;
      if (error.code === 'not-found' || error.code === 'refused-by-archive') throw error;
      const stored = await this.#stored(ref, error);
      if (stored === null) throw error;
      return stored;
    }
  }

  async cached(ref: RecordRef): Promise<Transcript | null> {
    const { sources } = this.#options;
    const places = await sources.kept(ref);
    for (const file of places?.files ?? []) {
      const kept = await sources.readKept(ref, file);
      if (places === null || kept === null) continue;
      const transcript = await this.#toTranscript(ref, places, file, kept).catch(() => null);
      if (transcript !== null) return transcript;
    }
    return this.#stored(ref, null);
  }

  async search(text: string, limit: number): Promise<CaptionSearch> {
    // What was read a moment ago is found, too.
    await this.#settle();
    try {
      return await this.#options.index.call('search', {
        base: this.#options.sources.base(),
        text,
        limit,
      });
    } catch (error) {
      throw indexUnusable(error);
    }
  }

  async export(
    ref: RecordRef,
    as: CaptionExportFormat,
    signal: AbortSignal,
  ): Promise<{ text: string; fileName: string }> {
    const transcript = await this.get(ref, signal);
    const fileName = makeFileName(parseRef(ref)?.id ?? 'captions', '', as);
    return { text: writeCaptions(transcript, as), fileName };
  }

  async save(
    ref: RecordRef,
    as: CaptionExportFormat,
    signal: AbortSignal,
  ): Promise<{ path: string; isNew: boolean }> {
    const { text, fileName } = await this.export(ref, as, signal);
    const folder = this.#options.downloadFolder();
    await onDisk(() => nodeDownloadFs.mkdir(folder, { recursive: true }));
    const partName = `${fileName}.${randomUUID().slice(0, 8)}.part`;
    const names = numberedNames(fileName);
    const content = Buffer.from(text);
    const { name, isNew } = await writeSmallFile(nodeDownloadFs, folder, names, partName, content);
    await syncFolder(nodeDownloadFs, folder);
    const path = join(folder, name);
    this.#saved.add(path);
    return { path, isNew };
  }

  async showInFolder(path: string): Promise<void> {
    // A page must not make the system open places of its own choice.
    if (!this.#saved.has(path)) {
      throw new ArchiveError({
        code: 'not-found',
        message: 'These captions were not saved here.',
        retryable: false,
      });
    }
    await this.#options.showInFolder(path);
  }

  async bytes(): Promise<number> {
    return this.#options.index.call('bytes', null).catch(() => 0);
  }

  async clear(base?: string): Promise<void> {
    await this.#settle();
    await this.#options.index.call('clear', { base: base ?? null }).catch((error: unknown) => {
      throw indexUnusable(error);
    });
  }

  async close(): Promise<void> {
    await this.#settle(closeMs);
    this.#isClosed = true;
    await this.#options.index.close();
  }

  /** Waits for what is being indexed, but not for long. */
  async #settle(limitMs = settleMs): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((over) => (timer = setTimeout(over, limitMs)));
    await Promise.race([this.#indexing, limit]);
    clearTimeout(timer);
  }

  /** The first file that can be read; what went wrong with the first of them, where none can. */
  async #read(ref: RecordRef, places: CaptionPlaces, signal: AbortSignal): Promise<Transcript> {
    const { sources } = this.#options;
    let first: unknown = noCaptions(places);
    for (const [at, file] of places.files.entries()) {
      try {
        return await this.#toTranscript(ref, places, file, await sources.read(ref, file, signal));
      } catch (error) {
        if (isCancelled(error)) throw error;
        if (at === 0) first = error;
      }
    }
    throw first;
  }

  async #toTranscript(
    ref: RecordRef,
    places: CaptionPlaces,
    file: CaptionFile,
    { bytes, age }: CaptionBytes,
  ): Promise<Transcript> {
    const slices = { sliceMs, nowMs: () => performance.now(), pause: () => nextTurn() };
    const read = await readCaptionsInSlices(bytes, file.format, slices).catch((error: unknown) => {
      throw error instanceof CaptionsProblem ? toArchiveError(error) : error;
    });
    const transcript: Transcript = { ref, source: file.url, ...read, age };
    const digest = createHash('sha256').update(bytes).digest('hex');
    this.#indexLater(transcript, places.title, digest);
    return transcript;
  }

  #indexLater(transcript: Transcript, title: string, digest: string): void {
    if (transcript.cues.length === 0) return;
    const base = this.#options.sources.base();
    this.#indexing = this.#indexing
      .then(() => this.#index(base, transcript, title, digest))
      .catch((error: unknown) => {
        // A search that finds less is no reason to fail what was asked for.
        if (!this.#isClosed) this.#options.log('captions not indexed', { error: String(error) });
      });
  }

  async #index(base: string, transcript: Transcript, title: string, digest: string): Promise<void> {
    const { index } = this.#options;
    const { ref, source, format, encoding, notes, cues, age } = transcript;
    const fileId = await index.call('begin', {
      file: {
        base,
        ref,
        title,
        source,
        format,
        encoding,
        notes,
        digest: `${readerVersion} ${digest}`,
        fetchedAtMs: age.fetchedAtMs,
      },
    });
    if (fileId === null) return;
    let textBytes = 0;
    for (let from = 0; from < cues.length; from += cuesAtOnce) {
      const some = cues.slice(from, from + cuesAtOnce);
      for (const { text } of some) textBytes += text.length;
      await index.call('add', { fileId, from, cues: some });
    }
    await index.call('finish', { fileId, cueCount: cues.length, textBytes });
  }

  /** What the index holds of a record. */
  async #stored(ref: RecordRef, problem: ArchiveError | null): Promise<Transcript | null> {
    await this.#settle();
    const base = this.#options.sources.base();
    const stored = await this.#options.index.call('find', { base, ref }).catch(() => null);
    if (stored === null) return null;
    const { fetchedAtMs, ...transcript } = stored;
    return {
      ...transcript,
      age: { fetchedAtMs, origin: 'cache', isStale: true, problem: problem?.toWire() ?? null },
    };
  }
}

/** For `catch`: an error of this code is nothing, any other goes on. */
function orNull(code: ArchiveError['code']): (error: unknown) => null {
  return (error) => {
    if (error instanceof ArchiveError && error.code === code) return null;
    throw error;
  };
}

function noCaptions({ title, kind, missing }: CaptionPlaces): ArchiveError {
  if (missing !== null) {
    return new ArchiveError({
      code: 'unavailable',
      message: `It is not known whether “${title}” has captions. ${missing}`,
      retryable: true,
    });
  }
  const why =
    kind === 'video' || kind === 'audio'
      ? 'The archive has no captions for it.'
      : 'Only films and sounds have captions.';
  return new ArchiveError({
    code: 'not-found',
    message: `“${title}” has no captions. ${why}`,
    retryable: false,
  });
}

function indexUnusable(error: unknown): ArchiveError {
  return new ArchiveError(
    {
      code: 'disk',
      message:
        'The words of the captions can’t be searched now. The captions of single records can be read as always. Try again in a while.',
      retryable: true,
      detail: String(error),
    },
    { cause: error },
  );
}
