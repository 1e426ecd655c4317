/** Runs in plain Node. What a failing cache is called: nothing of the user's is in it, and the words say so. */
import Sqlite from 'better-sqlite3';
import { ArchiveError } from '#contract/errors.ts';

/**
 * What is wrong with the file, if it is the file: damaged bytes, or another schema than its version says (an
 * older Almagest has emptied it meanwhile, or an unreleased one has made it).
 */
export function damageOf(error: unknown): 'bytes' | 'schema' | null {
  if (!(error instanceof Sqlite.SqliteError)) return null;
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) return 'bytes';
  return /^no such table|^(?:table|index) .* already exists/.test(error.message) ? 'schema' : null;
}

/** The contract's error for anything that a statement on the cache threw; an `ArchiveError` passes. */
export function toCacheError(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const message =
    error.code === 'SQLITE_FULL'
      ? 'The disk filled up, so this could not be kept for later. Your library and your files are whole. Free some room, then try again.'
      : damageOf(error) !== null
        ? 'The file of kept answers was damaged and is made anew. Your library and your files are whole. Try again.'
        : 'The file of kept answers could not be used. Your library and your files are whole. Check the disk and the rights to the profile folder.';
  return new ArchiveError(
    { code: 'disk', message, retryable: true, detail: `cache.db ${error.code}: ${error.message}` },
    { cause: error },
  );
}
