/**
 * Runs in plain Node, any thread; pure. How an image was taken: telescope, camera, pixels and scale, chosen so that
 * its target fits the frame.
 */
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { deepSkyCameras, planetCameras, telescopes } from './equipment.ts';
import type { Camera, Telescope } from './equipment.ts';
import type { Target } from './targets.ts';

export interface Exposure {
  telescope: Telescope;
  camera: Camera;
  width: number;
  height: number;
  /** Arcseconds a pixel of the picture as it was uploaded. */
  pixelScale: number;
}

/** Arcseconds that a micrometre spans at a millimetre of focal length. */
const arcsecPerMicron = 206.265;

const scaleOf = (telescope: Telescope, camera: Camera): number =>
  (camera.pixelMicrons / telescope.focalMm) * arcsecPerMicron;

/** The longest telescope that still shows all of the target, of one drawn from each reach; else the shortest there is. */
function fitting(random: Random, target: Target, camera: Camera): Telescope {
  if (target.family === 'planet') return random.pick(telescopes[3] ?? [deepest]);
  if (target.family === 'moon' || target.family === 'sun')
    return random.pick(telescopes[2] ?? [deepest]);
  if (target.family === 'comet') return random.pick(telescopes[1] ?? [deepest]);
  const fits = (telescope: Telescope): boolean =>
    (scaleOf(telescope, camera) * camera.height) / 60 >= target.sizeArcmin * 1.25;
  const reaches = target.family === 'deep' ? [3, 2, 1] : [0];
  const drawn = reaches.map((reach) => random.pick(telescopes[reach] ?? [deepest]));
  return drawn.find(fits) ?? telescopes[reaches.at(-1) ?? 0]?.[0] ?? deepest;
}

const deepest: Telescope = { name: '80mm f/6 APO triplet', focalMm: 480 };

/** Share of the sensor that is left after the edges were cut away. */
function cropOf(random: Random, target: Target, telescope: Telescope, camera: Camera): number {
  const draw = random.next();
  if (target.sizeArcmin === 0) return 0.75 + draw * 0.25;
  const wanted = target.sizeArcmin * (1.3 + draw * 0.9) * 60;
  const whole = scaleOf(telescope, camera) * camera.height;
  return Math.min(1, Math.max(0.35, wanted / whole));
}

/** How an image of a target was taken, from one seed. */
export function exposureOf(seed: number, target: Target): Exposure {
  const random = createRandom(seed);
  const camera = random.pick(target.family === 'planet' ? planetCameras : deepSkyCameras);
  const telescope = fitting(random, target, camera);
  const crop = cropOf(random, target, telescope, camera);
  const size = random.next();
  const most =
    size < 0.35
      ? 1200 + size * 1700
      : size < 0.8
        ? 1800 + (size - 0.35) * 1700
        : 2600 + (size - 0.8) * 4600;
  const long = Math.round(Math.min(camera.width * crop, most));
  const short = Math.round((long * camera.height) / camera.width);
  const isUpright = random.next() < 0.1;
  return {
    telescope,
    camera,
    width: isUpright ? short : long,
    height: isUpright ? long : short,
    pixelScale: (scaleOf(telescope, camera) * camera.width * crop) / long,
  };
}
