/** Runs in the page. The selected element of a label, and everything that main knows of it. */
import type { LabelNode } from '#contract/labels.ts';
import type { LabelsApi, OpenLabel } from './open-label.svelte.ts';

export interface LabelChoiceHooks {
  /** All is known of the selected element. */
  known(node: LabelNode): void;
  failed(error: unknown): void;
}

export class LabelChoice {
  readonly #api: LabelsApi;
  readonly #label: Pick<OpenLabel, 'id' | 'lost'>;
  readonly #hooks: LabelChoiceHooks;
  #selected = $state<number | null>(null);
  #node = $state.raw<LabelNode | null>(null);

  constructor(api: LabelsApi, label: Pick<OpenLabel, 'id' | 'lost'>, hooks: LabelChoiceHooks) {
    this.#api = api;
    this.#label = label;
    this.#hooks = hooks;
  }

  get selected(): number | null {
    return this.#selected;
  }
  /** While that of another element is on its way, what was known last. */
  get node(): LabelNode | null {
    return this.#node;
  }

  choose(node: number): void {
    if (node === this.#selected) return;
    this.#selected = node;
    void this.look();
  }

  forget(): void {
    this.#selected = null;
    this.#node = null;
  }

  /** Asks what is known of the selected element now: while a label is read, paths change. */
  async look(): Promise<void> {
    const { id } = this.#label;
    const node = this.#selected;
    if (id === null || node === null) return;
    try {
      const about = await this.#api.labels.node({ id, node });
      if (id !== this.#label.id || node !== this.#selected) return;
      this.#node = about;
      if (about !== null) this.#hooks.known(about);
    } catch (error) {
      if (!this.#label.lost(error, id)) this.#hooks.failed(error);
    }
  }

  /** Everything about the selected element, also where that is still on its way. */
  async whole(): Promise<LabelNode | null> {
    if (this.#node?.node !== this.#selected) await this.look();
    return this.#node?.node === this.#selected ? this.#node : null;
  }
}
