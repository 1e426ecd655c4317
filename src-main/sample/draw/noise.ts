/**
 * Runs in plain Node, in the painter's thread; pure. Gradient noise in two and three dimensions over
 * fixed lattices (256 x 256, 64 x 64 x 64): pictures differ by where in them they look, so nothing is
 * built per picture. Gradients are stored by place, not by a permutation: it is a quarter faster here.
 */
import { createRandom } from '../random.ts';

/** x and y of the gradient at each point of the plane's lattice. */
const plane = new Float64Array(65_536 * 2);
/** x, y and z (and a gap) of the gradient at each point of the solid's lattice. */
const solid = new Float32Array(262_144 * 4);

{
  const random = createRandom(0x5eed);
  for (let at = 0; at < plane.length; at += 2) {
    const angle = random.next() * Math.PI * 2;
    plane[at] = Math.cos(angle) * 1.5;
    plane[at + 1] = Math.sin(angle) * 1.5;
  }
  for (let at = 0; at < solid.length; at += 4) {
    const height = random.next() * 2 - 1;
    const turn = random.next() * Math.PI * 2;
    const across = Math.sqrt(1 - height * height) * 1.6;
    solid[at] = Math.cos(turn) * across;
    solid[at + 1] = Math.sin(turn) * across;
    solid[at + 2] = height * 1.6;
  }
}

// Reads below are within bounds by their masks; `as number` spares a check for every pixel.

function planeAt(at: number, x: number, y: number): number {
  return (plane[at] as number) * x + (plane[at + 1] as number) * y;
}

/** About -1 to 1. Coordinates must stay within 2^31 of zero. */
export function noise2(x: number, y: number): number {
  const xf = Math.floor(x);
  const yf = Math.floor(y);
  const dx = x - xf;
  const dy = y - yf;
  const x0 = (xf & 255) << 1;
  const x1 = ((xf + 1) & 255) << 1;
  const y0 = (yf & 255) << 9;
  const y1 = ((yf + 1) & 255) << 9;
  const sx = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
  const sy = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
  const n00 = planeAt(x0 | y0, dx, dy);
  const n10 = planeAt(x1 | y0, dx - 1, dy);
  const n01 = planeAt(x0 | y1, dx, dy - 1);
  const n11 = planeAt(x1 | y1, dx - 1, dy - 1);
  const top = n00 + (n10 - n00) * sx;
  return top + (n01 + (n11 - n01) * sx - top) * sy;
}

function solidAt(at: number, x: number, y: number, z: number): number {
  return (solid[at] as number) * x + (solid[at + 1] as number) * y + (solid[at + 2] as number) * z;
}

/** About -1 to 1. */
export function noise3(x: number, y: number, z: number): number {
  const xf = Math.floor(x);
  const yf = Math.floor(y);
  const zf = Math.floor(z);
  const dx = x - xf;
  const dy = y - yf;
  const dz = z - zf;
  const ex = dx - 1;
  const ey = dy - 1;
  const ez = dz - 1;
  const x0 = (xf & 63) << 2;
  const x1 = ((xf + 1) & 63) << 2;
  const y0 = (yf & 63) << 8;
  const y1 = ((yf + 1) & 63) << 8;
  const z0 = (zf & 63) << 14;
  const z1 = ((zf + 1) & 63) << 14;
  const sx = dx * dx * (3 - 2 * dx);
  const sy = dy * dy * (3 - 2 * dy);
  const sz = dz * dz * (3 - 2 * dz);
  const n000 = solidAt(x0 | y0 | z0, dx, dy, dz);
  const n100 = solidAt(x1 | y0 | z0, ex, dy, dz);
  const n010 = solidAt(x0 | y1 | z0, dx, ey, dz);
  const n110 = solidAt(x1 | y1 | z0, ex, ey, dz);
  const n001 = solidAt(x0 | y0 | z1, dx, dy, ez);
  const n101 = solidAt(x1 | y0 | z1, ex, dy, ez);
  const n011 = solidAt(x0 | y1 | z1, dx, ey, ez);
  const n111 = solidAt(x1 | y1 | z1, ex, ey, ez);
  const near0 = n000 + (n100 - n000) * sx;
  const near1 = n010 + (n110 - n010) * sx;
  const far0 = n001 + (n101 - n001) * sx;
  const far1 = n011 + (n111 - n011) * sx;
  const near = near0 + (near1 - near0) * sy;
  return near + (far0 + (far1 - far0) * sy - near) * sz;
}

/** Octaves of noise, each twice as fine and half as strong; about -1 to 1. */
export function fbm2(x: number, y: number, octaves: number): number {
  let sum = 0;
  let strength = 0.5;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += noise2(x, y) * strength;
    // Turned a little each time, so that the lattice does not show.
    const turned = 1.62 * x - 1.21 * y + 17.3;
    y = 1.21 * x + 1.62 * y + 9.1;
    x = turned;
    strength *= 0.5;
  }
  return sum;
}

/** Sharp crests: 0 to about 1. */
export function ridged2(x: number, y: number, octaves: number): number {
  let sum = 0;
  let strength = 0.5;
  let before = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.abs(noise2(x, y));
    const here = crest * crest * before;
    sum += here * strength;
    before = here;
    const turned = 1.62 * x - 1.21 * y + 31.7;
    y = 1.21 * x + 1.62 * y + 11.9;
    x = turned;
    strength *= 0.5;
  }
  return sum;
}

export function fbm3(x: number, y: number, z: number, octaves: number): number {
  let sum = 0;
  let strength = 0.5;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += noise3(x, y, z) * strength;
    x = x * 2.03 + 19.1;
    y = y * 2.03 + 7.7;
    z = z * 2.03 + 3.3;
    strength *= 0.5;
  }
  return sum;
}

export function ridged3(x: number, y: number, z: number, octaves: number): number {
  let sum = 0;
  let strength = 0.5;
  let before = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.abs(noise3(x, y, z));
    const here = crest * crest * before;
    sum += here * strength;
    before = here;
    x = x * 2.03 + 13.1;
    y = y * 2.03 + 5.7;
    z = z * 2.03 + 29.3;
    strength *= 0.5;
  }
  return sum;
}

/** How many octaves are worth drawing from a first wavelength (in frame units) down to about two pixels. */
export function octavesFor(wavelength: number, pixel: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(Math.log2(wavelength / pixel))));
}
