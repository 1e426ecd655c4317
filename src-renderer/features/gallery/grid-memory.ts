/** Runs in the page. Pure: a place in a grid as the history keeps it; nothing else is let in. */
import type { GridPlace } from './grid-state.svelte.ts';

export interface RememberedPlace extends GridPlace {
  /** True when the keyboard was in the grid. */
  hadFocus: boolean;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Reads what was remembered; null when it is not a place. */
export function parsePlace(value: unknown): RememberedPlace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { index, within, current, hadFocus } = value as Record<string, unknown>;
  if (!isIndex(index) || typeof within !== 'number' || !Number.isFinite(within)) return null;
  return {
    index,
    within: Math.min(1, Math.max(-1, within)),
    current: isIndex(current) ? current : null,
    hadFocus: hadFocus === true,
  };
}
