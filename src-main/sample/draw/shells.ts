/** Runs in plain Node, in the painter's thread; pure. The shells that dying stars leave. */
import { createRandom } from '../random.ts';
import { fbm2, octavesFor, ridged2 } from './noise.ts';
import { paintSoft } from './pixels.ts';
import { drawStars, scatterStars, splatGlow } from './stars.ts';
import type { Optics, Star } from './stars.ts';
import { clamp, frameOf, rampAt, rampOf, reachOf, smoothstep } from './tile.ts';
import type { Scene, Tile } from './tile.ts';

interface ShellLook {
  /** Colours from the middle outwards. */
  ramp: Float32Array;
  ragged: number;
}

const shells = {
  ring: {
    ramp: rampOf([
      [0, 0x3f7fb0],
      [0.3, 0x5fb8b4],
      [0.52, 0xcfe7b0],
      [0.68, 0xf4c47c],
      [0.82, 0xd9663f],
      [1, 0x4a1020],
    ]),
    ragged: 0.35,
  },
  helix: {
    ramp: rampOf([
      [0, 0x1f4a78],
      [0.35, 0x4f9cc0],
      [0.55, 0xb9d8c4],
      [0.7, 0xe88d70],
      [0.85, 0xb53448],
      [1, 0x2c0a1c],
    ]),
    ragged: 0.55,
  },
  remnant: {
    ramp: rampOf([
      [0, 0x1c3f8a],
      [0.4, 0x3f86c8],
      [0.62, 0xa5d6cf],
      [0.78, 0xf0b66a],
      [0.9, 0xd1402f],
      [1, 0x340b14],
    ]),
    ragged: 1.2,
  },
} satisfies Record<string, ShellLook>;

export const shellLooks = Object.keys(shells);

/** A planetary nebula or a supernova's remnant, one of `shellLooks`. */
export function drawShell(seed: number, aspect: number, lookName: string): Scene {
  const random = createRandom(seed);
  const named = Object.hasOwn(shells, lookName)
    ? shells[lookName as keyof typeof shells]
    : shells.ring;
  const look: ShellLook = named;
  const reach = reachOf(aspect);
  const shift = random.between(0, 200);
  const size = random.between(0.5, 0.66);
  const squash = random.between(0.72, 0.98);
  const turn = random.between(0, Math.PI);
  const stars = scatterStars(random, reach, {
    perUnit: 300,
    faintest: 0.1,
    most: 20,
    warmth: 0.45,
  });
  const middle: Star = { x: 0, y: 0, flux: 3.2, tint: [0.78, 0.88, 1] };
  stars.push(middle);
  const optics: Optics = { core: 0.0018, halo: 0.05, spikes: 4, turn: 0.3 + turn };
  return {
    paint(tile) {
      paintShell(tile, look, { shift, size, squash, turn });
      const { half } = frameOf(tile);
      splatGlow(
        tile,
        tile.width / 2,
        tile.height / 2 - tile.top,
        half * 0.9,
        half * 0.35,
        0.05,
        [0.6, 0.75, 1],
      );
      drawStars(tile, stars, optics);
    },
  };
}

function paintShell(
  tile: Tile,
  look: ShellLook,
  way: { shift: number; size: number; squash: number; turn: number },
): void {
  const { pixel } = frameOf(tile);
  const octaves = octavesFor(0.5, pixel, 8);
  const [cos, sin] = [Math.cos(way.turn), Math.sin(way.turn)];
  paintSoft(tile, (px, py, out) => {
    const x = (px * cos + py * sin) / way.size;
    const y = (py * cos - px * sin) / way.size / way.squash;
    const distance = Math.sqrt(x * x + y * y);
    if (distance > 2.1) {
      out.fill(0.008);
      return;
    }
    const angle = Math.atan2(y, x);
    // Noise on the circle, so that there is no seam, stretched outwards into rays.
    const rx = Math.cos(angle) * 2.2;
    const ry = Math.sin(angle) * 2.2;
    const broad = fbm2(rx + way.shift, ry + distance * 0.5, 4);
    const rays = fbm2(rx * 4 + way.shift, ry * 4 + distance * 1.3, 4);
    const threads = ridged2(
      x * 2.4 + way.shift + broad * look.ragged,
      y * 2.4 + broad * look.ragged * 2,
      octaves,
    );
    const place = distance * (1 + broad * 0.16 * (0.6 + look.ragged)) + rays * 0.05;
    const wall = Math.exp(-Math.pow((place - 0.86) / 0.2, 2));
    const inside = smoothstep(1.05, 0.2, place) * 0.3;
    const outside =
      Math.exp(-Math.max(0, place - 0.9) * 4.2) * smoothstep(0.7, 1, place) * (0.26 + rays * 0.35);
    const filament = smoothstep(0.45, 0.95, threads);
    let light =
      wall * (0.5 + threads * 0.6) + inside * (0.75 + threads * 0.4) + Math.max(0, outside);
    light *= 1 - look.ragged * 0.35 * (1 - filament);
    light += filament * wall * 0.32 * look.ragged;
    const tone = clamp(place * 0.76 + broad * 0.06 - filament * 0.03, 0, 1);
    const step = rampAt(tone);
    const boost = 1.08;
    for (let channel = 0; channel < 3; channel += 1) {
      out[channel] = 0.008 + (look.ramp[step + channel] as number) * Math.max(0, light) * boost;
    }
  });
}
