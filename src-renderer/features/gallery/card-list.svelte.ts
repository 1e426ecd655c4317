import type { RecordCard, RecordRef } from '#contract/domain.ts';
import { ChangeLog } from './change-log.ts';
import type { GridItems } from './grid-items.ts';
import { ratioOf, skeletonRatio } from './layout.ts';

// The list is plain and its revision is the state: a proxy for each of a million items would cost too much.
/* eslint-disable svelte/prefer-svelte-reactivity */

/** A list of cards that grows at its end, with skeletons after it while more is on its way. */
export class CardList implements GridItems {
  #cards: RecordCard[] = [];
  #places = new Map<RecordRef, number>();
  #count = $state(0);
  #revision = $state(0);
  #isComplete = $state(true);
  #changes = new ChangeLog();

  get count(): number {
    return this.#count;
  }
  get revision(): number {
    return this.#revision;
  }
  get isComplete(): boolean {
    return this.#isComplete;
  }
  /** Items that are there. */
  get loaded(): number {
    return this.#revision < 0 ? 0 : this.#cards.length;
  }

  at(index: number): RecordCard | null {
    return this.#revision < 0 ? null : (this.#cards[index] ?? null);
  }

  ratioAt(index: number): number {
    const card = this.#cards[index];
    if (card === undefined) return skeletonRatio(index);
    return ratioOf(card.thumb?.width ?? null, card.thumb?.height ?? null);
  }

  /** Place of a record among the loaded ones; -1 when it is not there. */
  indexOf(ref: RecordRef): number {
    return this.#revision < 0 ? -1 : (this.#places.get(ref) ?? -1);
  }

  changedSince(revision: number): number {
    return this.#changes.since(revision, this.#count);
  }

  /** Adds a page; returns how many of it were there already and so left out. */
  append(cards: readonly RecordCard[]): number {
    const from = this.#cards.length;
    let doubled = 0;
    for (const card of cards) {
      if (this.#places.has(card.record.ref)) doubled += 1;
      else {
        this.#places.set(card.record.ref, this.#cards.length);
        this.#cards.push(card);
      }
    }
    this.#count = Math.max(this.#count, this.#cards.length);
    this.#changed(from);
    return doubled;
  }

  /** Says how many items to reserve in all, loaded or not, and whether that is all there will be. */
  reserve(count: number, isComplete: boolean): void {
    const before = this.#count;
    this.#count = Math.max(count, this.#cards.length);
    this.#isComplete = isComplete;
    this.#changed(Math.min(before, this.#count));
  }

  /** Takes one item out; its place, or -1 when it is not there. */
  remove(ref: RecordRef): number {
    const index = this.indexOf(ref);
    if (index < 0) return -1;
    this.#cards.splice(index, 1);
    this.#places = new Map(this.#cards.map((card, place) => [card.record.ref, place]));
    this.#count -= 1;
    this.#changed(index);
    return index;
  }

  /** Starts over with these. */
  replaceAll(cards: readonly RecordCard[]): void {
    this.#cards = [];
    this.#places = new Map();
    this.#count = 0;
    this.append(cards);
    this.#changed(0);
  }

  #changed(from: number): void {
    const revision = this.#revision + 1;
    this.#changes.add(revision, from);
    this.#revision = revision;
  }
}
