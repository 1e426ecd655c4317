/**
 * Runs in plain Node. A search by subject stops at 100 images. Where the dates tell images apart it can be asked in slices
 * of `uploaded`, each below that. Whether the service narrows by date before or after it stops is seen from its counts:
 * where two halves hold no more than their whole, nothing was gained. What is left then is to look through all images of the
 * dates, whatever their subject; the plan says what that takes.
 */
import type { AstrobinParam } from '#contract/astrobin.ts';
import { mostAtOnce } from './addresses.ts';
import { momentMs } from './lookups.ts';

/** The service lists no more images of a subject. */
export const subjectCeiling = 100;

/** From a moment on, until before another; null where it is open. Unix ms. */
export interface Slice {
  fromMs: number | null;
  toMs: number | null;
}

export interface CountedSlice extends Slice {
  /** As the service counts them: 100 may be 100 or more. */
  total: number;
}

export interface SubjectPlan {
  /** To be listed one after the other, newest first. */
  slices: CountedSlice[];
  /** True where every slice stays below the ceiling, so that nothing is left out. */
  isComplete: boolean;
  /** Slices that are still full and can't be told apart further. */
  full: CountedSlice[];
  /**
   * Why it is not complete. ceiling-first: the service stops at 100 before it looks at dates, or there are 100 images
   * exactly; the two can't be told apart. same-moment: too many at one time. requests: not as many as are allowed.
   */
  reason: 'ceiling-first' | 'same-moment' | 'requests' | null;
  /** What slices leave out is found by looking through all images of the dates; what that takes. Null if complete. */
  walk: { images: number; requests: number } | null;
  requests: number;
}

export interface SliceOptions {
  /** Counts the images of a slice: one request. */
  count: (slice: Slice) => Promise<number>;
  /** Counts the images of a slice, whatever their subject: one request. */
  countAll: (slice: Slice) => Promise<number>;
  /** The oldest and the newest moment at which a cut is of use. */
  oldestMs: number;
  newestMs: number;
  /** Requests that may be spent on counting. */
  mostRequests: number;
}

/** Shorter slices tell nothing more apart. */
const shortestMs = 1000;

export function isSubjectSearch(params: readonly AstrobinParam[]): boolean {
  return params.some(([name]) => name === 'subjects');
}

/** The same search, whatever the subject. */
export function withoutSubject(params: readonly AstrobinParam[]): AstrobinParam[] {
  return params.filter(([name]) => name !== 'subjects');
}

/** Whether the objects in an image's field hold what a search by subject asks for, as the service looks for it. */
export function holdsSubject(
  subjects: readonly string[],
  params: readonly AstrobinParam[],
): boolean {
  const text = params.findLast(([name]) => name === 'subjects')?.[1] ?? '';
  // "M31" is looked for as "M 31", and part of a name is enough: "M3" finds it too.
  const catalogued = /^(M|NGC)(\d+)/i.exec(text);
  const wanted = (
    catalogued === null ? text : `${catalogued[1] ?? ''} ${catalogued[2] ?? ''}`
  ).toLowerCase();
  return subjects.some((subject) => subject.toLowerCase().includes(wanted));
}

/** The slice that a search's own parameters leave open. */
export function wholeOf(params: readonly AstrobinParam[]): Slice {
  const endOf = (wanted: string): number | null => {
    const value = params.find(([name]) => name === wanted)?.[1];
    return value === undefined ? null : momentMs(value);
  };
  return { fromMs: endOf('uploaded__gte'), toMs: endOf('uploaded__lt') };
}

/** The parameters of one slice: the search's own, and the slice's ends. */
export function paramsOfSlice(
  params: readonly AstrobinParam[],
  { fromMs, toMs }: Slice,
): AstrobinParam[] {
  const ends: [name: string, ms: number | null][] = [
    ['uploaded__gte', fromMs],
    ['uploaded__lt', toMs],
  ];
  const own = params.filter(([name]) => !ends.some(([end, ms]) => end === name && ms !== null));
  return [
    ...own,
    ...ends.flatMap(([name, ms]): AstrobinParam[] => (ms === null ? [] : [[name, momentOf(ms)]])),
  ];
}

function momentOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 23).replace('T', ' ');
}

/** Cuts a search into slices below the ceiling, as far as dates and requests allow. */
export async function planSlices(whole: Slice, options: SliceOptions): Promise<SubjectPlan> {
  const cutter = new Cutter(options);
  return cutter.plan(whole);
}

class Cutter {
  readonly #options: SliceOptions;
  #requests = 0;
  #reason: SubjectPlan['reason'] = null;

  constructor(options: SliceOptions) {
    this.#options = options;
  }

  async plan(whole: Slice): Promise<SubjectPlan> {
    const slices = await this.#cut(await this.#count(whole));
    const full = slices.filter(({ total }) => total >= subjectCeiling);
    const isComplete = this.#reason === null;
    const walk = isComplete ? null : await this.#measureWalk(whole);
    return { slices, isComplete, full, reason: this.#reason, walk, requests: this.#requests };
  }

  async #measureWalk(whole: Slice): Promise<SubjectPlan['walk']> {
    this.#requests += 1;
    const images = await this.#options.countAll(whole);
    return { images, requests: Math.ceil(images / mostAtOnce) };
  }

  async #count(slice: Slice): Promise<CountedSlice> {
    this.#requests += 1;
    return { ...slice, total: await this.#options.count(slice) };
  }

  /** The slice, or its halves; newest first. */
  async #cut(slice: CountedSlice): Promise<CountedSlice[]> {
    if (slice.total < subjectCeiling) return slice.total === 0 ? [] : [slice];
    const middleMs = this.#middleOf(slice);
    if (middleMs === null) return this.#leave(slice, 'same-moment');
    if (this.#reason === 'ceiling-first') return [slice];
    if (this.#requests + 3 > this.#options.mostRequests) return this.#leave(slice, 'requests');
    const newer = await this.#count({ fromMs: middleMs, toMs: slice.toMs });
    const older = await this.#count({ fromMs: slice.fromMs, toMs: middleMs });
    // Both hold some, and together no more than the whole: it was cut before the dates were looked at.
    if (newer.total > 0 && older.total > 0 && newer.total + older.total <= slice.total) {
      return this.#leave(slice, 'ceiling-first');
    }
    return [...(await this.#cut(newer)), ...(await this.#cut(older))];
  }

  #leave(slice: CountedSlice, reason: SubjectPlan['reason']): CountedSlice[] {
    this.#reason ??= reason;
    return [slice];
  }

  /** Where to cut, at a whole second; null where nothing can be told apart. */
  #middleOf({ fromMs, toMs }: Slice): number | null {
    const { oldestMs, newestMs } = this.#options;
    const start = fromMs ?? Math.min(oldestMs, (toMs ?? newestMs) - 2 * shortestMs);
    const end = toMs ?? Math.max(newestMs, start + 2 * shortestMs);
    const middleMs = Math.floor((start + end) / 2 / shortestMs) * shortestMs;
    return middleMs > start && middleMs < end ? middleMs : null;
  }
}
