/**
 * Runs in the main process. The profile's settings over electron-store.
 */
import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import {
  openSettingsFiles,
  type OpenJsonStore,
  type SettingsFiles,
} from '../settings/settings-file.ts';
import { defaultSettings } from '../settings/settings-schema.ts';

const openStore: OpenJsonStore = (folder, name) => {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: folder,
    name,
    accessPropertiesByDotNotation: false,
  });
  // electron-store opens a channel that tells any page where the profile lies; no page of ours asks.
  ipcMain.removeAllListeners('electron-store-get-data');
  return store;
};

/** Opens the settings of a profile for the window. */
export function openWindowSettings(profileDir: string, downloadFolder: string): SettingsFiles {
  const defaults = defaultSettings(downloadFolder);
  return openSettingsFiles({ profileDir, defaults, openStore });
}
