/** Runs in plain Node, in the painter's thread; pure. The sun in far ultraviolet, and its corona in eclipse. */
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { paintBall } from './globe.ts';
import { fbm2, fbm3, octavesFor, ridged3 } from './noise.ts';
import { eachPixel, paintSoft } from './pixels.ts';
import { drawStars, scatterStars } from './stars.ts';
import { frameOf, rampAt, rampOf, reachOf, smoothstep } from './tile.ts';
import type { Scene, Tile } from './tile.ts';

/** The customary colours of a few wavelengths. */
const waves = {
  'he-304': rampOf([
    [0, 0x0a0100],
    [0.25, 0x571104],
    [0.5, 0xb93a06],
    [0.72, 0xee8a1d],
    [0.88, 0xfdd27a],
    [1, 0xfffbe8],
  ]),
  'fe-171': rampOf([
    [0, 0x060300],
    [0.25, 0x4a3004],
    [0.5, 0x9c7410],
    [0.72, 0xdcb63a],
    [0.88, 0xf6e69c],
    [1, 0xfffff0],
  ]),
  'fe-193': rampOf([
    [0, 0x040201],
    [0.25, 0x3a1f0d],
    [0.5, 0x8a5429],
    [0.72, 0xcf9559],
    [0.88, 0xf3d7ae],
    [1, 0xfffaf2],
  ]),
  'fe-131': rampOf([
    [0, 0x000304],
    [0.25, 0x04323a],
    [0.5, 0x0a7780],
    [0.72, 0x43bcbd],
    [0.88, 0xb4eeea],
    [1, 0xfaffff],
  ]),
  'fe-211': rampOf([
    [0, 0x040106],
    [0.25, 0x351047],
    [0.5, 0x7a3a94],
    [0.72, 0xb97fcd],
    [0.88, 0xe6c8ef],
    [1, 0xfffaff],
  ]),
} satisfies Record<string, Float32Array>;

export const sunLooks = Object.keys(waves);

interface Region {
  x: number;
  y: number;
  z: number;
  size: number;
  power: number;
}

interface SunPlan {
  x: number;
  y: number;
  radius: number;
  ramp: Float32Array;
  regions: Region[];
  arches: { angle: number; size: number; lean: number }[];
  shift: number;
}

function regionsOf(random: Random): Region[] {
  return Array.from({ length: 6 + random.below(6) }, () => {
    const turn = random.between(-1.25, 1.25);
    const rise = random.pick([-1, 1] as const) * random.between(0.14, 0.5);
    const across = Math.sqrt(1 - rise * rise);
    return {
      x: Math.sin(turn) * across,
      y: rise,
      z: Math.cos(turn) * across,
      size: random.between(0.05, 0.17),
      power: random.between(0.45, 1),
    };
  });
}

/** The sun at one of `sunLooks`. */
export function drawSun(seed: number, lookName: string): Scene {
  const random = createRandom(seed);
  const ramp = Object.hasOwn(waves, lookName)
    ? waves[lookName as keyof typeof waves]
    : waves['he-304'];
  const close = random.next() < 0.3;
  const radius = close ? random.between(1.3, 1.9) : random.between(0.68, 0.8);
  const plan: SunPlan = {
    x: close ? random.pick([-1, 1] as const) * radius * 0.55 : 0,
    y: close ? radius * random.between(0.45, 0.75) : 0,
    radius,
    ramp,
    regions: regionsOf(random),
    arches: Array.from({ length: 2 + random.below(4) }, () => ({
      angle: random.between(0, Math.PI * 2),
      size: random.between(0.018, 0.05),
      lean: random.between(-0.5, 0.5),
    })),
    shift: random.between(0, 200),
  };
  return {
    paint(tile) {
      paintCorona(tile, plan);
      paintDisc(tile, plan);
    },
  };
}

function paintDisc(tile: Tile, plan: SunPlan): void {
  const { pixel } = frameOf(tile);
  const fine = octavesFor(0.12, pixel / plan.radius, 6);
  const { shift } = plan;
  paintBall(tile, plan, true, ({ nx, ny, nz }, out) => {
    const broad = fbm3(nx * 2 + shift, ny * 2, nz * 2 + shift, 4);
    const net = ridged3(nx * 8 + shift + broad, ny * 8 + broad, nz * 8, fine);
    const grains = fbm3(nx * 26 + shift, ny * 26 + broad * 3, nz * 26, Math.max(2, fine - 1));
    let active = 0;
    for (const region of plan.regions) {
      const chord = 2 - 2 * (nx * region.x + ny * region.y + nz * region.z);
      const t = chord / (region.size * region.size);
      if (t < 9) active += region.power * Math.exp(-t * 0.75);
    }
    // Dark filaments: long thin clouds of cooler gas.
    const thread = ridged3(nx * 1.6 + 70 + shift, ny * 3.4 + broad * 0.9, nz * 1.6, 3);
    const filament = smoothstep(0.7, 0.84, thread) * smoothstep(0.05, 0.3, broad + 0.12);
    const hole = smoothstep(0.1, 0.42, -broad) * 0.17;
    const loops = active * (0.35 + net * 1.5 + grains * 0.5);
    // Thin hot gas is brightest where the eye looks through most of it: at the limb.
    const limb = Math.pow(1 - nz, 3) * 0.2;
    const tone =
      0.36 +
      broad * 0.16 +
      net * 0.26 +
      grains * 0.16 +
      loops * 0.62 +
      limb -
      hole -
      filament * 0.24;
    const step = rampAt(tone);
    for (let channel = 0; channel < 3; channel += 1) {
      out[channel] = plan.ramp[step + channel] as number;
    }
  });
}

function paintCorona(tile: Tile, plan: SunPlan): void {
  const { pixel } = frameOf(tile);
  const octaves = octavesFor(0.2, pixel, 5);
  paintSoft(tile, (px, py, out) => {
    const x = (px - plan.x) / plan.radius;
    const y = (py - plan.y) / plan.radius;
    const distance = Math.sqrt(x * x + y * y);
    let tone = 0;
    if (distance > 0.97 && distance < 1.9) {
      const ux = x / distance;
      const uy = y / distance;
      const rays = fbm2(ux * 6 + plan.shift + distance, uy * 6 + distance * 0.6, octaves);
      const broad = fbm2(ux * 1.6 + plan.shift, uy * 1.6, 3);
      const height = distance - 1;
      tone = Math.exp(-height * (7.5 - broad * 6)) * (0.34 + rays * 0.34 + broad * 0.3);
      for (const arch of plan.arches) tone += archLight(arch, x, y, rays);
    }
    const step = rampAt(tone);
    for (let channel = 0; channel < 3; channel += 1) {
      out[channel] = plan.ramp[step + channel] as number;
    }
  });
}

/** A loop of gas that stands on the limb. */
function archLight(
  arch: { angle: number; size: number; lean: number },
  x: number,
  y: number,
  rays: number,
): number {
  const cos = Math.cos(arch.angle);
  const sin = Math.sin(arch.angle);
  const up = x * cos + y * sin - 0.985;
  const along = y * cos - x * sin - up * arch.lean;
  if (Math.abs(along) > arch.size * 2.2 || up > arch.size * 3 || up < -0.05) return 0;
  const d = Math.sqrt(along * along + up * up * 0.55);
  const line = Math.exp(-Math.pow((d - arch.size * (1 + rays * 0.25)) / (arch.size * 0.3), 2));
  return line * (0.26 + rays * 0.4) + Math.exp(-Math.pow(d / arch.size, 2)) * 0.24;
}

/** A total eclipse: the black moon, the streamers of the corona, and rose-coloured flames at the edge. */
export function drawEclipse(seed: number, aspect: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const plan = {
    radius: random.between(0.26, 0.36),
    shift: random.between(0, 200),
    turn: random.between(0, Math.PI),
    stretch: random.between(0.25, 0.75),
    diamond: random.next() < 0.4 ? random.between(0, Math.PI * 2) : null,
  };
  const stars = scatterStars(random, reach, {
    perUnit: 24,
    faintest: 0.08,
    most: 1.2,
    warmth: 0.4,
  });
  return {
    paint(tile) {
      paintEclipse(tile, plan);
      drawStars(
        tile,
        stars.filter((star) => Math.hypot(star.x, star.y) > plan.radius * 1.3),
        { core: 0.0016, halo: 0, spikes: 0, turn: 0 },
      );
    },
  };
}

function paintEclipse(
  tile: Tile,
  plan: { radius: number; shift: number; turn: number; stretch: number; diamond: number | null },
): void {
  const { pixel } = frameOf(tile);
  const octaves = octavesFor(0.3, pixel, 7);
  const bead = plan.diamond;
  const [bx, by] = bead === null ? [9, 9] : [Math.cos(bead), Math.sin(bead)];
  eachPixel(tile, (px, py, at) => {
    const x = px / plan.radius;
    const y = py / plan.radius;
    const distance = Math.sqrt(x * x + y * y) + 1e-6;
    const ux = x / distance;
    const uy = y / distance;
    if (distance < 0.96) {
      // The moon itself.
      tile.data[at] = 0.006;
      tile.data[at + 1] = 0.008;
      tile.data[at + 2] = 0.014;
      return;
    }
    const lobes = Math.cos(2 * (Math.atan2(uy, ux) - plan.turn)) * plan.stretch;
    const broad = fbm2(ux * 1.5 + plan.shift, uy * 1.5, 4);
    const rays = fbm2(ux * 7 + plan.shift + Math.log(distance) * 0.6, uy * 7, octaves);
    const fine = fbm2(
      ux * 19 + plan.shift,
      uy * 19 + Math.log(distance) * 0.8,
      Math.max(2, octaves - 2),
    );
    const reachOut = 2.9 - lobes * 1.2 - broad * 1.9;
    const fall = Math.pow(distance, -Math.max(1.5, reachOut));
    const light = fall * (0.86 + rays * 0.6 + fine * 0.34) * 1.05;
    const outside = smoothstep(1 - pixel / plan.radius, 1 + pixel / plan.radius, distance);
    const flame =
      distance > 1.12
        ? 0
        : Math.exp(-Math.max(0, distance - 1) * 60) *
          smoothstep(0.12, 0.4, fbm2(ux * 5 + 90, uy * 5 + plan.shift, 4));
    const d2 = (x - bx) * (x - bx) + (y - by) * (y - by);
    const jewel = bead === null ? 0 : 1.6 / (1 + d2 * 140) + 0.3 / (1 + d2 * 9);
    const glow = Math.max(0, light) * outside;
    tile.data[at] = glow * 0.96 + flame * outside * 0.85 + jewel + 0.006;
    tile.data[at + 1] = glow * 0.98 + flame * outside * 0.2 + jewel * 0.97 + 0.008;
    tile.data[at + 2] = glow * 1.04 + flame * outside * 0.32 + jewel * 0.92 + 0.014;
  });
}
