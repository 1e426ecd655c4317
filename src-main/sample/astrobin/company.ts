/**
 * Runs in plain Node, in a painter's thread; pure. What else is in the field: neighbours of an image's target, as soft
 * lights where the solution says that they are.
 */
import { splatGlow } from '../draw/stars.ts';
import type { Colour, Scene } from '../draw/tile.ts';
import type { Images } from './images.ts';
import { createSkyFrame } from './sky-frame.ts';
import { skyObjects } from './sky-objects.ts';
import type { ObjectKind } from './sky-objects.ts';

const tints: Readonly<Partial<Record<ObjectKind, Colour>>> = {
  emission: [1, 0.35, 0.4],
  reflection: [0.45, 0.6, 1],
  planetary: [0.5, 1, 0.85],
  remnant: [0.7, 0.6, 0.9],
  globular: [1, 0.92, 0.76],
  open: [0.8, 0.88, 1],
};
const galaxyTint: Colour = [1, 0.88, 0.74];

interface Light {
  /** Shares of the frame's width and height, and of its width. */
  x: number;
  y: number;
  radius: number;
  tint: Colour;
  peak: number;
}

function lightsOf(images: Images, index: number): Light[] {
  const solution = images.solutionOf(index);
  if (solution === null) return [];
  const own = images.targetOf(index).object;
  const { width, height } = images.exposureOf(index);
  const frame = createSkyFrame(solution, width, height);
  return images.objectsIn(index).flatMap((at) => {
    const object = skyObjects[at];
    const spot = object === undefined ? null : frame.toPixel(object.ra, object.dec);
    if (object === undefined || spot === null || at === own) return [];
    const radius = (object.sizeArcmin * 30) / solution.pixelScale / width;
    return {
      x: spot.x / width,
      y: spot.y / height,
      radius: Math.max(0.003, Math.min(0.25, radius)),
      tint: tints[object.kind] ?? galaxyTint,
      // Large ones are faint.
      peak: Math.min(0.9, 0.12 + 0.02 / Math.max(0.02, radius)),
    };
  });
}

/** The scene with its neighbours' light added. */
export function withCompany(scene: Scene, images: Images, index: number): Scene {
  const lights = lightsOf(images, index);
  if (lights.length === 0) return scene;
  return {
    paint(tile) {
      scene.paint(tile);
      for (const { x, y, radius, tint, peak } of lights) {
        const [cx, cy] = [x * tile.width, y * tile.height - tile.top];
        const reach = Math.max(1.5, radius * tile.width);
        splatGlow(tile, cx, cy, reach, reach * 0.28, peak, tint);
      }
    },
  };
}
