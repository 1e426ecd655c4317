/**
 * Runs in plain Node (the terminal). The profile's settings over conf, the library that electron-store is built
 * on: the same files in the same format as the window's.
 */
import Conf from 'conf';
import {
  openSettingsFiles,
  type OpenJsonStore,
  type SettingsFiles,
} from '../settings/settings-file.ts';
import { defaultSettings } from '../settings/settings-schema.ts';

export interface TerminalSettingsOptions {
  /** Absolute folder of the profile; made when missing. */
  profileDir: string;
  /** Where files go until the person chooses. */
  downloadFolder: string;
}

const openStore: OpenJsonStore = (folder, name) =>
  new Conf<Record<string, unknown>>({
    cwd: folder,
    configName: name,
    projectName: 'almagest',
    accessPropertiesByDotNotation: false,
  });

/** Opens the settings of a profile for the terminal. */
export function openTerminalSettings(options: TerminalSettingsOptions): SettingsFiles {
  const defaults = defaultSettings(options.downloadFolder);
  return openSettingsFiles({ profileDir: options.profileDir, defaults, openStore });
}
