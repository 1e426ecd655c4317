/** Runs in the page. What can be done with a product, for buttons, the context menu and commands alike. */
import type { CommandId } from '#contract/commands.ts';
import { toRef } from '#contract/domain.ts';
import type { PdsFilter } from '#contract/pds-lists.ts';
import type { PdsProduct } from '#contract/pds.ts';
import { pdsText } from '../../i18n/pds.ts';
import { recordText } from '../../i18n/record.ts';
import type { AppDeps, CommandHandler } from '../../lib/deps.ts';
import {
  addressFileOf,
  citationOf,
  dataFilesOf,
  labelFileOf,
  membersQuery,
  parentsOf,
} from './product-facts.ts';
import type { PdsTree } from './pds-tree.svelte.ts';
import type { ProductState } from './product-state.svelte.ts';

export interface ProductActsOptions {
  deps: AppDeps;
  tree: () => PdsTree;
  state: ProductState;
  /** Puts the keyboard on a row and chooses it. */
  goToRow: (index: number) => void;
  /** Brings the inspector into view, and the keyboard with it. */
  openInspector: () => void;
}

type Handlers = Partial<Record<CommandId, CommandHandler>>;

export class ProductActs {
  readonly #options: ProductActsOptions;

  constructor(options: ProductActsOptions) {
    this.#options = options;
  }

  /** The product that the inspector shows. */
  get product(): PdsProduct | null {
    return this.#options.state.product;
  }

  /** Shows a product in all of its places. */
  goTo(id: string): void {
    this.#go({}, id);
  }

  /** Shows the bundles that a filter fits. */
  narrow(filter: PdsFilter): void {
    this.#options.deps.navigation.go({ view: 'pds', filter });
  }

  openLabel(product: PdsProduct): void {
    this.#options.deps.navigation.go({ view: 'pds-label', ref: product.ref });
  }

  findMembers(product: PdsProduct): void {
    const q = membersQuery(product);
    if (q !== null) this.#options.deps.navigation.go({ view: 'pds-query', q });
  }

  /** One after the other, in their order; each says for itself how it went. */
  async saveData(product: PdsProduct): Promise<void> {
    for (const { name } of dataFilesOf(product)) {
      await this.#options.deps.downloads.save(product.ref, name);
    }
  }

  async saveLabel(product: PdsProduct): Promise<void> {
    const label = labelFileOf(product);
    if (label !== null) await this.#options.deps.downloads.save(product.ref, label.name);
  }

  /** Copies a text and says so; `told` null where what was pressed says it. */
  async copy(text: string, told: string | null): Promise<void> {
    const { api, notices } = this.#options.deps;
    try {
      await api.app.copyText({ text });
      if (told !== null) notices.show({ text: told, topic: 'pds-copied' });
    } catch (error) {
      notices.showError(error);
    }
  }

  planDownload({ ref, title, lidvid }: PdsProduct): void {
    this.#options.deps.plans.open({
      title: title || lidvid,
      selection: { kind: 'refs', refs: [ref] },
      count: 1,
    });
  }

  isKept(product: PdsProduct): boolean {
    return this.#options.deps.kept.has(product.ref);
  }

  /** Keeps it in the library, or takes it out with a way back. */
  toggleKept(product: PdsProduct): Promise<void> {
    return this.#options.deps.kept.toggle(product.ref);
  }

  copyId(product: PdsProduct): Promise<void> {
    return this.copy(product.lidvid, pdsText.idCopied);
  }

  async copyAddress(product: PdsProduct): Promise<void> {
    const file = addressFileOf(product);
    if (file !== null) await this.copy(file.url, pdsText.addressCopied(file.name));
  }

  async cite(): Promise<void> {
    const { detail } = this.#options.state;
    if (detail === null) return;
    const { text, isMade } = citationOf(detail);
    await this.copy(text, isMade ? pdsText.citedMade : pdsText.cited);
  }

  /** The row that the chosen one is in, else what the registry names as holding it. */
  goToParent(): void {
    const tree = this.#options.tree();
    const [index] = tree.selection.list(1);
    const parent = index === undefined ? null : tree.rows.parentOf(index);
    const [first] = this.#parents();
    if (parent !== null) this.#options.goToRow(parent);
    else if (first !== undefined) this.goTo(first);
  }

  /** Why there is nothing to go up to; null where there is. */
  parentReason(): string | null {
    const { product } = this;
    const { state } = this.#options;
    if (product === null) return pdsText.nothingChosen;
    const tree = this.#options.tree();
    const [index] = tree.selection.list(1);
    const isInTree = index !== undefined && index < tree.rows.rowCount;
    if (isInTree && tree.rows.parentOf(index) !== null) return null;
    if (this.#parents().length > 0) return null;
    return state.detail === null ? pdsText.parentUnknown : pdsText.noParent;
  }

  #parents(): string[] {
    const { detail } = this.#options.state;
    return detail === null ? [] : parentsOf(detail).map(({ id }) => id);
  }

  #go(filter: PdsFilter, id: string): void {
    this.#options.deps.navigation.go({ view: 'pds', filter, at: toRef('pds-registry', id) });
  }

  /** What a product lacks for an act; null where nothing. */
  reasons(product: PdsProduct | null) {
    const missing = product === null ? pdsText.nothingChosen : null;
    const has = (is: (one: PdsProduct) => boolean, why: string): string | null =>
      missing ?? (product !== null && is(product) ? null : why);
    return {
      data: has((one) => dataFilesOf(one).length > 0, pdsText.noData),
      labelFile: has((one) => labelFileOf(one) !== null, pdsText.noLabelFile),
      label: has(({ labelUrl, files }) => hasLabel(labelUrl, files), pdsText.noLabelFile),
      address: has((one) => addressFileOf(one) !== null, pdsText.noFile),
      members: has((one) => membersQuery(one) !== null, pdsText.noMembers),
      keep: has((one) => !this.isKept(one), recordText.alreadyKept),
      remove: has((one) => this.isKept(one), recordText.notKept),
      any: missing,
    };
  }

  /** What commands do here. */
  handlers(): Handlers {
    const on = (
      run: (product: PdsProduct) => void | Promise<void>,
      reason: () => string | null,
    ): CommandHandler => ({
      run: () => (this.product === null ? undefined : run(this.product)),
      unavailable: reason,
    });
    const reasons = () => this.reasons(this.product);
    const { state } = this.#options;
    return {
      'record.download': on(
        (one) => this.saveData(one),
        () => reasons().data,
      ),
      'download.plan': on(
        (one) => this.planDownload(one),
        () => reasons().any,
      ),
      'pds.saveLabel': on(
        (one) => this.saveLabel(one),
        () => reasons().labelFile,
      ),
      'record.keep': on(
        (one) => this.toggleKept(one),
        () => reasons().keep,
      ),
      'record.remove': on(
        (one) => this.toggleKept(one),
        () => reasons().remove,
      ),
      'record.copyLink': on(
        (one) => this.copyAddress(one),
        () => reasons().address,
      ),
      'record.copyCredit': {
        run: () => this.cite(),
        unavailable: () => reasons().any ?? (state.detail === null ? pdsText.loadingProduct : null),
      },
      'pds.label': on(
        (one) => this.openLabel(one),
        () => reasons().label,
      ),
      'pds.copyId': on(
        (one) => this.copyId(one),
        () => reasons().any,
      ),
      'pds.place': on(
        (one) => this.goTo(one.lidvid),
        () => reasons().any,
      ),
      'pds.members': on(
        (one) => this.findMembers(one),
        () => reasons().members,
      ),
      'pds.parents': { run: () => this.goToParent(), unavailable: () => this.parentReason() },
    };
  }
}

function hasLabel(labelUrl: string | null, files: PdsProduct['files']): boolean {
  return labelUrl !== null || files.some(({ role }) => role === 'label');
}
