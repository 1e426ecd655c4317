/** Runs in plain Node, in the painter's thread; pure. Stars: how bright, which colour, and how they are drawn. */
import type { Random } from '../random.ts';
import { boxWithin } from './pixels.ts';
import { clamp, frameOf } from './tile.ts';
import type { Colour, Tile } from './tile.ts';

export interface Star {
  x: number;
  y: number;
  /** Brightness of the core: 1 is just white; bright stars go to 60 and more. */
  flux: number;
  tint: Colour;
}

/** Colours of stars by temperature, from hot to cool, as cameras show them. */
const tints: readonly [Colour, ...Colour[]] = [
  [0.66, 0.78, 1],
  [0.76, 0.85, 1],
  [0.9, 0.94, 1],
  [1, 0.98, 0.94],
  [1, 0.93, 0.8],
  [1, 0.84, 0.64],
  [1, 0.74, 0.5],
];

/** A colour; `warmth` from 0 (a young field, blue) to 1 (an old one, yellow and red). */
export function starTint(random: Random, warmth: number): Colour {
  const at = clamp(warmth + random.bell() * 0.22, 0, 0.999) * (tints.length - 1);
  const low = tints[Math.floor(at)] ?? tints[0];
  const high = tints[Math.floor(at) + 1] ?? low;
  const t = at - Math.floor(at);
  return [
    low[0] + (high[0] - low[0]) * t,
    low[1] + (high[1] - low[1]) * t,
    low[2] + (high[2] - low[2]) * t,
  ];
}

/** Brightness by a power law: many faint, few bright, none above `most`. */
export function starFlux(random: Random, faintest: number, most: number, slope = 1.15): number {
  return Math.min(most, faintest * Math.pow(1 - random.next() * 0.9999, -1 / slope));
}

/** A field of stars over the whole frame. */
export function scatterStars(
  random: Random,
  reach: { x: number; y: number },
  options: { perUnit: number; faintest: number; most: number; warmth: number; slope?: number },
): Star[] {
  const count = Math.round(options.perUnit * reach.x * reach.y * 4);
  return Array.from({ length: count }, () => ({
    x: random.between(-reach.x, reach.x),
    y: random.between(-reach.y, reach.y),
    flux: starFlux(random, options.faintest, options.most, options.slope),
    tint: starTint(random, options.warmth),
  }));
}

export interface Optics {
  /** Radius of a star's core in frame units; about 0.0016 is a sharp telescope. */
  core: number;
  /** Strength of the soft halo round bright stars; 0 for none. */
  halo: number;
  /** How many spikes bright stars have: 0, 4 or 6. */
  spikes: 0 | 4 | 6;
  /** Turn of the spikes, in radians. */
  turn: number;
}

export const sharpOptics: Optics = { core: 0.0017, halo: 0.05, spikes: 0, turn: 0 };

/** Adds stars to a band. */
export function drawStars(tile: Tile, stars: readonly Star[], optics: Optics): void {
  const { half } = frameOf(tile);
  const wanted = optics.core * half;
  // On small renditions a core is never less than about half a pixel, and dimmer for it.
  const core = Math.max(0.62, wanted);
  const dim = wanted < core ? Math.pow(wanted / core, 0.9) : 1;
  for (const star of stars) {
    const x = star.x * half + tile.width / 2 - 0.5;
    const y = star.y * half + tile.height / 2 - 0.5 - tile.top;
    const flux = star.flux * dim;
    const radius = core * Math.sqrt(2 * Math.log(Math.max(1.5, flux * 300)));
    splatCore(tile, x, y, radius, core, flux, star.tint);
    if (optics.halo > 0 && star.flux > 1.5) splatHalo(tile, x, y, core, optics.halo, star, half);
    if (optics.spikes > 0 && star.flux > 7) drawSpikes(tile, x, y, core, star, optics, half);
  }
}

function splatCore(
  tile: Tile,
  x: number,
  y: number,
  radius: number,
  core: number,
  flux: number,
  tint: Colour,
): void {
  const { width, data } = tile;
  const { x0, x1, y0, y1 } = boxWithin(tile, x, y, radius);
  const fall = -1 / (2 * core * core);
  const [red, green, blue] = tint;
  for (let row = y0; row <= y1; row += 1) {
    const dy = row - y;
    let at = (row * width + x0) * 3;
    for (let column = x0; column <= x1; column += 1) {
      const dx = column - x;
      const light = flux * Math.exp((dx * dx + dy * dy) * fall);
      data[at] = (data[at] as number) + light * red;
      data[at + 1] = (data[at + 1] as number) + light * green;
      data[at + 2] = (data[at + 2] as number) + light * blue;
      at += 3;
    }
  }
}

function splatHalo(
  tile: Tile,
  x: number,
  y: number,
  core: number,
  strength: number,
  star: Star,
  half: number,
): void {
  const scale = Math.max(core * 2, 0.0045 * half * Math.pow(star.flux, 0.3));
  const peak = strength * Math.pow(star.flux, 0.62);
  const radius = Math.min(scale * Math.sqrt(peak * 160), half * 0.4);
  splatGlow(tile, x, y, radius, scale, peak, star.tint);
}

/** A soft round glow, `peak / (1 + (d / scale)^2)`, faded to nothing at `radius`; all in pixels of the band. */
export function splatGlow(
  tile: Tile,
  x: number,
  y: number,
  radius: number,
  scale: number,
  peak: number,
  tint: Colour,
): void {
  const { width, data } = tile;
  const { x0, x1, y0, y1 } = boxWithin(tile, x, y, radius);
  const [red, green, blue] = tint;
  const inverse = 1 / (scale * scale);
  const edge = 1 / (radius * radius);
  for (let row = y0; row <= y1; row += 1) {
    const dy = row - y;
    let at = (row * width + x0) * 3;
    for (let column = x0; column <= x1; column += 1, at += 3) {
      const dx = column - x;
      const square = dx * dx + dy * dy;
      const left = 1 - square * edge;
      if (left <= 0) continue;
      const light = (peak * left * left) / (1 + square * inverse);
      data[at] = (data[at] as number) + light * red;
      data[at + 1] = (data[at + 1] as number) + light * green;
      data[at + 2] = (data[at + 2] as number) + light * blue;
    }
  }
}

function drawSpikes(
  tile: Tile,
  x: number,
  y: number,
  core: number,
  star: Star,
  optics: Optics,
  half: number,
): void {
  const length = Math.min(0.55, 0.018 * Math.pow(star.flux, 0.62)) * half;
  const peak = Math.min(1.4, 0.16 * Math.pow(star.flux, 0.55));
  const count = optics.spikes === 6 ? 3 : 2;
  for (let axis = 0; axis < count; axis += 1) {
    drawSpike(
      tile,
      x,
      y,
      optics.turn + (axis * Math.PI) / count,
      length,
      peak,
      core * 0.75,
      star.tint,
    );
  }
}

/** One line of light through a star, both ways, thinning and fading outwards. */
function drawSpike(
  tile: Tile,
  x: number,
  y: number,
  angle: number,
  length: number,
  peak: number,
  thick: number,
  tint: Colour,
): void {
  const { width, rows, data } = tile;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const flat = Math.abs(cos) >= Math.abs(sin);
  const along = Math.ceil(length * Math.max(Math.abs(cos), Math.abs(sin)));
  const across = Math.ceil(thick * 3 + 1);
  const fall = -1 / (2 * thick * thick);
  for (let step = -along; step <= along; step += 1) {
    const major = Math.round(flat ? x : y) + step;
    const middle = flat ? y + ((major - x) * sin) / cos : x + ((major - y) * cos) / sin;
    for (let minor = Math.round(middle) - across; minor <= middle + across; minor += 1) {
      const column = flat ? major : minor;
      const row = flat ? minor : major;
      if (column < 0 || column >= width || row < 0 || row >= rows) continue;
      const dx = column - x;
      const dy = row - y;
      const t = Math.abs(dx * cos + dy * sin) / length;
      if (t >= 1) continue;
      const off = dx * sin - dy * cos;
      const light = (peak * (1 - t) * (1 - t) * Math.exp(off * off * fall)) / (1 + t * 6);
      const at = (row * width + column) * 3;
      data[at] = (data[at] as number) + light * tint[0];
      data[at + 1] = (data[at + 1] as number) + light * tint[1];
      data[at + 2] = (data[at + 2] as number) + light * tint[2];
    }
  }
}
