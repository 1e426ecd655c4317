/** Runs in plain Node, in the painter's thread; pure. The Earth's full disc, and a stony plain on Mars. */
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { backdropStars, drawBackdrop, layOver, paintGlobe, placeGlobe } from './globe.ts';
import type { Globe } from './globe.ts';
import { fbm2, fbm3, octavesFor, ridged2, ridged3 } from './noise.ts';
import { clamp, frameOf, rampAt, rampOf, reachOf, smoothstep } from './tile.ts';
import type { Frame, Scene, Tile } from './tile.ts';
import { paintRim } from './worlds.ts';

/** A blue world with seas, land and weather. */
export function drawEarth(seed: number, aspect: number, phase: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const radius = random.between(0.74, 0.86);
  const globe = placeGlobe(
    random,
    random.between(-0.3, 0.3) * (reach.x - radius),
    random.between(-0.3, 0.3) * (reach.y - radius),
    { radius, phase, tilt: random.between(-0.4, 0.4), nod: random.between(-0.3, 0.3) },
  );
  const shift = random.between(0, 200);
  const stars = backdropStars(random, reach);
  return {
    paint(tile) {
      drawBackdrop(tile, stars, globe);
      paintRim(tile, globe, [0.4, 0.66, 1], 0.6);
      paintBlueWorld(tile, globe, shift);
    },
  };
}

const lands = rampOf([
  [0, 0x2c4a26],
  [0.3, 0x4f6a34],
  [0.5, 0x8a7d4a],
  [0.7, 0xb99a68],
  [0.88, 0xa8906e],
  [1, 0xe8e4da],
]);

function paintBlueWorld(tile: Tile, globe: Globe, shift: number): void {
  const { pixel } = frameOf(tile);
  const fine = octavesFor(0.5, pixel / globe.radius, 8);
  const lz = globe.light[2];
  paintGlobe(tile, globe, true, { below: -0.15, colour: [0.003, 0.004, 0.008] }, (spot, out) => {
    const { lambert, bx, by, bz } = spot;
    const { nz } = spot.on;
    const relief = fbm3(bx * 1.3 + shift, by * 1.3, bz * 1.3, fine);
    const warp = fbm3(bx * 1.5 + shift + 50, by * 1.5, bz * 3.2, 3);
    const weather = fbm3(
      bx * 2.2 + warp * 1.7 + 90,
      by * 2.2 + warp,
      bz * 3.6 + warp * 1.2 + shift,
      Math.max(3, fine - 1),
    );
    const fronts = ridged3(
      bx * 2 + warp * 1.6,
      by * 2 + shift,
      bz * 3 + warp * 1.6,
      Math.max(3, fine - 3),
    );
    const land = smoothstep(0.075, 0.095, relief);
    const dry = 1 - Math.abs(Math.abs(bz) - 0.36) * 2.4;
    const step = rampAt(clamp(0.18 + relief * 1.1 + dry * 0.22, 0, 1));
    const shelf = smoothstep(-0.12, 0.08, relief);
    let red = 0.035 + shelf * 0.03;
    let green = 0.11 + shelf * 0.12;
    let blue = 0.27 + shelf * 0.14;
    red += ((lands[step] as number) * 0.72 - red) * land;
    green += ((lands[step + 1] as number) * 0.72 - green) * land;
    blue += ((lands[step + 2] as number) * 0.7 - blue) * land;
    const ice = smoothstep(0.84, 0.9, Math.abs(bz) + relief * 0.14);
    const cover2 = clamp(
      smoothstep(0.02, 0.44, weather + (fronts - 0.45) * 0.42 + Math.abs(bz) * 0.1),
      0,
      1,
    );
    const white = Math.max(cover2 * 0.96, ice * 0.94);
    red += (0.95 - red) * white;
    green += (0.97 - green) * white;
    blue += (1 - blue) * white;
    // The sun's own glint on open water.
    const glint = Math.pow(Math.max(0, 2 * lambert * nz - lz), 22) * (1 - land) * (1 - white) * 0.4;
    const shade = Math.sqrt(clamp(lambert, 0, 1)) * (0.82 + 0.26 * nz);
    const air = Math.pow(1 - nz, 2.2) * 0.75 * smoothstep(-0.15, 0.35, lambert);
    const veil = 0.05 + air;
    const lit = smoothstep(-0.1, 0.4, lambert);
    out[0] = (red * shade + glint) * (1 - veil) + 0.36 * veil * lit;
    out[1] = (green * shade + glint) * (1 - veil) + 0.58 * veil * lit;
    out[2] = (blue * shade + glint * 0.9) * (1 - veil) + 0.98 * veil * lit;
  });
}

interface Stone {
  x: number;
  y: number;
  size: number;
  flat: number;
  tone: number;
  shift: number;
}

interface Plain {
  horizon: number;
  shift: number;
  sun: number;
  stones: Stone[];
  ridges: { height: number; far: number; shift: number }[];
}

function strewStones(random: Random, reach: { x: number; y: number }, horizon: number): Stone[] {
  const stones = Array.from({ length: Math.round(260 * reach.x) }, () => {
    // Even over the ground, so most stand close to the horizon.
    const near = Math.pow(random.next(), 1.7);
    const y = horizon + 0.02 + near * (reach.y - horizon) * 1.02;
    const size =
      (0.006 + near * 0.055) * Math.min(2.6, 0.55 * Math.pow(1 - random.next() * 0.99, -0.42));
    return {
      x: random.between(-1.05, 1.05) * reach.x,
      y,
      size,
      flat: random.between(0.42, 0.72),
      tone: random.between(0.75, 1.12),
      shift: random.between(0, 200),
    };
  });
  return stones.sort((a, b) => a.y - b.y);
}

/** A plain of stones below far hills, in the butterscotch light of Mars. */
export function drawPlain(seed: number, aspect: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const horizon = -reach.y * random.between(0.05, 0.3);
  const plain: Plain = {
    horizon,
    shift: random.between(0, 200),
    sun: random.pick([-1, 1] as const),
    stones: strewStones(random, reach, horizon),
    ridges: [0, 1, 2].map((order) => ({
      height: random.between(0.16, 0.34) * (1 - order * 0.3),
      far: 0.75 - order * 0.24,
      shift: random.between(0, 200),
    })),
  };
  return {
    paint(tile) {
      const frame = frameOf(tile);
      paintGround(tile, frame, plain);
      for (const stone of plain.stones) paintStone(tile, frame, stone, plain);
    },
  };
}

const soil = rampOf([
  [0, 0x2f150c],
  [0.3, 0x6f3d22],
  [0.55, 0xa5683f],
  [0.8, 0xcf9667],
  [1, 0xf0c79c],
]);
const air = [0.86, 0.69, 0.51] as const;

function paintGround(tile: Tile, frame: Frame, plain: Plain): void {
  const { pixel } = frame;
  const ridgeOctaves = octavesFor(0.6, pixel, 8);
  for (let column = 0; column < tile.width; column += 1) {
    const x = (column + 0.5) * pixel - frame.reachX;
    const tops = plain.ridges.map(
      (ridge) =>
        plain.horizon +
        0.01 -
        ridge.height *
          clamp(
            0.42 + fbm2(x * (0.9 + ridge.far * 0.3) + ridge.shift, 3, ridgeOctaves) * 1.3,
            0,
            1,
          ),
    );
    for (let row = 0; row < tile.rows; row += 1) {
      const y = (row + tile.top + 0.5) * pixel - frame.reachY;
      const at = (row * tile.width + column) * 3;
      if (y < plain.horizon) paintDistance(tile, at, x, y, frame, plain, tops);
      else paintSoil(tile, at, x, y, frame, plain);
    }
  }
}

function paintDistance(
  tile: Tile,
  at: number,
  x: number,
  y: number,
  frame: Frame,
  plain: Plain,
  tops: readonly number[],
): void {
  const { pixel } = frame;
  const up = (plain.horizon - y) / (plain.horizon + frame.reachY + 1e-6);
  const dust = fbm2(x * 0.7 + plain.shift, y * 3, 4) * 0.05;
  let red = air[0] - up * 0.17 + dust;
  let green = air[1] - up * 0.19 + dust;
  let blue = air[2] - up * 0.15 + dust;
  plain.ridges.forEach((ridge, order) => {
    const top = tops[order] as number;
    const cover = clamp((y - top) / pixel + 0.5, 0, 1);
    if (cover <= 0) return;
    const folds = ridged2(x * 3.2 + ridge.shift, y * 5 + ridge.shift, octavesFor(0.3, pixel, 7));
    const side =
      fbm2((x + plain.sun * 0.02) * 3.2 + ridge.shift, y * 5, 5) -
      fbm2(x * 3.2 + ridge.shift, y * 5, 5);
    const step = rampAt(0.34 + folds * 0.42 + side * 1.7 - (y - top) * 0.25);
    const haze = ridge.far;
    red += ((soil[step] as number) * (1 - haze) + air[0] * 0.93 * haze - red) * cover;
    green += ((soil[step + 1] as number) * (1 - haze) + air[1] * 0.9 * haze - green) * cover;
    blue += ((soil[step + 2] as number) * (1 - haze) + air[2] * 0.92 * haze - blue) * cover;
  });
  tile.data[at] = red;
  tile.data[at + 1] = green;
  tile.data[at + 2] = blue;
}

function paintSoil(tile: Tile, at: number, x: number, y: number, frame: Frame, plain: Plain): void {
  const deep = y - plain.horizon + 0.012;
  const distance = 0.42 / deep;
  const u = x * distance + plain.shift;
  const v = distance * 1.6;
  const footprint = frame.pixel * distance * (1 + distance * 1.4);
  const octaves = octavesFor(1.1, footprint, 9);
  const broad = fbm2(u * 0.35, v * 0.35, Math.min(4, octaves));
  const here = fbm2(u * 1.7, v * 1.7, octaves);
  const lit = fbm2(u * 1.7 + plain.sun * 0.05, v * 1.7 + 0.02, octaves) - here;
  const ripple = ridged2(u * 0.9 + broad, v * 2.6, Math.min(5, octaves));
  const near = smoothstep(0, 0.5, deep);
  const step = rampAt(
    0.47 + broad * 0.2 + here * 0.2 + lit * 2.4 * near + (ripple - 0.5) * 0.14 - near * 0.05,
  );
  const haze = Math.exp(-deep * 7) * 0.72;
  tile.data[at] = (soil[step] as number) * (1 - haze) + air[0] * 0.95 * haze;
  tile.data[at + 1] = (soil[step + 1] as number) * (1 - haze) + air[1] * 0.92 * haze;
  tile.data[at + 2] = (soil[step + 2] as number) * (1 - haze) + air[2] * 0.92 * haze;
}

function paintStone(tile: Tile, frame: Frame, stone: Stone, plain: Plain): void {
  const { half, pixel } = frame;
  const cx = stone.x * half + tile.width / 2 - 0.5;
  const cy = stone.y * half + tile.height / 2 - 0.5 - tile.top;
  const wide = stone.size * half;
  const y0 = Math.max(0, Math.floor(cy - wide * 1.3));
  const y1 = Math.min(tile.rows - 1, Math.ceil(cy + wide * 0.6));
  if (y0 > y1) return;
  const x0 = Math.max(0, Math.floor(cx - wide * 2.6));
  const x1 = Math.min(tile.width - 1, Math.ceil(cx + wide * 2.6));
  const octaves = octavesFor(0.5, pixel / stone.size, 5);
  const haze = Math.exp(-(stone.y - plain.horizon) * 7) * 0.7;
  for (let row = y0; row <= y1; row += 1) {
    const dy = (row - cy) / wide;
    for (let column = x0; column <= x1; column += 1) {
      const dx = (column - cx) / wide;
      const at = (row * tile.width + column) * 3;
      const chip = fbm2(dx * 1.6 + stone.shift, dy * 1.6 + stone.shift, octaves);
      const ry = (dy + 0.25) / (stone.flat * (dy > -0.25 ? 0.72 : 1));
      const edge = Math.sqrt(dx * dx + ry * ry) * (1 + chip * 0.34);
      // Its shadow lies on the ground, away from the sun.
      const sx = (dx - plain.sun * 1.0) / 1.7;
      const sy = (dy - 0.1) / 0.2;
      const shadow = smoothstep(1.05, 0.72, Math.sqrt(sx * sx + sy * sy)) * 0.55 * (1 - haze);
      const cover = clamp((1 - edge) * wide + 0.5, 0, 1);
      for (let channel = 0; channel < 3; channel += 1) {
        tile.data[at + channel] = (tile.data[at + channel] as number) * (1 - shadow * (1 - cover));
      }
      if (cover <= 0) continue;
      const side = -dx * plain.sun * 0.5 - ry * 0.42 + chip * 0.9;
      const step = rampAt(clamp((0.36 + side * 0.42) * stone.tone, 0.02, 1));
      layOver(
        tile.data,
        at,
        cover,
        (soil[step] as number) * 0.94 * (1 - haze) + air[0] * 0.9 * haze,
        (soil[step + 1] as number) * (1 - haze) + air[1] * 0.88 * haze,
        (soil[step + 2] as number) * 1.1 * (1 - haze) + air[2] * 0.9 * haze,
      );
    }
  }
}
