/** Runs in plain Node. `almagest download …`: plans, fetches and verifies the files of records. */
import { resolve } from 'node:path';
import { requireValue, UsageError, type CommandLine } from '../arguments.ts';
import { fetchBulk, planBulk } from '../bulk-run.ts';
import { applyWish, usualWish, wishHelp } from '../bulk-wish.ts';
import { limitHelp, limitsOf } from '../limit-options.ts';
import type { Command, CommandRun } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { plannedFile, printFiles, type Report, type SavedFile } from '../saved-file.ts';
import { readSelectors, resolveSelectors } from '../selectors.ts';

const help = `almagest download [REF …] [--from FILE|-] [--search 'ARCHIVE PARAMS'] … [options]

Saves files of records. REF is nasa:<nasa_id>, such as nasa:PIA24439, pds:<lidvid> or astrobin:<hash>. A file that is
there already, whole and from the same address, is not fetched again; a download that was cut goes on where it was.
Beside each file a .json says where it is from, whose it is, and under which licence. A picture of AstroBin takes two
of the day's requests; one whose licence does not permit copies is not saved in bulk.
  --from FILE        a reference a line; - for stdin
  --search '…'       every result of a search as almagest search takes it, such as 'nasa-images apollo --year_start 1969';
                     with --limit in it only so many
  --to DIR           the folder (default: ALMAGEST_DOWNLOADS, then the profile's downloads folder)
${wishHelp}
${limitHelp}
  --dry-run          plans and prints the files, and fetches none

--json   {"planned":n,"done":n,"skipped":n,"failed":n,"quarantined":n,"bytes":n,"requests":n,"files":[…]}; a file is
         {"ref":"…","rendition":"orig","url":"…","path":"…","bytes":1,"sha256":"…","verified":"checksum"|"size"|"none",
         "state":"done"|"skipped"|"failed"|"quarantined"|"cancelled","error":{…}|null}; with --dry-run the state of
         what would be fetched is "planned"
--ndjson {"event":"progress"|"file"|"paused",…} as they happen, then {"summary":{…}}
Exit code: 0 when every planned file is there, 3 when some are, else that of the cause. Ctrl-C leaves what has
arrived; the same command goes on from there.`;

const takenBefore: ReadonlySet<string> = new Set(['to', 'concurrency', 'limit-rate']);

async function run(run: CommandRun): Promise<ExitCode> {
  const { selectors, others } = readSelectors(run);
  const wish = usualWish();
  let isDryRun = false;
  for (const option of others) {
    if (option.name === 'dry-run') isDryRun = true;
    // Taken before the core is opened.
    else if (!takenBefore.has(option.name) && !applyWish(wish, option)) {
      throw new UsageError(`download has no option --${option.name}.`);
    }
  }
  const reports: Report[] = [];
  for (const selected of await resolveSelectors(run, selectors)) {
    const ready = await planBulk(run, selected, wish);
    try {
      const planned: Report = { files: ready.files.map(plannedFile), told: new Set() };
      reports.push(isDryRun ? planned : await fetchBulk(run, ready));
    } finally {
      await ready.close();
    }
  }
  return printFiles(run, {
    files: reports.flatMap(({ files }) => files),
    told: new Set<SavedFile>(reports.flatMap(({ told }) => [...told])),
  });
}

function folderOf(options: CommandLine['options']): string | null {
  const to = options.find(({ name }) => name === 'to');
  if (to === undefined) return null;
  const folder = requireValue(to);
  if (folder === '') throw new UsageError('--to needs a folder.');
  return resolve(folder);
}

export const downloadCommand: Command = {
  name: 'download',
  summary: 'saves files of records, verified',
  help,
  needs: ({ options }) => ({ downloadFolder: folderOf(options), limits: limitsOf(options) }),
  run,
};
