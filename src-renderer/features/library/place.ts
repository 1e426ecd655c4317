/** Reads what an earlier run remembered of a place in a list; null for anything else. Pure. */
import type { GridPlace } from '../gallery/grid-state.svelte.ts';

export function parsePlace(value: unknown): GridPlace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { index, within, current } = value as Record<string, unknown>;
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0) return null;
  if (typeof within !== 'number' || !Number.isFinite(within)) return null;
  const isPlace = typeof current === 'number' && Number.isInteger(current) && current >= 0;
  return { index, within, current: isPlace ? current : null };
}

/** How many items have to be there for a place: the keyboard may be further on than what is seen first. */
export function countFor(place: GridPlace | null): number {
  return place === null ? 0 : Math.max(place.index, place.current ?? 0) + 1;
}
