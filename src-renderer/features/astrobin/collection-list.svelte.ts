/** Runs in the page. The images of one collection: all are named at once, and each is asked for when it is seen. */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinCollection } from '#contract/astrobin.ts';
import type { AnswerAge } from '#contract/age.ts';
import type { RecordCard, RecordRef } from '#contract/domain.ts';
import { isCancelled, type ArchiveError, type WireError } from '#contract/errors.ts';
import { ratioOf } from '../gallery/layout.ts';
import type { IndexRange } from '../../lib/index-ranges.ts';
import { CardAsker } from './card-asker.svelte.ts';
import type { GalleryList, ListStatus } from './gallery-list.ts';
import { toArchiveError } from './trouble.ts';

/** Images by their references, as a grid reads them. */
class RefItems {
  readonly #cards: CardAsker;
  #refs = $state.raw<readonly RecordRef[]>([]);
  #revision = $state(0);
  readonly isComplete = true;

  constructor(cards: CardAsker) {
    this.#cards = cards;
  }

  get refs(): readonly RecordRef[] {
    return this.#refs;
  }
  get count(): number {
    return this.#refs.length;
  }
  get loaded(): number {
    return this.#refs.length;
  }
  get revision(): number {
    return this.#revision;
  }

  set(refs: readonly RecordRef[]): void {
    this.#refs = refs;
    this.#revision += 1;
  }

  at(index: number): RecordCard | null {
    const ref = this.#refs[index];
    return ref === undefined ? null : this.#cards.card(ref);
  }

  /** Every picture for galleries is cut to one shape by the service, so it is known before the image is. */
  ratioAt(): number {
    return ratioOf(null, null);
  }

  changedSince(): number {
    return 0;
  }

  indexOf(ref: RecordRef): number {
    return this.#refs.indexOf(ref);
  }

  troubleAt(index: number): string | null {
    const ref = this.#refs[index];
    const known = ref === undefined ? null : this.#cards.get(ref);
    if (known !== null && 'error' in known) return known.error.message;
    return known === null ? (this.#cards.trouble?.message ?? null) : null;
  }

  retry(): void {
    this.#cards.retry();
  }
}

export class CollectionList implements GalleryList {
  readonly id: number;
  readonly cards: CardAsker;
  readonly items: RefItems;
  readonly #api: ArchiveApi;
  #status = $state.raw<ListStatus>({ kind: 'loading' });
  #collection = $state.raw<AstrobinCollection | null>(null);
  #age = $state.raw<AnswerAge | null>(null);
  #call: AbortController | null = null;

  constructor(api: ArchiveApi, id: number, onCard: (card: RecordCard) => void = () => undefined) {
    this.#api = api;
    this.id = id;
    this.cards = new CardAsker(api, onCard);
    this.items = new RefItems(this.cards);
  }

  get status(): ListStatus {
    return this.#status;
  }
  get collection(): AstrobinCollection | null {
    return this.#collection;
  }
  get total(): number {
    return this.items.count;
  }
  get age(): AnswerAge | null {
    return this.#age;
  }
  get problem(): WireError | null {
    return this.#age?.problem ?? this.cards.trouble?.toWire() ?? null;
  }
  get moreError(): ArchiveError | null {
    return null;
  }

  get known(): number {
    return this.items.refs.filter((ref) => this.cards.card(ref) !== null).length;
  }
  /** One for each image that nothing is known of. */
  get requestsLeft(): number {
    return this.items.refs.filter((ref) => this.cards.get(ref) === null).length;
  }

  /** Asks for every image, in sight or not. */
  async readAll(): Promise<void> {
    await this.cards.wantAll(this.items.refs);
  }

  async open(refresh = false): Promise<void> {
    if (this.#status.kind === 'ready' && !refresh) return;
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    const { id } = this;
    if (this.#collection === null) this.#status = { kind: 'loading' };
    try {
      const { signal } = call;
      const answer = await this.#api.astrobin.collection({ id, refresh }, { signal });
      if (signal.aborted) return;
      this.#age = answer.age;
      this.#collection = answer.collection;
      const { images } = answer.collection;
      this.items.set(images.filter((ref, at) => images.indexOf(ref) === at));
      this.#status = { kind: 'ready' };
    } catch (error) {
      if (call.signal.aborted || isCancelled(error) || this.#collection !== null) return;
      this.#status = { kind: 'failed', error: toArchiveError(error) };
    }
  }

  need({ first, last }: IndexRange): void {
    this.cards.want(this.items.refs.slice(first, last + 1));
  }

  retry(): void {
    this.cards.retry();
    void this.open(true);
  }

  dispose(): void {
    this.#call?.abort();
    this.#call = null;
    this.cards.dispose();
  }
}
