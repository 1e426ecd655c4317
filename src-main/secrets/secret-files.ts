/**
 * Runs in plain Node. The two files of a profile that hold keys: `secrets.json` in plain text, for the terminal
 * and for who agreed to it, and `keyring.json`, which the system's keyring made unreadable. Both are the user's
 * alone (mode 0600) and written whole or not at all.
 */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { ArchiveError } from '#contract/errors.ts';

export type SecretFile = 'secrets.json' | 'keyring.json';

/** Above any honest file of keys. */
const largestBytes = 64 * 1024;
const ownersOnly = 0o600;

function diskError(name: SecretFile, error: unknown): ArchiveError {
  const { code } = error as { code?: unknown };
  return new ArchiveError(
    {
      code: 'disk',
      message:
        `The keys could not be written to ${name}${typeof code === 'string' ? ` (${code})` : ''}. ` +
        'They are as they were. Look whether the disk is full or the profile folder may not be written.',
      retryable: true,
    },
    { cause: error },
  );
}

/** Texts of the file by name; an empty object where it is missing, damaged or not a plain file. */
export function readSecretFile(profileDir: string, name: SecretFile): Record<string, string> {
  const path = join(profileDir, name);
  try {
    const found = lstatSync(path);
    if (!found.isFile() || found.size > largestBytes) return {};
    // One that others could read was made by hand: it is ours from here on.
    if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) chmodSync(path, ownersOnly);
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => {
        return typeof entry[1] === 'string';
      }),
    );
  } catch {
    return {};
  }
}

/** Puts the texts in place of the file's, durably; an empty object removes it. Throws `disk`. */
export function writeSecretFile(
  profileDir: string,
  name: SecretFile,
  texts: Readonly<Record<string, string>>,
): void {
  const path = join(profileDir, name);
  const fresh = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    if (Object.keys(texts).length === 0) {
      rmSync(path, { force: true });
      return;
    }
    const file = openSync(fresh, 'wx', ownersOnly);
    try {
      writeSync(file, `${JSON.stringify(texts, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw diskError(name, error);
  }
}
