/** Runs in plain Node, in the painter's thread; pure. Where a ball stands in the frame, and how it is lit. */
import type { Random } from '../random.ts';
import { shadeSharp, shadeSoft } from './pixels.ts';
import type { Lay, Shade } from './pixels.ts';
import { drawStars, scatterStars, sharpOptics } from './stars.ts';
import type { Star } from './stars.ts';
import { clamp, frameOf } from './tile.ts';
import type { Colour, Tile } from './tile.ts';

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

/** What is drawn as a ball: its middle and radius in frame units. */
export interface Ball {
  x: number;
  y: number;
  radius: number;
}

/** A place on a ball, towards the eye: a unit vector, x to the right, y down, z towards the eye. */
export interface BallSpot {
  nx: number;
  ny: number;
  nz: number;
}

/** Sets the colour of a place on a ball. The spot is one object, used again for the next place. */
export type BallShade = (spot: BallSpot, out: Float32Array) => void;

/**
 * Paints a ball with a clean edge over what is there. A soft one has nothing finer than clouds on it: in
 * small pictures its colours are asked for at every fourth pixel only.
 */
export function paintBall(tile: Tile, ball: Ball, isSoft: boolean, shade: BallShade): void {
  const span = spanOf(tile, ball.x, ball.y, ball.radius);
  if (span === null) return;
  const scale = ball.radius * frameOf(tile).half;
  const spot: BallSpot = { nx: 0, ny: 0, nz: 0 };
  const isCovered = (distance: number): boolean => (1 - distance) * scale > -3;
  const shadePlace: Shade = (x, y, out) => {
    const nx = (x - ball.x) / ball.radius;
    const ny = (y - ball.y) / ball.radius;
    const distance = Math.sqrt(nx * nx + ny * ny);
    if (!isCovered(distance)) return;
    // Beyond the edge, where pixels between need a colour too, it is that of the edge.
    const inward = distance > 1 ? 1 / distance : 1;
    spot.nx = nx * inward;
    spot.ny = ny * inward;
    spot.nz = Math.sqrt(Math.max(0.0004, 1 - distance * distance));
    shade(spot, out);
  };
  const lay: Lay = (data, at, red, green, blue, x, y) => {
    const nx = (x - ball.x) / ball.radius;
    const ny = (y - ball.y) / ball.radius;
    const cover = clamp((1 - Math.sqrt(nx * nx + ny * ny)) * scale + 0.5, 0, 1);
    if (cover > 0) layOver(data, at, cover, red, green, blue);
  };
  (isSoft ? shadeSoft : shadeSharp)(tile, span, shadePlace, lay);
}

/** A place of a lit globe. */
export interface GlobeSpot {
  on: BallSpot;
  /** Cosine of the sun's height: 1 overhead, 0 at the terminator, negative by night. */
  lambert: number;
  /** The place on the turning body, z along its pole. */
  bx: number;
  by: number;
  bz: number;
}

/** Where the sun is so far down that nothing is seen, and the colour of that. */
export interface Night {
  below: number;
  colour: Colour;
}

/** Sets the colour of a place that the sun or its twilight reaches. The spot is one object, used again. */
export type GlobeShade = (spot: GlobeSpot, out: Float32Array) => void;

/** Paints a globe as `paintBall` does, with night where the sun does not reach. */
export function paintGlobe(
  tile: Tile,
  globe: Globe,
  isSoft: boolean,
  night: Night,
  shade: GlobeShade,
): void {
  const [t0, t1, t2, t3, t4, t5, t6, t7, t8] = globe.turn;
  const [lx, ly, lz] = globe.light;
  const [red, green, blue] = night.colour;
  const spot: GlobeSpot = { on: { nx: 0, ny: 0, nz: 0 }, lambert: 0, bx: 0, by: 0, bz: 0 };
  paintBall(tile, globe, isSoft, (on, out) => {
    const { nx, ny, nz } = on;
    const lambert = nx * lx + ny * ly + nz * lz;
    if (lambert < night.below) {
      out[0] = red;
      out[1] = green;
      out[2] = blue;
      return;
    }
    spot.on = on;
    spot.lambert = lambert;
    spot.bx = nx * t0 + ny * t1 + nz * t2;
    spot.by = nx * t3 + ny * t4 + nz * t5;
    spot.bz = nx * t6 + ny * t7 + nz * t8;
    shade(spot, out);
  });
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
