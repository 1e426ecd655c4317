import type { ArchiveApi } from '#contract/api.ts';
import type { NasaSearchQuery, RecordCard } from '#contract/domain.ts';
import { keywordsOf } from '../gallery/record-facts.ts';
import { queryKey } from './filters.ts';
import { SearchSession } from './search-session.svelte.ts';

/** Searches whose results stay in memory; the oldest used one goes first. */
const limit = 12;
/** Results of each whose words are read. */
const mostReadWords = 300;

interface Held {
  id: string;
  key: string;
  session: SearchSession;
}

/** The searches of the history, so that going back shows the same results at once. */
export class SearchSessions {
  #held: Held[] = [];
  #count = 0;
  readonly #api: ArchiveApi;

  constructor(api: ArchiveApi) {
    this.#api = api;
  }

  /**
   * The session of a history entry, or a new one. `source` says which archive answers (live or sample,
   * and where), since the same words find other records there.
   */
  open(
    query: NasaSearchQuery,
    source: string,
    id: unknown,
    onCards?: (cards: readonly RecordCard[]) => void,
  ): { id: string; session: SearchSession; isNew: boolean } {
    const key = `${source} ${queryKey(query)}`;
    const held = this.#held.find((one) => one.id === id && one.key === key);
    if (held !== undefined) {
      this.#held = [...this.#held.filter((one) => one !== held), held];
      return { id: held.id, session: held.session, isNew: false };
    }
    this.#count += 1;
    // The time keeps ids of an earlier run of the window from naming a session of this one.
    const fresh: Held = {
      id: `${Date.now().toString(36)}-${this.#count}`,
      key,
      session: new SearchSession(this.#api.nasa, query, onCards),
    };
    for (const old of this.#held.slice(0, Math.max(0, this.#held.length + 1 - limit))) {
      old.session.pause();
    }
    this.#held = [...this.#held.slice(-(limit - 1)), fresh];
    return { id: fresh.id, session: fresh.session, isNew: true };
  }

  /** Titles and keywords of what was found lately, for other spellings. */
  *words(): Generator<string> {
    for (const { session } of this.#held) {
      for (let index = 0; index < Math.min(session.loaded, mostReadWords); index += 1) {
        const card = session.items.at(index);
        if (card === null) continue;
        yield card.record.title;
        yield* keywordsOf(card);
      }
    }
  }

  /** The session used last for a query, for the previous and next record of its list. */
  latest(query: NasaSearchQuery, source: string): SearchSession | null {
    const key = `${source} ${queryKey(query)}`;
    return this.#held.findLast((one) => one.key === key)?.session ?? null;
  }
}

const byApi = new WeakMap<ArchiveApi, SearchSessions>();

/** The sessions that belong to an api; they live as long as it does. */
export function searchSessionsOf(api: ArchiveApi): SearchSessions {
  const known = byApi.get(api);
  if (known !== undefined) return known;
  const sessions = new SearchSessions(api);
  byApi.set(api, sessions);
  return sessions;
}

/** Names the archive that answers: `live https://…`. */
export function sourceOf(settings: { archiveMode: string; nasaImagesApi: string }): string {
  return settings.archiveMode === 'live' ? `live ${settings.nasaImagesApi}` : settings.archiveMode;
}
