/** Words of the library. */
const records = (count: number): string =>
  count === 1 ? '1 record' : `${new Intl.NumberFormat('en-GB').format(count)} records`;

export const libraryText = {
  heading: 'Everything kept',
  count: records,
  countMatching: (count: number, total: number, text: string): string =>
    `${new Intl.NumberFormat('en-GB').format(count)} of ${records(total)} with “${text}”`,
  kept: 'Snapshots on this computer; no network needed.',
  reading: 'Reading the library',
  gallery: 'Kept records',
  layout: 'Layout of the gallery',
  justified: 'Justified rows',
  square: 'Square tiles',
  showAll: 'Show everything kept',

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

  removed: (count: number): string => `${records(count)} left the library. Files on disk stay.`,
  undo: 'Undo',

  inspector: 'Selected record',
  nothingSelected: 'Select a record to see what was kept of it.',

  selectionNotKept: 'Not all of the selection was kept. What was kept stays.',
  notKept: (count: number): string => `${records(count)} could not be kept.`,
  notRemoved: (count: number): string =>
    `${records(count)} could not be removed and ${count === 1 ? 'is' : 'are'} still in the library.`,
  notBrought: (count: number): string =>
    `${records(count)} could not be brought back; Undo is still there.`,
  notRead: 'The number of kept records is not known now.',
} as const;
