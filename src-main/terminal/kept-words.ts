/** Runs in plain Node. What is said where a kept answer stands in for one that the archive did not give. */
import type { AnswerAge } from '#contract/age.ts';

/** One line: of when the answer is, and why there is none of now. */
export function keptWords({ fetchedAtMs, problem }: AnswerAge): string {
  const when = new Date(fetchedAtMs).toISOString().slice(0, 16).replace('T', ' ');
  return `This is what was kept on ${when} UTC. ${problem?.message ?? ''}`.trimEnd();
}
