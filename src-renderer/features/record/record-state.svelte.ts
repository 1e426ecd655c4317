/** Runs in the page. One record as it is being read, and its neighbours in the list it came from. */
import type { ArchiveApi } from '#contract/api.ts';
import {
  parseRef,
  type NasaSearchQuery,
  type RecordCard,
  type RecordDetail,
  type RecordRef,
  type RecordRendition,
} from '#contract/domain.ts';
import { ArchiveError, isCancelled, type WireError } from '#contract/errors.ts';
import type { RecordOrigin } from '../../lib/deps.ts';
import type { Neighbours } from './neighbours.ts';
import { NeighbourReader, type LoadedList } from './record-neighbours.ts';
import { playableOf } from './record-fields.ts';
import { previewPicture, stagePictures, type StagePicture } from './stage-renditions.ts';
import { StageState } from './stage-state.svelte.ts';

export type RecordStatus =
  | { kind: 'idle' }
  /** `card` is what the list knew of it already. */
  | { kind: 'loading'; card: RecordCard | null }
  | { kind: 'ready'; detail: RecordDetail }
  | { kind: 'failed'; error: ArchiveError };

/** What becomes of asking the archive anew while a kept copy is shown. */
export type RefreshStatus =
  { kind: 'idle' } | { kind: 'running' } | { kind: 'failed'; error: WireError };

export type NeighbourStatus =
  | { kind: 'none' }
  | { kind: 'loading' }
  /** `of` is the record whose neighbours they are; while one steps on that is the one before. */
  | { kind: 'ready'; of: RecordRef; neighbours: Neighbours }
  | { kind: 'failed' };

/** A film may come with hundreds of stills, and each size is a request of its own. */
const mostAsked = 40;

function withSizes(
  renditions: RecordRendition[],
  sizes: ReadonlyMap<string, number>,
): RecordRendition[] {
  return renditions.map((one) => ({ ...one, bytes: one.bytes ?? sizes.get(one.url) ?? null }));
}

export class RecordState {
  readonly stage = new StageState();
  readonly #api: ArchiveApi;
  readonly #reader: NeighbourReader;
  #ref = $state<RecordRef | null>(null);
  #origin: RecordOrigin | null = null;
  #status = $state.raw<RecordStatus>({ kind: 'idle' });
  #neighbours = $state.raw<NeighbourStatus>({ kind: 'none' });
  #refresh = $state.raw<RefreshStatus>({ kind: 'idle' });
  #isAskingSizes = $state(false);
  /** Sizes that were asked for, by address: a newer answer does not state them either. */
  // Nothing is drawn from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #sizes = new Map<string, number>();
  #call: AbortController | null = null;
  /** Another state of the picture than the record's own, while that is looked at. */
  #instead: readonly StagePicture[] | null = null;

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

  get refresh(): RefreshStatus {
    return this.#refresh;
  }

  /** Why what is shown is a kept copy; null where it is not, or while the archive is still being asked. */
  get problem(): WireError | null {
    if (this.detail === null) return null;
    return this.#refresh.kind === 'failed' ? this.#refresh.error : this.detail.age.problem;
  }

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
      this.#refresh = { kind: 'idle' };
      this.#isAskingSizes = false;
      this.#sizes.clear();
      this.#instead = null;
      // Each picture of AstroBin takes from the day's requests: only what is wanted is asked for.
      this.stage.isFrugal = parseRef(ref)?.archive === 'astrobin';
      const preview = known === null ? null : previewPicture(known);
      if (preview === null) this.stage.show([], false);
      else this.stage.showPreview(preview);
    }
    this.#read(ref, origin);
  }

  retry(): void {
    if (this.#ref === null) return;
    if (this.#status.kind !== 'ready') this.#status = { kind: 'loading', card: this.card };
    this.#read(this.#ref, this.#origin, true);
  }

  dispose(): void {
    this.#call?.abort();
  }

  /** Puts other pictures on the stage, such as those of a revision; null shows the record's own again. */
  showInstead(pictures: readonly StagePicture[] | null): void {
    this.#instead = pictures;
    const own = this.detail === null ? [] : stagePictures(this.detail);
    this.stage.show(pictures ?? own, false);
  }

  /** The card of a neighbour, where one was just stepped to. */
  #knownCard(ref: RecordRef): RecordCard | null {
    if (this.#neighbours.kind !== 'ready') return null;
    const { previous, next } = this.#neighbours.neighbours;
    return [previous, next].find((card) => card?.record.ref === ref) ?? null;
  }

  /** `isAnew` asks the archive even where what is kept is fresh. */
  #read(ref: RecordRef, origin: RecordOrigin | null, isAnew = false): void {
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    if (this.#status.kind === 'ready') this.#refresh = { kind: 'running' };
    else void this.#readCopy(ref, call.signal);
    void this.#readDetail(ref, call.signal, isAnew);
    void this.#readNeighbours(ref, origin, call.signal);
  }

  /** What is kept of the record is shown at once; the archive's answer takes its place. */
  async #readCopy(ref: RecordRef, signal: AbortSignal): Promise<void> {
    // A copy that can't be read is none.
    const kept = await this.#api.records.cached({ ref }, { signal }).catch(() => null);
    const status = this.#status;
    if (signal.aborted || kept === null || kept.detail === null || status.kind === 'ready') return;
    this.#refresh =
      status.kind === 'failed'
        ? { kind: 'failed', error: status.error.toWire() }
        : { kind: 'running' };
    this.#take(kept.detail);
  }

  async #readDetail(ref: RecordRef, signal: AbortSignal, isAnew: boolean): Promise<void> {
    try {
      const args = isAnew ? { ref, refresh: true } : { ref };
      const detail = await this.#api.records.get(args, { signal });
      if (signal.aborted) return;
      this.#refresh = { kind: 'idle' };
      this.#take(detail);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      const failure =
        error instanceof ArchiveError
          ? error
          : new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
      // What is here stays.
      if (this.#status.kind === 'ready') {
        this.#refresh = { kind: 'failed', error: failure.toWire() };
      } else this.#status = { kind: 'failed', error: failure };
      return;
    }
    await this.#readSizes(ref, signal);
  }

  #take(detail: RecordDetail): void {
    const known = { ...detail, renditions: withSizes(detail.renditions, this.#sizes) };
    this.#status = { kind: 'ready', detail: known };
    if (this.#instead !== null) return;
    const pictures = stagePictures(known);
    const preview = previewPicture(known.card);
    this.stage.show(pictures.length === 0 && preview !== null ? [preview] : pictures, true);
  }

  /** Sizes that the archive did not state; main asks for them once. */
  async #readSizes(ref: RecordRef, signal: AbortSignal): Promise<void> {
    const renditions = this.detail?.renditions ?? [];
    // AstroBin states no sizes, and each file that is asked about counts.
    const canAsk = parseRef(ref)?.archive !== 'astrobin';
    const isWanted = canAsk && renditions.some(({ bytes }) => bytes === null);
    if (!isWanted || renditions.length > mostAsked) return;
    this.#isAskingSizes = true;
    const sized = await this.#api.records.sizes({ ref }, { signal }).catch(() => null);
    if (signal.aborted) return;
    this.#isAskingSizes = false;
    if (sized === null || this.detail === null) return;
    for (const { url, bytes } of sized.renditions) if (bytes !== null) this.#sizes.set(url, bytes);
    const { detail } = this;
    const known = { ...detail, renditions: withSizes(detail.renditions, this.#sizes) };
    this.#status = { kind: 'ready', detail: known };
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
