/** Runs in the preview runtime's process. The folders that `app.getPath` knows. */
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export interface Paths {
  get(name: string): string;
  set(name: string, path: string): void;
}

const userFolders = {
  desktop: ['XDG_DESKTOP_DIR', 'Desktop'],
  documents: ['XDG_DOCUMENTS_DIR', 'Documents'],
  downloads: ['XDG_DOWNLOAD_DIR', 'Downloads'],
  music: ['XDG_MUSIC_DIR', 'Music'],
  pictures: ['XDG_PICTURES_DIR', 'Pictures'],
  videos: ['XDG_VIDEOS_DIR', 'Videos'],
} as const;

function readUserDirs(config: string): string {
  try {
    return readFileSync(join(config, 'user-dirs.dirs'), 'utf8');
  } catch {
    return '';
  }
}

function appDataFolder(): string {
  const home = homedir();
  if (process.platform === 'win32')
    return process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  const xdg = process.env['XDG_CONFIG_HOME'];
  return xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.config');
}

export function createPaths(appName: string, entry: string): Paths {
  const home = homedir();
  const appData = appDataFolder();
  const set = new Map<string, string>([
    ['home', home],
    ['appData', appData],
    ['userData', join(appData, appName)],
    ['temp', tmpdir()],
    ['exe', process.execPath],
    ['module', entry],
  ]);
  const userDirs = process.platform === 'linux' ? readUserDirs(appData) : '';
  for (const [name, [variable, folder]] of Object.entries(userFolders)) {
    const line = new RegExp(`^${variable}="(.*)"`, 'm').exec(userDirs)?.[1];
    set.set(name, line?.replace('$HOME', home) ?? join(home, folder));
  }
  const derived: Record<string, () => string> = {
    sessionData: () => get('userData'),
    logs: () => join(get('userData'), 'logs'),
    crashDumps: () => join(get('userData'), 'Crashpad'),
  };
  const get = (name: string): string => {
    const path = set.get(name) ?? derived[name]?.();
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  };
  return {
    get,
    set: (name, path) => {
      get(name);
      if (!isAbsolute(path)) throw new Error('Path must be absolute');
      set.set(name, path);
    },
  };
}
