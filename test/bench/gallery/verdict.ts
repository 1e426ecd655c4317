/** Pure. What watched scrolls come to, beside those of the peer. */
import type { TileBox, WatchedScroll } from './probe.ts';

/** ms of a frame at 60 a second. */
const frameMs = 1000 / 60;
/** px by which a picture has to be inside the view to count as one that is looked at. */
const edgePx = 4;

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
  return tiles.filter(
    ({ y, height: tall }) => y + tall > offset + edgePx && y < offset + height - edgePx,
  ).length;
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

/** How much more of something we have than the peer; 1 where neither has any. */
export function ratio(ours: number, theirs: number): number {
  return theirs === 0 ? (ours === 0 ? 1 : Infinity) : ours / theirs;
}
