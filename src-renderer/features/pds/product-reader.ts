/** Runs in the page. Products in full, held for the life of the window so that going back costs nothing. */
import type { ArchiveApi } from '#contract/api.ts';
import { toRef, type RecordRef } from '#contract/domain.ts';
import type { PdsProductDetail } from '#contract/pds-lists.ts';

const mostHeld = 60;
const heldMs = 10 * 60_000;

interface Held {
  detail: PdsProductDetail;
  atMs: number;
}

const heldByApi = new WeakMap<ArchiveApi, Map<string, Held>>();

export class ProductReader {
  readonly #api: ArchiveApi;
  readonly #source: string;
  readonly #held: Map<string, Held>;

  /** `source` names the archive that answers: the same identifier is another product elsewhere. */
  constructor(api: ArchiveApi, source: string) {
    this.#api = api;
    this.#source = source;
    this.#held = heldByApi.get(api) ?? new Map();
    heldByApi.set(api, this.#held);
  }

  /** What this window has read of a product lately; null where it has not. */
  known(ref: RecordRef): PdsProductDetail | null {
    const held = this.#held.get(`${this.#source} ${ref}`);
    return held === undefined || Date.now() - held.atMs > heldMs ? null : held.detail;
  }

  /** A product by lidvid, or the newest version of a lid. Throws what the registry said. */
  async read(ref: RecordRef, signal: AbortSignal, isAnew = false): Promise<PdsProductDetail> {
    const known = isAnew ? null : this.known(ref);
    if (known !== null) return known;
    const detail = await this.#api.pds.product({ ref, refresh: isAnew }, { signal });
    if (detail.age.problem === null) {
      for (const one of [ref, toRef('pds-registry', detail.product.lidvid)])
        this.#hold(one, detail);
    }
    return detail;
  }

  #hold(ref: RecordRef, detail: PdsProductDetail): void {
    const key = `${this.#source} ${ref}`;
    this.#held.delete(key);
    this.#held.set(key, { detail, atMs: Date.now() });
    for (const old of this.#held.keys()) {
      if (this.#held.size <= mostHeld) break;
      this.#held.delete(old);
    }
  }
}
