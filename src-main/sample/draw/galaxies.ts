/**
 * Runs in plain Node, in the painter's thread; pure. Galaxies: spirals with dust, young blue arms and
 * rose-coloured gas; lens-shaped ones with a lane of dust; and deep fields of hundreds.
 */
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { fbm2, octavesFor, ridged2 } from './noise.ts';
import { addSoft, boxAround } from './pixels.ts';
import { drawStars, scatterStars } from './stars.ts';
import type { Optics, Star } from './stars.ts';
import { clamp, frameOf, reachOf, smoothstep } from './tile.ts';
import type { Colour, Scene, Tile } from './tile.ts';
import { paintEllipse, planEllipse } from './ellipses.ts';
import type { EllipsePlan } from './ellipses.ts';

export interface SpiralPlan {
  x: number;
  y: number;
  /** Where the disc fades out, in frame units. */
  size: number;
  /** Cosine of the inclination: 1 is face on. */
  flat: number;
  turn: number;
  arms: number;
  /** Tangent of the arms' pitch. */
  pitch: number;
  /** 1 or -1. */
  sense: number;
  bulge: number;
  dust: number;
  bar: number;
  /** Tints of the old middle, the disc and the arms. */
  old: Colour;
  disc: Colour;
  young: Colour;
  shift: number;
  gain: number;
}

const palettes: readonly [
  Pick<SpiralPlan, 'old' | 'disc' | 'young'>,
  ...Pick<SpiralPlan, 'old' | 'disc' | 'young'>[],
] = [
  { old: [1, 0.88, 0.66], disc: [0.78, 0.66, 0.52], young: [0.56, 0.7, 1] },
  { old: [1, 0.93, 0.78], disc: [0.72, 0.68, 0.62], young: [0.62, 0.78, 1] },
  { old: [1, 0.82, 0.6], disc: [0.82, 0.62, 0.5], young: [0.66, 0.66, 1] },
];

export function planSpiral(random: Random, plan: Partial<SpiralPlan>): SpiralPlan {
  return {
    x: random.between(-0.08, 0.08),
    y: random.between(-0.08, 0.08),
    size: random.between(0.82, 1.02),
    flat: random.between(0.3, 0.95),
    turn: random.between(0, Math.PI),
    arms: random.pick([2, 2, 2, 3, 4] as const),
    pitch: random.between(0.2, 0.36),
    sense: random.next() < 0.5 ? 1 : -1,
    bulge: random.between(0.1, 0.16),
    dust: random.between(0.75, 1.1),
    bar: random.next() < 0.35 ? random.between(0.1, 0.2) : 0,
    ...random.pick(palettes),
    shift: random.between(0, 200),
    gain: 1,
    ...plan,
  };
}

/** Adds one spiral to a band. */
export function paintSpiral(tile: Tile, plan: SpiralPlan): void {
  const { pixel } = frameOf(tile);
  const [cos, sin] = [Math.cos(plan.turn), Math.sin(plan.turn)];
  const reach = plan.size * 1.5;
  const box = boxAround(tile, plan.x, plan.y, reach);
  const thick = 0.1 * (1 - plan.flat);
  addSoft(tile, box, (px, py, out) => {
    const fx = px - plan.x;
    const fy = py - plan.y;
    const x = (fx * cos + fy * sin) / plan.size;
    const across = (fy * cos - fx * sin) / plan.size;
    const y = across / plan.flat;
    const radius = Math.sqrt(x * x + y * y) + 1e-5;
    if (radius > 1.36) {
      out.fill(0);
      return;
    }
    const round = Math.sqrt(x * x + (across * across) / Math.pow(0.5 + plan.flat * 0.5, 2)) + 1e-5;
    const bulge =
      Math.exp(-Math.pow(round / plan.bulge, 0.75) * 1.35) * 1.75 + 0.05 * Math.exp(-round * 3.4);
    const lightAndDust = armsAt(plan, x, y, radius, pixel / plan.size);
    const edge = smoothstep(1.35, 0.35, radius);
    const disc = Math.exp(-radius * 2.9) * 0.62 * edge;
    const arm = armLight * Math.exp(-radius * 1.35) * 0.78 * edge * smoothstep(0.03, 0.2, radius);
    // Dust hides more of the near half, where it lies before the bulge.
    const near = smoothstep(-0.12, 0.12, across);
    const veil = 1 - clamp(lightAndDust * plan.dust * (0.8 + (0.2 + thick * 4) * near), 0, 0.86);
    const bulgeVeil = 1 - (1 - veil) * (0.4 + 0.4 * near) * smoothstep(0.02, 0.16, radius);
    const knots = armKnots * arm;
    for (let channel = 0; channel < 3; channel += 1) {
      const reddening = channel === 0 ? 0.86 : channel === 1 ? 1 : 1.12;
      const dim = Math.pow(veil, reddening);
      const light =
        bulge * (plan.old[channel] as number) * bulgeVeil +
        (disc * (plan.disc[channel] as number) + arm * (plan.young[channel] as number)) * dim +
        knots * (channel === 0 ? 0.95 : channel === 1 ? 0.32 : 0.5);
      out[channel] = light * plan.gain;
    }
  });
}

// Three numbers come back from `armsAt`; two of them here, so that no object is made for each pixel.
let armLight = 0;
let armKnots = 0;

/** Sets `armLight` and `armKnots` and returns the dust, for a point of the disc's plane. */
function armsAt(plan: SpiralPlan, x: number, y: number, radius: number, pixel: number): number {
  const angle = Math.atan2(y, x) * plan.sense;
  const wound = Math.log(radius + 0.015) / plan.pitch;
  const bar = plan.bar > 0 ? smoothstep(plan.bar * 2, plan.bar * 0.6, radius) : 0;
  // Noise in coordinates that turn with the arms, so that clouds are sheared along them.
  const turned = wound * 0.3;
  const ct = Math.cos(turned);
  const st = Math.sin(turned);
  const sx = (x * ct + y * plan.sense * st) * 3 + plan.shift;
  const sy = (y * plan.sense * ct - x * st) * 3 + plan.shift * 0.7;
  const broad = fbm2(sx * 0.8, sy * 0.8, 3);
  const grain = fbm2(x * 8.5 + plan.shift, y * 8.5, octavesFor(0.12, pixel, 6));
  const clouds = fbm2(sx * 2.3 + broad, sy * 2.3, octavesFor(0.14, pixel, 6)) * 0.75 + grain * 0.5;
  const phase = plan.arms * (angle - wound) + broad * 2.1 + clouds * 0.9;
  const wave = 0.5 + 0.5 * Math.cos(phase);
  const crest = wave * wave * (0.4 + 0.6 * wave);
  const patchy = 0.5 + broad * 0.7 + clouds * 1.3;
  armLight = Math.max(0, 0.16 + crest * 1.5 * (1 - bar)) * clamp(patchy + 0.3, 0.06, 1.7);
  const lane = Math.max(0, Math.cos(phase + 1.15));
  const threads = ridged2(
    sx * 2.1 + 30 + grain * 0.5,
    sy * 2.1 + clouds * 1.2,
    octavesFor(0.15, pixel, 6),
  );
  armKnots = crest * smoothstep(0.42, 0.75, clouds + broad * 0.4) * 0.9;
  const ragged = clamp(0.25 + threads * 1.1 + grain * 0.9, 0, 1.3);
  const dust =
    lane * lane * lane * ragged +
    threads * threads * 0.42 * (0.3 + wave * 0.4) +
    Math.max(0, grain) * 0.25 * wave;
  return dust * smoothstep(1.25, 0.5, radius);
}

/** Blue clusters and rose gas along the arms, as points. */
export function armStars(random: Random, plan: SpiralPlan, count: number): Star[] {
  const [cos, sin] = [Math.cos(plan.turn), Math.sin(plan.turn)];
  return Array.from({ length: count }, () => {
    const radius = 0.16 + 0.84 * Math.sqrt(random.next());
    const arm = random.below(plan.arms);
    const wound = Math.log(radius + 0.015) / plan.pitch;
    const angle = plan.sense * (wound + (arm * Math.PI * 2) / plan.arms + random.bell() * 0.24);
    const x = Math.cos(angle) * radius * plan.size;
    const y = Math.sin(angle) * radius * plan.size * plan.flat;
    const rose = random.next() < 0.22;
    return {
      x: plan.x + x * cos - y * sin,
      y: plan.y + y * cos + x * sin,
      flux: Math.min(0.85, 0.13 * Math.pow(1 - random.next() * 0.995, -0.5)),
      tint: rose ? ([1, 0.5, 0.62] as const) : ([0.72, 0.84, 1] as const),
    };
  });
}

/** A spiral; `look` is 'face', 'tilted', 'barred' or anything else for any of them. */
export function drawSpiral(seed: number, aspect: number, look: string): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const flat =
    look === 'face'
      ? random.between(0.8, 0.97)
      : look === 'tilted'
        ? random.between(0.28, 0.42)
        : random.between(0.34, 0.95);
  const plan = planSpiral(random, {
    flat,
    turn: aspect >= 1 ? random.between(-0.6, 0.6) : random.between(0.9, 2.2),
    ...(look === 'barred' ? { bar: random.between(0.14, 0.22), arms: 2 } : {}),
    size: flat < 0.5 ? random.between(0.95, 1.2) : random.between(0.8, 0.98),
  });
  const companions = Array.from({ length: random.below(3) }, () =>
    planEllipse(random, reach, 0.05, 0.13),
  );
  const knots = armStars(random, plan, 620);
  const stars = scatterStars(random, reach, {
    perUnit: 170,
    faintest: 0.08,
    most: 22,
    warmth: 0.5,
    slope: 1.25,
  });
  const optics: Optics = {
    core: 0.0017,
    halo: 0.05,
    spikes: random.pick([0, 4] as const),
    turn: random.between(0, 1.5),
  };
  return {
    paint(tile) {
      tile.data.fill(0.012);
      for (const companion of companions) paintEllipse(tile, companion);
      paintSpiral(tile, plan);
      drawStars(tile, knots, { core: 0.0024, halo: 0, spikes: 0, turn: 0 });
      drawStars(tile, stars, optics);
    },
  };
}

/** A galaxy seen from the side, with its lane of dust and its halo. */
export function drawEdgeOn(seed: number, aspect: number): Scene {
  const random = createRandom(seed);
  const reach = reachOf(aspect);
  const turn = aspect >= 1 ? random.between(-0.5, 0.5) : random.between(1, 2.1);
  const [x, y] = [random.between(-0.1, 0.1), random.between(-0.1, 0.1)];
  const shared = { x, y, turn, shift: random.between(0, 200) };
  const long = Math.max(reach.x, reach.y);
  const disc: EllipsePlan = {
    ...shared,
    size: long * 0.42,
    flat: 0.1,
    tint: [0.92, 0.84, 0.78],
    gain: 0.8,
    peak: 1.15,
    lane: 1,
  };
  const bulge: EllipsePlan = {
    ...shared,
    size: long * 0.15,
    flat: 0.72,
    tint: [1, 0.84, 0.6],
    gain: 1,
    peak: 1.5,
    lane: 0.9,
  };
  const halo: EllipsePlan = {
    ...shared,
    size: long * 0.34,
    flat: 0.6,
    tint: [0.9, 0.78, 0.66],
    gain: 0.13,
    peak: 1.1,
    lane: 0,
  };
  const stars = scatterStars(random, reach, {
    perUnit: 230,
    faintest: 0.09,
    most: 24,
    warmth: 0.5,
  });
  const optics: Optics = { core: 0.0017, halo: 0.05, spikes: 4, turn: random.between(0, 1.5) };
  return {
    paint(tile) {
      tile.data.fill(0.012);
      paintEllipse(tile, halo);
      paintEllipse(tile, disc);
      paintEllipse(tile, bulge);
      drawStars(tile, stars, optics);
    },
  };
}
