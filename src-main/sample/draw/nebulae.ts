/**
 * Runs in plain Node, in the painter's thread; pure. Clouds of gas: noise bent by noise, lit from within,
 * with dust before it and stars in it; and the shells that dying stars leave.
 */
import { createRandom } from '../random.ts';
import { gasLook } from './gas-looks.ts';
import type { GasLook } from './gas-looks.ts';
import { fbm2, octavesFor, ridged2 } from './noise.ts';
import { paintSoft } from './pixels.ts';
import { drawStars, scatterStars } from './stars.ts';
import type { Optics } from './stars.ts';
import { clamp, frameOf, rampAt, reachOf, smoothstep } from './tile.ts';
import type { Scene, Tile } from './tile.ts';

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

/** A nebula in one of the looks of gas-looks.ts. */
export function drawNebula(seed: number, aspect: number, lookName: string): Scene {
  const random = createRandom(seed);
  const look = gasLook(lookName);
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
