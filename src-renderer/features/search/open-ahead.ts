import { isEmptyQuery, tidyQuery } from './filters.ts';
import { searchSessionsOf, sourceOf } from './search-sessions.ts';
import type { AppDeps } from '../../lib/deps.ts';

/**
 * Asks for the search that the window opens on before the frame is drawn: its answer comes meanwhile. The view finds
 * the session by the history entry, as it does when a person comes back.
 */
export function openSearchAhead(
  deps: Pick<AppDeps, 'api' | 'navigation' | 'settings' | 'kept'>,
): void {
  const { api, navigation, settings, kept } = deps;
  const { route } = navigation;
  if (route.view !== 'nasa' || route.all === true) return;
  const query = tidyQuery(route.query);
  if (isEmptyQuery(query)) return;
  const { id, session } = searchSessionsOf(api).open(
    query,
    sourceOf(settings.current),
    navigation.recall('search'),
    (cards) => kept.learn(cards.map((card) => card.record.ref)),
  );
  navigation.remember('search', id);
  session.resume();
}
