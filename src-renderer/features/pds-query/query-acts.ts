/** Runs in the page. What is done with a query as a whole: run, begun anew, saved, copied, its products opened. */
import type { ArchiveApi } from '#contract/api.ts';
import type { SavedQuery } from '#contract/domain.ts';
import { pdsQueryText } from '../../i18n/pds-query.ts';
import type { KeptState, Navigation, Notices, PlansState, SettingsState } from '../../lib/deps.ts';
import type { QueryRow } from './query-row.ts';
import type { QuerySession } from './query-session.svelte.ts';
import { querySessionsOf } from './query-sessions.svelte.ts';
import { withoutQuery, withQuery } from './saved-queries.ts';
import { searchCommand } from './shell-command.ts';

/** Under which an entry of the history remembers its session. */
export const memoryKey = 'pdsQuery';

export interface QueryActsOptions {
  api: ArchiveApi;
  navigation: Navigation;
  notices: Notices;
  settings: SettingsState;
  kept: KeptState;
  plans: PlansState;
}

/** As many products as a plan takes by name. */
const mostPlanned = 10_000;

export class QueryActs {
  readonly #options: QueryActsOptions;
  readonly #session: () => QuerySession;

  constructor(options: QueryActsOptions, session: () => QuerySession) {
    this.#options = options;
    this.#session = session;
  }

  /** Nothing was written and nothing asked. */
  get isBlank(): boolean {
    const { desk, run } = this.#session();
    return desk.isEmpty && run.list === null;
  }

  async run(): Promise<void> {
    const { desk, run } = this.#session();
    if (desk.sent === null) return;
    await run.run(desk.sent);
    // First contact tells which service it is.
    await querySessionsOf(this.#options.api).facts.readService();
  }

  /** A query of its own in the history, but in place of one that was never begun. */
  begin(q: string, savedName: string | null): void {
    const { navigation } = this.#options;
    const session = this.#session();
    if (this.isBlank) {
      session.desk.typeText(q, false);
      session.nameIt(savedName);
      return;
    }
    const { columns } = session;
    navigation.go({ view: 'pds-query', q });
    navigation.remember(memoryKey, { savedName, columns });
  }

  async save(name: string): Promise<void> {
    const { settings, notices } = this.#options;
    const session = this.#session();
    const q = session.desk.text;
    try {
      await settings.set({ savedQueries: withQuery(settings.current.savedQueries, name, q) });
      session.nameIt(name);
      notices.show({ text: pdsQueryText.saved(name), topic: 'savedQuery' });
    } catch (error) {
      notices.showError(error);
    }
  }

  /** With a way back. */
  async removeSaved({ name, q }: SavedQuery): Promise<void> {
    const { settings, notices } = this.#options;
    const set = (savedQueries: SavedQuery[]): Promise<void> => settings.set({ savedQueries });
    try {
      await set(withoutQuery(settings.current.savedQueries, name));
      notices.show({
        text: pdsQueryText.removed(name),
        topic: 'savedQuery',
        action: {
          label: pdsQueryText.undo,
          run: () => set(withQuery(settings.current.savedQueries, name, q)),
        },
      });
    } catch (error) {
      notices.showError(error);
    }
  }

  copyText(): Promise<void> {
    return this.#copy(this.#session().desk.text, pdsQueryText.queryCopied);
  }

  copyCommand(): Promise<void> {
    const { desk } = this.#session();
    return this.#copy(searchCommand(desk.sent ?? desk.text), pdsQueryText.commandCopied);
  }

  copyId(text: string): Promise<void> {
    return this.#copy(text, pdsQueryText.copied(text));
  }

  /** Keeps it in the library, or takes it out with a way back. */
  keepOrRemove({ ref }: QueryRow): Promise<void> {
    return this.#options.kept.toggle(ref);
  }

  openProduct({ ref }: QueryRow): void {
    this.#options.navigation.go({ view: 'pds', filter: {}, at: ref });
  }

  /** For the chosen product, or for all results that are here. */
  planDownload(): void {
    const { run, view, savedName } = this.#session();
    const { list } = run;
    if (list === null) return;
    const chosen = view.current >= 0 ? list.at(view.current) : null;
    const states =
      chosen?.kind === 'row'
        ? [chosen]
        : Array.from({ length: Math.min(list.loaded, mostPlanned) }, (_, at) => list.at(at));
    const rows = states.flatMap((state) => (state.kind === 'row' ? [state.row] : []));
    const [first] = rows;
    if (first === undefined) return;
    this.#options.plans.open({
      title: rows.length === 1 ? first.title : (savedName ?? pdsQueryText.results),
      selection: { kind: 'refs', refs: rows.map(({ ref }) => ref) },
      count: rows.length,
    });
  }

  /** Acts on the chosen product, where one is chosen and there. */
  onChosen(act: (row: QueryRow) => void): void {
    const { run, view } = this.#session();
    const state = run.list?.at(view.current);
    if (state?.kind === 'row') act(state.row);
  }

  async #copy(text: string, said: string): Promise<void> {
    const { api, notices } = this.#options;
    await api.app.copyText({ text });
    notices.show({ text: said, topic: 'copied' });
  }
}
