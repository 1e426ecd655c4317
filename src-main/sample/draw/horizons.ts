/**
 * Runs in plain Node, in the painter's thread; pure. Views with a horizon: the Earth's limb from orbit,
 * aurora over hills, a rocket's arc at night, and a plain of stones on Mars.
 */
import { createRandom } from '../random.ts';
import { fbm2, fbm3, noise3, octavesFor, ridged3 } from './noise.ts';
import { eachPixel } from './pixels.ts';
import { drawStars, scatterStars } from './stars.ts';
import { clamp, frameOf, reachOf, smoothstep } from './tile.ts';
import type { Colour, Frame, Scene, Tile } from './tile.ts';

/** The Earth's limb; look 'night' has city lights and a green airglow. */
export function drawLimb(seed: number, aspect: number, look: string): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const radius = random.between(1.9, 3.4);
  const tilt = random.between(-0.16, 0.16);
  const plan = {
    radius,
    x: Math.sin(tilt) * radius * 0.5,
    y: radius + reach.y * random.between(-0.25, 0.3),
    shift: random.between(0, 200),
    night: look === 'night',
    sun: random.between(-0.5, 0.5),
  };
  const stars = scatterStars(random, reach, {
    perUnit: plan.night ? 240 : 50,
    faintest: 0.09,
    most: 5,
    warmth: 0.4,
  });
  return {
    paint(tile) {
      tile.data.fill(0);
      drawStars(tile, stars, { core: 0.0016, halo: 0, spikes: 0, turn: 0 });
      paintEarth(tile, plan);
    },
  };
}

function paintEarth(tile: Tile, plan: LimbPlan): void {
  const frame = frameOf(tile);
  eachPixel(tile, (x, y, at) => {
    const height =
      Math.sqrt((x - plan.x) * (x - plan.x) + (y - plan.y) * (y - plan.y)) - plan.radius;
    const day = plan.night ? 0 : clamp(0.85 + x * plan.sun * 0.5, 0.15, 1.1);
    if (height > 0) skyAbove(tile.data, at, height, day, plan.night);
    else if (plan.night) nightGround(tile.data, at, x, y, height, plan, frame);
    else dayGround(tile.data, at, x, y, height, day, plan, frame);
  });
}

function skyAbove(
  data: Float32Array,
  at: number,
  height: number,
  day: number,
  night: boolean,
): void {
  const air = Math.exp(-height * 34);
  const high = Math.exp(-height * 12) * 0.35;
  const layer = Math.exp(-Math.pow((height - 0.085) / 0.014, 2)) * (night ? 0.36 : 0.07);
  const faint = Math.exp(-Math.pow((height - 0.12) / 0.04, 2)) * (night ? 0.13 : 0.03);
  const stars = 1 - Math.min(0.9, air + layer);
  const blue = day * (air * 1.05 + high);
  data[at] =
    (data[at] as number) * stars +
    day * (air * air * 0.95 + high * 0.1) +
    layer * 0.35 +
    faint * 0.95 +
    (night ? air * 0.1 : 0);
  data[at + 1] =
    (data[at + 1] as number) * stars +
    day * (air * 0.9 + high * 0.36) +
    layer * 1 +
    faint * 0.3 +
    (night ? air * 0.16 : 0);
  data[at + 2] =
    (data[at + 2] as number) * stars + blue + layer * 0.3 + faint * 0.22 + (night ? air * 0.34 : 0);
}

interface LimbPlan {
  radius: number;
  x: number;
  y: number;
  shift: number;
  night: boolean;
  sun: number;
}

/** Place on the ball under a pixel, scaled so that weather has the same size on every ball. */
const place = { u: 0, v: 0, w: 0, haze: 0 };

function findPlace(x: number, y: number, height: number, plan: LimbPlan): void {
  const nx = (x - plan.x) / plan.radius;
  const ny = (y - plan.y) / plan.radius;
  const nz = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
  const scale = plan.radius * 1.5;
  place.u = nx * scale + plan.shift;
  place.v = ny * scale;
  place.w = nz * scale;
  place.haze = Math.exp(height * 6);
}

function dayGround(
  data: Float32Array,
  at: number,
  x: number,
  y: number,
  height: number,
  day: number,
  plan: LimbPlan,
  frame: Frame,
): void {
  findPlace(x, y, height, plan);
  const { u, v, w, haze } = place;
  const octaves = octavesFor(0.5, frame.pixel, 8);
  const warp = fbm3(u * 0.6, v * 0.6, w * 0.6, 3);
  const clouds = fbm3(u * 1.2 + warp * 1.5, v * 1.5 + warp, w * 1.2, octaves);
  const wisps = ridged3(
    u * 1.6 + warp * 2.2,
    v * 1.6 + 30,
    w * 1.6 + warp,
    Math.max(3, octaves - 2),
  );
  const cover = smoothstep(-0.06, 0.36, clouds + (wisps - 0.44) * 0.55);
  const land = smoothstep(0.1, 0.15, fbm3(u * 0.4 + 80, v * 0.4 + 3, w * 0.4, 5));
  const dry = fbm3(u * 1.1 + 20, v * 1.1, w * 1.1, 5);
  const red = 0.03 + land * (0.26 + dry * 0.3);
  const green = 0.13 + land * (0.14 + dry * 0.16);
  const blue = 0.3 - land * (0.17 - dry * 0.1);
  const white = 0.74 + clouds * 0.45;
  const lit = day * (1 - haze * 0.2);
  const air = 0.16 + haze * 0.72;
  data[at] = ((red + (white - red) * cover) * (1 - air) + air * (0.3 + haze * 0.36)) * lit;
  data[at + 1] =
    ((green + (white * 1.01 - green) * cover) * (1 - air) + air * (0.5 + haze * 0.26)) * lit;
  data[at + 2] =
    ((blue + (white * 1.05 - blue) * cover) * (1 - air) + air * (0.86 + haze * 0.14)) * lit;
}

function nightGround(
  data: Float32Array,
  at: number,
  x: number,
  y: number,
  height: number,
  plan: LimbPlan,
  frame: Frame,
): void {
  findPlace(x, y, height, plan);
  const { u, v, w, haze } = place;
  const octaves = octavesFor(0.5, frame.pixel, 7);
  const clouds = clamp(0.3 + fbm3(u * 1.3, v * 1.3, w * 1.3, octaves) * 0.8, 0, 1);
  const country = smoothstep(-0.02, 0.26, fbm3(u * 0.6 + 40, v * 0.6, w * 0.6, 4));
  const roads = Math.pow(ridged3(u * 3.2 + 9, v * 3.2, w * 3.2, Math.min(octaves, 5)), 4);
  const towns = Math.pow(
    Math.max(0, noise3(u * 17, v * 17, w * 17) * 0.7 + noise3(u * 39, v * 39, w * 39) * 0.5),
    1.6,
  );
  const glow = country * (roads * 1.5 + towns * (0.5 + roads * 7)) * (1 - clouds * 0.5);
  data[at] = 0.012 + clouds * 0.035 + glow * 1.15 + haze * 0.06;
  data[at + 1] = 0.016 + clouds * 0.045 + glow * 0.78 + haze * 0.14;
  data[at + 2] = 0.034 + clouds * 0.075 + glow * 0.36 + haze * 0.3;
}

const lights: readonly [readonly [Colour, Colour], ...(readonly [Colour, Colour])[]] = [
  [
    [0.18, 0.95, 0.5],
    [0.45, 0.2, 0.85],
  ],
  [
    [0.2, 0.9, 0.62],
    [0.85, 0.22, 0.42],
  ],
  [
    [0.42, 0.95, 0.38],
    [0.2, 0.42, 0.9],
  ],
];

/** Aurora over dark hills. */
export function drawAurora(seed: number, aspect: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const shift = random.between(0, 200);
  const [low, high] = random.pick(lights);
  const curtains = Array.from({ length: 2 + random.below(2) }, (_, order) => ({
    base: reach.y * random.between(0.2, 0.45) - order * 0.32 * reach.y,
    shift: random.between(0, 200),
    bend: random.between(0.22, 0.5) * reach.y,
    tall: reach.y * random.between(0.5, 0.95),
    power: random.between(0.7, 1.05) / (1 + order * 0.35),
  }));
  const ground = reach.y * random.between(0.66, 0.82);
  const stars = scatterStars(random, reach, { perUnit: 330, faintest: 0.09, most: 8, warmth: 0.4 });
  return {
    paint(tile) {
      const frame = frameOf(tile);
      const fine = octavesFor(0.25, frame.pixel, 6);
      fillSky(tile, frame, [0.012, 0.022, 0.05], [0.02, 0.075, 0.085]);
      drawStars(tile, stars, { core: 0.0016, halo: 0.04, spikes: 0, turn: 0 });
      for (let column = 0; column < tile.width; column += 1) {
        const x = (column + 0.5) * frame.pixel - frame.reachX;
        const ridge =
          ground -
          fbm2(x * 1.3 + shift, 4, octavesFor(0.8, frame.pixel, 7)) * 0.2 -
          fbm2(x * 14 + shift, 9, 3) * 0.012;
        for (const curtain of curtains) {
          const fold = fbm2(x * 0.7 + curtain.shift, 2, 3);
          const foot = curtain.base + fold * curtain.bend * 2;
          const rays = 0.6 + fbm2(x * 15 + curtain.shift + fold * 9, 7, fine) * 1.1;
          const strength =
            curtain.power *
            clamp(0.62 + fbm2(x * 1.7 + curtain.shift, 31, 3) * 1.3, 0.04, 1.4) *
            Math.max(0.05, rays);
          addCurtain(
            tile,
            frame,
            column,
            { foot, strength, tall: curtain.tall * (0.75 + rays * 0.4) },
            low,
            high,
          );
        }
        paintHill(tile, frame, column, ridge);
      }
    },
  };
}

function addCurtain(
  tile: Tile,
  frame: Frame,
  column: number,
  ray: { foot: number; strength: number; tall: number },
  low: Colour,
  high: Colour,
): void {
  for (let row = 0; row < tile.rows; row += 1) {
    const y = (row + tile.top + 0.5) * frame.pixel - frame.reachY;
    const up = ray.foot - y;
    if (up < -0.12) break;
    const light = up < 0 ? Math.exp(up * 40) : Math.exp((-up / ray.tall) * 2.9);
    const glow = light * ray.strength * 1.05;
    if (glow < 0.002) continue;
    const turn = smoothstep(0.12, 0.95, up / ray.tall);
    const at = (row * tile.width + column) * 3;
    for (let channel = 0; channel < 3; channel += 1) {
      const tint =
        (low[channel] as number) + ((high[channel] as number) - (low[channel] as number)) * turn;
      tile.data[at + channel] = (tile.data[at + channel] as number) + glow * tint;
    }
  }
}

function paintHill(tile: Tile, frame: Frame, column: number, ridge: number): void {
  for (let row = tile.rows - 1; row >= 0; row -= 1) {
    const y = (row + tile.top + 0.5) * frame.pixel - frame.reachY;
    const cover = clamp((y - ridge) / frame.pixel + 0.5, 0, 1);
    if (cover <= 0) break;
    const at = (row * tile.width + column) * 3;
    const mist = Math.exp(-(y - ridge) * 9) * 0.018;
    const under = [0.008 + mist * 0.6, 0.012 + mist * 1.6, 0.018 + mist * 1.2] as const;
    for (let channel = 0; channel < 3; channel += 1) {
      const here = tile.data[at + channel] as number;
      tile.data[at + channel] = here + ((under[channel] as number) - here) * cover;
    }
  }
}

function fillSky(tile: Tile, frame: Frame, top: Colour, bottom: Colour): void {
  let at = 0;
  for (let row = 0; row < tile.rows; row += 1) {
    const t = clamp(((row + tile.top + 0.5) * frame.pixel) / (frame.reachY * 2), 0, 1);
    for (let column = 0; column < tile.width; column += 1, at += 3) {
      for (let channel = 0; channel < 3; channel += 1) {
        const from = top[channel] as number;
        tile.data[at + channel] = from + ((bottom[channel] as number) - from) * t * t;
      }
    }
  }
}
