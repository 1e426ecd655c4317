/** Words of an album. */
import { formatCount } from './format.ts';

export const albumText = {
  label: (name: string): string => `Album ${name}`,
  gallery: 'Records of the album',
  inspector: 'Selection',
  reading: 'Asking NASA…',
  readingAll: (count: number, total: number): string =>
    `Reading all: ${formatCount(count)} of ${formatCount(total)}`,
  nothingSelected: 'Select a record to see what it shows and whose it is.',
  count: (count: number): string => (count === 1 ? '1 record' : `${formatCount(count)} records`),
  origin: (name: string): string => `the album ${name}`,
  notFoundTitle: (name: string): string => `NASA has no album “${name}”`,
  notFoundText:
    'The archive tells capital and small letters apart in the names of albums. It may have been renamed or emptied.',
  failedTitle: 'The album could not be read',
  failedText: 'Nothing was lost.',
  partFailed: 'The rest could not be read.',
  copy: (age: string): string => `This is the album as kept ${age}.`,
  tryAgain: 'Try again',
  search: 'Search NASA instead',
} as const;
