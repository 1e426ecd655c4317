/** Runs in the page, pure. Which archive a place belongs to. */
import { parseRef, type ArchiveId } from '#contract/domain.ts';
import type { Route } from '../lib/deps.ts';

/** NASA's where a place belongs to none. */
export function archiveOf(route: Route): ArchiveId {
  if (route.view === 'record') return parseRef(route.ref)?.archive ?? 'nasa-images';
  if (route.view.startsWith('astrobin')) return 'astrobin';
  return route.view.startsWith('pds') ? 'pds-registry' : 'nasa-images';
}
