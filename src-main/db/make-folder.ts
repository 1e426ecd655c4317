/** Runs in plain Node. Makes a folder and what is missing above it. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * As `mkdirSync(…, { recursive: true })`, which never returns where the system denies a folder by claiming
 * that its parent is missing (Linux, below /proc). Throws the file system's error.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !isThere(at); at = dirname(at)) {
    missing.push(at);
    if (dirname(at) === at) break;
  }
  for (const path of missing.reverse()) {
    try {
      mkdirSync(path);
    } catch (error) {
      // Another process may have been quicker.
      if (!isThere(path)) throw error;
    }
  }
}

/** Throws ENOTDIR where a file lies in the way. */
function isThere(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (found.isDirectory()) return true;
  throw Object.assign(new Error(`${path} is a file, not a folder`), { code: 'ENOTDIR' });
}
