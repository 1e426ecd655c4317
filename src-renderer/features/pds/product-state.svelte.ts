/** Runs in the page. The product that the inspector shows: what its row knew at once, then everything. */
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { PdsProductDetail } from '#contract/pds-lists.ts';
import type { PdsProduct } from '#contract/pds.ts';
import { wireOf } from './list-reader.svelte.ts';
import type { ProductReader } from './product-reader.ts';

export type ProductStatus =
  | { kind: 'none' }
  /** `product` is what the row of the tree knew of it. */
  | { kind: 'loading'; product: PdsProduct | null }
  | { kind: 'ready'; detail: PdsProductDetail }
  | { kind: 'failed'; product: PdsProduct | null; error: ArchiveError };

/** Who walks through rows by arrow keys passes many; only where they rest is asked for. */
const restMs = 150;

export class ProductState {
  readonly #reader: ProductReader;
  #ref = $state.raw<RecordRef | null>(null);
  #status = $state.raw<ProductStatus>({ kind: 'none' });
  #call: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(reader: ProductReader) {
    this.#reader = reader;
  }

  get ref(): RecordRef | null {
    return this.#ref;
  }
  get status(): ProductStatus {
    return this.#status;
  }
  /** As far as it is known. */
  get product(): PdsProduct | null {
    const status = this.#status;
    if (status.kind === 'ready') return status.detail.product;
    return status.kind === 'none' ? null : status.product;
  }
  get detail(): PdsProductDetail | null {
    return this.#status.kind === 'ready' ? this.#status.detail : null;
  }

  /** Shows a product; `row` is what a list knew of it. The same one again changes nothing. */
  show(ref: RecordRef, row: PdsProduct | null): void {
    if (ref === this.#ref && this.#status.kind !== 'none') return;
    this.#stop();
    this.#ref = ref;
    const known = this.#reader.known(ref);
    if (known !== null) {
      this.#status = { kind: 'ready', detail: known };
      return;
    }
    this.#status = { kind: 'loading', product: row };
    this.#timer = setTimeout(() => void this.#read(ref, false), restMs);
  }

  /** Asks the registry again; what is shown stays until it answers. Throws where it stays for good. */
  async retry(): Promise<void> {
    const ref = this.#ref;
    if (ref === null) return;
    this.#stop();
    if (this.#status.kind === 'failed') {
      this.#status = { kind: 'loading', product: this.#status.product };
    }
    await this.#read(ref, true);
  }

  clear(): void {
    this.#stop();
    this.#ref = null;
    this.#status = { kind: 'none' };
  }

  dispose(): void {
    this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#call?.abort();
    this.#call = null;
  }

  async #read(ref: RecordRef, isAnew: boolean): Promise<void> {
    const call = new AbortController();
    this.#call = call;
    try {
      const detail = await this.#reader.read(ref, call.signal, isAnew);
      if (!call.signal.aborted) this.#status = { kind: 'ready', detail };
    } catch (error) {
      if (call.signal.aborted || isCancelled(error)) return;
      const failure = error instanceof ArchiveError ? error : new ArchiveError(wireOf(error));
      if (this.#status.kind === 'ready') throw failure;
      this.#status = { kind: 'failed', product: this.product, error: failure };
    }
  }
}
