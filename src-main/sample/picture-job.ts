/**
 * Runs in plain Node, in a painter's thread; imports sharp through encode.ts. One file of the sample
 * archive, from its record's number to its bytes.
 */
import { makeAstrobinFile } from './astrobin/picture.ts';
import type { AstrobinJob } from './astrobin/picture.ts';
import { createScene, drawPixels } from './draw/scene.ts';
import type { Picture } from './draw/scene.ts';
import { encodeJpeg, encodePng, encodeTiff } from './encode.ts';
import { recordOf } from './plan.ts';
import type { SamplePlan } from './plan.ts';
import { fileName, toneOf } from './files.ts';
import type { SampleFile } from './files.ts';
import { reelOf } from './reels.ts';
import type { SampleRecord } from './record.ts';
import { makeSound } from './sound.ts';

/** A file of the NASA part, or of the AstroBin part. */
export type PictureJob = NasaJob | AstrobinJob;

export interface NasaJob {
  plan: SamplePlan;
  index: number;
  /** The file's whole name. */
  name: string;
}

/** Draws and encodes a picture, or makes a sound. Throws RangeError for a name that the record does not have. */
export async function makeFile(job: PictureJob): Promise<Buffer> {
  if ('archive' in job) return makeAstrobinFile(job);
  const record = recordOf(job.plan, job.index);
  const file = record.files.find((one) => fileName(record, one) === job.name);
  if (file === undefined) throw new RangeError(`Record ${job.index} has no file of that name`);
  if (file.extension === 'wav') {
    const tone = toneOf(record.picture.seed);
    return makeSound(tone.seed, tone.seconds);
  }
  // A turned file is drawn upright and stored on its side.
  const width = file.isTurned ? file.height : file.width;
  const height = file.isTurned ? file.width : file.height;
  const pixels = drawPixels(createScene(pictureOf(record, file)), width, height);
  if (file.extension === 'png') return encodePng(pixels, width, height);
  if (file.extension === 'tif') return encodeTiff(pixels, width, height);
  return encodeJpeg(pixels, width, height, file.sizeBytes, file.isTurned);
}

/** The record's own picture, or for a still of its film a shot of that. */
function pictureOf(record: SampleRecord, file: SampleFile): Picture {
  const shot = file.shot === null ? undefined : reelOf(record.topic.family).shots[file.shot];
  if (shot === undefined) return record.picture;
  const { kind, look, seed, phase } = shot;
  return { kind, look, seed, phase, aspect: record.picture.aspect };
}
