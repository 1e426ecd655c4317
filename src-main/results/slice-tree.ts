/**
 * Runs in plain Node. The plan of one listing in memory: the tree of slices, kept in step with the database.
 * A few thousand slices at most.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import type { PlanRepo, Slice } from './plan-repo.ts';
import { mostSlices } from './sets-repo.ts';
import { narrowed, valueKey, type Dimension, type LearntDimension } from './slice.ts';

/** Records of a slice that are not listed. */
export function missingIn({ hits, listed }: Slice): number {
  return Math.max(0, (hits ?? 0) - listed);
}

const hasGap = ({ state }: Slice): boolean => state === 'gap' || state === 'failed';

export class SliceTree {
  readonly root: Slice;
  readonly #query: NasaSearchQuery;
  readonly #repo: PlanRepo;
  readonly #byNumber = new Map<number, Slice>();
  readonly #children = new Map<number, Slice[]>();
  #next = 0;

  /** Loads the plan as far as it was made; a new one begins with the whole query. */
  constructor(repo: PlanRepo, query: NasaSearchQuery, stored: number) {
    this.#repo = repo;
    this.#query = query;
    for (const slice of repo.load()) this.#enter(slice);
    const first = this.#byNumber.get(0);
    this.root = first ?? this.#make({ parent: null, dimension: null, value: null, narrowing: {} });
    if (first === undefined) repo.save([this.root]);
    this.root.listed = stored;
  }

  /** What the archive is asked for a slice. */
  queryOf(slice: Slice): NasaSearchQuery {
    return narrowed(this.#query, slice.narrowing);
  }

  childrenOf(slice: Slice, dimension?: Dimension): Slice[] {
    const all = this.#children.get(slice.slice) ?? [];
    return dimension === undefined ? all : all.filter((child) => child.dimension === dimension);
  }

  parentOf(slice: Slice): Slice | null {
    return slice.parent === null ? null : (this.#byNumber.get(slice.parent) ?? null);
  }

  /** Those above a slice, the nearest first. */
  *ancestorsOf(slice: Slice): Generator<Slice> {
    for (let at = this.parentOf(slice); at !== null; at = this.parentOf(at)) yield at;
  }

  *descendantsOf(slice: Slice): Generator<Slice> {
    for (const child of this.childrenOf(slice)) {
      yield child;
      yield* this.descendantsOf(child);
    }
  }

  /** Cuts slices out of one; all of them are on disk when it returns. */
  cut(
    parent: Slice,
    dimension: Dimension,
    parts: readonly { value: string; narrowing: NasaSearchQuery }[],
  ): Slice[] {
    const room = Math.max(0, mostSlices - this.#next);
    const made = parts.slice(0, room).map(({ value, narrowing }) =>
      this.#make({
        parent: parent.slice,
        dimension,
        value: valueKey(value),
        narrowing: { ...parent.narrowing, ...narrowing },
      }),
    );
    this.#repo.save(made);
    return made;
  }

  /** The slice itself or those below it that are not whole, none inside another. */
  gapsIn(slice: Slice): Slice[] {
    return hasGap(slice) ? [slice] : this.gapsBelow(slice);
  }

  gapsBelow(slice: Slice): Slice[] {
    return this.childrenOf(slice).flatMap((child) => this.gapsIn(child));
  }

  /** Of the records known to be missing below a slice, those that have a value for all that is known. */
  missingWith(slice: Slice, dimension: LearntDimension, key: string): number {
    return this.gapsBelow(slice)
      .filter((gap) => gap.shared?.[dimension]?.includes(key) === true)
      .reduce((sum, gap) => sum + missingIn(gap), 0);
  }

  /** Everything that the archive counts in a slice is stored, or known to be out of reach. */
  isSettled(slice: Slice): boolean {
    if (slice.hits === null) return false;
    const known = this.gapsBelow(slice)
      .filter((gap) => gap.state === 'gap')
      .reduce((sum, gap) => sum + missingIn(gap), 0);
    return slice.listed + known >= slice.hits;
  }

  /** Opens again what failed or did not agree, and all above it. Returns how many there were. */
  reopenFailed(): number {
    const failed = [...this.#byNumber.values()].filter(
      ({ state, reason }) => state === 'failed' || (state === 'gap' && reason === 'changed'),
    );
    const opened = new Set<Slice>(failed);
    for (const slice of failed) for (const above of this.ancestorsOf(slice)) opened.add(above);
    for (const slice of opened) {
      slice.state = 'open';
      slice.error = null;
      if (slice.reason === 'changed') slice.pages = 0;
      slice.reason = null;
      // Only what failed is asked again: how often its pages were compared before says nothing.
      slice.rounds = 0;
    }
    this.#repo.save([...opened]);
    return failed.length;
  }

  #make(part: Pick<Slice, 'parent' | 'dimension' | 'value' | 'narrowing'>): Slice {
    const slice: Slice = {
      ...part,
      slice: this.#next,
      hits: null,
      listed: 0,
      pages: 0,
      unreadable: 0,
      rounds: 0,
      counts: false,
      state: 'open',
      reason: null,
      shared: null,
      error: null,
    };
    this.#enter(slice);
    return slice;
  }

  #enter(slice: Slice): void {
    this.#byNumber.set(slice.slice, slice);
    this.#next = Math.max(this.#next, slice.slice + 1);
    if (slice.parent === null) return;
    const siblings = this.#children.get(slice.parent);
    if (siblings === undefined) this.#children.set(slice.parent, [slice]);
    else siblings.push(slice);
  }
}
