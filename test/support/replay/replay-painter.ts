/**
 * Entry of a worker thread, for tests only. Draws stand-ins for the pictures of recorded records, so that
 * galleries of real records can be seen without NASA's files.
 */
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { createScene, drawPixels } from '#main/sample/draw/scene.ts';
import type { Picture } from '#main/sample/draw/scene.ts';
import { encodeJpeg } from '#main/sample/encode.ts';

export interface StandInJob {
  id: number;
  picture: Picture;
  extension: 'jpg' | 'png' | 'tif';
  width: number;
  height: number;
  /** What the listing says, if it does; a JPEG gets exactly this many bytes where that is possible. */
  sizeBytes: number | null;
}

/** Longest side that is really drawn; larger pictures are enlarged from it. */
const drawnSide = 800;

async function drawStandIn(job: StandInJob): Promise<Buffer> {
  const { width, height } = job;
  const scale = Math.min(1, drawnSide / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const drawn = drawPixels(createScene(job.picture), w, h);
  const image = sharp(drawn, { raw: { width: w, height: h, channels: 3 } });
  if (scale < 1) image.resize(width, height, { fit: 'fill' });
  if (job.extension === 'png') return image.png({ compressionLevel: 3 }).toBuffer();
  if (job.extension === 'tif') return image.tiff({ compression: 'lzw' }).toBuffer();
  if (job.sizeBytes === null) return image.jpeg({ quality: 84 }).toBuffer();
  const pixels = scale < 1 ? await image.raw().toBuffer() : drawn;
  try {
    return await encodeJpeg(pixels, width, height, job.sizeBytes);
  } catch {
    // The recorded file was smaller than ours can be.
    return sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 20 })
      .toBuffer();
  }
}

let queue: Promise<void> = Promise.resolve();
parentPort?.on('message', (job: StandInJob) => {
  queue = queue.then(async () => {
    try {
      parentPort?.postMessage({ id: job.id, bytes: await drawStandIn(job) });
    } catch (error) {
      parentPort?.postMessage({ id: job.id, message: String(error) });
    }
  });
});
