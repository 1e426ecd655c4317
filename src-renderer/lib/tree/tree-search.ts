/** Runs in the page. Pure: finds a loaded node by what it is, without looking at every row. */
import type { Branch } from './branch.ts';

/**
 * The first row after one whose loaded node fits, else the first of all: in each open list the first fit after the
 * row and the first fit at all are looked for, and the nearest of them wins.
 */
export function findRow<T>(
  root: Branch<T>,
  after: number,
  fits: (node: T) => boolean,
): number | null {
  let next: number | null = null;
  let first: number | null = null;
  const stack: { branch: Branch<T>; base: number }[] = [{ branch: root, base: 0 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { branch, base } = top;
    const rowFrom = (slot: number): number | null => {
      const found = branch.children.findFrom(slot, fits);
      return found === null ? null : base + branch.rowOf(found);
    };
    const from = slotAfter(branch, after - base);
    const later = rowFrom(from);
    if (later !== null && (next === null || later < next)) next = later;
    const earlier = from === 0 ? later : rowFrom(0);
    if (earlier !== null && (first === null || earlier < first)) first = earlier;
    let before = 0;
    for (const { slot, branch: child, size } of branch.open.entries()) {
      stack.push({ branch: child, base: base + slot + before + 1 });
      before += size;
    }
  }
  return next ?? first;
}

/** The first child whose own row is after a row of what the node shows. */
function slotAfter<T>(branch: Branch<T>, row: number): number {
  if (row < 0) return 0;
  const open = branch.open.at(row);
  if (open === null) return row + 1;
  return open.slot + Math.max(0, row - open.row - open.size) + 1;
}
