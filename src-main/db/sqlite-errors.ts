/** Runs in plain Node. Translates what SQLite throws into the contract's errors, once, at this boundary. */
import Sqlite from 'better-sqlite3';
import { ArchiveError } from '#contract/errors.ts';

function wordsFor(code: string): { code: 'disk' | 'library-unusable'; message: string } | null {
  if (code === 'SQLITE_FULL') {
    return {
      code: 'disk',
      message:
        'The disk filled up. This change was not saved; everything before it is whole. Free some room, then try again.',
    };
  }
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN|PERM)/.test(code)) {
    return {
      code: 'disk',
      message:
        'The library file could not be written. This change was not saved; everything before it is whole. Check the disk and the rights to the profile folder.',
    };
  }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return damagedWords;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return {
      code: 'library-unusable',
      message:
        'Another program is holding the library file. This change was not saved. Close the other program, then try again.',
    };
  }
  return null;
}

export const damagedWords = {
  code: 'library-unusable',
  message:
    'The library file is damaged. It was left exactly as it is. A backup of each of the last days is in the folder “backups” of the profile.',
} as const;

/** The contract's error for anything that a statement threw; an `ArchiveError` passes as it is. */
export function toStorageError(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const words = wordsFor(error.code);
  return new ArchiveError(
    {
      code: words?.code ?? 'unexpected',
      message: words?.message ?? 'The library refused a change. Nothing was changed.',
      retryable: words !== null && words !== damagedWords,
      detail: `${error.code}: ${error.message}`,
    },
    { cause: error },
  );
}
