/** Runs in plain Node. Node's streams and files as the web's, one chunk at a time. */
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Reads only when asked, and ends the source when the reader goes away. */
export function toWebStream(source: Readable, onEnd: () => void): ReadableStream<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const next = await chunks.next();
          if (next.done !== true) {
            controller.enqueue(next.value);
            return;
          }
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        onEnd();
      },
      cancel: () => {
        source.destroy();
        onEnd();
      },
    },
    { highWaterMark: 1 },
  );
}

const chunkBytes = 256 * 1024;

/** A part of an open file; closes it in every case. */
export function fileToWebStream(
  handle: FileHandle,
  part: { start: number; end: number },
): ReadableStream<Uint8Array> {
  let at = part.start;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const wanted = Math.min(chunkBytes, part.end + 1 - at);
          const { bytesRead, buffer } = await handle.read(Buffer.alloc(wanted), 0, wanted, at);
          if (bytesRead === 0) throw new Error('the file became shorter');
          at += bytesRead;
          controller.enqueue(buffer.subarray(0, bytesRead));
          if (at <= part.end) return;
          await handle.close();
          controller.close();
        } catch (error) {
          await handle.close().catch(() => undefined);
          controller.error(error);
        }
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  );
}

/** Bytes that are all there. */
export function bytesToWebStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}
