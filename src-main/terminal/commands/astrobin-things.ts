/** Runs in plain Node. AstroBin's image of the day, a user, a collection: one thing each, printed. */
import type { AnswerAge } from '#contract/age.ts';
import { ArchiveError } from '#contract/errors.ts';
import { requireValue, UsageError } from '../arguments.ts';
import type { CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { keptWords } from '../kept-words.ts';
import { plain, type Output } from '../output.ts';
import { refuseOptions } from './show.ts';

/** A kept answer that stands in for one of now is said, with exit code 3. */
function codeOf(output: Output, ages: readonly AnswerAge[]): ExitCode {
  const kept = ages.find(({ problem }) => problem !== null);
  if (kept === undefined) return exitCodes.complete;
  output.message(keptWords(kept));
  return exitCodes.partial;
}

function readBack({ words, options }: CommandRun): number {
  if (words[1] !== undefined) {
    throw new UsageError(`astrobin today takes no word, not "${words[1]}". --back 1 is yesterday.`);
  }
  let back = 0;
  for (const option of options) {
    if (option.name !== 'back') throw new UsageError(`astrobin today has no --${option.name}.`);
    const value = requireValue(option);
    if (!/^\d{1,6}$/.test(value)) {
      throw new UsageError(`--back takes a whole number of days, not "${value}".`);
    }
    back = Number(value);
  }
  return back;
}

function notFound(message: string): ArchiveError {
  return new ArchiveError({ code: 'not-found', message, retryable: false });
}

/** The image of a day, as a record with its day. */
export async function printToday(run: CommandRun): Promise<ExitCode> {
  const { api, output, signal } = run;
  const wish = { kind: 'imageoftheday', offset: readBack(run), limit: 1 } as const;
  const part = await api.astrobin.picks(wish, { signal });
  const [found] = part.picks;
  if (found === undefined) {
    throw notFound('AstroBin has no image of the day that far back. Try a smaller --back.');
  }
  const { date: day, image, runnersUp } = found.pick;
  if (image === null) throw notFound(`AstroBin names no image for ${day}. Try another --back.`);
  // A card that was seen before is enough: each request counts.
  const detail = found.card === null ? await api.records.get({ ref: image }, { signal }) : null;
  const record = (found.card ?? detail?.card)?.record;
  if (record === undefined) throw notFound(`The image of ${day} is gone.`);
  if (output.format === 'text') {
    const words = [day, record.ref, record.title, record.credit ?? '', record.licence ?? ''];
    await output.line(words.map(plain).join('\t'));
  } else await output.value({ day, ...record, runnersUp });
  return codeOf(output, [part.age, ...(detail === null ? [] : [detail.age])]);
}

function oneWord(run: CommandRun, what: string): string {
  const [, word, extra] = run.words;
  if (word === undefined) throw new UsageError(`astrobin ${what}.`);
  if (extra !== undefined) throw new UsageError(`astrobin ${what}; "${extra}" is one word more.`);
  refuseOptions(`astrobin ${run.words[0] ?? ''}`, run);
  return word;
}

/** What is known of it, a line each; empty fields and lists are left out. */
async function printFields(output: Output, thing: object): Promise<void> {
  for (const [name, value] of Object.entries(thing) as [string, unknown][]) {
    if (value === null || typeof value === 'object') continue;
    await output.line(`${name}\t${plain(String(value))}`);
  }
}

/** A user by name. */
export async function printUser(run: CommandRun): Promise<ExitCode> {
  const { api, output, signal } = run;
  const username = oneWord(run, 'user takes a name, exactly as it is written');
  const { user, age } = await api.astrobin.user({ username }, { signal });
  if (output.format === 'text') await printFields(output, user);
  else await output.value({ user });
  return codeOf(output, [age]);
}

/** A collection by its number. */
export async function printCollection(run: CommandRun): Promise<ExitCode> {
  const { api, output, signal } = run;
  const word = oneWord(run, 'collection takes a number');
  if (!/^[1-9]\d{0,8}$/.test(word)) {
    throw new UsageError(`A collection goes by its number, and "${word}" is none.`);
  }
  const { collection, age } = await api.astrobin.collection({ id: Number(word) }, { signal });
  if (output.format === 'text') {
    await printFields(output, collection);
    for (const image of collection.images) await output.line(`image\t${plain(image)}`);
  } else await output.value({ collection });
  return codeOf(output, [age]);
}
