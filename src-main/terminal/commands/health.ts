/**
 * Runs in plain Node. `almagest health`: asks each archive now and tells how it answered.
 */
import type { ArchiveStatus } from '#contract/domain.ts';
import { UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts';
import { plain } from '../output.ts';
import { refuseOptions } from './show.ts';

const help = `almagest health

Asks each archive for one record and tells how it answered. The exit code is 0 when all did, 3 when some
did, else that of the reason: 6 for no answer, 7 for a key that is refused. AstroBin is not counted while there is
no key for it.

--json   {"archives":[{"archive":"nasa-images","ok":true,"latencyMs":120,"dialect":"Collection+JSON 1.1",
         "address":"…","mode":"live","budget":null,"error":null}]}; the budget of AstroBin is
         {"perDay":500,"used":12,"renewsAtMs":n}, requests of today (UTC) of the window and all terminals
--ndjson one archive a line`;

function entryOf(status: ArchiveStatus) {
  const { archive, address, mode, budget, checked } = status;
  const problem = checked?.problem ?? null;
  return {
    archive,
    ok: checked !== undefined && problem === null,
    latencyMs: checked?.latencyMs ?? null,
    dialect: checked?.dialect ?? null,
    address,
    mode,
    budget,
    error: problem,
  };
}

type Entry = ReturnType<typeof entryOf>;

function budgetWords({ budget }: Entry): string[] {
  if (budget === null) return [];
  const { perDay, used } = budget;
  return [`${String(Math.max(0, perDay - used))} of ${String(perDay)} requests left today`];
}

function lineOf(entry: Entry): string {
  const { archive, ok, latencyMs, dialect, address, error } = entry;
  const state = ok ? 'answering' : 'not answering';
  const took = latencyMs === null ? '-' : `${latencyMs} ms`;
  const said = error === null ? (dialect ?? 'unknown dialect') : error.message;
  return [archive, state, took, plain(address), plain(said), ...budgetWords(entry)].join('\t');
}

/** Who has no key for an archive does not miss it: that one does not count. */
function codeOf(entries: readonly Entry[]): ExitCode {
  const failed = entries.flatMap(({ error }) => (error === null ? [] : [error]));
  const [first] = failed;
  if (first === undefined) return exitCodes.complete;
  return failed.length < entries.length ? exitCodes.partial : exitCodeOf(first.code);
}

async function run(run: CommandRun): Promise<ExitCode> {
  const { output } = run;
  if (run.words[0] !== undefined)
    throw new UsageError(`health takes no word, not "${run.words[0]}".`);
  refuseOptions('health', run);
  const entries = (await run.api.archives.check({}, { signal: run.signal })).map(entryOf);
  if (output.format === 'json') await output.value({ archives: entries });
  else
    for (const entry of entries) {
      if (output.format === 'ndjson') await output.value(entry);
      else await output.line(lineOf(entry));
    }
  const { access } = await run.api.astrobin.service();
  const asked = entries.filter(({ archive }) => archive !== 'astrobin' || access !== 'no-key');
  return codeOf(asked);
}

export const healthCommand: Command = {
  name: 'health',
  summary: 'how the archives answer now',
  help,
  run,
};
