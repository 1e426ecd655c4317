/**
 * Runs in plain Node. Sound and video: passed through with the reader's range, and offered for keeping where
 * an answer brings all of it. What it is, is told by its first bytes, once for each address.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { BodyAnswer, HttpClient, Lane } from '../http/http-client.ts';
import { wholeBytesOf } from './keep-while-read.ts';
import type { MediaRequest, MediaResponse } from './media-service.ts';
import { sniff, sniffBytes, type MediaType } from './media-types.ts';
import { Refusal, refusalOfStatus } from './refusal.ts';
import { toWebStream } from './web-stream.ts';

/** Addresses whose type is known; a bound for long sessions. */
const knownLimit = 500;

/** Passes a body on that brings a whole file of so many bytes, keeping it or not. */
export type KeepWhole = (body: Readable, wholeBytes: number, place: { url: string }) => Readable;

export class MediaStreamer {
  readonly #http: HttpClient;
  readonly #keep: KeepWhole;
  readonly #known = new Map<string, MediaType>();

  constructor(http: HttpClient, keep: KeepWhole) {
    this.#http = http;
    this.#keep = keep;
  }

  /** Passes a medium through. Throws `Refusal` or `ArchiveError`. */
  async respond(place: { lane: Lane; url: string }, request: MediaRequest): Promise<MediaResponse> {
    const type = await this.#typeOf(place, request.signal);
    const range = singleRange(request.range);
    const answer = await this.#http.open({
      ...place,
      method: request.method,
      signal: request.signal,
      headers: range === null ? {} : { range },
    });
    try {
      checkAnswer(answer, range);
    } catch (error) {
      answer.body.destroy();
      throw error;
    }
    return {
      status: answer.status,
      headers: headersOf(answer.status, answer.headers, type),
      body:
        request.method === 'HEAD' ? null : toWebStream(this.#body(place, answer), () => undefined),
    };
  }

  #body(place: { url: string }, answer: BodyAnswer): Readable {
    const wholeBytes = wholeBytesOf(answer);
    return wholeBytes === null ? answer.body : this.#keep(answer.body, wholeBytes, place);
  }

  async #typeOf(place: { lane: Lane; url: string }, signal: AbortSignal): Promise<MediaType> {
    const known = this.#known.get(place.url);
    if (known !== undefined) return known;
    const range = `bytes=0-${String(sniffBytes - 1)}`;
    const answer = await this.#http.open({ ...place, signal, headers: { range } });
    let head = Buffer.alloc(0);
    try {
      checkAnswer(answer, range);
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        head = Buffer.concat([head, chunk.subarray(0, sniffBytes)]);
        // A server that ignores ranges sends everything; the head is all we want.
        if (head.length >= sniffBytes) break;
      }
    } finally {
      answer.body.destroy();
    }
    const type = sniff(head);
    if (type === null || type.startsWith('image/')) throw new Refusal(415, 'no sound or video');
    if (this.#known.size >= knownLimit) this.#known.clear();
    this.#known.set(place.url, type);
    return type;
  }
}

/** One range in bytes as the reader sent it; anything else is left out, which means all of it. */
function singleRange(header: string | null): string | null {
  const text = header?.replace(/\s/g, '') ?? '';
  return /^bytes=(?:\d{1,15}-\d{0,15}|-\d{1,15})$/.test(text) ? text : null;
}

/** Throws unless the answer is the whole medium or the part that was asked for, in plain bytes. */
function checkAnswer({ status, headers }: BodyAnswer, range: string | null): void {
  if (status !== 200 && status !== 206) throw refusalOfStatus(status);
  const isOdd = status === 206 && !isPartOf(range, headers);
  if (isOdd || (headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Refusal(502, 'an answer to another question');
  }
}

/** True when a 206 begins where it was asked to; a multipart one never does. */
function isPartOf(range: string | null, headers: IncomingHttpHeaders): boolean {
  if (range === null) return false;
  const stated = /^bytes (\d+)-(\d+)\/(?:\d+|\*)$/.exec(headers['content-range'] ?? '');
  const wanted = /^bytes=(\d*)-/.exec(range)?.[1] ?? '';
  return stated !== null && (wanted === '' || Number(wanted) === Number(stated[1]));
}

function headersOf(
  status: number,
  upstream: IncomingHttpHeaders,
  type: MediaType,
): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  const canSeek = status === 206 || upstream['accept-ranges'] === 'bytes';
  if (canSeek) headers['accept-ranges'] = 'bytes';
  for (const name of ['content-length', 'content-range', 'etag'] as const) {
    const value = upstream[name];
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}
