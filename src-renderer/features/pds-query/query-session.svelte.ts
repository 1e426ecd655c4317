/** Runs in the page. A query with its results and its place, as one entry of the history holds it. */
import type { ArchiveApi } from '#contract/api.ts';
import type { QueryDocument } from '#contract/pds-query/document.ts';
import { QueryDesk } from './query-desk.svelte.ts';
import { QueryRun, readRunMemory } from './query-run.svelte.ts';
import { readDocument } from './read-document.ts';
import { readColumns } from './result-columns.ts';
import { ResultView } from './result-view.svelte.ts';
import type { RegistryFacts } from './registry-facts.svelte.ts';

/** What is kept over a restart beside the route's text; JSON. */
export interface SessionMemory {
  id: string;
  savedName: string | null;
  /** Only while the builder holds something that no text says. */
  document: QueryDocument | null;
  run: { q: string; ranAtMs: number } | null;
  columns: readonly string[];
  /** The chosen row and the one at the top of the table. */
  row: number;
  top: number;
}

/** Texts of a run that is restored; longer ones are asked for again. */
const longestRemembered = 20_000;

export class QuerySession {
  readonly id: string;
  readonly desk: QueryDesk;
  readonly run: QueryRun;
  readonly view = new ResultView();
  #columns = $state.raw<readonly string[]>([]);
  #savedName = $state<string | null>(null);

  constructor(api: ArchiveApi, facts: RegistryFacts, q: string, memory: Partial<SessionMemory>) {
    this.id = memory.id ?? '';
    this.run = new QueryRun(api);
    this.desk = new QueryDesk(facts, q, memory.document ?? null);
    this.#columns = memory.columns ?? readColumns(null);
    this.#savedName = memory.savedName ?? null;
    const { run } = memory;
    if (run) void this.#restore(run, memory.row ?? -1, memory.top ?? 0);
  }

  get columns(): readonly string[] {
    return this.#columns;
  }
  /** The name under which it was saved or opened; what is saved may be another text by now, or gone. */
  get savedName(): string | null {
    return this.#savedName;
  }

  /** The place in the results that waits for them to be drawn. */
  wanted: { row: number; top: number } | null = null;

  get memory(): SessionMemory {
    const { desk, run, view } = this;
    const ran = run.memory;
    const waiting = this.wanted;
    return {
      id: this.id,
      savedName: this.#savedName,
      document: desk.isUnfinished ? desk.document : null,
      run: ran === null || ran.q.length > longestRemembered ? null : ran,
      columns: this.#columns,
      row: waiting?.row ?? view.current,
      top: waiting?.top ?? view.topRow,
    };
  }

  showColumns(ids: readonly string[]): void {
    this.#columns = readColumns(ids);
  }

  nameIt(name: string | null): void {
    this.#savedName = name;
  }

  async #restore(run: { q: string; ranAtMs: number }, row: number, top: number): Promise<void> {
    this.wanted = { row, top };
    await this.run.restore(run);
  }
}

/** What was remembered, as far as it can be used. */
export function readSessionMemory(value: unknown): Partial<SessionMemory> {
  if (typeof value !== 'object' || value === null) return {};
  const memory = value as Record<string, unknown>;
  const place = (name: string): number => {
    const number = memory[name];
    return Number.isSafeInteger(number) ? Math.max(-1, number as number) : -1;
  };
  const { id, savedName } = memory;
  return {
    ...(typeof id === 'string' ? { id } : {}),
    savedName: typeof savedName === 'string' ? savedName : null,
    document: readDocument(memory['document']),
    run: readRunMemory(memory['run']),
    ...(Array.isArray(memory['columns']) ? { columns: readColumns(memory['columns']) } : {}),
    row: place('row'),
    top: Math.max(0, place('top')),
  };
}
