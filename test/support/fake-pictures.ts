/**
 * Runs in plain Node. Paints the pictures of made records: planets, stars, clouds of gas and ground, all
 * from a seed. Only for looking at the renderer; the sample archive has better ones.
 */
import sharp from 'sharp';

function hash(x: number, y: number, seed: number): number {
  let value = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed + 1, 1274126177);
  value = Math.imul(value ^ (value >>> 13), 1103515245);
  return ((value ^ (value >>> 16)) >>> 0) / 4294967296;
}

function smooth(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const ease = (t: number) => t * t * (3 - 2 * t);
  const u = ease(x - left);
  const w = ease(y - top);
  const upper = hash(left, top, seed) * (1 - u) + hash(left + 1, top, seed) * u;
  const lower = hash(left, top + 1, seed) * (1 - u) + hash(left + 1, top + 1, seed) * u;
  return upper * (1 - w) + lower * w;
}

/** Noise of five octaves, 0 to 1. */
function clouds(x: number, y: number, seed: number): number {
  let sum = 0;
  let size = 0.5;
  let scale = 1;
  for (let octave = 0; octave < 5; octave += 1) {
    sum += smooth(x * scale, y * scale, seed + octave) * size;
    size /= 2;
    scale *= 2;
  }
  return sum;
}

type Colour = [number, number, number];
const tints: readonly Colour[] = [
  [1, 0.72, 0.45],
  [0.45, 0.62, 1],
  [1, 0.38, 0.5],
  [0.4, 0.9, 0.85],
  [0.95, 0.9, 0.8],
  [0.8, 0.55, 0.35],
];

function starAt(x: number, y: number, seed: number): number {
  const glow = hash(x, y, seed + 77);
  return glow > 0.9975 ? (glow - 0.9975) * 400 : 0;
}

type Painter = (u: number, w: number, x: number, y: number, seed: number) => number;

const painters: Record<string, Painter> = {
  planet(u, w, x, y, seed) {
    const r = Math.hypot(u, w) / 0.82;
    if (r > 1) return starAt(x, y, seed) * 0.8;
    const z = Math.sqrt(1 - r * r);
    const light = Math.max(0, u * -0.55 + w * -0.3 + z * 0.8);
    return light * (0.35 + 0.9 * clouds(u * 3 + seed, w * (seed % 2 === 0 ? 12 : 4), seed));
  },
  stars(u, w, x, y, seed) {
    const core = Math.exp(-9 * (u * u + w * w)) * (0.5 + clouds(u * 9, w * 9, seed));
    return core * 0.9 + starAt(x, y, seed) * 1.4 + starAt(x >> 1, y >> 1, seed + 3);
  },
  nebula(u, w, x, y, seed) {
    const gas = clouds(u * 2.2 + seed, w * 2.2, seed) - 0.28;
    const edge = Math.exp(-0.9 * (u * u + w * w));
    return Math.max(0, gas) * 2.1 * edge + starAt(x, y, seed);
  },
  ground(u, w, _x, _y, seed) {
    const here = clouds(u * 7 + seed, w * 7, seed);
    const beside = clouds(u * 7 + seed + 0.06, w * 7 + 0.06, seed);
    return 0.45 + (here - beside) * 6;
  },
};

/** Paints one picture as JPEG; `kind` falls back to gas. */
export async function paintPicture(
  kind: string,
  seed: number,
  width: number,
  height: number,
): Promise<Buffer> {
  const paint = painters[kind] ?? painters['nebula'];
  const tint = tints[seed % tints.length] ?? [1, 1, 1];
  const pixels = Buffer.alloc(width * height * 3);
  const half = Math.min(width, height) / 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = paint?.((x - width / 2) / half, (y - height / 2) / half, x, y, seed) ?? 0;
      for (let channel = 0; channel < 3; channel += 1) {
        const shade = value ** (2 - (tint[channel] ?? 1)) * 235;
        pixels[(y * width + x) * 3 + channel] = Math.max(4, Math.min(255, shade));
      }
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 82 })
    .toBuffer();
}
