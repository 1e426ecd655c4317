/** Runs in plain Node. Whether Electron's binary is here, found without importing electron (that would fetch it). */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const projectRoot = resolve(import.meta.dirname, '..', '..', '..');

/** Path of the unpacked binary, or null. */
export function findElectron(root: string = projectRoot): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

export type Runtime = 'electron' | 'preview';

/** What the launchers use: real Electron where it is, unless `ALMAGEST_RUNTIME=preview` asks otherwise. */
export function chooseRuntime(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Runtime {
  if (environment['ALMAGEST_RUNTIME'] === 'preview') return 'preview';
  return findElectron() === null ? 'preview' : 'electron';
}
