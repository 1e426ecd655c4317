/**
 * Draws the picture of the welcome screen with the sample archive's own painter and writes
 * src-renderer/app/welcome.webp. Run with Node 24 after a change of the painter:
 * `node_modules/.bin/node scripts/make-welcome-picture.mjs [out.webp]`
 */
import { resolve } from 'node:path';
import sharp from 'sharp';
import { paintEllipse } from '../src-main/sample/draw/ellipses.ts';
import { armStars, paintSpiral, planSpiral } from '../src-main/sample/draw/galaxies.ts';
import { drawPixels } from '../src-main/sample/draw/scene.ts';
import { drawStars, scatterStars } from '../src-main/sample/draw/stars.ts';
import { createRandom } from '../src-main/sample/random.ts';

const width = 1240;
const height = 1600;
const root = resolve(import.meta.dirname, '..');
const out = process.argv[2] ?? resolve(root, 'src-renderer/app/welcome.webp');

const random = createRandom(20260);
const galaxy = planSpiral(random, {
  x: -0.06,
  y: 0.02,
  size: 1.32,
  flat: 0.36,
  turn: -0.56,
  arms: 2,
  pitch: 0.23,
  sense: 1,
  bulge: 0.115,
  dust: 1.05,
  bar: 0,
  gain: 0.9,
  old: [1, 0.9, 0.72],
  disc: [0.8, 0.7, 0.58],
  young: [0.56, 0.68, 0.98],
});
const companion = { tint: [1, 0.87, 0.7], lane: 0, shift: 3 };
const companions = [
  { ...companion, x: -0.42, y: -0.52, size: 0.1, flat: 0.45, turn: -1.05, gain: 0.34, peak: 1.5 },
  { ...companion, x: 0.1, y: 0.35, size: 0.05, flat: 0.9, turn: 0.3, gain: 0.62, peak: 1.8 },
];
const reach = { x: 1, y: height / width };
const knots = armStars(random, galaxy, 2600);
const stars = scatterStars(random, reach, {
  perUnit: 330,
  faintest: 0.07,
  most: 12,
  warmth: 0.55,
  slope: 1.15,
});

const scene = {
  paint(tile) {
    tile.data.fill(0.016);
    for (const one of companions) paintEllipse(tile, one);
    paintSpiral(tile, galaxy);
    drawStars(tile, knots, { core: 0.0022, halo: 0, spikes: 0, turn: 0 });
    drawStars(tile, stars, { core: 0.0017, halo: 0.045, spikes: 0, turn: 0 });
  },
};

const pixels = drawPixels(scene, width, height);
const { size } = await sharp(pixels, { raw: { width, height, channels: 3 } })
  .webp({ quality: 92, effort: 6 })
  .toFile(out);
process.stdout.write(`${out}: ${width} x ${height}, ${size} bytes\n`);
