/** Runs in the page. One record as it is being read, and its neighbours in the list it came from. */
import type { ArchiveApi } from '#contract/api.ts';
import type { NasaSearchQuery, RecordCard, RecordDetail, RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { RecordOrigin } from '../../lib/deps.ts';
import { NeighbourReader, type LoadedList, type Neighbours } from './record-neighbours.ts';
import { playableOf } from './record-fields.ts';
import { previewPicture, stagePictures } from './stage-renditions.ts';
import { StageState } from './stage-state.svelte.ts';

export type RecordStatus =
  | { kind: 'idle' }
  /** `card` is what the list knew of it already. */
  | { kind: 'loading'; card: RecordCard | null }
  | { kind: 'ready'; detail: RecordDetail }
  | { kind: 'failed'; error: ArchiveError };

export type NeighbourStatus =
  | { kind: 'none' }
  | { kind: 'loading' }
  /** `of` is the record whose neighbours they are; while one steps on that is the one before. */
  | { kind: 'ready'; of: RecordRef; neighbours: Neighbours }
  | { kind: 'failed' };

export class RecordState {
  readonly stage = new StageState();
  readonly #api: ArchiveApi;
  readonly #reader: NeighbourReader;
  #ref = $state<RecordRef | null>(null);
  #origin: RecordOrigin | null = null;
  #status = $state.raw<RecordStatus>({ kind: 'idle' });
  #neighbours = $state.raw<NeighbourStatus>({ kind: 'none' });
  #isAskingSizes = $state(false);
  #call: AbortController | null = null;

  /** `loaded` finds what the gallery has in memory of a search. */
  constructor(api: ArchiveApi, loaded?: (query: NasaSearchQuery) => LoadedList | null) {
    this.#api = api;
    this.#reader = new NeighbourReader(api, loaded);
  }

  get ref(): RecordRef | null {
    return this.#ref;
  }

  get status(): RecordStatus {
    return this.#status;
  }

  get neighbours(): NeighbourStatus {
    return this.#neighbours;
  }

  get detail(): RecordDetail | null {
    return this.#status.kind === 'ready' ? this.#status.detail : null;
  }

  /** The record as far as it is known: of the list while it is being read. */
  get card(): RecordCard | null {
    if (this.#status.kind === 'ready') return this.#status.detail.card;
    return this.#status.kind === 'loading' ? this.#status.card : null;
  }

  /** Names of the renditions that the stage can draw. */
  readonly viewable: readonly string[] = $derived.by(() => {
    const isPicture = this.detail !== null && this.detail.card.record.kind === 'image';
    return isPicture ? stagePictures(this.detail).map(({ name }) => name) : [];
  });

  /** True while the archive is asked for sizes that it did not state. */
  get isAskingSizes(): boolean {
    return this.#isAskingSizes;
  }

  readonly playable = $derived.by(() => (this.detail === null ? [] : playableOf(this.detail)));

  /** Reads a record; what was being read before is dropped. */
  open(ref: RecordRef, origin: RecordOrigin | null): void {
    const isOther = ref !== this.#ref;
    this.#ref = ref;
    this.#origin = origin;
    if (!isOther && this.#status.kind === 'ready') return;
    const known = isOther ? this.#knownCard(ref) : this.card;
    this.#status = { kind: 'loading', card: known };
    if (isOther) {
      const preview = known === null ? null : previewPicture(known);
      if (preview === null) this.stage.show([], false);
      else this.stage.showPreview(preview);
    }
    this.#read(ref, origin);
  }

  retry(): void {
    if (this.#ref === null) return;
    if (this.#status.kind !== 'ready') this.#status = { kind: 'loading', card: this.card };
    this.#read(this.#ref, this.#origin);
  }

  dispose(): void {
    this.#call?.abort();
  }

  /** The card of a neighbour, where one was just stepped to. */
  #knownCard(ref: RecordRef): RecordCard | null {
    if (this.#neighbours.kind !== 'ready') return null;
    const { previous, next } = this.#neighbours.neighbours;
    return [previous, next].find((card) => card?.record.ref === ref) ?? null;
  }

  #read(ref: RecordRef, origin: RecordOrigin | null): void {
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    void this.#readDetail(ref, call.signal);
    void this.#readNeighbours(ref, origin, call.signal);
  }

  async #readDetail(ref: RecordRef, signal: AbortSignal): Promise<void> {
    try {
      const detail = await this.#api.records.get({ ref }, { signal });
      if (signal.aborted) return;
      this.#status = { kind: 'ready', detail };
      const pictures = stagePictures(detail);
      const preview = previewPicture(detail.card);
      this.stage.show(pictures.length === 0 && preview !== null ? [preview] : pictures, true);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      const failure =
        error instanceof ArchiveError
          ? error
          : new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
      // Asked again for missing parts: what is here stays.
      if (this.#status.kind !== 'ready') this.#status = { kind: 'failed', error: failure };
    }
  }

  async #readNeighbours(
    ref: RecordRef,
    origin: RecordOrigin | null,
    signal: AbortSignal,
  ): Promise<void> {
    if (origin === null) {
      this.#neighbours = { kind: 'none' };
      return;
    }
    if (this.#neighbours.kind !== 'ready') this.#neighbours = { kind: 'loading' };
    try {
      const neighbours = await this.#reader.find(origin, ref, { signal });
      if (signal.aborted) return;
      this.#neighbours = { kind: 'ready', of: ref, neighbours };
      this.#takeCard(neighbours.card);
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) this.#neighbours = { kind: 'failed' };
    }
  }

  /** The list often answers sooner than the record: its preview and title are shown meanwhile. */
  #takeCard(card: RecordCard | null): void {
    if (card === null || this.#status.kind !== 'loading' || this.#status.card !== null) return;
    this.#status = { kind: 'loading', card };
    const preview = previewPicture(card);
    if (preview !== null) this.stage.showPreview(preview);
  }
}
