/**
 * Runs in the page. What is looked for in a label: words, whose matches main counts, or an XPath expression, whose
 * matches are walked in the same way.
 */
import type {
  LabelMatch,
  LabelRowPlace,
  LabelXPathError,
  LabelXPathResult,
} from '#contract/labels.ts';
import { toArchiveError, type LabelsApi, type OpenLabel } from './open-label.svelte.ts';

export type FinderMode = 'words' | 'xpath';

export type FinderStatus =
  | { kind: 'idle' }
  /** Asked, and nothing is known yet. */
  | { kind: 'asking' }
  | { kind: 'words'; hits: number; isComplete: boolean }
  | { kind: 'nodes'; total: number; hint: string | null; isComplete: boolean }
  /** An expression that gives no nodes. */
  | { kind: 'value'; type: 'string' | 'number' | 'boolean'; text: string; isComplete: boolean }
  | { kind: 'mistake'; position: number | null; message: string }
  | { kind: 'failed'; message: string };

export interface FinderHooks {
  /** A match was gone to. */
  goTo(place: LabelRowPlace): Promise<void>;
  /** Other rows are marked, or shown. */
  changed(total: number): Promise<void>;
  /** The selected node, from where the next match is looked for; null for none. */
  here(): number | null;
}

/** Between the last key and the question. */
const typingMs = 160;
/** An expression is not judged while it is being written. */
const writingMs = 450;
const matchesAtOnce = 200;

export class LabelFinder {
  readonly #api: LabelsApi;
  readonly #label: Pick<OpenLabel, 'id' | 'lost' | 'state'>;
  readonly #hooks: FinderHooks;
  #text = $state('');
  #wantsXPath = $state(false);
  #onlyMatches = $state(false);
  #status = $state.raw<FinderStatus>({ kind: 'idle' });
  /** Place of the match gone to last, from 0; -1 before. */
  #at = $state(-1);
  #match = $state.raw<LabelMatch | null>(null);
  #matches: { from: number; list: readonly LabelMatch[] } = { from: 0, list: [] };
  /** The node that the last match led to. */
  #node: number | null = null;
  /** Main holds a search of ours. */
  #isMarked = false;
  #question = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly mode: FinderMode = $derived(
    this.#wantsXPath || this.#text.trimStart().startsWith('/') ? 'xpath' : 'words',
  );
  /** Matches found so far; null while that is not known. */
  readonly count: number | null = $derived.by(() => {
    const status = this.#status;
    if (status.kind === 'words') return status.hits;
    return status.kind === 'nodes' ? status.total : null;
  });

  constructor(api: LabelsApi, label: Pick<OpenLabel, 'id' | 'lost' | 'state'>, hooks: FinderHooks) {
    this.#api = api;
    this.#label = label;
    this.#hooks = hooks;
  }

  get text(): string {
    return this.#text;
  }
  get wantsXPath(): boolean {
    return this.#wantsXPath;
  }
  get onlyMatches(): boolean {
    return this.#onlyMatches;
  }
  get status(): FinderStatus {
    return this.#status;
  }
  get at(): number {
    return this.#at;
  }
  /** The match of an expression that was gone to. */
  get match(): LabelMatch | null {
    return this.#match;
  }
  get isEmpty(): boolean {
    return this.#text.trim() === '';
  }

  /** As it is typed; asked a moment later. */
  type(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    if (this.isEmpty) void this.ask();
    else {
      const waitMs = this.mode === 'xpath' ? writingMs : typingMs;
      this.#timer = setTimeout(() => void this.ask(), waitMs);
    }
  }

  setXPath(wanted: boolean): void {
    this.#wantsXPath = wanted;
    if (!this.isEmpty) void this.ask();
  }

  setOnlyMatches(wanted: boolean): void {
    this.#onlyMatches = wanted;
    if (!this.isEmpty && this.mode === 'words') void this.ask();
  }

  /** What was kept of an earlier visit; asked once the label is open. */
  restore(kept: { text: string; wantsXPath: boolean; onlyMatches: boolean }): void {
    this.#text = kept.text;
    this.#wantsXPath = kept.wantsXPath;
    this.#onlyMatches = kept.onlyMatches;
  }

  /** Another label is open, or the same one anew: main knows nothing of a search. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#question += 1;
    this.#isMarked = false;
    this.#begin();
    this.#status = { kind: 'idle' };
  }

  /** More of the label is there: what was found may be more. */
  async grown(): Promise<void> {
    const status = this.#status;
    const isOpen = 'isComplete' in status && !status.isComplete;
    if (isOpen && this.#label.state?.isComplete === true) await this.ask({ keepPlace: true });
  }

  /** Asks main now. With `keepPlace` the match gone to stays the one that it was. */
  async ask({ keepPlace = false }: { keepPlace?: boolean } = {}): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#question += 1;
    const question = this.#question;
    const { id } = this.#label;
    const { mode } = this;
    const text = this.#text.trim();
    if (id === null) return;
    if (!keepPlace) this.#begin();
    try {
      if (this.#isMarked && (text === '' || mode === 'xpath')) await this.#unmark(id);
      if (text === '') this.#status = { kind: 'idle' };
      else if (mode === 'words') await this.#search(id, text, question, keepPlace);
      else await this.#evaluate(id, text, question, keepPlace);
    } catch (error) {
      if (question !== this.#question || this.#label.lost(error, id)) return;
      this.#status = { kind: 'failed', message: toArchiveError(error).message };
    }
  }

  /** Goes to the next or previous match, round the ends. */
  async step(direction: 1 | -1): Promise<void> {
    if (this.#timer !== undefined) return this.ask();
    const { id } = this.#label;
    const { count } = this;
    if (id === null || count === null || count === 0) return;
    const at = this.#at === -1 ? (direction === 1 ? 0 : count - 1) : this.#at + direction;
    const place = (at + count) % count;
    try {
      if (this.mode === 'xpath') await this.#toMatch(id, place);
      else await this.#toHit(id, place, direction);
    } catch (error) {
      if (!this.#label.lost(error, id)) throw error;
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#question += 1;
  }

  #begin(): void {
    this.#at = -1;
    this.#match = null;
    this.#node = null;
    this.#matches = { from: 0, list: [] };
  }

  async #unmark(id: number): Promise<void> {
    this.#isMarked = false;
    const { total } = await this.#api.labels.search({ id, text: '' });
    await this.#hooks.changed(total);
  }

  async #search(id: number, text: string, question: number, keepPlace: boolean): Promise<void> {
    if (this.#status.kind !== 'words') this.#status = { kind: 'asking' };
    this.#isMarked = true;
    const onlyMatches = this.#onlyMatches;
    const found = await this.#api.labels.search({ id, text, onlyMatches });
    if (question !== this.#question) return;
    await this.#hooks.changed(found.total);
    if (question !== this.#question) return;
    this.#status = { kind: 'words', hits: found.hits, isComplete: found.isComplete };
    if (found.hits === 0) this.#begin();
    else if (!keepPlace) await this.#toHit(id, 0, null);
  }

  /** From the match gone to; or, where someone went elsewhere since, from there. */
  async #toHit(id: number, place: number, direction: 1 | -1 | null): Promise<void> {
    const here = this.#hooks.here();
    const isElsewhere = direction !== null && here !== null && here !== this.#node;
    const hit = isElsewhere
      ? await this.#api.labels.hitFrom({
          id,
          node: here,
          direction: direction === 1 ? 'next' : 'previous',
        })
      : await this.#api.labels.hit({ id, hit: place });
    if (hit === null) return;
    this.#at = hit.hit;
    this.#node = hit.node;
    await this.#hooks.goTo(hit);
  }

  async #evaluate(id: number, text: string, question: number, keepPlace: boolean): Promise<void> {
    if (this.#status.kind === 'words' || this.#status.kind === 'idle') {
      this.#status = { kind: 'asking' };
    }
    const result = await this.#api.labels.xpath({ id, expression: text, count: matchesAtOnce });
    if (question !== this.#question) return;
    this.#status = statusOf(result);
    if (result.type !== 'nodes') {
      this.#begin();
      return;
    }
    this.#matches = { from: result.from, list: result.matches };
    if (result.total > 0 && !keepPlace) await this.#toMatch(id, 0);
  }

  async #toMatch(id: number, place: number): Promise<void> {
    const match = await this.#matchAt(id, place);
    if (match === null) return;
    this.#at = place;
    this.#match = match;
    const row =
      match.node === null ? null : await this.#api.labels.reveal({ id, node: match.node });
    if (row !== null && this.#at === place) await this.#hooks.goTo(row);
  }

  async #matchAt(id: number, place: number): Promise<LabelMatch | null> {
    const { from, list } = this.#matches;
    const known = list[place - from];
    if (known !== undefined) return known;
    const first = Math.floor(place / matchesAtOnce) * matchesAtOnce;
    const result = await this.#api.labels.xpath({
      id,
      expression: this.#text.trim(),
      from: first,
      count: matchesAtOnce,
    });
    if (result.type !== 'nodes') return null;
    this.#matches = { from: first, list: result.matches };
    return result.matches[place - first] ?? null;
  }
}

function statusOf(result: LabelXPathResult | LabelXPathError): FinderStatus {
  switch (result.type) {
    case 'error':
      return { kind: 'mistake', position: result.position, message: result.message };
    case 'nodes': {
      const { total, hint, isComplete } = result;
      return { kind: 'nodes', total, hint, isComplete };
    }
    case 'number':
      return { kind: 'value', type: 'number', text: result.text, isComplete: result.isComplete };
    default: {
      const { type, value, isComplete } = result;
      return { kind: 'value', type, text: String(value), isComplete };
    }
  }
}
