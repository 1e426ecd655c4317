/** Runs in the page. Pure: which nodes of a tree are open, as the history keeps it over a restart. Bounded JSON. */
import type { Branch, BranchShape } from './branch.ts';
import type { ListShape } from './child-list.ts';

export interface TreeSnapshot {
  version: 1;
  root: BranchShape;
}

/** Open nodes kept, those nearest to the root first. */
const mostBranches = 200;
/** Parts of one list that can only be read on: its first ones are kept. */
const mostSteps = 100;
const longestText = 2_000;
const mostDepth = 64;

/** The open nodes below one, level by level, so that none is kept without its parents. */
export function shapeOf<T>(branch: Branch<T>): BranchShape {
  const root = plainShape(branch);
  const queue: [Branch<T>, BranchShape][] = [[branch, root]];
  let left = mostBranches;
  for (let at = 0; at < queue.length && left > 0; at += 1) {
    const [from, shape] = queue[at] ?? [];
    if (from === undefined || shape === undefined) break;
    for (const { branch: child } of from.open.entries()) {
      if (left === 0) break;
      left -= 1;
      const kept = plainShape(child);
      shape.open.push(kept);
      queue.push([child, kept]);
    }
  }
  return root;
}

function plainShape<T>({ children, key, slot }: Branch<T>): BranchShape {
  return { ...children.toShape(mostSteps), key, slot, open: [] };
}

/** Reads what was kept; null when it is not a snapshot. */
export function parseTreeSnapshot(value: unknown): TreeSnapshot | null {
  if (!isRecord(value) || value['version'] !== 1) return null;
  const room = { left: mostBranches + 1 };
  const root = parseBranch(value['root'], room, 0);
  return root === null ? null : { version: 1, root };
}

function parseBranch(value: unknown, room: { left: number }, depth: number): BranchShape | null {
  if (!isRecord(value) || depth > mostDepth || room.left === 0) return null;
  const { key, slot, open } = value;
  const list = parseList(value);
  if (!isText(key) || !isCount(slot) || list === null || !Array.isArray(open)) return null;
  room.left -= 1;
  const children: BranchShape[] = [];
  for (const one of open as unknown[]) {
    if (room.left === 0) break;
    const child = parseBranch(one, room, depth + 1);
    if (child !== null) children.push(child);
  }
  return { ...list, key, slot, open: children };
}

function parseList(value: Record<string, unknown>): ListShape | null {
  const { total, isDirect, end, steps, next, isWhole } = value;
  if (!(total === null || isCount(total)) || !isCount(end) || !Array.isArray(steps)) return null;
  if (isDirect === true) return { total, isDirect: true, end, steps: [] };
  const kept: [number, string | null][] = [];
  for (const step of (steps as unknown[]).slice(0, mostSteps)) {
    if (!Array.isArray(step)) return null;
    const [from, cursor] = step as unknown[];
    const isNext = kept.length === 0 ? from === 0 : isCount(from) && from > (kept.at(-1)?.[0] ?? 0);
    if (!isCount(from) || !isNext || from >= end || !(cursor === null || isText(cursor)))
      return null;
    kept.push([from, cursor]);
  }
  if (end > 0 && kept.length === 0) return null;
  // That there were no children is asked again.
  if (end === 0) return { total: null, isDirect: false, end, steps: [] };
  const goesOn = isText(next) ? next : null;
  return { total, isDirect: false, end, steps: kept, next: goesOn, isWhole: isWhole === true };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}
