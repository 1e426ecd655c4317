/** Runs in plain Node. `almagest pds label REF [--xpath EXPR]` */
import type { ArchiveApi } from '#contract/api.ts';
import type { LabelMatch, LabelXPathResult } from '#contract/labels.ts';
import { requireValue, UsageError } from '../arguments.ts';
import type { CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { plain } from '../output.ts';
import { readPdsRef } from './pds-ref.ts';

const atOnce = 200;

interface Match {
  path: string;
  value: string;
}

const toMatch = ({ path, value }: LabelMatch): Match => ({ path, value });

/** A string, number or boolean is one match without a place. */
function valueOf(result: Exclude<LabelXPathResult, { type: 'nodes' }>): string {
  return result.type === 'number' ? result.text : String(result.value);
}

async function* matchesOf(
  api: ArchiveApi,
  id: number,
  expression: string,
  signal: AbortSignal,
): AsyncGenerator<Match> {
  for (let from = 0; ;) {
    const found = await api.labels.xpath({ id, expression, from, count: atOnce }, { signal });
    if (found.type === 'error') {
      const at = found.position === null ? '' : ` (at ${found.position})`;
      throw new UsageError(`The expression can’t be used${at}: ${found.message}`);
    }
    if (found.type !== 'nodes') {
      yield { path: '', value: valueOf(found) };
      return;
    }
    yield* found.matches.map(toMatch);
    from += found.matches.length;
    if (found.matches.length === 0 || from >= found.total) return;
  }
}

async function* sourceOf(api: ArchiveApi, id: number, signal: AbortSignal): AsyncGenerator<string> {
  let line = '';
  let isFirst = true;
  for (let from = 0; ;) {
    const part = await api.labels.source({ id, from, count: atOnce }, { signal });
    for (const row of part.rows) {
      if (!row.isContinued && !isFirst) {
        yield line;
        line = '';
      }
      isFirst = false;
      line += row.text;
    }
    from += part.rows.length;
    if (part.rows.length === 0 || from >= part.total) break;
  }
  if (!isFirst) yield line;
}

export async function labelCommand(run: CommandRun): Promise<ExitCode> {
  const { api, output, signal } = run;
  const [text, extra] = run.words.slice(1);
  const ref = readPdsRef('pds label', text);
  if (extra !== undefined)
    throw new UsageError(`pds label takes one reference; "${extra}" is one too many.`);
  let expression: string | null = null;
  for (const option of run.options) {
    if (option.name !== 'xpath') throw new UsageError(`pds label has no option --${option.name}.`);
    expression = requireValue(option);
  }
  const { id } = await api.labels.open({ ref, isWhole: true }, { signal });
  try {
    const { problem } = await api.labels.state({ id });
    if (expression === null && output.format === 'text') {
      for await (const line of sourceOf(api, id, signal)) await output.line(line);
    } else await printMatches(run, { id, ref, expression: expression ?? '/*' });
    if (problem === null) return exitCodes.complete;
    output.message(problem.message);
    return exitCodes.partial;
  } finally {
    await api.labels.close({ id });
  }
}

async function printMatches(
  { api, output, signal }: CommandRun,
  { id, ref, expression }: { id: number; ref: string; expression: string },
): Promise<void> {
  const matches: Match[] = [];
  for await (const match of matchesOf(api, id, expression, signal)) {
    if (output.format === 'json') matches.push(match);
    else if (output.format === 'ndjson') await output.value(match);
    else await output.line(`${plain(match.path)}\t${plain(match.value)}`);
  }
  if (output.format === 'json') await output.value({ ref, matches });
}
