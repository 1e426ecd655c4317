/**
 * Runs in plain Node, any thread; pure but for a few landscapes that are kept. Camera frames of the sample
 * registry: pieces of a drawn landscape, turned and stretched, because a registry states the checksum of every
 * frame that it lists and a frame drawn by itself would take too long for that.
 */
import { createScene, drawPixels } from '../draw/scene.ts';
import { createRandom, mix } from '../random.ts';
import { deflateSync, crc32 } from 'node:zlib';
import type { Target } from './missions.ts';

/** Lines and samples of a frame. */
export const frameSide = 128;
const landscapeSide = 320;

const landscapes = new Map<string, Uint8Array>();

/** Grey bytes of one of the few landscapes of a look; drawn in about a tenth of a second, then kept: 100 kB each. */
function landscape(look: Target['look'], which: number): Uint8Array {
  const key = `${look} ${which}`;
  const known = landscapes.get(key);
  if (known !== undefined) return known;
  const picture = { kind: 'craters' as const, look, seed: mix(0x9d5, which), aspect: 1, phase: 1 };
  const colours = drawPixels(createScene(picture), landscapeSide, landscapeSide);
  const grey = new Uint8Array(landscapeSide * landscapeSide);
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * 3;
    grey[at] =
      ((colours[from] as number) * 54 +
        (colours[from + 1] as number) * 183 +
        (colours[from + 2] as number) * 19) >>>
      8;
  }
  landscapes.set(key, grey);
  return grey;
}

/** One frame: unsigned bytes, line by line from the top. */
export function frameBytes(seed: number, look: Target['look']): Buffer {
  const random = createRandom(seed);
  const from = landscape(look, random.below(2));
  const top = random.below(landscapeSide - frameSide);
  const left = random.below(landscapeSide - frameSide);
  const isFlipped = random.next() < 0.5;
  const isTurned = random.next() < 0.5;
  const gain = random.between(0.75, 1.25);
  const bytes = Buffer.alloc(frameSide * frameSide);
  for (let line = 0; line < frameSide; line += 1) {
    for (let sample = 0; sample < frameSide; sample += 1) {
      const x = isFlipped ? frameSide - 1 - sample : sample;
      const [row, column] = isTurned ? [x, line] : [line, x];
      const value = from[(top + row) * landscapeSide + left + column] as number;
      bytes[line * frameSide + sample] = Math.max(0, Math.min(255, Math.round(value * gain)));
    }
  }
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/** A frame as a grey PNG. */
export function framePng(frame: Buffer): Buffer {
  const raw = Buffer.alloc(frameSide * (frameSide + 1));
  for (let line = 0; line < frameSide; line += 1)
    frame.copy(raw, line * (frameSide + 1) + 1, line * frameSide, (line + 1) * frameSide);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(frameSide, 0);
  header.writeUInt32BE(frameSide, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
