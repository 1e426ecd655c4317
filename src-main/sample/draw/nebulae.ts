/**
 * Runs in plain Node, in the painter's thread; pure. Clouds of gas: noise bent by noise, lit from within,
 * with dust before it and stars in it; and the shells that dying stars leave.
 */
import { createRandom } from '../random.ts';
import { fbm2, octavesFor, ridged2 } from './noise.ts';
import { paintSoft } from './pixels.ts';
import { drawStars, scatterStars } from './stars.ts';
import type { Optics } from './stars.ts';
import { clamp, frameOf, rampAt, rampOf, reachOf, smoothstep } from './tile.ts';
import type { Scene, Tile } from './tile.ts';

/** Three ramps, mixed by place: the veil at the outside, the body, and the gas near the young stars. */
interface GasLook {
  veil: Float32Array;
  body: Float32Array;
  heart: Float32Array;
  dust: number;
  warmth: number;
}

const gases = {
  teal: {
    veil: rampOf([
      [0, 0x02060a],
      [0.35, 0x0b2b33],
      [0.7, 0x1f6466],
      [1, 0x7fc4b4],
    ]),
    body: rampOf([
      [0, 0x03080b],
      [0.3, 0x123c40],
      [0.6, 0x4f8a72],
      [0.85, 0xd9b568],
      [1, 0xfff0c4],
    ]),
    heart: rampOf([
      [0, 0x0a0806],
      [0.3, 0x5a3a1c],
      [0.6, 0xc58a3a],
      [1, 0xfff3d2],
    ]),
    dust: 0.8,
    warmth: 0.35,
  },
  crimson: {
    veil: rampOf([
      [0, 0x06020a],
      [0.4, 0x2b0a22],
      [0.75, 0x6e1c3c],
      [1, 0xb9536a],
    ]),
    body: rampOf([
      [0, 0x070206],
      [0.3, 0x4a0c24],
      [0.6, 0xa92a44],
      [0.85, 0xec8f86],
      [1, 0xffe9df],
    ]),
    heart: rampOf([
      [0, 0x0a0408],
      [0.35, 0x6a2240],
      [0.65, 0xe57f8c],
      [1, 0xfff6f0],
    ]),
    dust: 0.9,
    warmth: 0.3,
  },
  cobalt: {
    veil: rampOf([
      [0, 0x02040b],
      [0.4, 0x0a1a40],
      [0.75, 0x234a8e],
      [1, 0x77a4dd],
    ]),
    body: rampOf([
      [0, 0x02040c],
      [0.3, 0x0e2150],
      [0.6, 0x3562b4],
      [0.85, 0x9fc4f2],
      [1, 0xf4f9ff],
    ]),
    heart: rampOf([
      [0, 0x05060f],
      [0.35, 0x2d3d86],
      [0.65, 0x94a9ee],
      [1, 0xffffff],
    ]),
    dust: 0.75,
    warmth: 0.12,
  },
  orion: {
    veil: rampOf([
      [0, 0x05030a],
      [0.35, 0x1d1838],
      [0.7, 0x52427e],
      [1, 0x9a94cc],
    ]),
    body: rampOf([
      [0, 0x080308],
      [0.3, 0x54182c],
      [0.58, 0xb24a52],
      [0.82, 0xe7a99a],
      [1, 0xfff2e6],
    ]),
    heart: rampOf([
      [0, 0x080808],
      [0.3, 0x35555e],
      [0.6, 0x9cc6c2],
      [1, 0xfdfff4],
    ]),
    dust: 1,
    warmth: 0.3,
  },
  gold: {
    veil: rampOf([
      [0, 0x060503],
      [0.4, 0x33230f],
      [0.75, 0x7c5424],
      [1, 0xc49a5a],
    ]),
    body: rampOf([
      [0, 0x070503],
      [0.3, 0x4d2f12],
      [0.6, 0xb3762c],
      [0.85, 0xecc47a],
      [1, 0xfff6da],
    ]),
    heart: rampOf([
      [0, 0x06080a],
      [0.35, 0x2f5a6e],
      [0.65, 0x8cc2d4],
      [1, 0xf4ffff],
    ]),
    dust: 1.05,
    warmth: 0.5,
  },
  violet: {
    veil: rampOf([
      [0, 0x040309],
      [0.4, 0x1f1238],
      [0.75, 0x56307c],
      [1, 0xa476c4],
    ]),
    body: rampOf([
      [0, 0x05030a],
      [0.3, 0x35144e],
      [0.6, 0x8a3f96],
      [0.85, 0xdc93cc],
      [1, 0xfff0fa],
    ]),
    heart: rampOf([
      [0, 0x06060c],
      [0.35, 0x305088],
      [0.65, 0x7fc0e8],
      [1, 0xf6ffff],
    ]),
    dust: 0.85,
    warmth: 0.25,
  },
} satisfies Record<string, GasLook>;

export const gasLooks = Object.keys(gases);

/** Slowly changing fields, worked out on a coarse grid over the frame and read between its points. */
interface Coarse {
  columns: number;
  rows: number;
  step: number;
  left: number;
  top: number;
  values: Float32Array;
}

const coarseFields = 5;

function coarseOf(
  reach: { x: number; y: number },
  fields: (x: number, y: number, out: Float32Array, at: number) => void,
): Coarse {
  const step = 0.022;
  const columns = Math.ceil((reach.x * 2) / step) + 3;
  const rows = Math.ceil((reach.y * 2) / step) + 3;
  const values = new Float32Array(columns * rows * coarseFields);
  const left = -reach.x - step;
  const top = -reach.y - step;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      fields(
        left + column * step,
        top + row * step,
        values,
        (row * columns + column) * coarseFields,
      );
    }
  }
  return { columns, rows, step, left, top, values };
}

const sample = new Float32Array(coarseFields);

function readCoarse(coarse: Coarse, x: number, y: number): void {
  const fx = clamp((x - coarse.left) / coarse.step, 0, coarse.columns - 1.001);
  const fy = clamp((y - coarse.top) / coarse.step, 0, coarse.rows - 1.001);
  const column = fx | 0;
  const row = fy | 0;
  const dx = fx - column;
  const dy = fy - row;
  const a = (row * coarse.columns + column) * coarseFields;
  const b = a + coarse.columns * coarseFields;
  const { values } = coarse;
  for (let field = 0; field < coarseFields; field += 1) {
    const upper =
      (values[a + field] as number) * (1 - dx) + (values[a + coarseFields + field] as number) * dx;
    const lower =
      (values[b + field] as number) * (1 - dx) + (values[b + coarseFields + field] as number) * dx;
    sample[field] = upper + (lower - upper) * dy;
  }
}

interface Heart {
  x: number;
  y: number;
  size: number;
  power: number;
}

/** A nebula, one of `gasLooks`. */
export function drawNebula(seed: number, aspect: number, lookName: string): Scene {
  const random = createRandom(seed);
  const named = Object.hasOwn(gases, lookName)
    ? gases[lookName as keyof typeof gases]
    : gases.orion;
  const look: GasLook = named;
  const reach = reachOf(aspect);
  const shift = [random.between(0, 200), random.between(0, 200), random.between(0, 200)] as const;
  const zoom = random.between(0.75, 1.15);
  const bend = random.between(1.1, 1.9);
  const hearts: Heart[] = Array.from({ length: 1 + random.below(3) }, (_, order) => ({
    x: random.between(-0.5, 0.5) * reach.x * (order === 0 ? 0.6 : 1.4),
    y: random.between(-0.5, 0.5) * reach.y * (order === 0 ? 0.6 : 1.4),
    size: random.between(0.42, 0.78) / (1 + order * 0.6),
    power: order === 0 ? 1 : random.between(0.4, 0.8),
  }));
  const coarse = coarseOf(reach, (x, y, out, at) => {
    const px = x * zoom + shift[0];
    const py = y * zoom + shift[1];
    const q1 = fbm2(px, py, 4);
    const q2 = fbm2(px + 5.2, py + 1.3, 4);
    const r1 = fbm2(px + 2.2 * q1 + 1.7, py + 2.2 * q2 + 9.2, 4);
    const r2 = fbm2(px + 2.2 * q1 + 8.3, py + 2.2 * q2 + 2.8, 4);
    let glow = 0;
    for (const heart of hearts) {
      const dx = x - heart.x + r1 * 0.3;
      const dy = y - heart.y + r2 * 0.3;
      glow += heart.power * Math.exp(-(dx * dx + dy * dy) / (heart.size * heart.size));
    }
    out[at] = r1;
    out[at + 1] = r2;
    out[at + 2] = Math.min(glow, 0.95);
    out[at + 3] = smoothstep(-0.3, 0.45, q1 + 0.4 * r2);
    out[at + 4] = fbm2(px * 0.7 + 60, py * 0.7 + r1, 3);
  });
  const stars = scatterStars(random, reach, {
    perUnit: 300,
    faintest: 0.08,
    most: 22,
    warmth: look.warmth,
    slope: 1.3,
  });
  for (const heart of hearts) {
    // Young stars crowd where the gas is brightest.
    for (let count = 0; count < 22; count += 1) {
      stars.push({
        x: heart.x + random.bell() * heart.size * 0.32,
        y: heart.y + random.bell() * heart.size * 0.32,
        flux: 0.4 * Math.pow(1 - random.next() * 0.995, -0.75),
        tint: [0.82, 0.9, 1],
      });
    }
  }
  const optics: Optics = {
    core: 0.0017,
    halo: 0.055,
    spikes: random.pick([0, 4, 4, 6] as const),
    turn: random.between(0, 1.5),
  };
  return {
    paint(tile) {
      paintGas(tile, coarse, look, { shift, zoom, bend });
      drawStars(tile, stars, optics);
    },
  };
}

function paintGas(
  tile: Tile,
  coarse: Coarse,
  look: GasLook,
  way: { shift: readonly [number, number, number]; zoom: number; bend: number },
): void {
  const { pixel } = frameOf(tile);
  const octaves = octavesFor(0.62, pixel, 9);
  const dustOctaves = octavesFor(0.5, pixel, 7);
  const { shift, zoom, bend } = way;
  paintSoft(tile, (x, y, out) => {
    readCoarse(coarse, x, y);
    const r1 = sample[0] as number;
    const r2 = sample[1] as number;
    const glow = sample[2] as number;
    const mixing = sample[3] as number;
    const px = x * zoom + shift[0];
    const py = y * zoom + shift[1];
    const gas = fbm2(px * 1.6 + bend * r1, py * 1.6 + bend * r2, octaves);
    const threads = ridged2(px * 2 + r2 * 1.4 + 40, py * 2 + r1 * 1.4, dustOctaves);
    const dense = clamp(0.5 + gas * 0.95 + (sample[4] as number) * 0.5, 0, 1.25);
    const dust = clamp(
      smoothstep(0.5, 0.86, threads + r2 * 0.35) * look.dust * (1.1 - dense * 0.5),
      0,
      0.94,
    );
    const raw =
      (dense * dense * (0.42 + 0.85 * glow) +
        glow * 0.13 +
        threads * threads * 0.2 * (glow + 0.2)) *
      (1 - dust * 0.8);
    // Bent, so that bright hearts keep their folds.
    const light = (raw * 1.15) / (1 + raw * 0.42);
    const outer = rampAt(light * 0.9 + dense * 0.13);
    const inner = rampAt(light);
    const near = smoothstep(0.35, 1.05, glow * (0.55 + dense * 0.7));
    for (let channel = 0; channel < 3; channel += 1) {
      const veil = look.veil[outer + channel] as number;
      const body = look.body[inner + channel] as number;
      const heart = look.heart[inner + channel] as number;
      const mixed = veil + (body - veil) * mixing;
      out[channel] = mixed + (heart - mixed) * near * 0.72;
    }
  });
}
