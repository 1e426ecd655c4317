/**
 * Runs in plain Node, in the painter's thread; pure. Ground seen from above: a height field lit by a low
 * sun. Craters, dunes, and channels of an old delta.
 */
import { createRandom } from '../random.ts';
import { fbm2, noise2, octavesFor, ridged2 } from './noise.ts';
import { eachPixel } from './pixels.ts';
import { clamp, frameOf, rampAt, rampOf, reachOf, smoothstep } from './tile.ts';
import type { Frame, Scene, Tile } from './tile.ts';

interface Bowl {
  x: number;
  y: number;
  size: number;
  depth: number;
  worn: number;
  peak: boolean;
}

const grounds = {
  moon: rampOf([
    [0, 0x070707],
    [0.3, 0x3e3d3c],
    [0.55, 0x7e7b78],
    [0.8, 0xc0bcb6],
    [1, 0xf7f4ee],
  ]),
  mercury: rampOf([
    [0, 0x080706],
    [0.3, 0x453b34],
    [0.55, 0x857768],
    [0.8, 0xc4b39d],
    [1, 0xf8ecd8],
  ]),
  mars: rampOf([
    [0, 0x0e0504],
    [0.3, 0x53291a],
    [0.55, 0x9b5836],
    [0.8, 0xd39a6c],
    [1, 0xf8dcb8],
  ]),
  ice: rampOf([
    [0, 0x05080c],
    [0.3, 0x33485a],
    [0.55, 0x7d9bb0],
    [0.8, 0xc6d8e2],
    [1, 0xfbfeff],
  ]),
} satisfies Record<string, Float32Array>;

export const groundLooks = Object.keys(grounds);

/** A height field, one row and one column more than the band, in frame units. */
type Heights = (tile: Tile, frame: Frame, across: number, down: number) => Float32Array;

/** Slope along x and y of the field at a pixel, free of the rendition's size. */
function slopes(
  heights: Float32Array,
  at: number,
  across: number,
  pixel: number,
  out: Float32Array,
): void {
  const here = heights[at] as number;
  out[0] = ((heights[at + 1] as number) - here) / pixel;
  out[1] = ((heights[at + across] as number) - here) / pixel;
}

function strewBowls(seed: number, reach: { x: number; y: number }): Bowl[] {
  const random = createRandom(seed ^ 0xb0b1);
  const area = reach.x * reach.y * 4;
  const big = 2 + random.below(4);
  const count = Math.round(area * random.between(140, 280));
  const bowls = Array.from({ length: count }, (_, order): Bowl => {
    const size =
      order < big
        ? random.between(0.2, 0.55)
        : Math.min(0.2, 0.011 * Math.pow(1 - random.next() * 0.9995, -0.58));
    return {
      x: random.between(-1.15, 1.15) * reach.x,
      y: random.between(-1.15, 1.15) * reach.y,
      size,
      depth: random.between(0.35, 1),
      worn: random.next(),
      peak: size > 0.17 && random.next() < 0.7,
    };
  });
  return bowls.sort((a, b) => b.size - a.size);
}

function addBowl(
  bowl: Bowl,
  heights: Float32Array,
  tile: Tile,
  frame: Frame,
  across: number,
  down: number,
): void {
  const { half, pixel } = frame;
  const cx = bowl.x * half + tile.width / 2 - 0.5;
  const cy = bowl.y * half + tile.height / 2 - 0.5 - tile.top;
  const spread = bowl.size * half * 1.9;
  const x0 = Math.max(0, Math.floor(cx - spread));
  const x1 = Math.min(across - 1, Math.ceil(cx + spread));
  const y0 = Math.max(0, Math.floor(cy - spread));
  const y1 = Math.min(down - 1, Math.ceil(cy + spread));
  // Small craters are bowls, large ones have flat floors and terraced walls.
  const broad = smoothstep(0.04, 0.14, bowl.size);
  const sharp = 10 + broad * 18 - bowl.worn * (5 + broad * 12);
  const rough = bowl.size > 0.05;
  for (let row = y0; row <= y1; row += 1) {
    const dy = ((row - cy) * pixel) / bowl.size;
    for (let column = x0; column <= x1; column += 1) {
      const dx = ((column - cx) * pixel) / bowl.size;
      let t = Math.sqrt(dx * dx + dy * dy);
      if (t >= 1.9) continue;
      if (rough)
        t *=
          1 +
          0.09 * noise2(dx * 2.2 + bowl.x * 50, dy * 2.2 + bowl.y * 50) +
          0.035 * noise2(dx * 7, dy * 7 + bowl.x * 90);
      // What is thrown out lies round the rim and thins to nothing before the stamp ends.
      const apron = t > 1 ? Math.max(0, Math.exp(-(t - 1) * 4) - 0.0274) * 0.05 : 0.0486;
      const rim = Math.exp(-(t - 1) * (t - 1) * sharp) * (0.08 + 0.09 * broad) + apron;
      let floor = 0;
      if (t < 1.05) {
        const flat = Math.max(-0.38, (t * t - 1) * 0.62) * (1 - smoothstep(0.88, 1.05, t));
        const round = t < 1 ? -0.46 * (1 - t * t) * (1 - t * t * 0.4) : 0;
        floor = round + (flat - round) * broad;
      }
      if (bowl.peak) floor += 0.16 * Math.exp(-t * t * 48);
      const at = row * across + column;
      const strength = bowl.depth * (1 - bowl.worn * 0.6) * bowl.size * (1.7 - 0.7 * broad);
      // A young crater wipes out what was under it.
      const wipe = 0.75 * broad * (1 - bowl.worn) * smoothstep(1.02, 0.84, t);
      heights[at] = (heights[at] as number) * (1 - wipe) + (floor + rim) * strength;
    }
  }
}

/** Cratered ground, one of `groundLooks`. */
export function drawCraters(seed: number, aspect: number, lookName: string): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const ramp = Object.hasOwn(grounds, lookName)
    ? grounds[lookName as keyof typeof grounds]
    : grounds.moon;
  const bowls = strewBowls(seed, reach);
  const shift = random.between(0, 200);
  // The sun stands in the upper half: lit from below, an eye takes craters for domes.
  const angle = -Math.PI * random.between(0.12, 0.88);
  const low = random.between(1.05, 1.6);
  const heights: Heights = (tile, frame, across, down) => {
    const field = new Float32Array(across * down);
    const octaves = octavesFor(0.7, frame.pixel, 9);
    for (let row = 0, at = 0; row < down; row += 1) {
      const y = (row + tile.top) * frame.pixel - frame.reachY;
      for (let column = 0; column < across; column += 1, at += 1) {
        const x = column * frame.pixel - frame.reachX;
        field[at] = fbm2(x * 1.5 + shift, y * 1.5, octaves) * 0.14;
      }
    }
    for (const bowl of bowls) addBowl(bowl, field, tile, frame, across, down);
    return field;
  };
  const slope = new Float32Array(2);
  return {
    paint(tile) {
      const frame = frameOf(tile);
      const across = tile.width + 1;
      const field = heights(tile, frame, across, tile.rows + 1);
      const [lx, ly] = [Math.cos(angle), Math.sin(angle)];
      let at = 0;
      for (let row = 0; row < tile.rows; row += 1) {
        const y = (row + tile.top) * frame.pixel;
        for (let column = 0; column < tile.width; column += 1, at += 3) {
          slopes(field, row * across + column, across, frame.pixel, slope);
          const lit = -((slope[0] as number) * lx + (slope[1] as number) * ly) * low;
          const patch = fbm2(column * frame.pixel * 0.8 + shift + 70, y * 0.8, 3) * 0.13;
          const shade = 0.43 + (lit > 0 ? lit / (1 + lit * 0.75) : lit / (1 - lit * 0.55)) * 0.62;
          const step = rampAt(shade * (1 + patch) + patch * 0.25);
          tile.data[at] = ramp[step] as number;
          tile.data[at + 1] = ramp[step + 1] as number;
          tile.data[at + 2] = ramp[step + 2] as number;
        }
      }
    },
  };
}

const sands = {
  ochre: [
    rampOf([
      [0, 0x1b2233],
      [0.35, 0x4d4f5e],
      [0.6, 0xb08f66],
      [0.85, 0xe9cf9d],
      [1, 0xfff6de],
    ]),
    rampOf([
      [0, 0x141c2e],
      [0.4, 0x3b4a66],
      [0.7, 0x7d8aa0],
      [1, 0xdfe6ee],
    ]),
  ],
  rust: [
    rampOf([
      [0, 0x1e0c08],
      [0.35, 0x6b2f1a],
      [0.6, 0xb8683a],
      [0.85, 0xe8b484],
      [1, 0xffe9cc],
    ]),
    rampOf([
      [0, 0x0d0d16],
      [0.4, 0x33323f],
      [0.7, 0x6f6a72],
      [1, 0xd8c9c0],
    ]),
  ],
  blue: [
    rampOf([
      [0, 0x0b1626],
      [0.35, 0x26466b],
      [0.6, 0x6b93b8],
      [0.85, 0xc3d9e6],
      [1, 0xf8fdff],
    ]),
    rampOf([
      [0, 0x1f120a],
      [0.4, 0x6a4426],
      [0.7, 0xb98a56],
      [1, 0xf2dcb4],
    ]),
  ],
  violet: [
    rampOf([
      [0, 0x16121c],
      [0.35, 0x4c4456],
      [0.6, 0x988a92],
      [0.85, 0xdccfc8],
      [1, 0xfff8f0],
    ]),
    rampOf([
      [0, 0x14100e],
      [0.4, 0x4a3a36],
      [0.7, 0x8a7468],
      [1, 0xe6d8c8],
    ]),
  ],
} satisfies Record<string, readonly [Float32Array, Float32Array]>;

export const sandLooks = Object.keys(sands);

/** Dunes in stretched colour, one of `sandLooks`. */
export function drawDunes(seed: number, lookName: string): Scene {
  const random = createRandom(seed);
  const [crestRamp, floorRamp] = Object.hasOwn(sands, lookName)
    ? sands[lookName as keyof typeof sands]
    : sands.ochre;
  const shift = random.between(0, 200);
  const turn = random.between(-0.7, 0.7);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const rate = random.between(8.5, 14);
  const wander = random.between(0.5, 1.15);
  const heights: Heights = (tile, frame, across, down) => {
    const field = new Float32Array(across * down);
    const fine = octavesFor(0.1, frame.pixel, 5);
    for (let row = 0, at = 0; row < down; row += 1) {
      const fy = (row + tile.top) * frame.pixel - frame.reachY;
      for (let column = 0; column < across; column += 1, at += 1) {
        const fx = column * frame.pixel - frame.reachX;
        const x = fx * cos + fy * sin;
        const y = fy * cos - fx * sin;
        const sway =
          fbm2(x * 0.9 + shift, y * 0.9, 4) * wander * 4.6 +
          fbm2(x * 3.4 + shift, y * 2.2 + 11, 3) * 1.5;
        const phase = y * rate + sway + 0.6 * noise2(x * 3.1 + shift, y * 1.2);
        const cycle = phase - Math.floor(phase);
        const stoss = cycle < 0.72 ? cycle / 0.72 : (1 - cycle) / 0.28;
        const tall = clamp(0.6 + fbm2(x * 1.9 + shift + 60, y * 1.9, 3) * 1.5, 0.1, 1.25);
        const crest = stoss * stoss * (3 - 2 * stoss);
        const ripple =
          Math.sin((y * 9 + x * 2 + sway * 1.4) * rate * 2.2) * 0.026 * (1 - crest) +
          fbm2(x * 11 + shift, y * 11, fine) * 0.085;
        field[at] = (crest * tall + ripple) / rate;
      }
    }
    return field;
  };
  const slope = new Float32Array(2);
  const sun = random.between(-0.5, 0.5);
  return {
    paint(tile) {
      const frame = frameOf(tile);
      const across = tile.width + 1;
      const field = heights(tile, frame, across, tile.rows + 1);
      const [lx, ly] = [
        -sin * Math.cos(sun) + cos * Math.sin(sun),
        cos * Math.cos(sun) + sin * Math.sin(sun),
      ];
      let at = 0;
      for (let row = 0; row < tile.rows; row += 1) {
        for (let column = 0; column < tile.width; column += 1, at += 3) {
          slopes(field, row * across + column, across, frame.pixel, slope);
          const lit = (slope[0] as number) * lx + (slope[1] as number) * ly;
          const height = (field[row * across + column] as number) * rate;
          const shade = clamp(0.5 + (lit > 0 ? lit / (1 + lit) : lit / (1.6 - lit)) * 0.5, 0, 1.1);
          const step = rampAt(shade * 0.85 + height * 0.16);
          const sand = smoothstep(0.08, 0.42, height + lit * 0.12);
          for (let channel = 0; channel < 3; channel += 1) {
            const floor = floorRamp[step + channel] as number;
            tile.data[at + channel] =
              floor + ((crestRamp[step + channel] as number) - floor) * sand;
          }
        }
      }
    },
  };
}

const floods = [
  rampOf([
    [0, 0x0b2f3c],
    [0.25, 0x1f6a6c],
    [0.42, 0x6fa68a],
    [0.55, 0xc9b988],
    [0.75, 0x9c6c44],
    [1, 0x4e2e22],
  ]),
  rampOf([
    [0, 0x0a1c40],
    [0.25, 0x23528c],
    [0.42, 0x7fb0c4],
    [0.55, 0xd8d2b4],
    [0.75, 0x7f9c58],
    [1, 0x2f4a2c],
  ]),
  rampOf([
    [0, 0x2a0f3a],
    [0.25, 0x6a2a5c],
    [0.42, 0xc46a5a],
    [0.55, 0xf0c078],
    [0.75, 0xa8b878],
    [1, 0x2f6a66],
  ]),
] as const;

/** A river's delta or a coast from orbit, in stretched colour. */
export function drawDelta(seed: number): Scene {
  const random = createRandom(seed);
  const ramp = random.pick(floods);
  const shift = random.between(0, 200);
  const turn = random.between(0, Math.PI * 2);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return {
    paint(tile) {
      const octaves = octavesFor(0.6, frameOf(tile).pixel, 8);
      eachPixel(tile, (fx, fy, at) => {
        const x = fx * cos + fy * sin;
        const y = fy * cos - fx * sin;
        const w1 = fbm2(x * 1.1 + shift, y * 1.1, 5);
        const w2 = fbm2(x * 1.1 + shift + 30, y * 1.1 + 8, 5);
        const rivers = ridged2(x * 1.2 + w1 * 1.3 + shift, y * 1.2 + w2 * 1.3, octaves);
        const land = 0.56 + x * 0.22 + w1 * 0.5 + w2 * 0.12;
        const channel = smoothstep(0.62, 0.86, rivers) * smoothstep(0.25, 0.5, land);
        const silt = fbm2(x * 3 + w1 * 3 + shift, y * 3 + w2 * 3, octaves);
        const tone = clamp(land - channel * 0.5 + silt * 0.2 * (land < 0.45 ? 0.55 : 1), 0, 1);
        const grain = 1 + silt * 0.32 + (rivers - 0.5) * 0.16;
        const step = rampAt(tone);
        tile.data[at] = (ramp[step] as number) * grain;
        tile.data[at + 1] = (ramp[step + 1] as number) * grain;
        tile.data[at + 2] = (ramp[step + 2] as number) * grain;
      });
    },
  };
}
