/**
 * Runs in plain Node. `almagest download REF… [--to DIR] [--rendition NAME|largest|all] [--max-bytes N]
 * [--captions] [--dry-run]`: plans, fetches and verifies the files of records.
 */
import { resolve } from 'node:path';
import { parseRef, type RecordRef } from '#contract/domain.ts';
import { requireCount, requireValue, UsageError, type CommandLine } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { fetchFiles } from '../download-files.ts';
import { planFiles, type FilePlan, type FileWish } from '../download-plan.ts';
import { printFiles } from '../download-report.ts';
import type { ExitCode } from '../exit-codes.ts';

const help = `almagest download REF … [options]

Saves files of records. REF is nasa:<nasa_id>, such as nasa:PIA24439, pds:<lidvid> or astrobin:<hash>. A file that is
there already, whole and from the same address, is not fetched again; a download that was cut goes on where it was.
Beside each file a .json says where it is from, whose it is, and under which licence. A picture of AstroBin takes two
of the day's requests; what its licence permits is for you to keep.
  --to DIR           the folder (default: ALMAGEST_DOWNLOADS, then the profile's downloads folder)
  --rendition NAME   orig, large, medium, small, thumb, mobile, … (AstroBin: real, hd, regular, gallery, thumb, …);
                     largest (default); or all
  --max-bytes N      no file larger than N bytes; with largest the largest file that fits is taken. Sizes that
                     the archive does not state are asked for; a file whose size nobody tells is left out
  --captions         the captions, too, in UTF-8
  --dry-run          plans and prints the files, and fetches none

--json   {"planned":n,"done":n,"skipped":n,"failed":n,"quarantined":n,"bytes":n,"requests":n,"files":[…]}; a file is
         {"ref":"…","rendition":"orig","url":"…","path":"…","bytes":1,"sha256":"…","verified":"checksum"|"size"|"none",
         "state":"done"|"skipped"|"failed"|"quarantined"|"cancelled","error":{…}|null}; with --dry-run the state of
         what would be fetched is "planned"
--ndjson {"event":"progress"|"file"|"paused",…} as they happen, then {"summary":{…}}
Exit code: 0 when every planned file is there, 3 when some are, else that of the cause. Ctrl-C leaves what has
arrived; the same command goes on from there.`;

interface Request {
  refs: RecordRef[];
  wish: FileWish;
  isDryRun: boolean;
}

function readRef(text: string): RecordRef {
  if (parseRef(text) !== null) return text as RecordRef;
  throw new UsageError(
    `"${text}" is not a reference. A reference is nasa:<nasa_id>, pds:<lidvid> or astrobin:<hash>; quote one that holds blanks.`,
  );
}

function parseRequest({ words, options }: Pick<CommandRun, 'words' | 'options'>): Request {
  const request: Request = {
    refs: [...new Set(words.map(readRef))],
    wish: { rendition: 'largest', maxBytes: null, withCaptions: false },
    isDryRun: false,
  };
  for (const option of options) {
    switch (option.name) {
      case 'to':
        // Taken before the core is opened.
        break;
      case 'rendition':
        request.wish.rendition = requireValue(option);
        break;
      case 'max-bytes':
        request.wish.maxBytes = requireCount(option);
        break;
      case 'captions':
        request.wish.withCaptions = true;
        break;
      case 'dry-run':
        request.isDryRun = true;
        break;
      default:
        throw new UsageError(`download has no option --${option.name}.`);
    }
  }
  if (request.refs.length === 0) {
    throw new UsageError('download needs a reference, such as nasa:PIA24439.');
  }
  return request;
}

async function run(run: CommandRun): Promise<ExitCode> {
  const { refs, wish, isDryRun } = parseRequest(run);
  const plans: FilePlan[] = [];
  for (const [at, ref] of refs.entries()) {
    run.output.progress(`Planning: ${at} of ${refs.length} records`);
    plans.push(await planFiles(run, ref, wish));
  }
  return printFiles(run, isDryRun ? plans : await fetchFiles(run, plans));
}

export const downloadCommand: Command = {
  name: 'download',
  summary: 'saves files of records, verified',
  help,
  downloadFolder: ({ options }: Pick<CommandLine, 'options'>) => {
    const to = options.find(({ name }) => name === 'to');
    if (to === undefined) return null;
    const folder = requireValue(to);
    if (folder === '') throw new UsageError('--to needs a folder.');
    return resolve(folder);
  },
  run,
};
