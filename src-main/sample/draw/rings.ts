/** Runs in plain Node, in the painter's thread; pure. Rings round a planet, and their shadows. */
import type { Random } from '../random.ts';
import { layOver, spanOf } from './globe.ts';
import type { Globe } from './globe.ts';
import { fbm2 } from './noise.ts';
import { clamp, frameOf, smoothstep } from './tile.ts';
import type { Colour, Tile } from './tile.ts';

export interface Rings {
  inner: number;
  outer: number;
  /** Across the picture: the ring plane's two axes as the eye sees them. */
  open: number;
  /** Running sums over 1024 steps from the inner to the outer edge, so that any width averages at once. */
  opacity: Float32Array;
  light: Float32Array;
  tint: readonly [number, number, number];
}

/** Rings with gaps and grooves; `open` is the sine of the angle at which the eye sees them. */
export function createRings(random: Random, open: number): Rings {
  const opacity = new Float32Array(1026);
  const light = new Float32Array(1026);
  const phase = random.between(0, 100);
  const gap = random.between(0.58, 0.68);
  for (let at = 0; at <= 1024; at += 1) {
    const t = at / 1024;
    const groove = fbm2(t * 42 + phase, 3.3, 4);
    const ring =
      smoothstep(0, 0.03, t) * 0.26 +
      smoothstep(0.2, 0.25, t) * 0.62 -
      smoothstep(gap, gap + 0.008, t) * 0.85 * (1 - smoothstep(gap + 0.045, gap + 0.053, t)) -
      smoothstep(gap + 0.05, gap + 0.06, t) * 0.2;
    const end = 1 - smoothstep(0.985, 1, t);
    const thin = Math.abs(t - 0.9) < 0.006 ? 0.25 : 1;
    const here = clamp(ring * (1 + groove * 0.5) * thin, 0, 1) * end;
    const shine = clamp(0.78 + groove * 0.42 + (t > 0.25 ? 0.12 : -0.22), 0.15, 1.1);
    opacity[at + 1] = (opacity[at] as number) + here;
    light[at + 1] = (light[at] as number) + here * shine;
  }
  return {
    inner: 1.24,
    outer: random.between(2.2, 2.34),
    open,
    opacity,
    light,
    tint: random.pick<Colour>([
      [0.9, 0.8, 0.64],
      [0.86, 0.82, 0.74],
      [0.92, 0.76, 0.6],
    ]),
  };
}

/** How much light comes through the rings to a point of the ball. */
export function ringShadow(globe: Globe, rings: Rings, nx: number, ny: number, nz: number): number {
  const { light, turn } = globe;
  const height = nx * turn[6] + ny * turn[7] + nz * turn[8];
  const sun = light[0] * turn[6] + light[1] * turn[7] + light[2] * turn[8];
  if (height * sun >= 0 || Math.abs(sun) < 0.02) return 1;
  const t = -height / sun;
  const x = nx + light[0] * t;
  const y = ny + light[1] * t;
  const z = nz + light[2] * t;
  const where = (Math.sqrt(x * x + y * y + z * z) - rings.inner) / (rings.outer - rings.inner);
  if (where <= 0 || where >= 1) return 1;
  return 1 - 0.82 * mean(rings.opacity, where, 6);
}

/** Mean of a running sum's table round `where` (0..1), over a width in steps. */
function mean(sums: Float32Array, where: number, width: number): number {
  const low = clamp(Math.round(where * 1024 - width / 2), 0, 1024);
  const high = clamp(Math.round(where * 1024 + width / 2), low + 1, 1025);
  return ((sums[high] as number) - (sums[low] as number)) / (high - low);
}

/** The half of the rings behind the ball, or the half before it. */
export function paintRings(tile: Tile, globe: Globe, rings: Rings, front: boolean): void {
  const span = spanOf(tile, globe.x, globe.y, globe.radius * rings.outer);
  if (span === null) return;
  const { half } = frameOf(tile);
  const scale = globe.radius * half;
  const cx = globe.x * half + tile.width / 2 - 0.5;
  const cy = globe.y * half + tile.height / 2 - 0.5 - tile.top;
  const pole = [globe.turn[6], globe.turn[7], globe.turn[8]] as const;
  const sunny = globe.light[0] * pole[0] + globe.light[1] * pole[1] + globe.light[2] * pole[2];
  const sameSide = sunny * pole[2] > 0;
  for (let row = span.y0; row <= span.y1; row += 1) {
    const y = (row - cy) / scale;
    for (let column = span.x0; column <= span.x1; column += 1) {
      const x = (column - cx) / scale;
      // Depth of the ring plane here: the point (x, y, z) lies across the pole.
      const z = -(x * pole[0] + y * pole[1]) / pole[2];
      if (z > 0 !== front) continue;
      const radius = Math.sqrt(x * x + y * y + z * z);
      const where = (radius - rings.inner) / (rings.outer - rings.inner);
      if (where <= 0 || where >= 1) continue;
      // How many of the table's steps one pixel spans here; far more at the ends than at the sides.
      const gx = (x - (z * pole[0]) / pole[2]) / radius;
      const gy = (y - (z * pole[1]) / pole[2]) / radius;
      const steps =
        ((1.2 * Math.sqrt(gx * gx + gy * gy)) / scale / (rings.outer - rings.inner)) * 1024;
      const opacity = mean(rings.opacity, where, steps);
      if (opacity <= 0.002) continue;
      const shine = mean(rings.light, where, steps) / opacity;
      const light = shine * (sameSide ? 1 : 0.45) * ballShadow(globe, x, y, z);
      const at = (row * tile.width + column) * 3;
      const [red, green, blue] = rings.tint;
      layOver(tile.data, at, opacity * 0.96, red * light, green * light, blue * light);
    }
  }
}

/** 0 where the ball stands between a point of the rings and the sun. */
function ballShadow(globe: Globe, x: number, y: number, z: number): number {
  const [lx, ly, lz] = globe.light;
  const along = x * lx + y * ly + z * lz;
  if (along >= 0) return 1;
  const off = Math.sqrt(Math.max(0, x * x + y * y + z * z - along * along));
  return 0.03 + 0.97 * smoothstep(0.97, 1.03, off);
}
