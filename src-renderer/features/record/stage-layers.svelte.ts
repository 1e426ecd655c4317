/**
 * Runs in the page. The pictures of a record in the stage: which is drawn, which is on its way over it, and
 * which could not be had. Knows nothing of zoom; it is told which picture is wanted.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { MediaKey } from '#contract/domain.ts';
import type { Size } from './stage-geometry.ts';
import type { StagePicture } from './stage-renditions.ts';

/** Why a picture is not drawn. */
export type StageFailure =
  'gone' | 'too-large' | 'not-a-picture' | 'not-answering' | 'turned' | 'unknown';

/** One picture in the stage. A layer that is not ready lies invisible over those that are. */
export interface StageLayer {
  picture: StagePicture;
  isReady: boolean;
  /** Pixels of the file that came; null until it was decoded. */
  drawn: Size | null;
}

export class StageLayers {
  #pictures = $state.raw<readonly StagePicture[]>([]);
  #layers = $state.raw<readonly StageLayer[]>([]);
  readonly #failures = new SvelteMap<MediaKey, StageFailure>();
  #progress = $state.raw<{ key: MediaKey; received: number; total: number | null } | null>(null);

  get pictures(): readonly StagePicture[] {
    return this.#pictures;
  }

  get all(): readonly StageLayer[] {
    return this.#layers;
  }

  get failures(): ReadonlyMap<MediaKey, StageFailure> {
    return this.#failures;
  }

  /** What is drawn on top; null while nothing is. */
  get top(): StageLayer | null {
    return this.#layers.findLast((layer) => layer.isReady) ?? null;
  }

  /** What is on its way to be drawn. */
  get coming(): StagePicture | null {
    const last = this.#layers.at(-1);
    return last === undefined || last.isReady ? null : last.picture;
  }

  /** Bytes of what is coming, where they were told. */
  get progress(): { received: number; total: number | null } | null {
    return this.#progress !== null && this.#progress.key === this.coming?.key
      ? this.#progress
      : null;
  }

  /** True once every picture that there is was tried in vain. */
  get isBroken(): boolean {
    return this.#pictures.length > 0 && this.#pictures.every(({ key }) => this.#failures.has(key));
  }

  /** Takes the pictures of a record; those of another record leave nothing behind. */
  show(pictures: readonly StagePicture[], isSameRecord: boolean): void {
    this.#pictures = pictures;
    if (isSameRecord) return;
    this.#layers = [];
    this.#failures.clear();
    this.#progress = null;
  }

  find(key: MediaKey): StageLayer | null {
    return this.#layers.find(({ picture }) => picture.key === key) ?? null;
  }

  /** Puts a picture over what is drawn, or leaves things as they are with null. */
  want(picture: StagePicture | null): void {
    const ready = this.#layers.filter((layer) => layer.isReady);
    if (picture === null || picture.key === ready.at(-1)?.picture.key) {
      this.#set(ready);
      return;
    }
    const here = ready.find((layer) => layer.picture.key === picture.key);
    if (here !== undefined) this.#set([...ready.filter((layer) => layer !== here), here]);
    else this.#set([...ready, { picture, isReady: false, drawn: null }]);
  }

  /** A layer was decoded: it is drawn from now on, with the one below it. */
  ready(layer: StageLayer, picture: StagePicture, drawn: Size): void {
    const below = this.#layers.findLast((other) => other.isReady);
    const done = { picture, isReady: true, drawn };
    this.#set(below === undefined || below === layer ? [done] : [below, done]);
    if (this.#progress?.key === picture.key) this.#progress = null;
  }

  fail(key: MediaKey, why: StageFailure): void {
    this.#failures.set(key, why);
    this.#set(this.#layers.filter(({ picture }) => picture.key !== key));
  }

  /** The reason of a failure, learnt after it. */
  explain(key: MediaKey, why: StageFailure): void {
    if (this.#failures.has(key)) this.#failures.set(key, why);
  }

  received(key: MediaKey, received: number, total: number | null): void {
    if (key === this.coming?.key) this.#progress = { key, received, total };
  }

  /** Lets what could not be had be tried again. */
  forgive(): void {
    this.#failures.clear();
  }

  #set(layers: readonly StageLayer[]): void {
    const isSame =
      layers.length === this.#layers.length &&
      layers.every((layer, index) => {
        const here = this.#layers[index];
        return here?.picture.key === layer.picture.key && here.isReady === layer.isReady;
      });
    if (!isSame) this.#layers = layers;
  }
}
