/** Runs in the page, pure. Steps of the player: in seconds, in frames, in speed. */

/** Seconds that J and L go. */
export const leapSeconds = 10;
/** Seconds that the arrow keys go. */
export const arrowSeconds = 5;
/** Frames a second where nothing tells: the rate of nearly all of NASA's films. */
export const usualFrameRate = 29.97;

export const rates = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** Brings a wish into the recording; an unknown length bounds nothing but its beginning. */
export function clampTime(seconds: number, duration: number): number {
  if (!Number.isFinite(seconds)) return 0;
  const end = Number.isFinite(duration) ? duration : Number.POSITIVE_INFINITY;
  return Math.min(Math.max(seconds, 0), end);
}

/**
 * The time of the next (or previous) frame: the middle of it, because a time on the edge of two frames may
 * show either.
 */
export function frameTime(
  seconds: number,
  direction: 1 | -1,
  frameRate: number,
  duration: number,
): number {
  // What is said to be at 1.9999 frames is at the second one.
  const frame = Math.floor(seconds * frameRate + 0.01);
  return clampTime((Math.max(frame + direction, 0) + 0.5) / frameRate, duration);
}

/** The next speed in a direction from any speed; the same at the end. */
export function nextRate(rate: number, direction: 1 | -1): number {
  const next =
    direction === 1
      ? rates.find((one) => one > rate + 0.001)
      : rates.findLast((one) => one < rate - 0.001);
  return next ?? rate;
}

export interface TimeSpan {
  /** Seconds. */
  start: number;
  end: number;
}

/** What is there already, of a `TimeRanges`; reading one fails when it changed meanwhile. */
export function readRanges(ranges: TimeRanges): TimeSpan[] {
  const spans: TimeSpan[] = [];
  for (let index = 0; index < ranges.length; index += 1) {
    try {
      spans.push({ start: ranges.start(index), end: ranges.end(index) });
    } catch {
      break;
    }
  }
  return spans;
}

/** Where one goes on: not at the very beginning, nor where it was seen to its end. */
export function resumeTime(remembered: number | undefined, duration: number): number {
  if (remembered === undefined || remembered < 3) return 0;
  return Number.isFinite(duration) && remembered > duration - 3 ? 0 : remembered;
}

/** Measures the frame rate from the times of shown frames: the median of what lies between neighbours. */
export class FrameRateMeter {
  #gaps: number[] = [];
  #last: { time: number; count: number } | null = null;

  /** `time` in seconds of the recording; `count` is how many frames were shown so far. */
  note(time: number, count: number): void {
    const last = this.#last;
    this.#last = { time, count };
    // Only frames that follow each other tell it; a seek or a dropped frame does not.
    if (last === null || count !== last.count + 1) return;
    const gap = time - last.time;
    if (gap > 0.004 && gap < 0.25) this.#gaps = [...this.#gaps.slice(-31), gap];
  }

  /** Frames a second; null before enough was seen. */
  get rate(): number | null {
    if (this.#gaps.length < 8) return null;
    const sorted = [...this.#gaps].sort((a, b) => a - b);
    const median = sorted[sorted.length >> 1];
    return median === undefined ? null : 1 / median;
  }
}
