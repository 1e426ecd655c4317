/**
 * Runs in the main process; pure. Where the window was, read back with suspicion: displays come and go between
 * two starts, and the file may hold anything.
 */
import * as v from 'valibot';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowState {
  /** Bounds of the window when it is neither maximised nor full screen, in DIP. */
  bounds: Bounds;
  maximised: boolean;
  fullScreen: boolean;
}

export const minimumSize = { width: 800, height: 600 };
export const firstSize = { width: 1280, height: 800 };

/** So much of the top bar must be on a display for the window to be reachable, in DIP. */
const reachable = { width: 160, height: 24 };

const coordinate = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));

const stateSchema = v.object({
  bounds: v.object({ x: coordinate, y: coordinate, width: length, height: length }),
  maximised: v.fallback(v.boolean(), false),
  fullScreen: v.fallback(v.boolean(), false),
});

/** Reads a stored state; null when it is not one. */
export function parseWindowState(value: unknown): WindowState | null {
  const parsed = v.safeParse(stateSchema, value);
  return parsed.success ? parsed.output : null;
}

function isReachable(bounds: Bounds, area: Bounds): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  // Only the top edge counts: that is where a window is held.
  const height = Math.min(bounds.y + 44, area.y + area.height) - Math.max(bounds.y, area.y);
  return width >= reachable.width && height >= reachable.height;
}

function centredOn(area: Bounds, wanted: { width: number; height: number }): Bounds {
  const width = Math.max(minimumSize.width, Math.min(wanted.width, area.width));
  const height = Math.max(minimumSize.height, Math.min(wanted.height, area.height));
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  };
}

/**
 * The state to open with: as stored if its top edge can be reached on a display of now, else centred on the
 * first (the primary) one. `workAreas` are the displays' areas without bars and docks.
 */
export function fitToDisplays(
  stored: WindowState | null,
  workAreas: readonly [Bounds, ...Bounds[]],
): WindowState {
  const [primary] = workAreas;
  if (stored === null) {
    return { bounds: centredOn(primary, firstSize), maximised: false, fullScreen: false };
  }
  const bounds = {
    ...stored.bounds,
    width: Math.max(minimumSize.width, stored.bounds.width),
    height: Math.max(minimumSize.height, stored.bounds.height),
  };
  if (workAreas.some((area) => isReachable(bounds, area))) return { ...stored, bounds };
  return { ...stored, bounds: centredOn(primary, bounds) };
}
