/**
 * Runs in plain Node. Gets one picture from its archive, whole, and makes it fit for the window. Bytes are
 * bounded for each picture and for all that are on their way together.
 */
import type { BodyAnswer, HttpClient, Lane } from '../http/http-client.ts';
import { PictureViews } from './picture-view.ts';
import { Refusal, refusalOfStatus } from './refusal.ts';

/** Larger pictures are refused: they would have to be held whole. */
export const maxBytes = 256 * 1024 * 1024;
/** Without a stated length pieces are joined at the end, and joining much would hold everything up. */
const maxUnstatedBytes = 64 * 1024 * 1024;
/** All pictures on their way together. */
const maxBytesAtOnce = 384 * 1024 * 1024;

/** Told of each piece: bytes so far, and how many there will be where that is stated. */
export type OnReceived = (receivedBytes: number, totalBytes: number | null) => void;

export class PictureFetcher {
  readonly #http: HttpClient;
  readonly #views = new PictureViews();
  #heldBytes = 0;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Fetches a picture. Throws `Refusal` or `ArchiveError`. */
  async fetch(
    place: { lane: Lane; url: string },
    signal: AbortSignal,
    onReceived: OnReceived = () => undefined,
  ): Promise<Buffer> {
    const answer = await this.#http.open({ ...place, signal, headers: { accept: 'image/*' } });
    let heldBytes = 0;
    const hold = (bytes: number): void => {
      if (this.#heldBytes + bytes > maxBytesAtOnce) throw new Refusal(503, 'too much at once');
      this.#heldBytes += bytes;
      heldBytes += bytes;
    };
    try {
      const bytes = await readWhole(answer, hold, onReceived);
      return await this.#views.viewOf(bytes);
    } finally {
      this.#heldBytes -= heldBytes;
    }
  }
}

async function readWhole(
  answer: BodyAnswer,
  hold: (bytes: number) => void,
  onReceived: OnReceived,
): Promise<Buffer> {
  const { body, status, headers } = answer;
  try {
    if (status !== 200) throw refusalOfStatus(status);
    const coding = headers['content-encoding'] ?? 'identity';
    if (coding !== 'identity') throw new Refusal(502, `coded as ${coding}`);
    const stated = statedLength(headers['content-length']);
    if (stated !== null && stated > maxBytes) throw new Refusal(413, 'too large', true);
    const chunks = body as AsyncIterable<Buffer>;
    return stated === null
      ? await readUnstated(chunks, hold, onReceived)
      : await readStated(chunks, stated, hold, onReceived);
  } finally {
    body.destroy();
  }
}

function statedLength(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

/** Written where it belongs at once: joining the pieces of 200 MB would take too long in one go. */
async function readStated(
  chunks: AsyncIterable<Buffer>,
  stated: number,
  hold: (bytes: number) => void,
  onReceived: OnReceived,
): Promise<Buffer> {
  hold(stated);
  const bytes = Buffer.allocUnsafeSlow(stated);
  let at = 0;
  for await (const chunk of chunks) {
    if (at + chunk.length > stated) throw new Refusal(502, 'longer than stated');
    at += chunk.copy(bytes, at);
    onReceived(at, stated);
  }
  if (at < stated) throw new Refusal(502, 'shorter than stated');
  return bytes;
}

async function readUnstated(
  chunks: AsyncIterable<Buffer>,
  hold: (bytes: number) => void,
  onReceived: OnReceived,
): Promise<Buffer> {
  const all: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxUnstatedBytes) throw new Refusal(413, 'too large', true);
    hold(chunk.length);
    all.push(chunk);
    onReceived(size, null);
  }
  return Buffer.concat(all);
}
