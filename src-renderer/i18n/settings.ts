import { formatBytes, formatCount } from './format.ts';

/** Words of the settings. */
export const settingsText = {
  title: 'Settings',
  sections: 'Sections of the settings',
  files: 'Files',
  archives: 'Archives',
  appearance: 'Appearance',
  shortcuts: 'Shortcuts',
  data: 'Cache and data',

  folder: 'Download folder',
  folderHint: 'New downloads go here. Files that are already saved stay where they are.',
  change: 'Change…',
  free: (bytes: number) => `${formatBytes(bytes)} free`,
  integrity: 'While saving',
  integrityText:
    'A file gets its final name only when all of it is on the disk. A name that is taken gets a number; nothing is overwritten.',

  source: 'Source',
  sourceLive: 'Live archives',
  sourceSample: 'Sample archive',
  sourceHint: (count: number) =>
    `The sample archive has ${formatCount(count)} records and works without a network.`,
  sampleSize: 'Sample records',
  sampleSizeHint: 'From 100 to 1,000,000. They are made when they are asked for.',
  sampleSizeMistake: 'A whole number from 100 to 1,000,000.',
  addresses: 'Addresses',
  nasaAddress: 'NASA search',
  addressMistake: 'An https address, or http on this computer (127.0.0.1 or localhost).',
  addressHint: 'Change it only to use a server of your own.',
  test: 'Test',
  testing: 'Asking…',
  save: 'Save',
  reset: 'Reset the address',
  answers: 'Answers',
  slowed: 'Slowed',
  notAnswering: 'Doesn’t answer',
  offline: 'Offline',
  unknown: 'Not asked yet',
  overridden: 'Set from outside',
  overriddenText: (names: string) =>
    `${names} in the environment of this start decides, and what stands here waits until it is gone.`,

  theme: 'Theme',
  themes: { system: 'As the system', dark: 'Dark', light: 'Light', contrast: 'High contrast' },
  themeHint: 'Pictures are always shown on black.',
  textSize: 'Text size',
  textPercent: (percent: number) => `${percent} %`,
  smaller: 'Smaller text',
  larger: 'Larger text',
  textReset: 'Reset to 100 %',
  textHint: 'From 80 to 200 %. Rows grow with the text.',
  layout: 'Gallery',
  layouts: { justified: 'Justified rows', square: 'Square tiles' },
  layoutHint: 'Justified rows keep the shape of every picture.',

  shortcutsHint:
    'Press Change, then the keys. Backspace turns a shortcut off, Escape leaves it as it is.',
  find: 'Find a command',
  command: 'Command',
  keys: 'Keys',
  noKeys: 'None',
  changeKeys: 'Change',
  changeKeysOf: (title: string) => `Change the keys of ${title}`,
  pressKeys: 'Press the keys…',
  resetKeys: 'Reset',
  resetKeysOf: (title: string) => `Reset the keys of ${title}`,
  resetAllKeys: 'Reset all shortcuts',
  taken: (keys: string, title: string) =>
    `${keys} belongs to “${title}”. Change or turn that one off first.`,
  needsModifier: 'That key is needed for moving about. Add Ctrl, Alt or Shift.',
  changed: 'changed',
  noneFound: (text: string) => `No command for “${text}”.`,

  cache: 'Pictures',
  cacheBudget: 'Room for pictures',
  cacheHint:
    'Previews that were looked at are kept up to this size; the oldest go first. Downloads and the library are not counted.',
  resetAll: 'Settings',
  resetAllText: 'Every setting as it was at first. The library and downloads stay.',
  resetAllButton: 'Reset all settings…',
  resetAllTitle: 'Reset all settings?',
  resetAllQuestion:
    'Theme, text size, shortcuts, addresses and the download folder go back to what they were at first. Your library and your files stay as they are.',
  resetAllConfirm: 'Reset settings',
  cancel: 'Cancel',
  resetDone: 'All settings are as they were at first.',
  about: 'About',
  version: 'Version',
  versionText: (version: string, preview: boolean) =>
    preview ? `${version}, in the preview runtime` : version,
};
