/**
 * Runs in plain Node. Serves `/media/<key>` from disk; pictures are fetched once when they are not there, sound
 * and video passed through and kept when they came whole.
 */
import { createHash } from 'node:crypto';
import type { MediaKey } from '#contract/domain.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import type { Database } from '../db/database.ts';
import type { HttpClient, Lane } from '../http/http-client.ts';
import { parseByteRange } from './byte-range.ts';
import { PictureFetcher } from './fetch-picture.ts';
import { keepWhileRead } from './keep-while-read.ts';
import type { MediaKeys } from './media-keys.ts';
import type { MediaFileKind } from './media-repo.ts';
import type { MediaRequest, MediaResponse, MediaService } from './media-service.ts';
import { createMediaStore, type MediaStore, type StoredFile } from './media-store.ts';
import { isStreamed, sniff, sniffBytes } from './media-types.ts';
import { pictureProgress } from './picture-progress.ts';
import { refuse, Refusal } from './refusal.ts';
import { SharedWork } from './shared-work.ts';
import { MediaStreamer } from './stream-media.ts';
import { bytesToWebStream, fileToWebStream } from './web-stream.ts';

export interface MediaServiceOptions {
  http: HttpClient;
  keys: MediaKeys;
  /** `PROFILE/cache/media`; made when missing. */
  folder: string;
  /** cache.db, which holds the index. */
  db: Database;
  /** Bytes that pictures may take on disk; asked anew each time. */
  budgetBytes: () => number;
  nowMs?: () => number;
  log?: (text: string) => void;
  /** Told of pictures that take a while. */
  onProgress?: (progress: ArchiveEvents['pictureProgress']) => void;
}

export interface ClosableMediaService extends MediaService {
  /** Nobody looks at these pictures any more: those that still wait for their archive are not fetched. */
  leave(keys: readonly string[]): void;
  /** Deletes every kept file of a kind. */
  clear(kind: MediaFileKind): Promise<void>;
  /** Bytes on disk. */
  size(kind: MediaFileKind): Promise<number>;
  /** Ends what is being fetched and waits for what is being written. */
  close(): Promise<void>;
}

/** What the archive refused for good is not asked for again so soon. */
const refusalMs = 5 * 60 * 1000;
const refusalLimit = 1000;
/** A film that takes more than this part of the budget would push out everything else. */
const largestStream = 1 / 4;

/** Builds the media service. */
export function createMediaService(options: MediaServiceOptions): ClosableMediaService {
  return new Media(options);
}

interface Place {
  lane: Lane;
  url: string;
}

class Media implements ClosableMediaService {
  readonly #options: MediaServiceOptions;
  readonly #store: MediaStore;
  readonly #streamer: MediaStreamer;
  readonly #pictures: PictureFetcher;
  readonly #fetches = new SharedWork<Buffer>();
  /** Requests that have no answer yet, by key, oldest first. */
  readonly #waiting = new Map<string, AbortController[]>();
  readonly #refusals = new Map<string, { refusal: Refusal; untilMs: number }>();
  readonly #nowMs: () => number;

  constructor(options: MediaServiceOptions) {
    this.#options = options;
    this.#nowMs = options.nowMs ?? Date.now;
    this.#store = createMediaStore({
      folder: options.folder,
      budgetBytes: options.budgetBytes,
      nowMs: this.#nowMs,
      db: options.db,
      log: (text, detail) => options.log?.(`${text} ${JSON.stringify(detail ?? {})}`),
    });
    this.#streamer = new MediaStreamer(options.http, (body, wholeBytes, { url }) =>
      wholeBytes > options.budgetBytes() * largestStream
        ? body
        : keepWhileRead(body, wholeBytes, () =>
            this.#store.draft({ hash: hashOf(url), url, kind: 'stream' }),
          ),
    );
    this.#pictures = new PictureFetcher(options.http);
  }

  async respond(given: MediaRequest): Promise<MediaResponse> {
    const place = this.#options.keys.verify(given.key);
    if (place === null) return refuse(new Refusal(404, 'no such key'));
    const { request, answered } = this.#await(given);
    try {
      const kept = await this.#respondFromDisk(place, request);
      if (kept !== null) return kept;
      if (isStreamed(place.url)) return await this.#streamer.respond(place, request);
      return await this.#respondWithPicture(place, request);
    } catch (error) {
      return refuse(error);
    } finally {
      answered();
    }
  }

  leave(keys: readonly string[]): void {
    // The oldest of each: a newer one is for a tile that has come since.
    for (const key of keys) this.#waiting.get(key)?.[0]?.abort();
  }

  /** The request, ended by `leave` as well until it is answered. */
  #await(given: MediaRequest): { request: MediaRequest; answered: () => void } {
    const { key } = given;
    const controller = new AbortController();
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), controller]);
    return {
      request: { ...given, signal: AbortSignal.any([given.signal, controller.signal]) },
      answered: () => {
        const left = (this.#waiting.get(key) ?? []).filter((one) => one !== controller);
        if (left.length === 0) this.#waiting.delete(key);
        else this.#waiting.set(key, left);
      },
    };
  }

  async clear(kind: MediaFileKind): Promise<void> {
    this.#refusals.clear();
    await this.#store.clear(kind);
  }

  size(kind: MediaFileKind): Promise<number> {
    return this.#store.size(kind);
  }

  async close(): Promise<void> {
    await this.#fetches.close();
    await this.#store.close();
  }

  async #respondFromDisk({ url }: Place, request: MediaRequest): Promise<MediaResponse | null> {
    const hash = hashOf(url);
    const file = await this.#store.open(hash);
    return file === null ? null : this.#serveFile(hash, file, request, isStreamed(url));
  }

  async #respondWithPicture(place: Place, request: MediaRequest): Promise<MediaResponse> {
    const hash = hashOf(place.url);
    this.#throwKnownRefusal(hash);
    const bytes = await this.#fetches.run(hash, request.signal, (signal) =>
      this.#fetchAndKeep(hash, { ...place, key: request.key as MediaKey }, signal),
    );
    return this.#serveBytes(hash, bytes, request);
  }

  async #fetchAndKeep(
    hash: string,
    place: Place & { key: MediaKey },
    signal: AbortSignal,
  ): Promise<Buffer> {
    const tell = this.#options.onProgress ?? (() => undefined);
    let bytes: Buffer;
    try {
      const onReceived = pictureProgress(place.key, tell, this.#nowMs);
      bytes = await this.#pictures.fetch(place, signal, onReceived);
    } catch (error) {
      if (error instanceof Refusal && error.isLasting) this.#remember(hash, error);
      throw error;
    }
    try {
      await this.#store.put({ hash, url: place.url, kind: 'picture' }, bytes);
    } catch (error) {
      // A full disk costs the next look at this picture, not this one.
      this.#options.log?.(`a picture could not be kept: ${String(error)}`);
    }
    return bytes;
  }

  #remember(hash: string, refusal: Refusal): void {
    if (this.#refusals.size >= refusalLimit) this.#refusals.clear();
    this.#refusals.set(hash, { refusal, untilMs: this.#nowMs() + refusalMs });
  }

  #throwKnownRefusal(hash: string): void {
    const known = this.#refusals.get(hash);
    if (known === undefined) return;
    if (known.untilMs > this.#nowMs()) throw known.refusal;
    this.#refusals.delete(hash);
  }

  /** Null when what lies there is not what was kept any more (damage): it is fetched anew. */
  async #serveFile(
    hash: string,
    file: StoredFile,
    request: MediaRequest,
    isStream: boolean,
  ): Promise<MediaResponse | null> {
    let isHandedOver = false;
    try {
      const head = Buffer.alloc(sniffBytes);
      const { bytesRead } = await file.handle.read(head, 0, sniffBytes, 0);
      const type = sniff(head.subarray(0, bytesRead));
      if (type === null || type.startsWith('image/') === isStream) return null;
      const { status, headers, part } = frame(hash, type, file.sizeBytes, request);
      if (part === null) return { status, headers, body: null };
      isHandedOver = true;
      return { status, headers, body: fileToWebStream(file.handle, part) };
    } finally {
      if (!isHandedOver) await file.handle.close();
    }
  }

  #serveBytes(hash: string, bytes: Buffer, request: MediaRequest): MediaResponse {
    const type = sniff(bytes.subarray(0, sniffBytes));
    if (type === null) throw new Refusal(415, 'no picture');
    const { status, headers, part } = frame(hash, type, bytes.length, request);
    if (part === null) return { status, headers, body: null };
    return { status, headers, body: bytesToWebStream(bytes.subarray(part.start, part.end + 1)) };
  }
}

function hashOf(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}

/** Status, headers and the part to send; no part for HEAD and for a range outside. */
function frame(
  hash: string,
  type: string,
  sizeBytes: number,
  request: MediaRequest,
): {
  status: number;
  headers: Record<string, string>;
  part: { start: number; end: number } | null;
} {
  const headers: Record<string, string> = {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    etag: `"${hash.slice(0, 32)}-${sizeBytes.toString(16)}"`,
    // The address is the picture's name for good: the archive gives new pictures new names.
    'cache-control': 'private, max-age=31536000, immutable',
  };
  const range = parseByteRange(request.range, sizeBytes);
  if (range === 'unsatisfiable') {
    headers['content-range'] = `bytes */${String(sizeBytes)}`;
    headers['cache-control'] = 'no-store';
    return { status: 416, headers, part: null };
  }
  const part = range === 'all' ? { start: 0, end: sizeBytes - 1 } : range;
  headers['content-length'] = String(part.end - part.start + 1);
  if (range !== 'all') {
    headers['content-range'] =
      `bytes ${String(part.start)}-${String(part.end)}/${String(sizeBytes)}`;
  }
  return {
    status: range === 'all' ? 200 : 206,
    headers,
    part: request.method === 'HEAD' ? null : part,
  };
}
