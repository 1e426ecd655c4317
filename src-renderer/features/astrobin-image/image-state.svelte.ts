/**
 * Runs in the page. What AstroBin says of one image beyond the common record. Each request there counts, so: the image
 * itself comes from what the record was read into, and revisions and places are asked for only when wanted.
 */
import { SvelteSet } from 'svelte/reactivity';
import type { ArchiveApi } from '#contract/api.ts';
import type {
  AstrobinImage,
  AstrobinPictures,
  AstrobinPlace,
  AstrobinRevision,
  AstrobinRevisions,
  AstrobinSolution,
} from '#contract/astrobin.ts';
import { parseRef, type MediaKey, type RecordDetail, type RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { RecordState } from '../record/record-state.svelte.ts';
import type { StagePicture } from '../record/stage-renditions.ts';
import { SkyView } from '../sky/sky-view.svelte.ts';
import { plateOf, type PlateSolution } from '../sky/sky-projection.ts';
import { picturesToDraw, serviceOverlay } from './image-pictures.ts';

export type Asked<T> =
  | { kind: 'idle' }
  | { kind: 'loading' }
  | { kind: 'ready'; value: T }
  | { kind: 'failed'; error: ArchiveError };

/** Pictures that AstroBin draws beside the image. */
export type ChartId = 'histogram' | 'skyPlot';

const idle = { kind: 'idle' } as const;

function failureOf(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error;
  return new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
}

export class AstrobinImageState {
  readonly #api: ArchiveApi;
  readonly #record: RecordState;
  readonly sky: SkyView;
  #ref = $state.raw<RecordRef | null>(null);
  #image = $state.raw<AstrobinImage | null>(null);
  #pictures = $state.raw<AstrobinPictures>({});
  #revisions = $state.raw<Asked<AstrobinRevisions>>(idle);
  #places = $state.raw<Asked<AstrobinPlace[]>>(idle);
  /** Label of the state on the stage; null for what the record shows by itself. */
  #label = $state<string | null>(null);
  /** Charts that were asked for in this view. */
  readonly #wanted = new SvelteSet<MediaKey>();
  /** A part of the inspector that a command leads to, until that has shown itself. */
  sought = $state<ChartId | 'places' | 'revisions' | null>(null);
  #call: AbortController | null = null;
  #detail: RecordDetail | null = null;

  constructor(api: ArchiveApi, record: RecordState) {
    this.#api = api;
    this.#record = record;
    this.sky = new SkyView(record.stage);
  }

  get image(): AstrobinImage | null {
    return this.#image;
  }

  get revisions(): Asked<AstrobinRevisions> {
    return this.#revisions;
  }

  get places(): Asked<AstrobinPlace[]> {
    return this.#places;
  }

  get label(): string | null {
    return this.#label;
  }

  /** The state that was put on the stage; null where that is the image itself. */
  get revision(): AstrobinRevision | null {
    const status = this.#revisions;
    if (status.kind !== 'ready' || this.#label === null) return null;
    return status.value.revisions.find(({ label }) => label === this.#label) ?? null;
  }

  /** The solution of what is on the stage. */
  get solution(): AstrobinSolution | null {
    return (this.revision ?? this.#image)?.solution ?? null;
  }

  get plate(): PlateSolution | null {
    const shown = this.revision ?? this.#image;
    // Revisions are often stated without their pixels; they have those of the first state then.
    const size = { width: shown?.width ?? null, height: shown?.height ?? null };
    const own = this.#image;
    const whole = size.width === null || size.height === null ? own : size;
    return shown === null || whole === null || !shown.solution.isSolved
      ? null
      : plateOf(shown.solution, whole);
  }

  /** AstroBin's own drawing of the solution, where it has one that can be shown. */
  get overlay(): MediaKey | null {
    const shown = this.revision ?? this.#image;
    return shown === null ? null : serviceOverlay(shown, this.#allPictures);
  }

  /** Where our own origin serves a picture by its address. */
  keyOf(url: string | null): MediaKey | null {
    return url === null ? null : (this.#allPictures[url] ?? null);
  }

  /** Where our own origin serves a chart; null where AstroBin has none. */
  chartOf(id: ChartId): MediaKey | null {
    const url = id === 'histogram' ? this.#image?.histogramUrl : this.solution?.skyPlotUrl;
    return this.keyOf(url ?? null);
  }

  isWanted(key: MediaKey): boolean {
    return this.#wanted.has(key);
  }

  wantChart(key: MediaKey): void {
    this.#wanted.add(key);
  }

  get #allPictures(): AstrobinPictures {
    const status = this.#revisions;
    return status.kind === 'ready'
      ? { ...this.#pictures, ...status.value.pictures }
      : this.#pictures;
  }

  /** Follows the record; call it whenever that changes. Other archives' records are none. */
  sync(ref: RecordRef | null, detail: RecordDetail | null): void {
    const own = ref !== null && parseRef(ref)?.archive === 'astrobin' ? ref : null;
    if (own !== this.#ref) this.#begin(own);
    if (own === null || detail === null || detail === this.#detail) return;
    if (detail.card.record.ref !== own) return;
    this.#detail = detail;
    void this.#read(own);
  }

  dispose(): void {
    this.#call?.abort();
  }

  async showRevisions(): Promise<void> {
    const ref = this.#ref;
    if (ref === null || this.#revisions.kind === 'loading') return;
    const signal = this.#signal();
    this.#revisions = { kind: 'loading' };
    try {
      const value = await this.#api.astrobin.revisions({ ref }, { signal });
      if (!signal.aborted) this.#revisions = { kind: 'ready', value };
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.#revisions = { kind: 'failed', error: failureOf(error) };
    }
  }

  /** Asks for the places by name, a request each. */
  async showPlaces(): Promise<void> {
    const ids = this.#image?.locations ?? [];
    if (ids.length === 0 || this.#places.kind === 'loading') return;
    const signal = this.#signal();
    this.#places = { kind: 'loading' };
    try {
      const value: AstrobinPlace[] = [];
      for (const id of ids) {
        const { place } = await this.#api.astrobin.place({ id }, { signal });
        value.push(place);
      }
      if (!signal.aborted) this.#places = { kind: 'ready', value };
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.#places = { kind: 'failed', error: failureOf(error) };
    }
  }

  /** Puts a state on the stage; with null the record's own picture. */
  choose(label: string | null): void {
    if (label === this.#label) return;
    this.#label = label;
    this.sky.hasService = false;
    this.#record.showInstead(this.#toDraw());
    this.sky.plate = this.plate;
  }

  /** Puts a row of the list of states on the stage. */
  chooseRow(label: string): void {
    this.choose(label === '0' ? null : label);
  }

  /** The state beside the one on the stage; null at the ends and while they were not asked for. */
  beside(way: 1 | -1): AstrobinRevision | null {
    const status = this.#revisions;
    if (status.kind !== 'ready') return null;
    const { revisions } = status.value;
    const at = revisions.findIndex(({ label }) => this.isOnStage(label));
    return at === -1 ? null : (revisions[at + way] ?? null);
  }

  /** Which row of the list is on the stage: the record itself is the first state. */
  isOnStage(label: string): boolean {
    return (this.#label ?? '0') === label;
  }

  #toDraw(): StagePicture[] | null {
    const { revision } = this;
    return revision === null ? null : picturesToDraw(revision, this.#allPictures);
  }

  #begin(ref: RecordRef | null): void {
    this.#call?.abort();
    this.#call = null;
    this.#ref = ref;
    this.#image = null;
    this.#detail = null;
    this.#pictures = {};
    this.#revisions = idle;
    this.#places = idle;
    this.#label = null;
    this.#wanted.clear();
    this.sought = null;
    this.sky.clear();
  }

  #signal(): AbortSignal {
    this.#call ??= new AbortController();
    return this.#call.signal;
  }

  /** From what the record was just read into; where that could not be kept, it is asked for. */
  async #read(ref: RecordRef): Promise<void> {
    const signal = this.#signal();
    try {
      const kept = await this.#api.astrobin.cachedImage({ ref }, { signal });
      const detail = kept.detail ?? (await this.#api.astrobin.image({ ref }, { signal }));
      if (signal.aborted || this.#ref !== ref) return;
      this.#image = detail.image;
      this.#pictures = detail.pictures;
      this.sky.plate = this.plate;
    } catch (error) {
      // The record itself is here all the same; its own state says what happened.
      if (!signal.aborted && !isCancelled(error)) this.#detail = null;
    }
  }
}
