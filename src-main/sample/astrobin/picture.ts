/**
 * Runs in plain Node, in a painter's thread; imports sharp. Files of an AstroBin image, from its number: renditions, the
 * solution over the picture, maps of the sky, the histogram of its pixels.
 */
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { Picture } from '../draw/scene.ts';
import { createScene, drawPixels } from '../draw/scene.ts';
import type { Scene } from '../draw/tile.ts';
import { mix } from '../random.ts';
import { overlaySvg, skyPlotSvg } from './chart.ts';
import { withCompany } from './company.ts';
import { countLevels, histogramSvg } from './histogram.ts';
import { createImages } from './images.ts';
import type { Images } from './images.ts';
import { isAlias, renditionSize, solutionSide } from './renditions.ts';
import type { ChartFolder, RenditionSize } from './renditions.ts';
import type { Alias } from './rows.ts';
import { share } from './timeline.ts';
import { lookOf } from './titles.ts';

export interface AstrobinJob {
  archive: 'astrobin';
  seed: number;
  size: number;
  index: number;
  /** '0' for the first state, else a revision's letter. */
  label: string;
  what: Alias | ChartFolder;
  /** Tells the file from all others, those of other archives too. */
  name: string;
}

let known: { seed: number; size: number; images: Images } | null = null;

function imagesOf(seed: number, size: number): Images {
  if (known?.seed !== seed || known.size !== size)
    known = { seed, size, images: createImages(seed, size) };
  return known.images;
}

/** What the image shows. A revision is the same sky with its colours brought out in another way. */
function pictureOf(images: Images, index: number, label: string): Picture {
  const target = images.targetOf(index);
  const { width, height } = images.exposureOf(index);
  const titled = lookOf(images.titleNumberOf(index));
  const order = label === '0' ? 0 : label.charCodeAt(0) - 65;
  const at = target.looks.indexOf(titled);
  return {
    kind: target.kind,
    look: target.looks[(at + order) % target.looks.length] ?? titled,
    seed: mix(mix(images.seed, 0x9c7), index),
    aspect: width / height,
    phase: phaseOf(target.name, share(mix(images.seed, 0x9c8), index)),
  };
}

/** Planets are seen nearly full; the Moon as its title says. */
function phaseOf(name: string, draw: number): number {
  if (name.startsWith('Full')) return 0.05;
  if (name.includes('crescent')) return 2.1 + draw * 0.3;
  if (name.includes('Moon')) return 0.5 + draw * 0.5;
  return name === 'Venus' ? 1 + draw : 0.1 + draw * 0.2;
}

async function render(scene: Scene, size: RenditionSize, aspect: number): Promise<Sharp> {
  const { width, height, isCropped } = size;
  // Drawn just large enough to cut the wanted shape from its middle.
  const wide = isCropped ? Math.max(width, Math.ceil(height * aspect)) : width;
  const high = isCropped ? Math.max(height, Math.ceil(wide / aspect)) : height;
  const raw = { width: wide, height: high, channels: 3 as const };
  const drawn = sharp(drawPixels(scene, wide, high), { raw });
  if (!isCropped) return drawn;
  const [left, top] = [Math.floor((wide - width) / 2), Math.floor((high - height) / 2)];
  return Promise.resolve(drawn.extract({ left, top, width, height }));
}

const jpeg = (image: Sharp): Promise<Buffer> => image.jpeg({ quality: 86 }).toBuffer();
const png = (svg: string): Promise<Buffer> => sharp(Buffer.from(svg)).png().toBuffer();

async function rendition(images: Images, job: AstrobinJob, alias: Alias): Promise<Buffer> {
  const { width, height } = images.exposureOf(job.index);
  const picture = pictureOf(images, job.index, job.label);
  const scene = withCompany(createScene(picture), images, job.index);
  if (alias === 'histogram') {
    const { width: wide, height: high } = renditionSize('regular', width, height);
    const size = renditionSize(alias, width, height);
    const levels = countLevels(drawPixels(scene, wide, high));
    return png(histogramSvg(levels, size.width, size.height));
  }
  const image = await render(scene, renditionSize(alias, width, height), picture.aspect);
  return jpeg(alias.endsWith('_sharpened') ? image.sharpen() : image);
}

const degreesAcross: Readonly<
  Partial<Record<ChartFolder, readonly [side: number, degrees: number]>>
> = {
  skyplots: [300, 60],
  'advanced-skyplots': [1000, 30],
  'advanced-skyplots-small': [300, 30],
};

async function chart(images: Images, job: AstrobinJob, folder: ChartFolder): Promise<Buffer> {
  const { index, label } = job;
  const solution = images.solutionOf(index);
  if (solution === null) throw new RangeError('This image was not solved');
  const { width, height } = images.exposureOf(index);
  const objects = images.objectsIn(index);
  const [side, degrees] = degreesAcross[folder] ?? [0, 0];
  if (side > 0) {
    const { object } = images.targetOf(index);
    const named = object === null ? [] : [object];
    return png(skyPlotSvg(solution, { width, height, named }, side, degrees));
  }
  const scale = Math.min(1, solutionSide / Math.max(width, height));
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  const overlay = Buffer.from(overlaySvg(solution, width, wide, high, objects));
  if (folder === 'advanced-solutions') return overlay;
  const picture = pictureOf(images, index, label);
  const scene = withCompany(createScene(picture), images, index);
  const drawn = await render(
    scene,
    { width: wide, height: high, isCropped: false },
    picture.aspect,
  );
  return jpeg(drawn.composite([{ input: overlay }]));
}

/** Draws and encodes one file. Throws RangeError for a chart of what was not solved. */
export function makeAstrobinFile(job: AstrobinJob): Promise<Buffer> {
  const images = imagesOf(job.seed, job.size);
  return isAlias(job.what) ? rendition(images, job, job.what) : chart(images, job, job.what);
}
