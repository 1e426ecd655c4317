/** Runs in the page. An item of the builder on its way by the pointer: where it would go, and that it went. */
import {
  itemOf,
  parentOf,
  type DocumentItem,
  type QueryDocument,
} from '#contract/pds-query/document.ts';
import type { Place } from './step-item.ts';

/** Where the line is drawn: at an edge of an item, or at the end of a group's items. */
export interface DropMark {
  id: string;
  edge: 'before' | 'after' | 'into';
}

interface Box {
  top: number;
  height: number;
}

/** Pointers tremble: below this many px it is a click. */
const least = 4;

export class ItemDrag {
  readonly #document: () => QueryDocument;
  #start: { id: string; y: number } | null = null;
  #dragged = $state<string | null>(null);
  #mark = $state.raw<DropMark | null>(null);

  constructor(document: () => QueryDocument) {
    this.#document = document;
  }

  /** The item that is on its way; null before it has moved. */
  get dragged(): string | null {
    return this.#dragged;
  }
  get mark(): DropMark | null {
    return this.#mark;
  }

  begin(id: string, y: number): void {
    this.#start = { id, y };
  }

  /** The pointer is over this item, whose own row has this box; null where it is over none. */
  over(y: number, target: { id: string; isFoot: boolean; box: Box } | null): void {
    if (this.#start === null) return;
    if (this.#dragged === null && Math.abs(y - this.#start.y) < least) return;
    this.#dragged = this.#start.id;
    this.#mark = target === null ? null : this.#markAt(y, target);
  }

  /** Ends it; the place to move to, or null where it stays. */
  end(): { id: string; place: Place } | null {
    const [id, mark] = [this.#dragged, this.#mark];
    this.cancel();
    const place = mark === null ? null : this.#placeOf(mark);
    return id === null || place === null ? null : { id, place };
  }

  cancel(): void {
    this.#start = null;
    this.#dragged = null;
    this.#mark = null;
  }

  #markAt(
    y: number,
    { id, isFoot, box }: { id: string; isFoot: boolean; box: Box },
  ): DropMark | null {
    const document = this.#document();
    const item = itemOf(document, id);
    if (item === null || this.#isWithin(item)) return null;
    if (isFoot) return { id, edge: 'into' };
    const isUpper = y < box.top + box.height / 2;
    if (item.kind === 'condition') return { id, edge: isUpper ? 'before' : 'after' };
    const [first] = item.items;
    if (isUpper && id !== document.root.id) return { id, edge: 'before' };
    return first === undefined ? { id, edge: 'into' } : { id: first.id, edge: 'before' };
  }

  /** Nothing moves into itself. */
  #isWithin(item: DocumentItem): boolean {
    let at: DocumentItem | null = item;
    while (at !== null) {
      if (at.id === this.#dragged) return true;
      at = parentOf(this.#document(), at.id);
    }
    return false;
  }

  #placeOf({ id, edge }: DropMark): Place | null {
    const item = itemOf(this.#document(), id);
    if (edge === 'into') {
      return item?.kind === 'group' ? { groupId: id, index: item.items.length } : null;
    }
    const parent = parentOf(this.#document(), id);
    if (item === null || parent === null) return null;
    return { groupId: parent.id, index: parent.items.indexOf(item) + (edge === 'after' ? 1 : 0) };
  }
}
