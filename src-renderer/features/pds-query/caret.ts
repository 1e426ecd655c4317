/** Runs in the page, pure. Where a caret belongs after a text was changed by something else than its own keys. */

/** How many letters both begin with. */
function sharedStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a.charCodeAt(count) === b.charCodeAt(count)) count += 1;
  return count;
}

/** The place in `after` of what stood at `caret` in `before`: beside the same letters, or at the end of what changed. */
export function moveCaret(before: string, after: string, caret: number): number {
  const start = sharedStart(before, after);
  if (caret < start) return caret;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return caret >= before.length - end && caret > start
    ? after.length - (before.length - caret)
    : after.length - end;
}
