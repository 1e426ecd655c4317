/** Runs in plain Node, for tests only: where the recorded answers of the live archives are, if anywhere. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The folder of captures: `ALMAGEST_CAPTURES`, else `../shared/captures` beside the project; null where
 * neither exists. Tests that need it skip with this reason printed: `capturesAbsent`.
 */
export function capturesDir(): string | null {
  const named = process.env['ALMAGEST_CAPTURES'];
  const folder =
    named !== undefined && named !== ''
      ? resolve(named)
      : resolve(import.meta.dirname, '..', '..', '..', 'shared', 'captures');
  return existsSync(folder) ? folder : null;
}

export const capturesAbsent =
  'skipped: the recorded answers (../shared/captures or ALMAGEST_CAPTURES) are not on this machine';
