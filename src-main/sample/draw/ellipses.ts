/** Runs in plain Node, in the painter's thread; pure. Smooth galaxies, with or without a lane of dust. */
import type { Random } from '../random.ts';
import { fbm2, octavesFor } from './noise.ts';
import { addSoft, boxAround } from './pixels.ts';
import { clamp, frameOf, smoothstep } from './tile.ts';
import type { Colour, Tile } from './tile.ts';

export interface EllipsePlan {
  x: number;
  y: number;
  size: number;
  flat: number;
  turn: number;
  tint: Colour;
  gain: number;
  /** Concentration: 1 a disc, above that a bright middle. */
  peak: number;
  /** Strength of a lane of dust along the middle. */
  lane: number;
  shift: number;
}

export function planEllipse(
  random: Random,
  reach: { x: number; y: number },
  least: number,
  most: number,
): EllipsePlan {
  return {
    x: random.between(-0.9, 0.9) * reach.x,
    y: random.between(-0.9, 0.9) * reach.y,
    size: random.between(least, most),
    flat: random.between(0.3, 0.95),
    turn: random.between(0, Math.PI),
    tint: [1, 0.86, 0.68],
    gain: random.between(0.5, 1),
    peak: random.between(1.2, 2),
    lane: 0,
    shift: random.between(0, 200),
  };
}

/** Adds a smooth galaxy, with or without a lane of dust. */
export function paintEllipse(tile: Tile, plan: EllipsePlan): void {
  const { pixel } = frameOf(tile);
  const [cos, sin] = [Math.cos(plan.turn), Math.sin(plan.turn)];
  const reach = plan.size * 3.2;
  const box = boxAround(tile, plan.x, plan.y, reach);
  const octaves = octavesFor(plan.size * 0.3, pixel, 6);
  // A core smaller than a pixel would flicker from size to size.
  const soft = Math.pow((pixel * 0.6) / plan.size, 2);
  addSoft(tile, box, (px, py, out) => {
    const fx = px - plan.x;
    const fy = py - plan.y;
    const x = (fx * cos + fy * sin) / plan.size;
    const y = (fy * cos - fx * sin) / plan.size;
    const distance = Math.sqrt(x * x + (y * y) / (plan.flat * plan.flat) + soft);
    if (distance > 3.2) {
      out.fill(0);
      return;
    }
    let light =
      plan.gain *
      Math.exp(-2.3 * Math.pow(distance, 1 / plan.peak)) *
      2.1 *
      smoothstep(3.2, 1.4, distance);
    let red = 1;
    if (plan.lane > 0) {
      const warp = fbm2(x * 1.6 + plan.shift, y * 4, octaves);
      const line = Math.abs(y + 0.03 * Math.sin(x * 1.4) + warp * 0.035 * plan.lane);
      const dark =
        Math.exp(-Math.pow(line / (0.042 + 0.01 * warp), 2)) * smoothstep(2.4, 0.9, Math.abs(x));
      const veil = 1 - dark * 0.92 * clamp(0.75 + warp, 0.3, 1) * plan.lane;
      light *= veil;
      red = 1 - (1 - veil) * 0.2;
    }
    out[0] = light * plan.tint[0];
    out[1] = light * plan.tint[1] * red;
    out[2] = light * plan.tint[2] * red * red;
  });
}
