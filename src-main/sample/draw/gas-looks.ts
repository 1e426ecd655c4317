/** Runs in plain Node, in the painter's thread; pure. Colours of gas and dust, by the names that topics give them. */
import { rampOf } from './tile.ts';

/** Three ramps, mixed by place: the veil at the outside, the body, and the gas near the young stars. */
export interface GasLook {
  veil: Float32Array;
  body: Float32Array;
  heart: Float32Array;
  dust: number;
  warmth: number;
}

const gases = {
  teal: {
    veil: rampOf([
      [0, 0x02060a],
      [0.35, 0x0b2b33],
      [0.7, 0x1f6466],
      [1, 0x7fc4b4],
    ]),
    body: rampOf([
      [0, 0x03080b],
      [0.3, 0x123c40],
      [0.6, 0x4f8a72],
      [0.85, 0xd9b568],
      [1, 0xfff0c4],
    ]),
    heart: rampOf([
      [0, 0x0a0806],
      [0.3, 0x5a3a1c],
      [0.6, 0xc58a3a],
      [1, 0xfff3d2],
    ]),
    dust: 0.8,
    warmth: 0.35,
  },
  crimson: {
    veil: rampOf([
      [0, 0x06020a],
      [0.4, 0x2b0a22],
      [0.75, 0x6e1c3c],
      [1, 0xb9536a],
    ]),
    body: rampOf([
      [0, 0x070206],
      [0.3, 0x4a0c24],
      [0.6, 0xa92a44],
      [0.85, 0xec8f86],
      [1, 0xffe9df],
    ]),
    heart: rampOf([
      [0, 0x0a0408],
      [0.35, 0x6a2240],
      [0.65, 0xe57f8c],
      [1, 0xfff6f0],
    ]),
    dust: 0.9,
    warmth: 0.3,
  },
  cobalt: {
    veil: rampOf([
      [0, 0x02040b],
      [0.4, 0x0a1a40],
      [0.75, 0x234a8e],
      [1, 0x77a4dd],
    ]),
    body: rampOf([
      [0, 0x02040c],
      [0.3, 0x0e2150],
      [0.6, 0x3562b4],
      [0.85, 0x9fc4f2],
      [1, 0xf4f9ff],
    ]),
    heart: rampOf([
      [0, 0x05060f],
      [0.35, 0x2d3d86],
      [0.65, 0x94a9ee],
      [1, 0xffffff],
    ]),
    dust: 0.75,
    warmth: 0.12,
  },
  orion: {
    veil: rampOf([
      [0, 0x05030a],
      [0.35, 0x1d1838],
      [0.7, 0x52427e],
      [1, 0x9a94cc],
    ]),
    body: rampOf([
      [0, 0x080308],
      [0.3, 0x54182c],
      [0.58, 0xb24a52],
      [0.82, 0xe7a99a],
      [1, 0xfff2e6],
    ]),
    heart: rampOf([
      [0, 0x080808],
      [0.3, 0x35555e],
      [0.6, 0x9cc6c2],
      [1, 0xfdfff4],
    ]),
    dust: 1,
    warmth: 0.3,
  },
  gold: {
    veil: rampOf([
      [0, 0x060503],
      [0.4, 0x33230f],
      [0.75, 0x7c5424],
      [1, 0xc49a5a],
    ]),
    body: rampOf([
      [0, 0x070503],
      [0.3, 0x4d2f12],
      [0.6, 0xb3762c],
      [0.85, 0xecc47a],
      [1, 0xfff6da],
    ]),
    heart: rampOf([
      [0, 0x06080a],
      [0.35, 0x2f5a6e],
      [0.65, 0x8cc2d4],
      [1, 0xf4ffff],
    ]),
    dust: 1.05,
    warmth: 0.5,
  },
  violet: {
    veil: rampOf([
      [0, 0x040309],
      [0.4, 0x1f1238],
      [0.75, 0x56307c],
      [1, 0xa476c4],
    ]),
    body: rampOf([
      [0, 0x05030a],
      [0.3, 0x35144e],
      [0.6, 0x8a3f96],
      [0.85, 0xdc93cc],
      [1, 0xfff0fa],
    ]),
    heart: rampOf([
      [0, 0x06060c],
      [0.35, 0x305088],
      [0.65, 0x7fc0e8],
      [1, 0xf6ffff],
    ]),
    dust: 0.85,
    warmth: 0.25,
  },
  umber: {
    veil: rampOf([
      [0, 0x050404],
      [0.4, 0x1c1712],
      [0.75, 0x4d3c2a],
      [1, 0x8f7355],
    ]),
    body: rampOf([
      [0, 0x060505],
      [0.3, 0x2b211a],
      [0.6, 0x6d543b],
      [0.85, 0xb4946c],
      [1, 0xf1dfc4],
    ]),
    heart: rampOf([
      [0, 0x060608],
      [0.35, 0x3b4660],
      [0.65, 0x92a5c8],
      [1, 0xf3f7ff],
    ]),
    dust: 1.2,
    warmth: 0.55,
  },
  mono: {
    veil: rampOf([
      [0, 0x040404],
      [0.4, 0x1a1a1a],
      [0.75, 0x525252],
      [1, 0x9c9c9c],
    ]),
    body: rampOf([
      [0, 0x050505],
      [0.3, 0x2a2a2a],
      [0.6, 0x7d7d7d],
      [0.85, 0xc9c9c9],
      [1, 0xf6f6f6],
    ]),
    heart: rampOf([
      [0, 0x060606],
      [0.35, 0x4a4a4a],
      [0.65, 0xb4b4b4],
      [1, 0xffffff],
    ]),
    dust: 0.95,
    warmth: 0.35,
  },
} satisfies Record<string, GasLook>;

/** The look of this name, or a usual one. */
export const gasLook = (name: string): GasLook =>
  Object.hasOwn(gases, name) ? gases[name as keyof typeof gases] : gases.orion;
