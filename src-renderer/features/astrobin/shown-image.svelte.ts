/**
 * Runs in the page. The one image that is shown large: what is kept of it at once, else one request, once a person
 * rests on it.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinImageDetail } from '#contract/astrobin.ts';
import type { MediaKey, RecordCard, RecordRef } from '#contract/domain.ts';
import { isCancelled, type ArchiveError } from '#contract/errors.ts';
import { toArchiveError } from './trouble.ts';

/** Someone who steps through days does not ask for each of them. */
const restMs = 300;
/** CSS px times the device's: below, the regular picture is large enough. */
const regularPx = 700;

export class ShownImage {
  readonly #api: ArchiveApi;
  readonly #onCard: (card: RecordCard) => void;
  #ref = $state.raw<RecordRef | null>(null);
  #detail = $state.raw<AstrobinImageDetail | null>(null);
  #error = $state.raw<ArchiveError | null>(null);
  #call: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ArchiveApi, onCard: (card: RecordCard) => void) {
    this.#api = api;
    this.#onCard = onCard;
  }

  get ref(): RecordRef | null {
    return this.#ref;
  }
  get detail(): AstrobinImageDetail | null {
    return this.#detail;
  }
  get error(): ArchiveError | null {
    return this.#error;
  }

  show(ref: RecordRef | null): void {
    if (ref === this.#ref && this.#error === null) return;
    this.dispose();
    this.#ref = ref;
    this.#detail = null;
    this.#error = null;
    if (ref === null) return;
    const call = new AbortController();
    this.#call = call;
    void this.#read(ref, call.signal);
  }

  retry(): void {
    if (this.#error !== null) this.show(this.#ref);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#call?.abort();
    this.#call = null;
  }

  /** The picture for so much room. */
  pictureFor(width: number): MediaKey | null {
    const detail = this.#detail;
    if (detail === null) return null;
    const names = width > regularPx ? ['hd', 'regular', 'real'] : ['regular', 'hd', 'real'];
    for (const name of names) {
      const url = detail.image.renditions.find((one) => one.name === name)?.url;
      const key = url === undefined ? undefined : detail.pictures[url];
      if (key !== undefined) return key;
    }
    return null;
  }

  async #read(ref: RecordRef, signal: AbortSignal): Promise<void> {
    const kept = await this.#api.astrobin.cachedImage({ ref }, { signal }).catch(() => null);
    if (signal.aborted) return;
    if (kept !== null && kept.detail !== null) this.#take(kept.detail);
    else this.#timer = setTimeout(() => void this.#ask(ref, signal), restMs);
  }

  async #ask(ref: RecordRef, signal: AbortSignal): Promise<void> {
    try {
      const detail = await this.#api.astrobin.image({ ref }, { signal });
      if (!signal.aborted) this.#take(detail);
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) this.#error = toArchiveError(error);
    }
  }

  #take(detail: AstrobinImageDetail): void {
    this.#detail = detail;
    this.#onCard(detail.card);
  }
}
