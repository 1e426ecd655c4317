/**
 * Runs in plain Node, in the painter's thread; pure. Solid worlds: planets and moons with terrain,
 * craters, caps and haze, lit along a terminator.
 */
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { backdropStars, drawBackdrop, paintGlobe, placeGlobe, spanOf } from './globe.ts';
import type { DiscSpan, Globe } from './globe.ts';
import { fbm3, noise3, octavesFor, ridged3 } from './noise.ts';
import { clamp, frameOf, rampAt, reachOf, smoothstep } from './tile.ts';
import type { Colour, Scene, Tile } from './tile.ts';
import { worldLook } from './world-looks.ts';
import type { WorldLook } from './world-looks.ts';

interface Crater {
  /** Direction of its middle, in the frame (x right, y down, z to the eye). */
  x: number;
  y: number;
  z: number;
  /** Radius on a ball of radius 1. */
  size: number;
  depth: number;
  /** Above 0: bright rays and floor. */
  fresh: number;
}

function strewCraters(random: Random, look: WorldLook): Crater[] {
  return Array.from({ length: look.craters }, () => {
    const z = random.between(-0.12, 1);
    const angle = random.between(0, Math.PI * 2);
    const across = Math.sqrt(Math.max(0, 1 - z * z));
    const size = Math.min(0.2, 0.0085 * Math.pow(1 - random.next() * 0.9996, -0.47));
    return {
      x: Math.cos(angle) * across,
      y: Math.sin(angle) * across,
      z,
      size,
      depth: random.between(0.2, 0.9) * (size > 0.07 ? 0.42 : 0.8),
      fresh: random.next() < look.rays && size < 0.09 ? random.between(0.4, 1) : 0,
    };
  });
}

/** Height (in radii) and brightness that a crater adds at `t` of its radius. */
function craterHeight(t: number): number {
  if (t >= 1.7) return 0;
  const rim = t < 1 ? Math.exp(-(t - 1) * (t - 1) * 40) * 0.15 : Math.exp(-(t - 1) * 5.5) * 0.15;
  const apron = rim * (1 - smoothstep(1.2, 1.7, t));
  if (t >= 1) return apron;
  return Math.max(-0.42, (t * t - 1) * 0.6) * (1 - smoothstep(0.84, 1, t)) + apron;
}

interface Ground {
  span: DiscSpan;
  across: number;
  height: Float32Array;
  tone: Float32Array;
}

/** Craters of one band: what they add to height and tone, one row further than the band for slopes. */
function stampCraters(
  tile: Tile,
  globe: Globe,
  craters: readonly Crater[],
  span: DiscSpan,
): Ground {
  const across = span.x1 - span.x0 + 2;
  const down = span.y1 - span.y0 + 2;
  const height = new Float32Array(across * down);
  const tone = new Float32Array(across * down);
  const { half } = frameOf(tile);
  const scale = globe.radius * half;
  const cx = globe.x * half + tile.width / 2 - 0.5;
  const cy = globe.y * half + tile.height / 2 - 0.5 - tile.top;
  for (const crater of craters) {
    const spread = crater.fresh > 0 ? 5 : 1.7;
    const reach = crater.size * spread;
    const x0 = Math.max(span.x0, Math.floor(cx + (crater.x - reach) * scale));
    const x1 = Math.min(span.x1 + 1, Math.ceil(cx + (crater.x + reach) * scale));
    const y0 = Math.max(span.y0, Math.floor(cy + (crater.y - reach) * scale));
    const y1 = Math.min(span.y1 + 1, Math.ceil(cy + (crater.y + reach) * scale));
    for (let row = y0; row <= y1; row += 1) {
      const ny = (row - cy) / scale;
      for (let column = x0; column <= x1; column += 1) {
        const nx = (column - cx) / scale;
        const square = nx * nx + ny * ny;
        if (square >= 1) continue;
        const nz = Math.sqrt(1 - square);
        const chord = 2 - 2 * (nx * crater.x + ny * crater.y + nz * crater.z);
        const t = Math.sqrt(Math.max(0, chord)) / crater.size;
        if (t >= spread) continue;
        const at = (row - span.y0) * across + column - span.x0;
        height[at] = (height[at] as number) + craterHeight(t) * crater.size * crater.depth;
        if (crater.fresh > 0) tone[at] = (tone[at] as number) + rayTone(crater, t, nx, ny);
      }
    }
  }
  return { span, across, height, tone };
}

function rayTone(crater: Crater, t: number, nx: number, ny: number): number {
  const angle = Math.atan2(ny - crater.y, nx - crater.x);
  const streak = 0.5 + 0.5 * Math.sin(angle * 9 + crater.size * 900) * Math.sin(angle * 4 + 1);
  const fade = Math.max(0, 1 - t / 5);
  return crater.fresh * (t < 1.1 ? 0.26 : 0.34 * fade * fade * (0.35 + streak));
}

/** A solid world, one of `worldLooks`. `phase` as in `GlobePlacement`. */
export function drawWorld(seed: number, aspect: number, lookName: string, phase: number): Scene {
  const random = createRandom(seed);
  const look = worldLook(lookName);
  const reach = reachOf(aspect);
  const radius = random.between(0.7, 0.86);
  const globe = placeGlobe(
    random,
    random.between(-0.35, 0.35) * (reach.x - radius),
    random.between(-0.35, 0.35) * (reach.y - radius),
    { radius, phase, tilt: random.between(-0.5, 0.5), nod: random.between(-0.3, 0.45) },
  );
  const craters = strewCraters(random, look);
  const shift = [random.between(0, 200), random.between(0, 200), random.between(0, 200)] as const;
  const stars = backdropStars(random, reach);
  return {
    paint(tile) {
      drawBackdrop(tile, stars, globe);
      paintWorld(tile, globe, look, craters, shift);
    },
  };
}

function paintWorld(
  tile: Tile,
  globe: Globe,
  look: WorldLook,
  craters: readonly Crater[],
  shift: readonly [number, number, number],
): void {
  if (look.haze !== null) paintRim(tile, globe, look.haze, look.hazeStrength);
  const span = spanOf(tile, globe.x, globe.y, globe.radius);
  if (span === null) return;
  const { half, pixel } = frameOf(tile);
  const ground = stampCraters(tile, globe, craters, span);
  const scale = globe.radius * half;
  const cx = globe.x * half + tile.width / 2 - 0.5;
  const cy = globe.y * half + tile.height / 2 - 0.5 - tile.top;
  const fine = octavesFor(1 / look.frequency, pixel / globe.radius, 8);
  const roughness = look.relief > 0 ? octavesFor(0.16, pixel / globe.radius, 6) : 0;
  const [lx, ly, lz] = globe.light;
  const { height, tone, across } = ground;
  paintGlobe(
    tile,
    globe,
    look.relief === 0,
    { below: -0.22, colour: [0.003, 0.003, 0.004] },
    (spot, out) => {
      const { lambert, bx, by, bz } = spot;
      const { nx, ny, nz } = spot.on;
      const here =
        (Math.round(ny * scale + cy) - span.y0) * across + Math.round(nx * scale + cx) - span.x0;
      const rough =
        roughness > 0
          ? look.relief * fbm3(bx * 7 + shift[1], by * 7 + shift[2], bz * 7 + shift[0], roughness)
          : 0;
      const slopeX = ((height[here + 1] as number) - (height[here] as number)) * scale;
      const slopeY = ((height[here + across] as number) - (height[here] as number)) * scale;
      const bump =
        -(slopeX * lx + slopeY * ly) * look.relief * 1.5 + rough * 0.16 * (1.1 - lz * 0.5);
      // Slopes matter only where the sun reaches: beyond the terminator even high rims are dark.
      const lit =
        clamp(lambert + bump * smoothstep(-0.06, 0.2, lambert), 0, 1.2) *
        smoothstep(-0.05, 0.02, lambert);
      shadeGround(out, look, shift, fine, bx, by, bz, {
        lit,
        lambert,
        nz,
        tone: tone[here] as number,
        rough,
      });
    },
  );
}

interface Light {
  lit: number;
  lambert: number;
  nz: number;
  tone: number;
  rough: number;
}

function shadeGround(
  out: Float32Array,
  look: WorldLook,
  shift: readonly [number, number, number],
  fine: number,
  bx: number,
  by: number,
  bz: number,
  light: Light,
): void {
  const f = look.frequency;
  const squash = look.cloud > 0 ? 2.2 : 1;
  let warp = 0;
  if (look.cloud > 0) warp = fbm3(bx * 1.2 + 40, by * 1.2, bz * 3 + shift[0], 3) * look.cloud;
  const patch = fbm3(
    bx * f + shift[0] + warp,
    by * f + shift[1] + warp,
    bz * f * squash + shift[2],
    fine,
  );
  let tone = 0.52 + patch * look.contrast + light.tone + light.rough * 0.13;
  let melt = 0;
  if (look.cracks !== 0) {
    if (look.cracks < 0) {
      const lines = ridged3(bx * 2.6 + shift[2], by * 2.6 + patch, bz * 2.6 + shift[1], 4);
      melt = smoothstep(0.6, 0.78, lines) * smoothstep(-0.15, 0.25, patch);
    } else {
      // Long curves: where slow noise passes through zero.
      const bent = patch * 0.12;
      const one = Math.abs(noise3(bx * 1.5 + shift[2], by * 1.5 + bent, bz * 1.5 + shift[1]));
      const two = Math.abs(noise3(bx * 2.2 + shift[1] + bent, by * 2.2 + 9, bz * 2.2 + shift[0]));
      const three = Math.abs(
        noise3(bx * 3.4 + 30, by * 3.4 + shift[0] + bent, bz * 3.4 + shift[2]),
      );
      const lines =
        Math.max(0, 1 - one * 38) * 0.9 +
        Math.max(0, 1 - two * 42) * 0.7 +
        Math.max(0, 1 - three * 40) * 0.5;
      tone -= Math.min(0.5, lines * 0.5) * look.cracks * (0.55 + patch);
    }
  }
  const step = rampAt(tone);
  let red = look.ramp[step] as number;
  let green = look.ramp[step + 1] as number;
  let blue = look.ramp[step + 2] as number;
  if (look.cap < 1) {
    const ice = smoothstep(
      look.cap,
      look.cap + 0.035,
      Math.abs(bz) + patch * 0.09 + (bz > 0 ? 0.02 : -0.02),
    );
    red += (0.93 - red) * ice;
    green += (0.92 - green) * ice;
    blue += (0.9 - blue) * ice;
  }
  // Display space: a square root of the light is close to what an eye expects of a terminator.
  let shade = Math.sqrt(light.lit) * (0.8 + 0.3 * light.nz);
  if (light.lit < 0.02) shade *= light.lit / 0.02;
  red *= shade;
  green *= shade;
  blue *= shade;
  if (look.haze !== null) {
    const day = smoothstep(-0.18, 0.3, light.lambert);
    const veil = Math.pow(1 - light.nz, 2.4) * look.hazeStrength * day;
    red += (look.haze[0] - red) * veil;
    green += (look.haze[1] - green) * veil;
    blue += (look.haze[2] - blue) * veil;
  }
  out[0] = red + melt * 1.1;
  out[1] = green + melt * melt * 0.5;
  out[2] = blue + melt * melt * 0.12;
}

/** The thin bright line of air beyond the disc, on the day side. */
export function paintRim(tile: Tile, globe: Globe, tint: Colour, strength: number): void {
  const span = spanOf(tile, globe.x, globe.y, globe.radius * 1.09);
  if (span === null) return;
  const { half } = frameOf(tile);
  const cx = globe.x * half + tile.width / 2 - 0.5;
  const cy = globe.y * half + tile.height / 2 - 0.5 - tile.top;
  const [lx, ly] = globe.light;
  const scale = globe.radius * half;
  for (let row = span.y0; row <= span.y1; row += 1) {
    for (let column = span.x0; column <= span.x1; column += 1) {
      const nx = (column - cx) / scale;
      const ny = (row - cy) / scale;
      const distance = Math.sqrt(nx * nx + ny * ny);
      if (distance < 0.985 || distance > 1.09) continue;
      const day = smoothstep(-0.12, 0.45, (nx * lx + ny * ly) / distance + globe.light[2] * 0.22);
      const glow = Math.exp((1 - distance) * 52) * strength * day;
      const at = (row * tile.width + column) * 3;
      tile.data[at] = (tile.data[at] as number) + tint[0] * glow;
      tile.data[at + 1] = (tile.data[at + 1] as number) + tint[1] * glow;
      tile.data[at + 2] = (tile.data[at + 2] as number) + tint[2] * glow;
    }
  }
}
