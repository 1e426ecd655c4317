/**
 * Runs in plain Node. `almagest show REF`: everything known of one record.
 */
import { parseRef, type RecordDetail, type RecordRef } from '#contract/domain.ts';
import { UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { keptWords } from '../kept-words.ts';
import { plain } from '../output.ts';

const help = `almagest show REF

Everything known of one record. REF is nasa:<nasa_id>, such as nasa:PIA24439, pds:<lidvid>, or astrobin:<hash>
(the number, for images from before August 2019).

--json   {"record":{…},"renditions":[…],"metadata":{…},"captions":[{"url":"…","format":"srt"}]}
--ndjson the same, on one line
Paths, logins and owners in the archive's metadata are left out. When a part could not be had the rest
is printed and the exit code is 3; so it is when the archive can't be had and what was kept stands in.`;

function document(detail: RecordDetail): unknown {
  return {
    record: detail.card.record,
    renditions: detail.renditions.map(({ key: _key, ...rendition }) => rendition),
    metadata: detail.metadataDocument ?? {},
    captions: detail.captions,
  };
}

function size(rendition: RecordDetail['renditions'][number]): string {
  const pixels = rendition.width === null ? '' : `${rendition.width} x ${rendition.height ?? '?'}`;
  const bytes = rendition.bytes === null ? '' : `${rendition.bytes} bytes`;
  return [pixels, bytes].filter((part) => part !== '').join('\t');
}

function* lines(detail: RecordDetail): Generator<string> {
  const { record } = detail.card;
  yield plain(record.title);
  yield `${plain(record.ref)}\t${record.kind}\t${record.date?.slice(0, 10) ?? 'no date'}`;
  yield `credit\t${plain(detail.creditLine)}`;
  if (record.licence !== null) yield `licence\t${plain(record.licence)}`;
  if (detail.licenceNote !== null) yield `terms\t${plain(detail.licenceNote)}`;
  if (record.page !== null) yield `page\t${plain(record.page)}`;
  if (record.description !== null) yield plain(record.description);
  for (const rendition of detail.renditions) {
    yield `${plain(rendition.name)}\t${size(rendition)}\t${plain(rendition.url)}`;
  }
  for (const caption of detail.captions) yield `captions\t${caption.format}\t${plain(caption.url)}`;
  for (const field of detail.metadata) {
    if (!field.isPrivate) yield `${plain(field.name)}\t${plain(field.value)}`;
  }
}

function readRef(run: CommandRun): RecordRef {
  const [text, extra] = run.words;
  if (text === undefined) throw new UsageError('show needs a reference, such as nasa:PIA24439.');
  if (extra !== undefined) {
    throw new UsageError(
      `show takes one reference, and "${extra}" is one word more. Quote a reference that holds blanks.`,
    );
  }
  refuseOptions('show', run);
  if (parseRef(text) === null) {
    throw new UsageError(
      `"${text}" is not a reference. A reference is nasa:<nasa_id>, pds:<lidvid> or astrobin:<hash>; "almagest go" takes anything else.`,
    );
  }
  return text as RecordRef;
}

/** For commands that have no options of their own. */
export function refuseOptions(command: string, { options }: CommandRun): void {
  const option = options[0];
  if (option !== undefined) throw new UsageError(`${command} has no option --${option.name}.`);
}

/** Prints everything known of a record; the exit code is 3 where a part could not be had. */
export async function printRecord(run: CommandRun, ref: RecordRef): Promise<ExitCode> {
  const { output } = run;
  const detail = await run.api.records.get({ ref }, { signal: run.signal });
  if (output.format === 'text') {
    for (const line of lines(detail)) await output.line(line);
  } else {
    await output.value(document(detail));
  }
  for (const part of detail.missing) output.message(`No ${part.part}: ${part.reason}`);
  if (detail.age.problem !== null) output.message(keptWords(detail.age));
  const isWhole = detail.missing.length === 0 && detail.age.problem === null;
  return isWhole ? exitCodes.complete : exitCodes.partial;
}

export const showCommand: Command = {
  name: 'show',
  summary: 'everything known of one record',
  help,
  run: (run) => printRecord(run, readRef(run)),
};
