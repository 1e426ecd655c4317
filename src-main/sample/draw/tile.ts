/**
 * Runs in plain Node, in the painter's thread; pure. A tile is a band of rows of one picture: large
 * originals are drawn band by band, so that a picture of 12 million pixels never stands in memory as
 * floating point. Values are in display space (0 black, 1 white, more is brighter than white).
 */

export interface Tile {
  /** The whole picture, in pixels. */
  width: number;
  height: number;
  /** First row of this band, and how many rows it has. */
  top: number;
  rows: number;
  /** Red, green, blue, row by row. */
  data: Float32Array;
}

/** What a picture is, before it has a size. It paints any band of itself, always the same. */
export interface Scene {
  paint(tile: Tile): void;
}

export type Colour = readonly [number, number, number];

/**
 * Frame units: the middle is 0, the shorter side runs from -1 to 1. `pixel` is the width of one pixel.
 * `reachX` and `reachY` are the frame's edges.
 */
export interface Frame {
  pixel: number;
  half: number;
  reachX: number;
  reachY: number;
}

export function frameOf(tile: { width: number; height: number }): Frame {
  const half = Math.min(tile.width, tile.height) / 2;
  return { pixel: 1 / half, half, reachX: tile.width / 2 / half, reachY: tile.height / 2 / half };
}

/** The frame's edges for an aspect ratio (width by height). */
export function reachOf(aspect: number): { x: number; y: number } {
  return aspect >= 1 ? { x: aspect, y: 1 } : { x: 1, y: 1 / aspect };
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

export function colour(hex: number): Colour {
  return [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

/** A colour ramp as a table of 256 steps, so that a pixel costs one look-up. */
export function rampOf(stops: readonly (readonly [number, number])[]): Float32Array {
  const table = new Float32Array(257 * 3);
  for (let step = 0; step <= 256; step += 1) {
    const at = step / 256;
    let low = stops[0] ?? [0, 0];
    let high = low;
    for (const stop of stops) {
      high = stop;
      if (stop[0] >= at) break;
      low = stop;
    }
    const span = high[0] - low[0];
    const t = span > 0 ? clamp((at - low[0]) / span, 0, 1) : 0;
    const from = colour(low[1]);
    const to = colour(high[1]);
    for (let channel = 0; channel < 3; channel += 1) {
      const a = from[channel] ?? 0;
      table[step * 3 + channel] = a + ((to[channel] ?? 0) - a) * t;
    }
  }
  return table;
}

/** Index of a ramp's entry for 0..1. */
export function rampAt(value: number): number {
  const step = value <= 0 ? 0 : value >= 1 ? 256 : (value * 256 + 0.5) | 0;
  return step * 3;
}

/** Bends what is brighter than about 0.75 towards white, so that bright cores do not clip to flat discs. */
function shoulder(value: number): number {
  if (value <= 0.75) return value < 0 ? 0 : value;
  return 0.75 + 0.25 * (1 - Math.exp(-(value - 0.75) / 0.25));
}

const steps = 1024;
const brightest = 4;
const shoulderTable = new Float32Array(steps * brightest + 1);
for (let at = 0; at < shoulderTable.length; at += 1) shoulderTable[at] = shoulder(at / steps) * 255;

/**
 * Turns a band into bytes, with grain of about one step so that dark skies do not band. The grain
 * depends only on the pixel's place, so a picture is the same however it is cut into bands.
 */
export function toBytes(tile: Tile, out: Uint8Array, grain: number): void {
  const { data, width, rows, top } = tile;
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    let hash = Math.imul(row + top + 1, 0x9e3779b1) >>> 0;
    for (let x = 0; x < width; x += 1) {
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
      const dither = ((hash >>> 8) & 1023) / 1023 - 0.5;
      const shift = 0.5 + dither * grain;
      for (let channel = 0; channel < 3; channel += 1) {
        const value = data[at] as number;
        const step = value <= 0 ? 0 : value >= brightest ? steps * brightest : (value * steps) | 0;
        const byte = (shoulderTable[step] as number) + shift;
        out[at] = byte <= 0 ? 0 : byte >= 255 ? 255 : byte | 0;
        at += 1;
      }
    }
  }
}
