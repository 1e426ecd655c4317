/** Runs in the page. The queries of the history, so that going back shows the very same one with its results. */
import type { ArchiveApi } from '#contract/api.ts';
import { QuerySession, readSessionMemory, type SessionMemory } from './query-session.svelte.ts';
import { RegistryFacts } from './registry-facts.svelte.ts';

/** Queries whose results stay in memory; the one used longest ago goes first. */
const limit = 8;

export class QuerySessions {
  readonly facts: RegistryFacts;
  readonly #api: ArchiveApi;
  #held: QuerySession[] = [];
  readonly #ends = new WeakMap<QuerySession, () => void>();
  #count = 0;

  constructor(api: ArchiveApi) {
    this.#api = api;
    this.facts = new RegistryFacts(api);
  }

  /** The session that an entry names, or a new one of what the entry remembers. */
  open(q: string, remembered: unknown): QuerySession {
    const memory = readSessionMemory(remembered);
    const held = this.#held.find(({ id }) => id === memory.id);
    if (held !== undefined) {
      this.#held = [...this.#held.filter((one) => one !== held), held];
      return held;
    }
    this.#count += 1;
    // The time keeps ids of an earlier run of the window from naming a session of this one.
    const id = `${Date.now().toString(36)}-${this.#count}`;
    const columns = memory.columns ?? this.#held.at(-1)?.columns;
    const session = this.#create(q, {
      ...memory,
      id,
      ...(columns === undefined ? {} : { columns }),
    });
    for (const old of this.#held.slice(0, Math.max(0, this.#held.length + 1 - limit))) {
      old.run.pause();
      this.#ends.get(old)?.();
    }
    this.#held = [...this.#held.slice(-(limit - 1)), session];
    return session;
  }

  /** What it derives outlives the view that asked for it. */
  #create(q: string, memory: Partial<SessionMemory>): QuerySession {
    const create = () => new QuerySession(this.#api, this.facts, q, memory);
    let made: QuerySession | null = null;
    const end = $effect.root(() => {
      made = create();
    });
    // Outside a page no effects run, and nothing ends either.
    const session = made ?? create();
    this.#ends.set(session, end);
    return session;
  }
}

const byApi = new WeakMap<ArchiveApi, QuerySessions>();

/** The queries that belong to an api; they live as long as it does. */
export function querySessionsOf(api: ArchiveApi): QuerySessions {
  const known = byApi.get(api);
  if (known !== undefined) return known;
  const sessions = new QuerySessions(api);
  byApi.set(api, sessions);
  return sessions;
}
