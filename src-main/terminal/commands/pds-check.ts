/** Runs in plain Node. `almagest pds check QUERY`: reads a query without sending it. */
import { pdsDialects, type PdsDialect } from '#contract/pds.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import { printQuery } from '#contract/pds-query/print-query.ts';
import { requireValue, UsageError } from '../arguments.ts';
import type { CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { plain } from '../output.ts';

function readDialect(run: CommandRun): PdsDialect {
  let dialect: PdsDialect = '1.3';
  for (const option of run.options) {
    if (option.name !== 'dialect')
      throw new UsageError(`pds check has no option --${option.name}.`);
    const value = requireValue(option);
    const known = pdsDialects.find((one) => one === value);
    if (known === undefined)
      throw new UsageError(`--dialect takes ${pdsDialects.join(' or ')}, not "${value}".`);
    dialect = known;
  }
  return dialect;
}

/** Exit code 0 where the registry would read it, 2 where it would not. */
export async function checkQueryCommand(run: CommandRun): Promise<ExitCode> {
  const { output } = run;
  const text = run.words.slice(1).join(' ');
  if (text === '')
    throw new UsageError('pds check needs a query, such as (lid like "urn:nasa:pds:*").');
  const dialect = readDialect(run);
  const read = parseQuery(text, dialect);
  if (!read.ok) {
    const { position, message } = read;
    if (output.format === 'text') {
      await output.line(`${plain(text)}\n${' '.repeat(position)}^ ${message}`);
    } else await output.value({ ok: false, position, message });
    return exitCodes.usage;
  }
  const printed = printQuery(read.query, dialect);
  const normal = printed.ok ? printed.text : text;
  if (output.format === 'text') await output.line(plain(normal));
  else await output.value({ ok: true, normal });
  return exitCodes.complete;
}
