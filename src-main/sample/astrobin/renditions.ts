/** Runs in plain Node, any thread; pure. The sizes in which an image can be had, and what its files are called. */
import type { Alias } from './rows.ts';

export interface RenditionSize {
  width: number;
  height: number;
  /** Cut to this shape from the middle, not scaled to fit. */
  isCropped: boolean;
}

const cropped: Readonly<Partial<Record<Alias, readonly [width: number, height: number]>>> = {
  thumb: [80, 80],
  gallery: [130, 130],
  duckduckgo: [250, 200],
  duckduckgo_small: [113, 90],
};
const widths: Readonly<Partial<Record<Alias, number>>> = {
  regular: 620,
  regular_sharpened: 620,
  hd: 1824,
  hd_sharpened: 1824,
};
const histogramSize: RenditionSize = { width: 274, height: 120, isCropped: false };

/** The size of a rendition; nothing is ever enlarged but what is cut to a shape. */
export function renditionSize(alias: Alias, width: number, height: number): RenditionSize {
  if (alias === 'histogram') return histogramSize;
  const shape = cropped[alias];
  if (shape !== undefined) return { width: shape[0], height: shape[1], isCropped: true };
  const wide = Math.min(width, widths[alias] ?? width);
  return {
    width: wide,
    height: Math.max(1, Math.round((height * wide) / width)),
    isCropped: false,
  };
}

const knownAliases: readonly string[] = [
  ...['duckduckgo', 'duckduckgo_small', 'gallery', 'hd', 'hd_sharpened', 'histogram', 'real'],
  ...['regular', 'regular_sharpened', 'thumb'],
];

export const isAlias = (text: string): text is Alias => knownAliases.includes(text);

/** What can be had of an image besides its renditions. */
export const chartFolders = [
  'solutions',
  'skyplots',
  'advanced-skyplots',
  'advanced-skyplots-small',
  'advanced-solutions',
] as const;
export type ChartFolder = (typeof chartFolders)[number];

export const isChartFolder = (text: string): text is ChartFolder =>
  (chartFolders as readonly string[]).includes(text);

export const fileExtension = (what: Alias | ChartFolder): 'jpg' | 'png' | 'svg' => {
  if (what === 'advanced-solutions') return 'svg';
  return what === 'histogram' || what.includes('skyplots') ? 'png' : 'jpg';
};

/** Longest side of a picture with its solution over it. */
export const solutionSide = 1024;
