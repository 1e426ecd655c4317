/** Runs in plain Node, in the painter's thread; pure. A rocket's arc at night, over water. */
import { createRandom } from '../random.ts';
import { fbm2, noise2 } from './noise.ts';
import { eachPixel } from './pixels.ts';
import { drawStars, scatterStars, splatGlow } from './stars.ts';
import { clamp, colour, frameOf, reachOf, smoothstep } from './tile.ts';
import type { Colour, Frame, Scene, Tile } from './tile.ts';

/** A rocket's climb as one long exposure over water. */
export function drawLaunch(seed: number, aspect: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const way = random.pick([-1, 1] as const);
  const plan = {
    padX: -way * reach.x * random.between(0.25, 0.5),
    horizon: reach.y * random.between(0.52, 0.64),
    topX: way * reach.x * random.between(0.55, 0.9),
    topY: -reach.y * random.between(0.8, 0.95),
    shift: random.between(0, 200),
    dusk: random.pick([colour(0xd98a4a), colour(0xc46a58), colour(0x9a6a8a)] as const),
  };
  const stars = scatterStars(
    random,
    { x: reach.x, y: reach.y },
    { perUnit: 120, faintest: 0.08, most: 4, warmth: 0.4 },
  ).filter((star) => star.y < plan.horizon - 0.05);
  return {
    paint(tile) {
      const frame = frameOf(tile);
      paintDusk(tile, frame, plan);
      drawStars(tile, stars, { core: 0.0016, halo: 0, spikes: 0, turn: 0 });
      paintArc(tile, frame, plan);
      const { half } = frame;
      const cx = plan.padX * half + tile.width / 2;
      const cy = plan.horizon * half + tile.height / 2 - tile.top;
      splatGlow(tile, cx, cy - half * 0.03, half * 1.3, half * 0.1, 0.55, [1, 0.72, 0.4]);
      splatGlow(tile, cx, cy - half * 0.02, half * 0.3, half * 0.03, 1.4, [1, 0.9, 0.7]);
      paintShore(tile, frame, plan);
    },
  };
}

interface LaunchPlan {
  padX: number;
  horizon: number;
  topX: number;
  topY: number;
  shift: number;
  dusk: Colour;
}

function paintDusk(tile: Tile, frame: Frame, plan: LaunchPlan): void {
  eachPixel(tile, (x, y, at) => {
    const up = Math.max(0, plan.horizon - y) / (plan.horizon + frame.reachY);
    const warm = Math.exp(-up * 5.5);
    const cloud =
      y < plan.horizon
        ? Math.max(0, fbm2(x * 0.8 + plan.shift, y * 5 + plan.shift, 4)) * warm * 0.35
        : 0;
    tile.data[at] = 0.02 + (plan.dusk[0] as number) * warm * 0.62 * (1 - cloud) + 0.05 * (1 - up);
    tile.data[at + 1] =
      0.035 + (plan.dusk[1] as number) * warm * 0.52 * (1 - cloud) + 0.09 * (1 - up);
    tile.data[at + 2] = 0.1 + (plan.dusk[2] as number) * warm * 0.4 * (1 - cloud) + 0.2 * (1 - up);
  });
}

/** Distance to the arc, found along its rise: x as a power of the height climbed. */
function paintArc(tile: Tile, frame: Frame, plan: LaunchPlan): void {
  const { pixel } = frame;
  const thick = Math.max(0.009, pixel * 0.9);
  const rise = plan.horizon - plan.topY;
  for (let row = 0; row < tile.rows; row += 1) {
    const y = (row + tile.top + 0.5) * pixel - frame.reachY;
    const t = (plan.horizon - y) / rise;
    const mirror = t < 0;
    const climb = mirror ? -t * 1.6 : t;
    if (climb > 1.02) continue;
    const run = plan.topX - plan.padX;
    const bend = Math.pow(climb, 2.1);
    const middle = plan.padX + run * bend;
    const lean = 1 / Math.sqrt(1 + Math.pow((run * 2.1 * Math.pow(climb, 1.1)) / rise, 2));
    for (let column = 0; column < tile.width; column += 1) {
      const x = (column + 0.5) * pixel - frame.reachX;
      const wobble = mirror ? noise2(y * 60, x * 3 + plan.shift) * 0.035 : 0;
      const off = Math.abs(x - middle + wobble) * lean;
      if (off > 0.6) continue;
      const fade = smoothstep(1.02, 0.9, climb) * (mirror ? 0.3 * Math.exp(-climb * 2) : 1);
      const line = Math.exp(-Math.pow(off / (thick * (mirror ? 2.4 : 1)), 2)) * 1.5 * fade;
      const glow = (0.2 / (1 + Math.pow(off / 0.03, 2)) + 0.05 * Math.exp(-off * 6)) * fade;
      const at = (row * tile.width + column) * 3;
      tile.data[at] = (tile.data[at] as number) + line + glow;
      tile.data[at + 1] = (tile.data[at + 1] as number) + line * 0.86 + glow * 0.74;
      tile.data[at + 2] = (tile.data[at + 2] as number) + line * 0.62 + glow * 0.42;
    }
  }
}

function paintShore(tile: Tile, frame: Frame, plan: LaunchPlan): void {
  const { pixel } = frame;
  eachPixel(tile, (x, y, at) => {
    if (y < plan.horizon - 0.12) return;
    const trees = plan.horizon - 0.012 - Math.max(0, fbm2(x * 9 + plan.shift, 3, 5)) * 0.045;
    const shore =
      clamp((y - trees) / pixel + 0.5, 0, 1) *
      clamp((plan.horizon + 0.018 - y) / pixel + 0.5, 0, 1);
    if (y > plan.horizon) {
      const deep = y - plan.horizon;
      const wave =
        noise2(x * 7 + plan.shift, y * (90 - deep * 60)) * 0.5 + noise2(x * 19, y * 170) * 0.3;
      const light = clamp(0.5 + wave * 0.35, 0.1, 1) * (0.8 - deep * 0.35);
      for (let channel = 0; channel < 3; channel += 1) {
        tile.data[at + channel] = (tile.data[at + channel] as number) * light;
      }
    }
    for (let channel = 0; channel < 3; channel += 1) {
      const here = tile.data[at + channel] as number;
      tile.data[at + channel] = here * (1 - shore) + 0.012 * shore;
    }
  });
}
