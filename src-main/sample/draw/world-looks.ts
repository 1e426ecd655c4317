/** Runs in plain Node, in the painter's thread; pure. What the solid worlds are made of. */
import { colour, rampOf } from './tile.ts';
import type { Colour } from './tile.ts';

export interface WorldLook {
  ramp: Float32Array;
  /** How many patches of light and dark go across the disc, and how strong they are. */
  frequency: number;
  contrast: number;
  craters: number;
  /** Strength of terrain and craters under the light. */
  relief: number;
  /** Share of young craters with bright rays. */
  rays: number;
  /** Latitude (0..1) from which the poles are white; 2 for none. */
  cap: number;
  /** Dark cracks over ice; 0 for none. */
  cracks: number;
  haze: Colour | null;
  hazeStrength: number;
  /** 0 bare ground; up to 1, all that is seen is cloud. */
  cloud: number;
}

const bare = { rays: 0, cap: 2, cracks: 0, haze: null, hazeStrength: 0, cloud: 0 };

const looks = {
  moon: {
    ...bare,
    ramp: rampOf([
      [0, 0x3b3a3b],
      [0.35, 0x6d6b69],
      [0.6, 0x9f9c98],
      [1, 0xdedbd5],
    ]),
    frequency: 1.5,
    contrast: 1.15,
    craters: 1500,
    relief: 1,
    rays: 0.035,
  },
  mercury: {
    ...bare,
    ramp: rampOf([
      [0, 0x4a443f],
      [0.5, 0x8f867c],
      [0.8, 0xb3a898],
      [1, 0xe3dacb],
    ]),
    frequency: 2.2,
    contrast: 0.7,
    craters: 1900,
    relief: 1.15,
    rays: 0.06,
  },
  callisto: {
    ...bare,
    ramp: rampOf([
      [0, 0x2a2521],
      [0.5, 0x5a5046],
      [0.75, 0x8d8374],
      [1, 0xe9e4d8],
    ]),
    frequency: 3,
    contrast: 0.9,
    craters: 1500,
    relief: 0.7,
    rays: 0.28,
  },
  ganymede: {
    ...bare,
    ramp: rampOf([
      [0, 0x47413a],
      [0.45, 0x857b6e],
      [0.75, 0xb9b2a6],
      [1, 0xf1efe9],
    ]),
    frequency: 2,
    contrast: 1.35,
    craters: 700,
    relief: 0.55,
    rays: 0.16,
    cracks: 0.25,
  },
  europa: {
    ...bare,
    ramp: rampOf([
      [0, 0x8a6a4e],
      [0.4, 0xc9b599],
      [0.7, 0xe5dccb],
      [1, 0xf6f3ec],
    ]),
    frequency: 1.3,
    contrast: 0.75,
    craters: 14,
    relief: 0.3,
    rays: 0.3,
    cracks: 1,
  },
  enceladus: {
    ...bare,
    ramp: rampOf([
      [0, 0xa3b4be],
      [0.5, 0xdbe4e8],
      [1, 0xffffff],
    ]),
    frequency: 1.4,
    contrast: 0.5,
    craters: 420,
    relief: 0.85,
    cracks: 0.45,
  },
  io: {
    ...bare,
    ramp: rampOf([
      [0, 0x3a2616],
      [0.2, 0x8a5322],
      [0.42, 0xc79a3e],
      [0.68, 0xe3cd78],
      [1, 0xf4ecc4],
    ]),
    frequency: 2.6,
    contrast: 0.8,
    craters: 120,
    relief: 0.2,
    rays: 0.3,
  },
  mars: {
    ...bare,
    ramp: rampOf([
      [0, 0x351e16],
      [0.3, 0x6e3a22],
      [0.55, 0xa65a30],
      [0.8, 0xc98350],
      [1, 0xe9c096],
    ]),
    frequency: 1.5,
    contrast: 1.2,
    craters: 420,
    relief: 0.75,
    cap: 0.93,
    haze: colour(0xe0b79a),
    hazeStrength: 0.16,
  },
  venus: {
    ...bare,
    ramp: rampOf([
      [0, 0x8a6534],
      [0.4, 0xc9a367],
      [0.7, 0xe9d3a3],
      [1, 0xfdf4dd],
    ]),
    frequency: 1.2,
    contrast: 1.1,
    craters: 0,
    relief: 0,
    haze: colour(0xf2dba8),
    hazeStrength: 0.45,
    cloud: 1,
  },
  titan: {
    ...bare,
    ramp: rampOf([
      [0, 0x6b451b],
      [0.5, 0xb67f36],
      [1, 0xdba95a],
    ]),
    frequency: 1,
    contrast: 0.4,
    craters: 0,
    relief: 0,
    haze: colour(0xd08b4c),
    hazeStrength: 0.9,
    cloud: 0.5,
  },
  ice: {
    ...bare,
    ramp: rampOf([
      [0, 0x4a5b62],
      [0.35, 0x8fa3a8],
      [0.65, 0xc9bfb0],
      [1, 0xf5efe4],
    ]),
    frequency: 1.4,
    contrast: 1.2,
    craters: 120,
    relief: 0.6,
    rays: 0.05,
    cracks: 0.3,
    haze: colour(0x9fc4ea),
    hazeStrength: 0.22,
  },
  lava: {
    ...bare,
    ramp: rampOf([
      [0, 0x130d0c],
      [0.45, 0x2b211f],
      [0.75, 0x463633],
      [1, 0x6d5a52],
    ]),
    frequency: 2,
    contrast: 0.9,
    craters: 130,
    relief: 0.9,
    cracks: -1,
  },
} satisfies Record<string, WorldLook>;

export const worldLooks = Object.keys(looks);

/** A look by name; the moon's for a name that is none. */
export function worldLook(name: string): WorldLook {
  return Object.hasOwn(looks, name) ? looks[name as keyof typeof looks] : looks.moon;
}
