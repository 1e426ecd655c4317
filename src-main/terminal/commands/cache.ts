/**
 * Runs in plain Node. `almagest cache info|clear`: what is kept of the archives' answers, and its removal.
 */
import { cacheKinds, type CacheInfo, type CacheKind } from '#contract/domain.ts';
import { nearest, UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { refuseOptions } from './show.ts';

const help = `almagest cache info
almagest cache clear [KIND …]

What is kept of the archives' answers, in bytes, and its removal: everything, or the kinds named of
${cacheKinds.join(', ')}. The library and saved files are never touched.

--json   {"bytes":n,"budgetBytes":n,"byKind":{"responses":n,…}}: what there is, after a removal`;

function kindsOf(words: readonly string[]): CacheKind[] {
  return words.map((word) => {
    const kind = cacheKinds.find((name) => name === word);
    if (kind !== undefined) return kind;
    const near = nearest(word, cacheKinds);
    const hint =
      near === null ? `The kinds are ${cacheKinds.join(', ')}.` : `Did you mean "${near}"?`;
    throw new UsageError(`The cache keeps no "${word}". ${hint}`);
  });
}

async function print({ output }: CommandRun, info: CacheInfo): Promise<void> {
  if (output.format !== 'text') {
    await output.value(info);
    return;
  }
  for (const [kind, bytes] of Object.entries(info.byKind)) await output.line(`${kind}\t${bytes}`);
  await output.line(`all\t${info.bytes}`);
  await output.line(`budget\t${info.budgetBytes}`);
}

async function run(run: CommandRun): Promise<ExitCode> {
  const [verb, ...words] = run.words;
  refuseOptions('cache', run);
  if (verb === 'info') {
    if (words[0] !== undefined)
      throw new UsageError(`cache info takes no word, not "${words[0]}".`);
    await print(run, await run.api.cache.info({}, { signal: run.signal }));
  } else if (verb === 'clear') {
    const kinds = kindsOf(words);
    const wish = kinds.length === 0 ? {} : { kinds };
    await print(run, await run.api.cache.clear(wish, { signal: run.signal }));
  } else {
    throw new UsageError('cache takes "info" or "clear".');
  }
  return exitCodes.complete;
}

export const cacheCommand: Command = {
  name: 'cache',
  summary: 'what is kept of the archives, and its removal',
  help,
  run,
};
