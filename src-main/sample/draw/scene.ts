/**
 * Runs in plain Node, in the painter's thread; pure. From what a picture is of to its pixels: one scene,
 * any size, always the same.
 */
import { drawComet, drawGlobular, drawOpenCluster, drawStarField } from './clusters.ts';
import { drawDeepField } from './deep-fields.ts';
import { drawEdgeOn, drawSpiral } from './galaxies.ts';
import { drawGiant } from './giants.ts';
import { drawAurora, drawLimb } from './horizons.ts';
import { drawLaunch } from './launches.ts';
import { drawNebula } from './nebulae.ts';
import { drawShell } from './shells.ts';
import { drawEclipse, drawSun } from './suns.ts';
import { drawEarth, drawPlain } from './surfaces.ts';
import { drawCraters, drawDelta, drawDunes } from './terrain.ts';
import { toBytes } from './tile.ts';
import type { Scene } from './tile.ts';
import { drawWorld } from './worlds.ts';

export const pictureKinds = [
  'world',
  'earth',
  'giant',
  'ringed',
  'sun',
  'eclipse',
  'nebula',
  'shell',
  'spiral',
  'edge-on',
  'deep-field',
  'globular',
  'open-cluster',
  'star-field',
  'comet',
  'craters',
  'dunes',
  'delta',
  'limb',
  'aurora',
  'launch',
  'plain',
] as const;

export type PictureKind = (typeof pictureKinds)[number];

/** All that a picture depends on. */
export interface Picture {
  kind: PictureKind;
  /** Palette or variety, by the names of the kind's own module. */
  look: string;
  seed: number;
  /** Width by height. */
  aspect: number;
  /** Angle between sun and eye in radians, where that means something. */
  phase: number;
}

export function createScene(picture: Picture): Scene {
  const { seed, aspect, look, phase } = picture;
  switch (picture.kind) {
    case 'world':
      return drawWorld(seed, aspect, look, phase);
    case 'earth':
      return drawEarth(seed, aspect, phase);
    case 'giant':
      return drawGiant(seed, aspect, look, phase, false);
    case 'ringed':
      return drawGiant(seed, aspect, look, phase, true);
    case 'sun':
      return drawSun(seed, look);
    case 'eclipse':
      return drawEclipse(seed, aspect);
    case 'nebula':
      return drawNebula(seed, aspect, look);
    case 'shell':
      return drawShell(seed, aspect, look);
    case 'spiral':
      return drawSpiral(seed, aspect, look);
    case 'edge-on':
      return drawEdgeOn(seed, aspect);
    case 'deep-field':
      return drawDeepField(seed, aspect, look);
    case 'globular':
      return drawGlobular(seed, aspect);
    case 'open-cluster':
      return drawOpenCluster(seed, aspect);
    case 'star-field':
      return drawStarField(seed, aspect, look);
    case 'comet':
      return drawComet(seed, aspect);
    case 'craters':
      return drawCraters(seed, aspect, look);
    case 'dunes':
      return drawDunes(seed, look);
    case 'delta':
      return drawDelta(seed);
    case 'limb':
      return drawLimb(seed, aspect, look);
    case 'aurora':
      return drawAurora(seed, aspect);
    case 'launch':
      return drawLaunch(seed, aspect);
    case 'plain':
      return drawPlain(seed, aspect);
  }
}

/** Floating-point values that may stand in memory at once: 6 MB. */
const bandValues = 1_500_000;

/** Draws a scene at a size: red, green and blue bytes, row by row. */
export function drawPixels(scene: Scene, width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(width * height * 3);
  const bandRows = Math.max(16, Math.min(height, Math.floor(bandValues / (width * 3))));
  const band = new Float32Array(bandRows * width * 3);
  // Grain of the eye's size: finer pixels show less of it.
  const grain = 1.6;
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    const data = band.subarray(0, rows * width * 3);
    data.fill(0);
    const tile = { width, height, top, rows, data };
    scene.paint(tile);
    toBytes(tile, bytes.subarray(top * width * 3, (top + rows) * width * 3), grain);
  }
  return bytes;
}
