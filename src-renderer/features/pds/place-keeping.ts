/** Runs in the page. Which keys of the history hold what of a place in the registry's tree. */
import type { Navigation } from '../../lib/deps.ts';

export const placeKeys = {
  tree: 'pds.tree',
  grid: 'pds.grid',
  selection: 'pds.selection',
  superseded: 'pds.superseded',
  chosen: 'pds.chosen',
  tab: 'pds.tab',
  titles: 'pds.titles',
} as const;

const mostTitles = 40;

/** Titles of context products by lid, as a history entry keeps them; what is not one is left out. */
export function readTitles(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const titles = Object.entries(value as Record<string, unknown>).filter(
    ([lid, title]) => lid.length <= 1024 && typeof title === 'string' && title.length <= 500,
  );
  return Object.fromEntries(titles.slice(-mostTitles)) as Record<string, string>;
}

/** Learns a title for this entry and for the one that a filter leads to. */
export function keepTitles(navigation: Navigation, titles: Readonly<Record<string, string>>): void {
  navigation.remember(placeKeys.titles, readTitles({ ...titles }));
}
