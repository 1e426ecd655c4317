/** Runs in plain Node. What a download says of its files, and the exit code that follows from them. */
import type { RecordRef } from '#contract/domain.ts';
import type { CommandRun } from './command.ts';
import type { FilePlan, PlannedFile } from './download-plan.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import { plain, toPublicError, type PublicError } from './output.ts';

/** A file of the public interface (terminal.md), as it ended. */
export interface SavedFile {
  ref: RecordRef;
  rendition: string;
  url: string;
  path: string | null;
  bytes: number | null;
  /** Lower-case hexadecimal; null where nothing was fetched. */
  sha256: string | null;
  verified: 'checksum' | 'size' | 'none' | null;
  state: 'planned' | 'done' | 'skipped' | 'failed' | 'quarantined' | 'cancelled';
  error: PublicError | null;
}

/** A planned file with what became of it. */
export function toFile(
  ref: RecordRef,
  { rendition, url, bytes }: PlannedFile,
  end: Partial<SavedFile> & { state: SavedFile['state'] },
): SavedFile {
  const nothing = { path: null, sha256: null, verified: null };
  const error = end.error ? toPublicError(end.error) : null;
  return { ref, rendition, url, bytes, ...nothing, ...end, error };
}

/** A record of which nothing could be planned counts as one file that failed. */
function filesOf(plan: FilePlan & { saved?: SavedFile[] }): SavedFile[] {
  const { ref, problem, files, saved } = plan;
  if (problem !== null) {
    const none = { rendition: '', url: '', bytes: null, leftOut: null, captions: null };
    return [toFile(ref, none, { state: 'failed', error: problem })];
  }
  const planned = ({ leftOut }: PlannedFile) =>
    leftOut === null
      ? ({ state: 'planned' } as const)
      : ({ state: 'skipped', error: leftOut } as const);
  return saved ?? files.map((file) => toFile(ref, file, planned(file)));
}

const lineOf = (file: SavedFile): string =>
  [file.state, file.ref, file.rendition, String(file.bytes ?? ''), file.path ?? file.url]
    .map(plain)
    .join('\t');

/** Prints what became of the files; the result is the exit code. */
export async function printFiles(
  { output, requests }: CommandRun,
  plans: readonly (FilePlan & { saved?: SavedFile[] })[],
): Promise<ExitCode> {
  const files = plans.flatMap(filesOf);
  const count = (state: SavedFile['state']) => files.filter((file) => file.state === state).length;
  const summary = {
    planned: files.length,
    done: count('done'),
    skipped: count('skipped'),
    failed: count('failed') + count('cancelled'),
    quarantined: count('quarantined'),
    bytes: files.reduce((sum, file) => sum + (file.state === 'done' ? (file.bytes ?? 0) : 0), 0),
    requests: requests(),
  };
  if (output.format === 'json') await output.value({ ...summary, files });
  else if (output.format === 'ndjson') {
    const unsaid = plans.filter(({ saved, problem }) => saved === undefined || problem !== null);
    for (const file of unsaid.flatMap(filesOf)) await output.value({ event: 'file', ...file });
    await output.value({ summary });
  } else for (const file of files) await output.line(lineOf(file));
  const bad = files.filter(({ state }) => !['planned', 'done', 'skipped'].includes(state));
  for (const { ref, rendition, error } of output.format === 'text' ? files : bad) {
    if (error !== null) output.message(`${ref} ${rendition}: ${error.message}`);
  }
  const [first] = bad;
  if (first === undefined) return exitCodes.complete;
  const isNothing = bad.length === files.length;
  return isNothing ? exitCodeOf(first.error?.code ?? 'unexpected') : exitCodes.partial;
}
