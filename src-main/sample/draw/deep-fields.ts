/** Runs in plain Node, in the painter's thread; pure. Fields of hundreds of galaxies. */
import { createRandom } from '../random.ts';
import { paintEllipse, planEllipse } from './ellipses.ts';
import { paintSpiral, planSpiral } from './galaxies.ts';
import { drawStars, scatterStars } from './stars.ts';
import type { Optics } from './stars.ts';
import { reachOf } from './tile.ts';
import type { Colour, Scene } from './tile.ts';

/** Hundreds of galaxies at all distances, and a few stars of our own before them. */
export function drawDeepField(seed: number, aspect: number, look: string): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const area = reach.x * reach.y * 4;
  const warm: readonly [Colour, ...Colour[]] = [
    [1, 0.78, 0.5],
    [1, 0.66, 0.4],
    [1, 0.86, 0.66],
    [0.7, 0.8, 1],
    [0.85, 0.9, 1],
    [1, 0.5, 0.36],
  ];
  const small = Array.from({ length: Math.round(area * 150) }, () => ({
    ...planEllipse(random, { x: reach.x * 1.1, y: reach.y * 1.1 }, 0.004, 0.005),
    size: 0.005 * Math.pow(1 - random.next() * 0.99, -0.44),
    flat: random.between(0.22, 1),
    tint: random.pick(warm),
    gain: random.between(0.3, 1),
    peak: random.between(1, 1.7),
  }));
  const spirals = Array.from({ length: Math.round(area * 3) + 2 }, () =>
    planSpiral(random, {
      x: random.between(-0.95, 0.95) * reach.x,
      y: random.between(-0.95, 0.95) * reach.y,
      size: 0.05 * Math.pow(1 - random.next() * 0.96, -0.42),
      flat: random.between(0.25, 0.95),
      bulge: 0.13,
      gain: random.between(0.5, 0.85),
    }),
  );
  if (look === 'cluster') {
    for (let count = 0; count < 46; count += 1) {
      const distance = Math.pow(random.next(), 0.8) * 0.75;
      const angle = random.between(0, Math.PI * 2);
      small.push({
        ...planEllipse(random, reach, 0.012, 0.03),
        x: Math.cos(angle) * distance,
        y: Math.sin(angle) * distance * 0.7,
        tint: [1, 0.83, 0.6],
        gain: random.between(0.6, 1),
        peak: 1.7,
      });
    }
    small.push({
      ...planEllipse(random, reach, 0.07, 0.1),
      x: 0,
      y: 0,
      flat: 0.7,
      tint: [1, 0.88, 0.7],
      gain: 1,
      peak: 1.9,
    });
  }
  const stars = scatterStars(random, reach, {
    perUnit: 7,
    faintest: 0.3,
    most: 40,
    warmth: 0.5,
    slope: 0.9,
  });
  const optics: Optics = {
    core: 0.0018,
    halo: 0.05,
    spikes: look === 'six' ? 6 : 4,
    turn: random.between(0, 1.5),
  };
  return {
    paint(tile) {
      tile.data.fill(0.014);
      for (const one of small) paintEllipse(tile, one);
      for (const one of spirals) paintSpiral(tile, one);
      drawStars(tile, stars, optics);
    },
  };
}
