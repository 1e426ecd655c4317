/** Runs in plain Node. Files of a bulk as the terminal's public interface has them (terminal.md). */
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import type { PlannedFile } from '#contract/downloads.ts';
import type { WireError } from '#contract/errors.ts';
import type { CommandRun } from './command.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import { plain, toPublicError, type PublicError } from './output.ts';

/** A file as it ended. */
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

type Named = Pick<SavedFile, 'ref' | 'rendition' | 'url' | 'bytes'>;

function toFile(
  { ref, rendition, url, bytes }: Named,
  end: Partial<Omit<SavedFile, 'error'>> & { state: SavedFile['state']; error?: WireError | null },
): SavedFile {
  const nothing = { path: null, sha256: null, verified: null };
  const error = end.error ? toPublicError(end.error) : null;
  return { ref, rendition, url, bytes, ...nothing, ...end, error };
}

/** What is left out as it was asked for is no failure; what is not there is one. */
export function plannedFile(file: PlannedFile): SavedFile {
  if (file.state !== 'refused') return toFile(file, { state: 'planned' });
  const isWished = file.reason?.code === 'invalid-arguments';
  return toFile(file, { state: isWished ? 'skipped' : 'failed', error: file.reason });
}

/** A download of the queue; `wasThere`: it had ended before this command began. */
export function savedFile(item: DownloadItem, wasThere: boolean): SavedFile {
  const isDone = item.state === 'done';
  return toFile(
    { ref: item.ref, rendition: item.rendition, url: item.url, bytes: null },
    {
      state: stateOf(item, wasThere),
      path: item.path,
      bytes: isDone ? item.totalBytes : item.receivedBytes,
      sha256: item.sha256,
      verified: item.verified,
      error: item.error,
    },
  );
}

function stateOf({ state }: DownloadItem, wasThere: boolean): SavedFile['state'] {
  if (state === 'done') return wasThere ? 'skipped' : 'done';
  return state === 'quarantined' || state === 'cancelled' ? state : 'failed';
}

const lineOf = (file: SavedFile): string =>
  [file.state, file.ref, file.rendition, String(file.bytes ?? ''), file.path ?? file.url]
    .map(plain)
    .join('\t');

export interface Report {
  files: readonly SavedFile[];
  /** Files that were printed as they ended. */
  told: ReadonlySet<SavedFile>;
}

/** Prints what became of the files; the result is the exit code. */
export async function printFiles(
  { output, requests }: CommandRun,
  { files, told }: Report,
): Promise<ExitCode> {
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
    for (const file of files) if (!told.has(file)) await output.value({ event: 'file', ...file });
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
