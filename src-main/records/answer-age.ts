/** Runs in plain Node. The age of what was put together from several answers. */
import type { AnswerAge } from '#contract/age.ts';

/** As old as its oldest part; kept if any part is; with the first problem that any part met. */
export function oldestOf(first: AnswerAge, ...others: readonly AnswerAge[]): AnswerAge {
  return others.reduce<AnswerAge>(
    (age, other) => ({
      fetchedAtMs: Math.min(age.fetchedAtMs, other.fetchedAtMs),
      origin: age.origin === 'cache' ? 'cache' : other.origin,
      isStale: age.isStale || other.isStale,
      problem: age.problem ?? other.problem,
    }),
    first,
  );
}
