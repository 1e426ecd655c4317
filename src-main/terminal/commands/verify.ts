/** Runs in plain Node. `almagest verify DIR`: what is on disk against what was recorded. */
import { resolve } from 'node:path';
import { UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { plain } from '../output.ts';

const help = `almagest verify DIR

Reads every file that was saved to a folder and below it, and compares it with what was recorded when it was saved: in
the .json beside it, and in the profile's library. Changes nothing. One that is stopped goes on where it was.

--json   {"checked":n,"ok":n,"changed":[…],"missing":[…],"foreign":[…]}; "foreign" are files that nobody saved there
Exit code: 0 when nothing is changed or missing, else 3; 4 when the folder is not there.`;

async function run({ api, words, options, output, signal }: CommandRun): Promise<ExitCode> {
  const [folder, ...more] = words;
  if (folder === undefined || more.length > 0) throw new UsageError('verify needs one folder.');
  const [option] = options;
  if (option !== undefined) throw new UsageError(`verify has no option --${option.name}.`);
  const stop = api.on('folderChecked', ({ checked, total }) =>
    output.progress(`${checked} of ${total} files`),
  );
  try {
    const check = await api.downloads.verify({ folder: resolve(folder) }, { signal });
    if (output.format === 'text') {
      for (const { path } of check.changed) await output.line(`changed\t${plain(path)}`);
      for (const { path } of check.missing) await output.line(`missing\t${plain(path)}`);
      for (const path of check.foreign) await output.line(`foreign\t${plain(path)}`);
      output.message(`${check.ok} of ${check.checked} files are as they were saved.`);
    } else await output.value(check);
    const isWhole = check.changed.length === 0 && check.missing.length === 0;
    return isWhole ? exitCodes.complete : exitCodes.partial;
  } finally {
    stop();
  }
}

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'what is on disk against what was recorded',
  help,
  run,
};
