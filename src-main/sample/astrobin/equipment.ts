/** Runs in plain Node, any thread; pure. What images are made with: plausible, and of no maker. */

export interface Telescope {
  name: string;
  focalMm: number;
}

export interface Camera {
  name: string;
  /** Micrometres. */
  pixelMicrons: number;
  width: number;
  height: number;
}

/** By reach: for wide fields, for nebulae, for galaxies, for planets. */
export const telescopes: readonly (readonly [Telescope, ...Telescope[]])[] = [
  [
    { name: '24mm f/2.8 lens', focalMm: 24 },
    { name: '35mm f/1.8 lens', focalMm: 35 },
    { name: '50mm f/1.8 lens', focalMm: 50 },
    { name: '85mm f/1.4 lens', focalMm: 85 },
  ],
  [
    { name: '135mm f/2 lens', focalMm: 135 },
    { name: '51mm f/4.9 Petzval refractor', focalMm: 250 },
    { name: '61mm f/5.5 APO doublet', focalMm: 335 },
    { name: '72mm f/6 APO triplet', focalMm: 432 },
    { name: '80mm f/6 APO triplet', focalMm: 480 },
  ],
  [
    { name: '106mm f/5 quadruplet', focalMm: 530 },
    { name: '102mm f/7 APO triplet', focalMm: 714 },
    { name: '130mm f/7 APO triplet', focalMm: 910 },
    { name: '8" f/4 Newtonian', focalMm: 800 },
    { name: '10" f/4 Newtonian', focalMm: 1000 },
    { name: '200mm f/2.8 astrograph', focalMm: 560 },
  ],
  [
    { name: '8" f/8 Ritchey-Chrétien', focalMm: 1624 },
    { name: '12.5" f/9 corrected Dall-Kirkham', focalMm: 2857 },
    { name: '11" f/10 Schmidt-Cassegrain', focalMm: 2800 },
    { name: '14" f/7.2 corrected Dall-Kirkham', focalMm: 2563 },
    { name: '150mm f/12 Maksutov', focalMm: 1800 },
  ],
];

export const deepSkyCameras: readonly [Camera, ...Camera[]] = [
  {
    name: '26 MP APS-C monochrome CMOS, cooled',
    pixelMicrons: 3.76,
    width: 6248,
    height: 4176,
  },
  { name: '26 MP APS-C colour CMOS, cooled', pixelMicrons: 3.76, width: 6248, height: 4176 },
  { name: '62 MP full-frame monochrome CMOS', pixelMicrons: 3.76, width: 9576, height: 6388 },
  { name: '16 MP 4/3" monochrome CMOS, cooled', pixelMicrons: 3.8, width: 4656, height: 3520 },
  { name: '9 MP square colour CMOS, cooled', pixelMicrons: 3.76, width: 3008, height: 3008 },
  { name: '8 MP CCD with filter wheel', pixelMicrons: 5.4, width: 3326, height: 2504 },
  { name: '24 MP DSLR, astro-modified', pixelMicrons: 3.92, width: 6000, height: 4000 },
  { name: '20 MP full-frame mirrorless', pixelMicrons: 6.54, width: 5472, height: 3648 },
];

export const planetCameras: readonly [Camera, ...Camera[]] = [
  { name: '2 MP planetary colour CMOS', pixelMicrons: 2.9, width: 1936, height: 1096 },
  { name: '8 MP planetary colour CMOS', pixelMicrons: 2, width: 3840, height: 2160 },
  { name: '3 MP high-speed monochrome CMOS', pixelMicrons: 3.45, width: 2064, height: 1544 },
];

/** Where the light was gathered, by the service's codes, with how often of a hundred. */
export const dataSources: readonly (readonly [code: string | null, weight: number])[] = [
  ['BACKYARD', 46],
  [null, 12],
  ['TRAVELLER', 14],
  ['AMATEUR_HOSTING', 10],
  ['OWN_REMOTE', 6],
  ['PUBLIC_AMATEUR_DATA', 4],
  ['PRO_DATA', 2],
  ['MIX', 2],
  ['OTHER', 2],
  ['UNKNOWN', 2],
];

/** Codes of rented observatories, for the images whose light came from one. */
export const remoteSources: readonly [string, ...string[]] = ['OTHER', 'DSW', 'ITU', 'CHI', 'SRO'];
