/** Runs in the page. The choices of one filter: context products of the registry, found as one types. */
import type { ArchiveApi } from '#contract/api.ts';
import { isCancelled } from '#contract/errors.ts';
import { lidOf } from './identifiers.ts';
import { wireOf } from './list-reader.svelte.ts';
import type { ContextFilter } from './pds-filter.ts';

export interface ContextChoice {
  lid: string;
  title: string;
}

export type ChoicesStatus =
  | { kind: 'loading' }
  /** `total`: null where the registry doesn't say. */
  | { kind: 'ready'; total: number | null }
  | { kind: 'failed'; message: string };

/** A pause in typing this long asks the registry. */
const restMs = 250;
const mostChoices = 50;

export class ContextChoices {
  readonly #api: ArchiveApi;
  readonly #of: ContextFilter;
  #choices = $state.raw<readonly ContextChoice[]>([]);
  #status = $state.raw<ChoicesStatus>({ kind: 'loading' });
  #text: string | null = null;
  #call: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ArchiveApi, of: ContextFilter) {
    this.#api = api;
    this.#of = of;
  }

  /** Those of the last answer stay until the next one is there. */
  get choices(): readonly ContextChoice[] {
    return this.#choices;
  }
  get status(): ChoicesStatus {
    return this.#status;
  }

  /** Finds those with these words: at once the first time, then when typing pauses. */
  find(typed: string): void {
    const text = typed.trim();
    if (text === this.#text) return;
    const isFirst = this.#text === null;
    this.#text = text;
    clearTimeout(this.#timer);
    this.#call?.abort();
    this.#status = { kind: 'loading' };
    if (isFirst) void this.#read(text);
    else this.#timer = setTimeout(() => void this.#read(text), restMs);
  }

  retry(): void {
    const text = this.#text ?? '';
    this.#text = null;
    this.find(text);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#call?.abort();
  }

  async #read(text: string): Promise<void> {
    const call = new AbortController();
    this.#call = call;
    try {
      const of = { kind: 'context' as const, of: this.#of, text };
      const part = await this.#api.pds.list(
        { of, from: 0, count: mostChoices },
        { signal: call.signal },
      );
      if (call.signal.aborted) return;
      const choices = part.products.map(({ lid, title }) => ({ lid: lidOf(lid), title }));
      // Several versions of one, where the service lists them, are one choice.
      this.#choices = choices.filter(
        ({ lid }, at) => choices.findIndex((one) => one.lid === lid) === at,
      );
      this.#status = { kind: 'ready', total: part.hits };
    } catch (error) {
      if (call.signal.aborted || isCancelled(error)) return;
      this.#choices = [];
      this.#status = { kind: 'failed', message: wireOf(error).message };
    }
  }
}
