/** Runs in plain Node, for tests only: libxml2's own tool, the peer of the reader of labels. */
import { spawnSync } from 'node:child_process';

export const xmllintAbsent = 'skipped: xmllint (libxml2-utils) is not on this machine';

export function hasXmllint(): boolean {
  return spawnSync('xmllint', ['--version']).status === 0;
}

/** What an expression gives as text, without the line end that xmllint adds; null where it refuses the file. */
export function xmllintXPath(path: string, expression: string): string | null {
  const { status, stdout } = spawnSync(
    'xmllint',
    ['--nonet', '--huge', '--xpath', expression, path],
    {
      maxBuffer: 256 * 1024 * 1024,
      encoding: 'utf8',
    },
  );
  // 10: no node was found. 0 and 10 alone are answers.
  if (status !== 0 && status !== 10) return null;
  return stdout.replace(/\n$/, '');
}
