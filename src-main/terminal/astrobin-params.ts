/** Runs in plain Node. AstroBin's own parameters, refused in the terminal's words before anything is sent. */
import type { AstrobinParamProblem, AstrobinResource } from '#contract/astrobin.ts';
import { nearest, UsageError } from './arguments.ts';
import type { CommandRun } from './command.ts';

/** Names and values as the command line gave them. */
export type ParamList = [name: string, value: string][];

function hintFor(
  { kind, param, suggestions }: AstrobinParamProblem,
  ours: readonly string[],
): string {
  const own = suggestions.length === 0 && kind === 'unknown' ? nearest(param, ours) : null;
  const names = own === null ? suggestions : [own];
  if (names.length === 0) return '';
  const meant = names.map((name) => (kind === 'unsortable' ? `--order_by ${name}` : `--${name}`));
  return ` Did you mean ${meant.join(' or ')}?`;
}

/**
 * Asks nobody. `ours` are the command's own options, which may have been meant.
 * @throws UsageError that names every parameter that AstroBin would refuse, or leave out without a word.
 */
export async function refuseWrongParams(
  { api }: Pick<CommandRun, 'api'>,
  resource: AstrobinResource,
  params: ParamList,
  ours: readonly string[],
): Promise<void> {
  const { problems } = await api.astrobin.checkParams({ resource, params });
  if (problems.length === 0) return;
  const words = problems.map((problem) => problem.message + hintFor(problem, ours));
  throw new UsageError(`${words.join(' ')} Nothing was sent.`);
}
