/**
 * Runs in the page. The search that the window opens on, asked for before the frame is drawn. The view finds the
 * session by the history entry, as it does when a person comes back.
 */
import type { RecordCard } from '#contract/domain.ts';
import { mediaUrl } from '../../lib/media-url.ts';
import type { AppDeps } from '../../lib/deps.ts';
import { isEmptyQuery, tidyQuery } from './filters.ts';
import { searchSessionsOf, sourceOf } from './search-sessions.ts';

/** A kept copy is there sooner; the frame waits for nothing else. */
const patienceMs = 60;
/** The same while the gallery as it was left is to be seen. */
const drawnPatienceMs = 400;
/** Pictures of the first rows: at hand by the time that the gallery draws them. */
const picturesAhead = 20;
/** So long the pictures are held, so that the gallery finds them. */
const heldMs = 5_000;

function fetchPictures(cards: readonly RecordCard[]): void {
  const pictures = cards.slice(0, picturesAhead).flatMap(({ thumb }) => {
    if (thumb === null) return [];
    const picture = new Image();
    picture.src = mediaUrl(thumb.key);
    return [picture];
  });
  setTimeout(() => pictures.splice(0), heldMs);
}

/** Resolves when the first records are there, or when the frame should not wait for them any longer. */
export function openSearchAhead(
  deps: Pick<AppDeps, 'api' | 'navigation' | 'settings' | 'kept'>,
  isDrawn: boolean,
): Promise<void> {
  const { api, navigation, settings, kept } = deps;
  const { route } = navigation;
  if (route.view !== 'nasa' || route.all === true) return Promise.resolve();
  const query = tidyQuery(route.query);
  if (isEmptyQuery(query)) return Promise.resolve();
  return new Promise((isThere) => {
    setTimeout(isThere, isDrawn ? drawnPatienceMs : patienceMs);
    let isFirst = true;
    const { id, session } = searchSessionsOf(api).open(
      query,
      sourceOf(settings.current),
      navigation.recall('search'),
      (cards) => {
        if (isFirst) fetchPictures(cards);
        isFirst = false;
        kept.learn(cards.map((card) => card.record.ref));
        isThere();
      },
    );
    navigation.remember('search', id);
    session.resume();
  });
}
