/**
 * Runs in plain Node. A stream that is kept on the way to its reader: whole or not at all. Partial media are
 * not kept: a reader who seeks leaves holes, and what lies around them would have to be proven to belong
 * together.
 */
import { Readable } from 'node:stream';
import type { BodyAnswer } from '../http/http-client.ts';
import type { MediaDraft } from './media-store.ts';

/** Bytes of the whole file if this answer brings all of it from the first byte to the last; else null. */
export function wholeBytesOf({ status, headers }: BodyAnswer): number | null {
  if (status === 200) {
    const length = headers['content-length'] ?? '';
    return /^[1-9]\d{0,14}$/.test(length) ? Number(length) : null;
  }
  const range = /^bytes 0-(\d{1,15})\/(\d{1,15})$/.exec(headers['content-range'] ?? '');
  return status === 206 && range !== null && Number(range[1]) + 1 === Number(range[2])
    ? Number(range[2])
    : null;
}

/** The same bytes; kept when the last one came and they are as many as promised. */
export function keepWhileRead(
  source: Readable,
  promisedBytes: number,
  begin: () => Promise<MediaDraft>,
): Readable {
  async function* pass(): AsyncGenerator<Uint8Array> {
    let draft = await begin().catch(() => null);
    let bytes = 0;
    const giveUp = async (): Promise<void> => {
      const given = draft;
      draft = null;
      await given?.discard();
    };
    try {
      for await (const chunk of source as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
        if (bytes > promisedBytes) await giveUp();
        // A full disk costs the copy, not the film.
        await draft?.write(chunk).catch(giveUp);
        // Before the last bytes are handed over: a reader who has all it wants does not ask again.
        if (bytes === promisedBytes && draft !== null) {
          const whole = draft;
          draft = null;
          await whole.commit().catch(() => whole.discard());
        }
        yield chunk;
      }
    } finally {
      await giveUp();
      source.destroy();
    }
  }
  return Readable.from(pass(), { objectMode: false });
}
