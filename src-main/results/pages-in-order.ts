/** Runs in plain Node. Fetches pages several at a time and hands them on one by one, in order. */

export interface PageRange<T> {
  first: number;
  /** The last page, asked before each: an archive's count may change meanwhile. */
  last(): number;
  atOnce: number;
  fetch(page: number, signal: AbortSignal): Promise<T>;
  /** Returns false to end it; what is under way is then aborted. */
  take(page: number, value: T): boolean | Promise<boolean>;
  signal: AbortSignal;
}

/** At most `atOnce` requests are under way and as many pages wait, however slow the first of them is. */
export async function takePagesInOrder<T>(range: PageRange<T>): Promise<void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([range.signal, ending.signal]);
  const underWay = new Map<number, Promise<T>>();
  let next = range.first;
  try {
    for (let page = range.first; page <= range.last(); page += 1) {
      for (; next <= range.last() && next < page + range.atOnce; next += 1) {
        const promise = range.fetch(next, signal);
        // Looked at in its turn; until then it must not count as unhandled.
        promise.catch(() => undefined);
        underWay.set(next, promise);
      }
      const value = await underWay.get(page);
      underWay.delete(page);
      if (!(await range.take(page, value as T))) return;
    }
  } finally {
    ending.abort();
    await Promise.allSettled(underWay.values());
  }
}
