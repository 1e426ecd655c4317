/** Runs in plain Node. `almagest export --as FORMAT … --out PATH`: a plan as the input of another tool. */
import { resolve } from 'node:path';
import { exportFormats, type ExportFormat } from '#contract/downloads.ts';
import { nearest, requireValue, UsageError } from '../arguments.ts';
import { planBulk } from '../bulk-run.ts';
import { applyWish, usualWish, wishHelp } from '../bulk-wish.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readSelectors, resolveSelectors } from '../selectors.ts';

const help = `almagest export --as ${exportFormats.join('|')} [REF …] [--from FILE|-] [--search '…'] --out PATH

Writes what almagest download would fetch, with names and checksums, for another tool. Fetches nothing; files that are
on disk already are in it as well. Never writes over what is there. PATH is a file, for bagit a folder.
  aria2     aria2c --input-file=PATH          curl   curl --config PATH (7.83 or later), in the folder to save to
  metalink  aria2c --metalink-file=PATH       wget   wget --input-file=PATH: addresses alone, names are lost
  bagit     a bag with fetch.txt, of files whose checksum the archive states
  csv, json every file with its record, address, size, checksum, credit and licence
${wishHelp}

--json   {"written":["…"],"items":n}
Exit code: 0 when every file is in it, 3 when some had to be left out.`;

function isFormat(text: string): text is ExportFormat {
  return exportFormats.some((format) => format === text);
}

async function run(run: CommandRun): Promise<ExitCode> {
  const { selectors, others } = readSelectors(run);
  const wish = usualWish();
  let as: ExportFormat | null = null;
  let out: string | null = null;
  for (const option of others) {
    if (option.name === 'as') {
      const text = requireValue(option);
      if (!isFormat(text)) {
        const near = nearest(text, [...exportFormats]);
        const hint = near === null ? '' : ` Did you mean ${near}?`;
        throw new UsageError(`--as takes ${exportFormats.join(', ')}, not "${text}".${hint}`);
      }
      as = text;
    } else if (option.name === 'out') out = requireValue(option);
    else if (!applyWish(wish, option)) {
      throw new UsageError(`export has no option --${option.name}.`);
    }
  }
  if (as === null) throw new UsageError(`--as is missing: ${exportFormats.join(', ')}.`);
  if (out === null || out === '') throw new UsageError('--out is missing: where to write it.');
  const selected = await resolveSelectors(run, selectors);
  const [first, second] = selected;
  if (first === undefined || second !== undefined) {
    throw new UsageError('export takes references or one --search, not both.');
  }
  const ready = await planBulk(run, first, wish);
  try {
    const { api, output, signal } = run;
    const args = { id: ready.plan.id, as, path: resolve(out) };
    const { written, items, leftOut } = await api.plans.export(args, { signal });
    const refused = ready.files.filter(({ state }) => state === 'refused');
    for (const { ref, reason } of refused) output.message(`${ref}: ${reason?.message ?? ''}`);
    if (leftOut > 0) output.message(`${leftOut} files have no place in a ${as} and are left out.`);
    if (output.format === 'text') for (const path of written) await output.line(path);
    else await output.value({ written, items });
    const isWhole =
      leftOut === 0 && refused.every((file) => file.reason?.code === 'invalid-arguments');
    return isWhole ? exitCodes.complete : exitCodes.partial;
  } finally {
    await ready.close();
  }
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'a download plan for aria2, curl, wget, Metalink, BagIt, CSV or JSON',
  help,
  run,
};
