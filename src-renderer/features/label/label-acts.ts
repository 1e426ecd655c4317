/** Runs in the page. What can be done in a label's view: for its buttons and for the commands alike. */
import type { CommandId } from '#contract/commands.ts';
import type { RecordRef } from '#contract/domain.ts';
import { labelText } from '../../i18n/label.ts';
import type { AppDeps, CommandHandler } from '../../lib/deps.ts';
import { queryFor, queryValueFault } from './label-parts.ts';
import type { LabelTab } from './label-memory.ts';
import type { LabelView } from './label-view.svelte.ts';

export class LabelActs {
  readonly #deps: Pick<AppDeps, 'api' | 'navigation' | 'notices'>;
  readonly #view: LabelView;
  readonly #ref: () => RecordRef | null;

  constructor(
    deps: Pick<AppDeps, 'api' | 'navigation' | 'notices'>,
    view: LabelView,
    ref: () => RecordRef | null,
  ) {
    this.#deps = deps;
    this.#view = view;
    this.#ref = ref;
  }

  /** Why nothing can be done; null when something can. */
  get closedReason(): string | null {
    const { kind } = this.#view.label.status;
    if (kind === 'ready') return null;
    return kind === 'failed' ? labelText.failedReason : labelText.loadingReason;
  }

  /** Why the selected element cannot be acted on. */
  get nodeReason(): string | null {
    return this.closedReason ?? (this.#view.node === null ? labelText.nothingSelected : null);
  }

  get onlyMatchesReason(): string | null {
    if (this.closedReason !== null) return this.closedReason;
    return this.#view.finder.mode === 'xpath' ? labelText.onlyWords : null;
  }

  get stepReason(): string | null {
    const { finder } = this.#view;
    if (this.closedReason !== null) return this.closedReason;
    if (finder.isEmpty) return labelText.nothingSought;
    return finder.count === 0 || finder.count === null ? labelText.noMatch : null;
  }

  /** Why no products can be looked for by the selected value. */
  get findReason(): string | null {
    const { node } = this.#view;
    if (node === null) return this.nodeReason;
    if (node.registryName === null) return labelText.notIndexed;
    const fault = queryValueFault(node.value, node.isCut);
    return fault === null ? null : labelText.valueFault[fault];
  }

  async copyPath(): Promise<void> {
    const { path } = this.#view;
    if (path !== null) await this.#copy(path, labelText.pathCopied);
  }

  async copyValue(): Promise<void> {
    const value = this.#view.node?.value ?? null;
    if (value !== null) await this.#copy(value, labelText.valueCopied);
  }

  async copyField(): Promise<void> {
    const field = this.#view.node?.registryName ?? null;
    if (field !== null) await this.#copy(field, labelText.fieldCopied);
  }

  findProducts(): void {
    if (this.findReason !== null) return;
    const { registryName: field, value } = this.#view.node ?? { registryName: null, value: null };
    if (field === null || value === null) return;
    this.#deps.navigation.go({ view: 'pds-query', q: queryFor(field, value) });
  }

  goToProduct(): void {
    const ref = this.#ref();
    if (ref !== null) this.#deps.navigation.go({ view: 'pds', filter: {}, at: ref });
  }

  handlers(): Partial<Record<CommandId, CommandHandler>> {
    const view = this.#view;
    const { finder } = view;
    const closed = () => this.closedReason;
    const step = (direction: 1 | -1): CommandHandler => ({
      run: () => finder.step(direction),
      unavailable: () => this.stepReason,
    });
    const show = (tab: LabelTab): CommandHandler => ({
      run: () => view.setTab(tab),
      unavailable: closed,
    });
    return {
      'search.next': step(1),
      'search.previous': step(-1),
      'label.tree': show('tree'),
      'label.source': show('source'),
      'label.onlyMatches': {
        run: () => finder.setOnlyMatches(!finder.onlyMatches),
        unavailable: () => this.onlyMatchesReason,
      },
      'label.xpath': { run: () => finder.setXPath(!finder.wantsXPath), unavailable: closed },
      'label.expandAll': { run: () => view.expandTo(null), unavailable: closed },
      'label.collapseAll': { run: () => view.expandTo(1), unavailable: closed },
      'label.copyPath': { run: () => this.copyPath(), unavailable: () => this.nodeReason },
      'label.copyValue': {
        run: () => this.copyValue(),
        unavailable: () =>
          this.nodeReason ?? (view.node?.value === null ? labelText.noValue : null),
      },
      'label.findProducts': {
        run: () => this.findProducts(),
        unavailable: () => this.findReason,
      },
      'label.product': { run: () => this.goToProduct() },
      'search.reload': { run: () => view.reopen() },
    };
  }

  async #copy(text: string, said: string): Promise<void> {
    const { api, notices } = this.#deps;
    try {
      await api.app.copyText({ text });
      notices.show({ text: said, topic: 'label-copied' });
    } catch (error) {
      notices.showError(error);
    }
  }
}
