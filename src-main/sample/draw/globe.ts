/** Runs in plain Node, in the painter's thread; pure. Where a ball stands in the frame, and how it is lit. */
import type { Random } from '../random.ts';
import { drawStars, scatterStars, sharpOptics } from './stars.ts';
import type { Star } from './stars.ts';
import { frameOf } from './tile.ts';
import type { Tile } from './tile.ts';

export interface Globe {
  x: number;
  y: number;
  radius: number;
  /** Towards the sun; x to the right, y down, z towards the eye. */
  light: readonly [number, number, number];
  /** Rows of the rotation from frame to body; the body's third axis is its pole. */
  turn: readonly [number, number, number, number, number, number, number, number, number];
}

export interface GlobePlacement {
  radius: number;
  /** Angle between sun and eye, radians: 0 full, 1.57 half, above that a crescent. */
  phase: number;
  /** Tilt of the pole in the picture, radians, and towards the eye. */
  tilt: number;
  nod: number;
}

export function placeGlobe(random: Random, x: number, y: number, place: GlobePlacement): Globe {
  const side = random.next() < 0.5 ? 1 : -1;
  const lift = random.between(-0.35, 0.25);
  const across = Math.sin(place.phase);
  const spin = random.between(0, Math.PI * 2);
  const [ct, st] = [Math.cos(place.tilt), Math.sin(place.tilt)];
  const [cn, sn] = [Math.cos(place.nod), Math.sin(place.nod)];
  const [cs, ss] = [Math.cos(spin), Math.sin(spin)];
  // The pole in the frame, and two axes across it, turned about the pole by the spin.
  const pole = [st * cn, -ct * cn, sn] as const;
  const east = [ct, st, 0] as const;
  const front = [
    east[1] * pole[2] - east[2] * pole[1],
    east[2] * pole[0] - east[0] * pole[2],
    east[0] * pole[1] - east[1] * pole[0],
  ] as const;
  return {
    x,
    y,
    radius: place.radius,
    light: [side * across * Math.cos(lift), across * Math.sin(lift), Math.cos(place.phase)],
    turn: [
      east[0] * cs + front[0] * ss,
      east[1] * cs + front[1] * ss,
      east[2] * cs + front[2] * ss,
      front[0] * cs - east[0] * ss,
      front[1] * cs - east[1] * ss,
      front[2] * cs - east[2] * ss,
      pole[0],
      pole[1],
      pole[2],
    ],
  };
}

/** The part of a band that a disc of the given radius (frame units) covers, in pixels; null when none. */
export interface DiscSpan {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}

export function spanOf(
  tile: Tile,
  x: number,
  y: number,
  radius: number,
  below = 0,
): DiscSpan | null {
  const { half } = frameOf(tile);
  const cx = x * half + tile.width / 2 - 0.5;
  const cy = y * half + tile.height / 2 - 0.5 - tile.top;
  const r = radius * half + 1;
  const span = {
    x0: Math.max(0, Math.floor(cx - r)),
    x1: Math.min(tile.width - 1, Math.ceil(cx + r)),
    y0: Math.max(0, Math.floor(cy - r)),
    y1: Math.min(tile.rows - 1 + below, Math.ceil(cy + r)),
  };
  return span.x0 > span.x1 || span.y0 > span.y1 ? null : span;
}

/** Few and faint: a planet is exposed for the planet. */
export function backdropStars(random: Random, reach: { x: number; y: number }): Star[] {
  return scatterStars(random, reach, {
    perUnit: 26,
    faintest: 0.1,
    most: 1.6,
    warmth: 0.45,
    slope: 1.3,
  });
}

export function drawBackdrop(tile: Tile, stars: readonly Star[], globe: Globe | null): void {
  const seen =
    globe === null
      ? stars
      : stars.filter(
          (star) => Math.hypot(star.x - globe.x, star.y - globe.y) > globe.radius * 1.01,
        );
  drawStars(tile, seen, { ...sharpOptics, halo: 0 });
}

/** Lays a colour over what is there, by how much of the pixel it covers. */
export function layOver(
  data: Float32Array,
  at: number,
  cover: number,
  red: number,
  green: number,
  blue: number,
): void {
  const rest = 1 - cover;
  data[at] = (data[at] as number) * rest + red * cover;
  data[at + 1] = (data[at + 1] as number) * rest + green * cover;
  data[at + 2] = (data[at + 2] as number) * rest + blue * cover;
}
