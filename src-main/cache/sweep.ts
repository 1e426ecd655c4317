/** Runs in plain Node. Making room, in slices short enough that nothing else waits. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Room made at once, so that not every write starts a sweep. */
const sweepTo = 0.9;
const rowsAtOnce = 250;
const removalsAtOnce = 50;

/** Runs a step again and again, other work in between, until it returns false. */
export async function sliced(step: () => boolean | Promise<boolean>): Promise<void> {
  while (await step()) await nextTurn();
}

export interface SweepRow {
  bytes: number;
  isPinned: 0 | 1;
}

export interface SweepOptions<R extends SweepRow> {
  /** The next rows after one (null: the first), from most to least recently used. */
  page(after: R | null, count: number): R[];
  remove(rows: readonly R[]): Promise<void>;
  /** Bytes that rows which nothing pins may take. */
  budgetBytes: number;
  rowLimit: number;
}

/**
 * Keeps what was used last as far as the budget reaches and removes the rest. What is pinned stays and is not
 * counted.
 */
export async function sweepByUse<R extends SweepRow>(options: SweepOptions<R>): Promise<void> {
  const { page, remove, budgetBytes, rowLimit } = options;
  const excess: R[] = [];
  let last: R | null = null;
  let count = 0;
  let bytes = 0;
  await sliced(() => {
    const rows = page(last, rowsAtOnce);
    last = rows.at(-1) ?? null;
    for (const row of rows) {
      if (row.isPinned === 1) continue;
      count += 1;
      bytes += row.bytes;
      if (bytes > budgetBytes * sweepTo || count > rowLimit * sweepTo) excess.push(row);
    }
    return rows.length === rowsAtOnce;
  });
  if (bytes <= budgetBytes && count <= rowLimit) return;
  // From the end: what was not used for longest goes first, should we be stopped on the way.
  excess.reverse();
  await sliced(async () => {
    await remove(excess.splice(0, removalsAtOnce));
    return excess.length > 0;
  });
}
