/**
 * Runs in the main process; pure. Whether a page that crashed may be loaded once more.
 */
const reloadsInSpan = 3;
const spanMs = 60_000;

/** Returns a function that says yes to three crashes a minute. */
export function createCrashGate(): (nowMs: number) => boolean {
  let times: number[] = [];
  return (nowMs) => {
    times = times.filter((time) => nowMs - time < spanMs);
    if (times.length >= reloadsInSpan) return false;
    times.push(nowMs);
    return true;
  };
}
