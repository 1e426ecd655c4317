/** Words of the library. */
const records = (count: number): string =>
  count === 1 ? '1 record' : `${new Intl.NumberFormat('en-GB').format(count)} records`;

export const libraryText = {
  heading: 'Everything kept',
  count: records,
  countMatching: (count: number, total: number, text: string): string =>
    `${new Intl.NumberFormat('en-GB').format(count)} of ${records(total)} with “${text}”`,
  countLoaded: (loaded: number, total: number): string =>
    `${new Intl.NumberFormat('en-GB').format(loaded)} of ${records(total)} loaded`,
  kept: 'Snapshots on this computer; no network needed.',
  gallery: 'Kept records',
  showAll: 'Show everything kept',
  clearText: (text: string): string => `Show all, not only “${text}”`,

  emptyTitle: 'Nothing kept yet',
  emptyText:
    'A record that you keep stays here with its words and its small picture, even if the archive drops it. Press B on a record, or the star in its bar.',
  emptyAct: 'Search NASA Images',
  noMatchTitle: (text: string): string => `Nothing kept has “${text}”`,
  noMatchText:
    'Titles, descriptions, credits and keywords of everything kept were searched. What you have kept is untouched.',
  failedTitle: 'The library could not be read',
  failedText: 'Nothing was changed on disk. Searching and saving files still work.',
  tryAgain: 'Try again',
  partFailed: 'The rest of the library could not be read.',

  selected: (count: number): string => `${new Intl.NumberFormat('en-GB').format(count)} selected`,
  selectionBar: 'Selected records',
  open: 'Open',
  remove: 'Remove',
  removeFromLibrary: 'Remove from the library',
  copyCredits: (count: number): string => (count === 1 ? 'Copy credit' : 'Copy credits'),
  clearSelection: 'Clear',
  removed: (count: number): string => `${records(count)} left the library. Files on disk stay.`,
  undo: 'Undo',

  inspector: 'Selected record',
  nothingSelected: 'Select a record to see what was kept of it.',
  manySelected: (count: number): string => `${records(count)} selected`,
  keptOn: 'Kept',
  archive: 'Archive',
  date: 'Date',
  centre: 'Centre',
  kind: 'Kind',
  differ: (count: number): string => `${count} different`,
  common: 'In common',
  credit: 'Credit',
  description: 'Description',
  onDisk: 'On disk',
  noFiles: 'No file saved yet.',
  noCredit: 'No credit stated',

  notKept: (count: number): string => `${records(count)} could not be kept.`,
  notRemoved: (count: number): string =>
    `${records(count)} could not be removed and ${count === 1 ? 'is' : 'are'} still in the library.`,
  notBrought: (count: number): string =>
    `${records(count)} could not be brought back; Undo is still there.`,
  notRead: 'The number of kept records is not known now.',
} as const;
