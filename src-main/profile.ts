/**
 * Runs in plain Node. Where a person's profile is; the window and the terminal must agree on it.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The profile folder of this system's user, as Electron places it for an app named Almagest. */
export function defaultProfileDir(
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
  home: string = homedir(),
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Almagest');
  if (platform === 'win32') {
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Almagest');
  }
  const config = environment['XDG_CONFIG_HOME'];
  return join(config === undefined || config === '' ? join(home, '.config') : config, 'Almagest');
}

/** The folder that files are saved to until the user chooses another. */
export function defaultDownloadFolder(home: string = homedir()): string {
  return join(home, 'Pictures', 'Almagest');
}
