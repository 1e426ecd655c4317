/**
 * Runs in plain Node. `almagest album NAME [--limit N] [--all]`: the records of a NASA album.
 */
import { requireCount, UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printListing } from '../listing.ts';

const defaultLimit = 100;

const help = `almagest album NAME [--limit N] [--all]

The records of a NASA album, such as Apollo-at-50. Capitals matter to the archive.
  --limit N   at most N records (default ${defaultLimit})
  --all       every record of the album

--json and --ndjson print what "search" prints.`;

async function run(run: CommandRun): Promise<ExitCode> {
  const name = run.words.join(' ');
  if (name === '') throw new UsageError('album needs a name, such as Apollo-at-50.');
  let limit = defaultLimit;
  for (const option of run.options) {
    if (option.name === 'limit') limit = requireCount(option);
    else if (option.name === 'all') limit = Infinity;
    else throw new UsageError(`album has no option --${option.name}.`);
  }
  return printListing({
    output: run.output,
    limit,
    firstPage: 1,
    fetch: (page) => run.api.nasa.album({ name, page }, { signal: run.signal }),
  });
}

export const albumCommand: Command = {
  name: 'album',
  summary: 'the records of a NASA album',
  help,
  run,
};
