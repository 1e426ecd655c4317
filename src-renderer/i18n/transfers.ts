import { formatCount, formatList, formatSpeed } from './format.ts';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const sets: readonly (readonly [readonly number[], string])[] = [
  [[0, 1, 2, 3, 4, 5, 6], 'Every day'],
  [[1, 2, 3, 4, 5], 'Monday to Friday'],
  [[0, 6], 'Saturday and Sunday'],
];

/** Words for how saved files are named, and how much of the connection downloads take. */
export const transfersText = {
  names: 'File names',
  namesHint:
    'Fields stand in braces; “/” makes folders; {title:60} takes at most 60 characters. The ending always comes from the checked type of the file. Files that are already saved keep their names.',
  namesReset: 'As the archives name them',
  addField: 'Add a field',
  fieldStandsFor: (fallback: string) => `else “${fallback}”`,
  examples: 'Examples',
  archives: { 'nasa-images': 'NASA Images', 'pds-registry': 'PDS', astrobin: 'AstroBin' },
  mistakeAt: (position: number, message: string) =>
    `At character ${formatCount(position + 1)}: ${message}`,

  transfers: 'Downloads',
  atOnce: 'Files at once',
  atOncePerArchive: 'Files per archive',
  atOnceHint:
    'Each archive has a ceiling of its own, which holds as well; of AstroBin one at a time.',
  files: (count: number) => (count === 1 ? '1 file' : `${formatCount(count)} files`),
  bandwidth: 'Bandwidth',
  bandwidthPerHost: 'Bandwidth per host',
  bandwidthHint: 'For all downloads together. Searches and pictures on screen are not slowed.',
  noLimit: 'No limit',
  speed: (bytesPerSecond: number) => formatSpeed(bytesPerSecond),

  timetable: 'Timetable',
  timetableHint:
    'At these times the limit is another. The first line that holds rules. An end that is not after its beginning is on the next day.',
  timetableEmpty: 'The limit is the same at all times.',
  addPeriod: 'Add a time',
  removePeriod: (at: number) => `Remove time ${formatCount(at)}`,
  period: (at: number) => `Time ${formatCount(at)}`,
  daysOf: (at: number) => `Days of time ${formatCount(at)}`,
  to: 'to',
  fromOf: (at: number) => `Beginning of time ${formatCount(at)}`,
  toOf: (at: number) => `End of time ${formatCount(at)}`,
  limitOf: (at: number) => `Limit of time ${formatCount(at)}`,
  tooMany: (most: number) => `At most ${formatCount(most)} times.`,
};

/** Choices of days; one that is no such set is named day by day. */
export const daySets = sets;

export function nameDays(chosen: readonly number[]): string {
  const sorted = [...new Set(chosen)].sort((a, b) => a - b);
  const known = sets.find(([set]) => set.join() === sorted.join());
  return known?.[1] ?? formatList(sorted.map((day) => days[day] ?? ''));
}
