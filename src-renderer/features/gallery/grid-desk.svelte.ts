/**
 * Runs in the page. What every view over a grid of records does alike: which are selected, what an act is
 * for, how tiles are marked, how one is opened.
 */
import type { RecordCard } from '#contract/domain.ts';
import type { AppDeps, RecordOrigin } from '../../lib/deps.ts';
import { GalleryActions, loadedTarget } from './gallery-actions.svelte.ts';
import type { GridItems } from './grid-items.ts';
import { GridState } from './grid-state.svelte.ts';
import { routeOfRecord } from '../../lib/record-route.ts';
import { Selection } from '../../lib/selection.svelte.ts';

/** Selected records whose words are looked at for what they have in common. */
const mostCompared = 500;

export class GridDesk {
  readonly selection: Selection;
  readonly grid = new GridState();
  readonly actions: GalleryActions;
  readonly #deps: AppDeps;
  readonly #items: GridItems;
  readonly #origin: (index: number) => RecordOrigin;

  /** `origin` names the list that a record at this place is opened from. */
  constructor(
    deps: AppDeps,
    items: GridItems,
    origin: (index: number) => RecordOrigin,
    selection = new Selection(),
  ) {
    this.selection = selection;
    this.#deps = deps;
    this.#items = items;
    this.#origin = origin;
    this.actions = new GalleryActions(
      deps,
      loadedTarget(() => this.subject()),
      () => ({
        open: () => this.open(this.#first()),
        listName: () => this.#origin(this.#first()).label,
      }),
    );
  }

  /** The selected ones that are loaded. */
  readonly selected: readonly RecordCard[] = $derived.by(() =>
    this.#cardsOf(this.selection.list(mostCompared)),
  );

  #first(): number {
    return this.selection.list(1)[0] ?? this.grid.current ?? 0;
  }

  isOnDisk(card: RecordCard): boolean {
    return this.#deps.downloads.onDisk(card.record.ref) !== null;
  }

  /** How a tile is marked; `isKept` where that is worth a mark. */
  marksOf(card: RecordCard, isKept: boolean) {
    return {
      isKept,
      isOnDisk: this.isOnDisk(card),
      isVerified: this.#deps.downloads.onDisk(card.record.ref) === 'verified',
      isDim: !this.#deps.archives.online && !this.isOnDisk(card),
    };
  }

  /** What an act is for: the selection, else where the keyboard is. */
  subject(): RecordCard[] {
    if (!this.selection.isEmpty) return this.#cardsOf(this.selection.list());
    return this.grid.current === null ? [] : this.#cardsOf([this.grid.current]);
  }

  open(index: number): void {
    const card = this.#items.at(index);
    if (card === null) return;
    this.#deps.navigation.go(routeOfRecord(card.record.ref, this.#origin(index)));
  }

  #cardsOf(indexes: readonly number[]): RecordCard[] {
    return indexes
      .map((index) => this.#items.at(index))
      .filter((card): card is RecordCard => card !== null);
  }
}
