/** Pure. What watched scrolls come to, beside those of the peer. */
import type { TileBox, WatchedScroll } from './probe.ts';

/** ms of a frame at 60 a second. */
const frameMs = 1000 / 60;

export interface ScrollFigures {
  frames: number;
  dropped: number;
  /** Pictures that should have been in view and were not, over all frames. */
  blank: number;
  p95Ms: number;
  longTasks: number[];
  mostElements: number;
}

/** Pictures that belong into a view of that height, at an offset. */
export function countInView(tiles: readonly TileBox[], offset: number, height: number): number {
  return tiles.filter((tile) => tile.y + tile.height > offset && tile.y < offset + height).length;
}

export function figuresOf(
  scrolls: readonly WatchedScroll[],
  tiles: readonly TileBox[],
  viewHeight: number,
): ScrollFigures {
  const frames = scrolls.flatMap((scroll) => scroll.frames);
  const sorted = frames.toSorted((a, b) => a - b);
  let blank = 0;
  for (const { offset, shown } of scrolls.flatMap((scroll) => scroll.seen)) {
    blank += Math.max(0, countInView(tiles, offset, viewHeight) - shown);
  }
  return {
    frames: frames.length,
    dropped: frames.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / frameMs) - 1), 0),
    blank,
    p95Ms: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
    longTasks: scrolls.flatMap((scroll) => scroll.longTasks),
    mostElements: Math.max(...scrolls.map((scroll) => scroll.mostElements)),
  };
}
