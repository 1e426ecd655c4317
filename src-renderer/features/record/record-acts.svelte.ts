/** Runs in the page. What can be done with the record shown: for the bar and for the commands alike. */
import type { CommandId } from '#contract/commands.ts';
import {
  parseRef,
  type ArchiveId,
  type DownloadItem,
  type RecordCard,
  type RecordRendition,
} from '#contract/domain.ts';
import { recordText } from '../../i18n/record.ts';
import type { AppDeps, CommandHandler, RecordOrigin } from '../../lib/deps.ts';
import { isOpen } from '../downloads/download-figures.ts';
import { renditionToSave } from './record-fields.ts';
import type { RecordState } from './record-state.svelte.ts';

type ActId = Extract<CommandId, `record.${string}` | 'download.plan'>;

export class RecordActs {
  readonly #deps: AppDeps;
  readonly #record: RecordState;
  readonly #toSave: RecordRendition | null = $derived.by(() =>
    this.#record.detail === null ? null : renditionToSave(this.#record.detail.renditions),
  );

  constructor(deps: AppDeps, record: RecordState) {
    this.#deps = deps;
    this.#record = record;
  }

  get origin(): RecordOrigin | null {
    const { route } = this.#deps.navigation;
    return route.view === 'record' ? route.from : null;
  }

  /** Whose record it is; that of the route, so it is known before the record is. */
  get archive(): ArchiveId {
    return parseRef(this.#record.ref ?? '')?.archive ?? 'nasa-images';
  }

  get total(): number | null {
    const status = this.#record.neighbours;
    return status.kind === 'ready' ? status.neighbours.total : null;
  }

  get toSave(): RecordRendition | null {
    return this.#toSave;
  }

  get saveItem(): DownloadItem | null {
    const { ref } = this.#record;
    if (this.#toSave === null || ref === null) return null;
    return this.#deps.downloads.of(ref, this.#toSave.name);
  }

  get isKept(): boolean {
    return this.#record.ref !== null && this.#deps.kept.has(this.#record.ref);
  }

  /** Why it can't be kept now; a kept record can always be taken out. */
  get keepReason(): string | null {
    return this.isKept ? null : this.#cardReason();
  }

  goBack(): void {
    const { navigation } = this.#deps;
    const { origin } = this;
    if (navigation.canGoBack) navigation.back();
    else if (origin !== null) navigation.go(origin.source);
  }

  step(direction: 1 | -1): void {
    const card = this.#neighbour(direction);
    const { origin } = this;
    if (card === null || origin === null) return;
    this.#deps.navigation.replace({
      view: 'record',
      ref: card.record.ref,
      from: { ...origin, index: Math.max(origin.index + direction, 0) },
    });
  }

  save(): void {
    const { ref } = this.#record;
    if (ref !== null && this.#toSave !== null) {
      void this.#deps.downloads.save(ref, this.#toSave.name);
    }
  }

  /** All that can be chosen of its files. */
  plan(): void {
    const { ref, card } = this.#record;
    if (ref === null) return;
    const title = card?.record.title || (parseRef(ref)?.id ?? ref);
    this.#deps.plans.open({ title, selection: { kind: 'refs', refs: [ref] }, count: 1 });
  }

  toggleKept(): void {
    const { ref } = this.#record;
    if (ref !== null && this.keepReason === null) void this.#deps.kept.toggle(ref);
  }

  async copyCredit(): Promise<void> {
    const text = this.#record.detail?.creditLine;
    if (text !== undefined) await this.#copy(text);
  }

  async copyId(): Promise<void> {
    const id = this.#record.card?.record.id;
    if (id !== undefined) await this.#copy(id);
  }

  async openSite(): Promise<void> {
    const url = this.#record.card?.record.page ?? null;
    if (url === null) return;
    try {
      await this.#deps.api.app.openExternal({ url });
    } catch (error) {
      this.#deps.notices.showError(error);
    }
  }

  reasonFor(id: ActId): string | null {
    if (id === 'record.next') return this.#stepReason(1);
    if (id === 'record.previous') return this.#stepReason(-1);
    if (id === 'record.keep') return this.isKept ? recordText.alreadyKept : this.#cardReason();
    if (id === 'record.remove') return this.isKept ? null : recordText.notKept;
    if (id === 'record.copyId') return this.#cardReason();
    if (id === 'record.openSite') {
      return (this.#record.card?.record.page ?? null) === null
        ? (this.#cardReason() ?? recordText.noSite)
        : null;
    }
    return id === 'record.download' ? this.#saveReason() : this.#detailReason();
  }

  /** The handlers to offer while the record is shown. */
  handlers(): Partial<Record<CommandId, CommandHandler>> {
    const { notices } = this.#deps;
    const runs: Partial<Record<ActId, () => void | Promise<void>>> = {
      'record.next': () => this.step(1),
      'record.previous': () => this.step(-1),
      'record.download': () => this.save(),
      'download.plan': () => this.plan(),
      'record.keep': () => this.toggleKept(),
      'record.remove': () => this.toggleKept(),
      'record.openSite': () => this.openSite(),
      'record.copyCredit': async () => {
        await this.copyCredit();
        notices.show({ text: recordText.creditCopied });
      },
      'record.copyId': async () => {
        await this.copyId();
        notices.show({ text: recordText.idCopied });
      },
    };
    return Object.fromEntries(
      (Object.entries(runs) as [ActId, () => void | Promise<void>][]).map(([id, run]) => [
        id,
        {
          run: () => (this.reasonFor(id) === null ? run() : undefined),
          unavailable: () => this.reasonFor(id),
        },
      ]),
    );
  }

  async #copy(text: string): Promise<void> {
    try {
      await this.#deps.api.app.copyText({ text });
    } catch (error) {
      this.#deps.notices.showError(error);
    }
  }

  #neighbour(direction: 1 | -1): RecordCard | null {
    const status = this.#record.neighbours;
    if (status.kind !== 'ready' || status.of !== this.#record.ref) return null;
    return direction === 1 ? status.neighbours.next : status.neighbours.previous;
  }

  #stepReason(direction: 1 | -1): string | null {
    const status = this.#record.neighbours;
    if (status.kind === 'none') return recordText.noList;
    if (status.kind === 'failed') return recordText.listFailed;
    if (status.kind === 'loading' || status.of !== this.#record.ref) return recordText.listLoading;
    if (this.#neighbour(direction) !== null) return null;
    if (direction === -1) return recordText.isFirst;
    return status.neighbours.endsAtWall ? recordText.isWall : recordText.isLast;
  }

  #cardReason(): string | null {
    return this.#record.card === null ? this.#detailReason() : null;
  }

  #detailReason(): string | null {
    const { kind } = this.#record.status;
    if (kind === 'ready') return null;
    return kind === 'failed' ? recordText.failedReason : recordText.loadingReason;
  }

  #saveReason(): string | null {
    const reason = this.#detailReason();
    if (reason !== null) return reason;
    if (this.#toSave === null) return recordText.nothingToSave;
    const item = this.saveItem;
    return item !== null && isOpen(item) ? recordText.saving(null) : null;
  }
}
