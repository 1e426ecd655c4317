/**
 * Runs in plain Node. `almagest captions REF [--as srt|vtt|txt|json] [--out FILE] [--force]`: the captions of
 * a film or a sound, converted.
 */
import { randomUUID } from 'node:crypto';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { captionExportFormats, type CaptionExportFormat } from '#contract/captions.ts';
import { parseRef, type RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { toPublicCaptions, writeCaptions } from '../../captions/write-captions.ts';
import { requireValue, UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { keptWords } from '../kept-words.ts';

const help = `almagest captions REF [--as srt|vtt|txt|json] [--out FILE] [--force]

The captions of a film or a sound, in UTF-8, whatever the archive has. REF is nasa:<nasa_id>.
  --as FORMAT   srt (default), vtt, txt (a transcript to read: paragraphs with time and speaker) or json
  --out FILE    writes to a file instead of stdout. A file that is there is left alone and the exit code is 2
  --force       replaces a file that is there
Without --as the name of the --out file decides: talk.vtt is written as vtt.

--json, --ndjson and --as json print on stdout {"ref":"…","source":"url","format":"srt","cues":[…]}; a cue is
{"startMs":0,"endMs":1500,"text":"…","speaker":"…"|null}, and "format" is that of the archive's file.
What was odd about the archive's file is said on stderr. Exit code 4: the record has no captions.`;

interface Request {
  ref: RecordRef;
  as: CaptionExportFormat;
  /** Absolute; null for stdout. */
  out: string | null;
  force: boolean;
}

function asFormat(name: string): CaptionExportFormat | null {
  return captionExportFormats.find((format) => format === name) ?? null;
}

function parseRequest({ words, options, output }: CommandRun): Request {
  const text = words.join(' ');
  let as: CaptionExportFormat | null = null;
  let out: string | null = null;
  let force = false;
  for (const option of options) {
    if (option.name === 'as') {
      as = asFormat(requireValue(option));
      if (as === null)
        throw new UsageError(`--as takes srt, vtt, txt or json, not "${String(option.value)}".`);
    } else if (option.name === 'out') out = requireValue(option);
    else if (option.name === 'force') force = true;
    else throw new UsageError(`captions has no option --${option.name}.`);
  }
  if (text === '') throw new UsageError('captions needs a reference, such as nasa:PIA24439.');
  if (parseRef(text) === null) {
    throw new UsageError(`"${text}" is not a reference. A reference is nasa:<nasa_id>.`);
  }
  if (out === '') throw new UsageError('--out needs the name of a file.');
  const byName = out === null ? null : asFormat(/\.([a-z]+)$/i.exec(out)?.[1]?.toLowerCase() ?? '');
  const wanted = as ?? byName ?? (output.format === 'text' ? 'srt' : 'json');
  return { ref: text as RecordRef, as: wanted, out: out === null ? null : resolve(out), force };
}

/** Whole or not at all: under its own name only once it is written. Never replaces a file unless told to. */
async function writeOut(path: string, text: string, force: boolean): Promise<void> {
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await open(part, 'wx').catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
  try {
    await file.writeFile(text);
    await file.sync();
    await file.close();
    if (force) await rename(part, path);
    else await giveName(part, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw codeOf(error) === 'EEXIST' ? isThere(path) : cannotWrite(path, error);
  } finally {
    await unlink(part).catch(() => undefined);
  }
}

/** A link fails where the name is taken, which a rename does not; some file systems have no links. */
async function giveName(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    await (await open(path, 'wx')).close();
    await rename(part, path);
  }
}

async function isTaken(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}

function isThere(path: string): UsageError {
  return new UsageError(`${path} is there already and was left as it is. --force replaces it.`);
}

function cannotWrite(path: string, cause: unknown): ArchiveError {
  return new ArchiveError(
    {
      code: 'disk',
      message: `${path} can’t be written (${codeOf(cause)}). Nothing was changed. Name a file in a folder that can be written to.`,
      retryable: false,
    },
    { cause },
  );
}

async function run(run: CommandRun): Promise<ExitCode> {
  const { ref, as, out, force } = parseRequest(run);
  const { api, output, signal } = run;
  if (out !== null && !force && (await isTaken(out))) throw isThere(out);
  const transcript = await api.captions.get({ ref }, { signal });
  if (out !== null) {
    await writeOut(out, writeCaptions(transcript, as), force);
    output.message(`${String(transcript.cues.length)} cues written to ${out}.`);
  } else if (as === 'json' || output.format !== 'text') {
    await output.value(toPublicCaptions(transcript));
  } else await output.text(writeCaptions(transcript, as));
  for (const note of transcript.notes) output.message(note);
  if (transcript.age.problem !== null) output.message(keptWords(transcript.age));
  return exitCodes.complete;
}

export const captionsCommand: Command = {
  name: 'captions',
  summary: 'the captions of a film or a sound, converted',
  help,
  run,
};
