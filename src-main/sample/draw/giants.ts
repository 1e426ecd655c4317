/**
 * Runs in plain Node, in the painter's thread; pure. Gas giants: bands, turbulence and storms, with or
 * without rings and the shadows that the two throw on each other.
 */
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { backdropStars, drawBackdrop, paintGlobe, placeGlobe } from './globe.ts';
import type { Globe } from './globe.ts';
import { fbm2, fbm3, octavesFor } from './noise.ts';
import { clamp, frameOf, rampAt, rampOf, reachOf, smoothstep } from './tile.ts';
import type { Scene, Tile } from './tile.ts';
import { createRings, paintRings, ringShadow } from './rings.ts';
import type { Rings } from './rings.ts';

interface GiantLook {
  ramp: Float32Array;
  /** Pairs of bands from pole to pole, their contrast, and how much they curl. */
  bands: number;
  contrast: number;
  curl: number;
  storms: number;
  stormTone: readonly [number, number, number];
  poles: readonly [number, number, number];
}

const looks = {
  jupiter: {
    ramp: rampOf([
      [0, 0x6b3f26],
      [0.22, 0xa8693f],
      [0.42, 0xcf9e70],
      [0.6, 0xe6cfae],
      [0.8, 0xf3e9d8],
      [1, 0xfdf8ef],
    ]),
    bands: 6.5,
    contrast: 1.05,
    curl: 1,
    storms: 5,
    stormTone: [0.76, 0.36, 0.2],
    poles: [0.52, 0.47, 0.43],
  },
  saturn: {
    ramp: rampOf([
      [0, 0x9c7a4c],
      [0.3, 0xc9a873],
      [0.6, 0xe3cc9c],
      [1, 0xf6ead0],
    ]),
    bands: 7,
    contrast: 0.5,
    curl: 0.25,
    storms: 1,
    stormTone: [0.98, 0.94, 0.84],
    poles: [0.55, 0.5, 0.4],
  },
  neptune: {
    ramp: rampOf([
      [0, 0x12276b],
      [0.35, 0x2450a8],
      [0.65, 0x3d78cf],
      [0.88, 0x6fa5e6],
      [1, 0xe3f0ff],
    ]),
    bands: 4,
    contrast: 0.62,
    curl: 0.7,
    storms: 3,
    stormTone: [0.06, 0.12, 0.34],
    poles: [0.16, 0.28, 0.62],
  },
  uranus: {
    ramp: rampOf([
      [0, 0x6fb2bd],
      [0.5, 0x9cd3d9],
      [1, 0xd3f1f1],
    ]),
    bands: 3,
    contrast: 0.28,
    curl: 0.2,
    storms: 1,
    stormTone: [0.92, 1, 1],
    poles: [0.8, 0.94, 0.94],
  },
  rose: {
    ramp: rampOf([
      [0, 0x3c1630],
      [0.3, 0x7d2f4f],
      [0.55, 0xb85f68],
      [0.8, 0xe2a793],
      [1, 0xf9e5d6],
    ]),
    bands: 5.5,
    contrast: 0.95,
    curl: 1.1,
    storms: 4,
    stormTone: [0.98, 0.86, 0.78],
    poles: [0.35, 0.18, 0.26],
  },
  jade: {
    ramp: rampOf([
      [0, 0x12302c],
      [0.3, 0x2c6157],
      [0.55, 0x5f9a83],
      [0.8, 0xb3cfae],
      [1, 0xf0f2dc],
    ]),
    bands: 5,
    contrast: 0.95,
    curl: 1.1,
    storms: 4,
    stormTone: [0.93, 0.9, 0.76],
    poles: [0.2, 0.33, 0.31],
  },
} satisfies Record<string, GiantLook>;

export const giantLooks = Object.keys(looks);

interface Storm {
  /** Middle on the body, unit length, and its size along and across the band. */
  x: number;
  y: number;
  z: number;
  wide: number;
  high: number;
  spin: number;
}

interface Giant {
  globe: Globe;
  look: GiantLook;
  storms: readonly Storm[];
  /** Tone by latitude, 1024 steps from pole to pole. */
  belts: Float32Array;
  shift: readonly [number, number, number];
  rings: Rings | null;
}

function beltsOf(random: Random, look: GiantLook): Float32Array {
  const belts = new Float32Array(1025);
  const phase = random.between(0, 100);
  for (let at = 0; at <= 1024; at += 1) {
    const z = (at / 1024) * 2 - 1;
    const wide = fbm2(z * look.bands * 0.8 + phase, phase, 3);
    const lines = fbm2(z * look.bands * 5 + phase, phase + 30, 3);
    belts[at] = 0.54 + look.contrast * (wide * 0.85 + lines * 0.24);
  }
  return belts;
}

function stormsOf(random: Random, look: GiantLook, globe: Globe): Storm[] {
  return Array.from({ length: look.storms }, (_, order) => {
    // Put where it can be seen: from a point of the lit, near side back to the body's own axes.
    const nx = clamp(globe.light[0] * 0.35 + random.between(-0.55, 0.55), -0.7, 0.7);
    const ny = random.between(-0.6, 0.6);
    const nz = Math.sqrt(Math.max(0.05, 1 - nx * nx - ny * ny));
    const turn = globe.turn;
    const high = order === 0 ? random.between(0.07, 0.1) : random.between(0.018, 0.04);
    return {
      x: nx * turn[0] + ny * turn[1] + nz * turn[2],
      y: nx * turn[3] + ny * turn[4] + nz * turn[5],
      z: nx * turn[6] + ny * turn[7] + nz * turn[8],
      wide: high * random.between(1.5, 2.1),
      high,
      spin: random.next() < 0.5 ? 1 : -1,
    };
  });
}

/** A gas giant, one of `giantLooks`; with rings the frame is wide enough for them. */
export function drawGiant(
  seed: number,
  aspect: number,
  lookName: string,
  phase: number,
  ringed: boolean,
): Scene {
  const random = createRandom(seed);
  const named = Object.hasOwn(looks, lookName)
    ? looks[lookName as keyof typeof looks]
    : looks.jupiter;
  const look: GiantLook = named;
  const reach = reachOf(aspect);
  const tilt = ringed ? random.between(-0.55, 0.55) : random.between(-0.42, 0.42);
  const nod = ringed
    ? random.pick([-1, 1] as const) * random.between(0.12, 0.5)
    : random.between(-0.25, 0.25);
  const widest = 2.34 * Math.cos(tilt);
  const tallest = 2.34 * Math.max(Math.abs(Math.sin(tilt)), Math.abs(Math.sin(nod)), 0.5);
  const radius = ringed
    ? Math.min((reach.x * 0.92) / widest, (reach.y * 0.92) / tallest, 0.62)
    : random.between(0.74, 0.88);
  const drift = ringed ? 0.02 : 0.3;
  const globe = placeGlobe(
    random,
    random.between(-drift, drift) * (reach.x - radius),
    random.between(-drift, drift) * (reach.y - radius),
    { radius, phase: ringed ? Math.min(phase, 0.5) : phase, tilt, nod },
  );
  const giant: Giant = {
    globe,
    look,
    storms: stormsOf(random, look, globe),
    belts: beltsOf(random, look),
    shift: [random.between(0, 200), random.between(0, 200), random.between(0, 200)],
    rings: ringed ? createRings(random, Math.sin(nod)) : null,
  };
  const stars = backdropStars(random, reach);
  return {
    paint(tile) {
      drawBackdrop(tile, stars, ringed ? null : globe);
      if (giant.rings !== null) paintRings(tile, globe, giant.rings, false);
      paintGiant(tile, giant);
      if (giant.rings !== null) paintRings(tile, globe, giant.rings, true);
    },
  };
}

/** Where `swirl` leaves the point that it turned. */
const swirled = new Float64Array(3);

/** Turns a point of the body about the storms near it; returns how deep it is in the eye of one. */
function swirl(storms: readonly Storm[], x: number, y: number, z: number): number {
  let eye = 0;
  for (const storm of storms) {
    // Distance along the band and across it, on the ball.
    const turn = x * storm.y - y * storm.x;
    const rise = z - storm.z;
    const facing = x * storm.x + y * storm.y + z * storm.z;
    const d = (turn * turn) / (storm.wide * storm.wide) + (rise * rise) / (storm.high * storm.high);
    if (d > 7 || facing < 0.5) continue;
    const angle = storm.spin * 2.6 * Math.exp(-d * 0.7);
    const squash = storm.wide / storm.high;
    const turned = turn * Math.cos(angle) - rise * squash * Math.sin(angle);
    z = storm.z + rise * Math.cos(angle) + (turn / squash) * Math.sin(angle);
    x += (turned - turn) * storm.y;
    y -= (turned - turn) * storm.x;
    eye = Math.max(eye, Math.exp(-d * d * 0.6));
  }
  swirled[0] = x;
  swirled[1] = y;
  swirled[2] = z;
  return eye;
}

function paintGiant(tile: Tile, giant: Giant): void {
  const { globe, look, belts, shift, rings } = giant;
  const { pixel } = frameOf(tile);
  const octaves = octavesFor(0.24, pixel / globe.radius, 6);
  paintGlobe(tile, globe, true, { below: -0.15, colour: [0.002, 0.002, 0.003] }, (spot, out) => {
    const { lambert } = spot;
    const { nx, ny, nz } = spot.on;
    const eye = swirl(giant.storms, spot.bx, spot.by, spot.bz);
    const bx = swirled[0] as number;
    const by = swirled[1] as number;
    const bz = swirled[2] as number;
    const stretch = 1.1;
    const curlA = fbm3(
      bx * stretch * 2.4 + shift[0],
      by * stretch * 2.4 + shift[1],
      bz * 9 + shift[2],
      octaves,
    );
    const curlB = fbm3(
      bx * 5.5 + shift[1] + curlA * 0.8,
      by * 5.5 + shift[2],
      bz * 22 + curlA * 1.6,
      Math.max(2, octaves - 2),
    );
    const latitude = bz + look.curl * (curlA * 0.042 + curlB * 0.02) * (1.2 - Math.abs(bz));
    const step = clamp((latitude + 1) * 512, 0, 1023.99);
    const low = belts[step | 0] as number;
    let tone = low + ((belts[(step | 0) + 1] as number) - low) * (step - (step | 0));
    tone += (curlA * 0.1 + curlB * 0.13) * look.curl;
    const entry = rampAt(tone);
    let red = look.ramp[entry] as number;
    let green = look.ramp[entry + 1] as number;
    let blue = look.ramp[entry + 2] as number;
    const polar = smoothstep(0.72, 1, Math.abs(bz)) * 0.75;
    red += (look.poles[0] - red) * polar;
    green += (look.poles[1] - green) * polar;
    blue += (look.poles[2] - blue) * polar;
    if (eye > 0.01) {
      const mix = eye * (0.72 + curlB * 0.9);
      red += (look.stormTone[0] - red) * mix;
      green += (look.stormTone[1] - green) * mix;
      blue += (look.stormTone[2] - blue) * mix;
    }
    // Deep air darkens towards the limb and reddens a little at the terminator.
    const lit = clamp(lambert, 0, 1);
    let shade = Math.pow(lit, 0.62) * (0.62 + 0.4 * Math.sqrt(nz));
    if (rings !== null) shade *= ringShadow(globe, rings, nx, ny, nz);
    out[0] = red * shade * 1.03;
    out[1] = green * shade;
    out[2] = blue * shade * (0.86 + 0.14 * lit);
  });
}
