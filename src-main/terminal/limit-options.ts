/** Runs in plain Node. The options that say how much of the connection a command's downloads may take. */
import { transferBounds } from '#contract/transfer-limits.ts';
import { parseBytes } from '../downloads/renditions/rendition-rule.ts';
import type { LimitWish } from '../downloads/transfer-limits.ts';
import { requireCount, requireValue, UsageError, type CommandLine } from './arguments.ts';

const { atOnce, bytesPerSecond } = transferBounds;

export const limitHelp = `  --concurrency N    files at once, 1 to ${atOnce.most} (default: the settings'); each archive's own ceiling holds as well
  --limit-rate N     bytes a second for all of them together, such as 500k or 2M; 0 for no limit (default: the
                     settings', with their timetable)`;

type Option = CommandLine['options'][number];

function rateOf(option: Option): number | null {
  const text = requireValue(option);
  const rate = parseBytes(text);
  if (rate === 0) return null;
  if (rate === null || rate < bytesPerSecond.least) {
    throw new UsageError(
      `--limit-rate takes bytes a second from ${bytesPerSecond.least} up, such as 500k or 2M, not "${text.slice(0, 40)}".`,
    );
  }
  return Math.min(rate, bytesPerSecond.most);
}

function filesOf(option: Option): number {
  const count = requireCount(option);
  if (count <= atOnce.most) return count;
  throw new UsageError(`--concurrency takes 1 to ${atOnce.most}, not "${count}".`);
}

/** The limits that the options ask for; the last of a name rules. Throws UsageError for one that is none. */
export function limitsOf(options: readonly Option[]): LimitWish {
  const wish: LimitWish = {};
  for (const option of options) {
    if (option.name === 'concurrency') wish.atOnce = filesOf(option);
    if (option.name === 'limit-rate') wish.bytesPerSecond = rateOf(option);
  }
  return wish;
}
