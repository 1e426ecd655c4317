/** Words of captions: read beside a recording, and searched all together. */
import type { AnswerAge } from '#contract/results.ts';
import { formatAge, formatCount, formatPlural } from './format.ts';

const captions = (count: number): string => formatPlural(count, 'caption', 'captions');
const transcripts = (count: number): string => formatPlural(count, 'transcript', 'transcripts');

export const captionsText = {
  title: 'Captions',
  list: 'Captions',
  listHelp:
    'Arrows move, Enter plays from there, Shift and Control choose several for a quote, Space plays and pauses.',
  search: 'Search the captions',
  hits: (place: number, count: number): string => `${formatCount(place)} of ${formatCount(count)}`,
  hitCount: (count: number): string => (count === 0 ? 'No match' : formatCount(count)),
  hitsSaid: (count: number): string =>
    count === 0 ? 'No match' : `${captions(count)} with a match`,
  next: 'Next match',
  previous: 'Previous match',
  clear: 'Clear the search',
  follow: 'Follow playback',
  followAct: 'Back to now',
  export: 'Export…',
  exportLabel: 'Export the captions',
  saveAs: { srt: 'Save as SRT', vtt: 'Save as WebVTT', txt: 'Save as plain text' },
  copyAll: 'Copy the whole transcript',
  copyQuote: 'Copy quote',
  quoteOf: (count: number): string =>
    count > 1 ? `of ${captions(count)}, with credit` : 'with timecode and credit',
  quoteCopied: (count: number): string =>
    count > 1 ? `Quote of ${captions(count)} copied.` : 'Quote copied.',
  allCopied: (count: number): string => `Transcript copied: ${captions(count)}.`,
  saved: (path: string): string => `Captions saved to ${path}.`,
  notSaved: 'The captions were not saved.',
  showInFolder: 'Show in folder',
  nothing: 'There are no captions here.',
  nothingSought: 'Nothing is found in the captions.',
  nothingToQuote: 'Nothing is chosen or said now.',
  chosen: 'chosen for the quote',
  now: 'now',
  playFrom: (time: string): string => `Play from ${time}`,

  origin: (format: 'srt' | 'vtt', count: number): string =>
    `${captions(count)}, ${format === 'srt' ? 'SRT' : 'WebVTT'}`,
  age: (age: AnswerAge, nowMs: number): string =>
    age.origin === 'network' ? '' : `kept ${formatAge(age.fetchedAtMs, nowMs)}`,
  standsIn: 'NASA was asked again and gave nothing newer.',
  notes: (count: number): string => formatPlural(count, 'note on the file', 'notes on the file'),

  loading: 'Reading the captions',
  noneTitle: 'No captions for this video',
  noneTitleSound: 'No captions for this recording',
  noneText: 'NASA lists no caption file for it.',
  failedTitle: 'The captions could not be read',
  failedText: 'The recording plays without them.',
  tryAgain: 'Try again',
  emptyTitle: 'The caption file is empty',
  emptyText: 'It came whole and holds no words. The recording plays without them.',

  tabs: 'About the record',
  about: 'About',
  files: 'Files',
  metadata: 'Metadata',

  allHeading: 'Captions',
  allStart: 'Search the captions that were read',
  allStartText:
    'Words of every film and recording whose captions you’ve opened, kept on this computer. Type a word above; several words have to be there together, words in quotes in that order.',
  allNoneTitle: 'No captions are kept yet',
  allNoneText:
    'Open a film: its captions are kept as you read them, and are found here from then on, even without a network.',
  allEmptyTitle: (text: string): string => `No caption has “${text}”`,
  allEmptyText: (count: number | null): string =>
    `${count === null ? 'The kept captions were' : count === 1 ? 'The 1 transcript kept was' : `All ${transcripts(count)} kept were`} searched. Captions that were never opened are not among them.`,
  allFailedTitle: 'The captions could not be searched',
  allFailedText: 'What is kept is untouched.',
  allSearching: 'Searching the captions',
  allFilms: 'Search NASA for films',
  changeWords: 'Change the words',
  typeWords: 'Type the words',
  kept: (count: number): string => `${transcripts(count)} kept on this computer`,
  found: (hits: number, total: number, records: number): string => {
    const shown = hits < total ? `${formatCount(hits)} of ${captions(total)}` : captions(total);
    return `${shown} in ${formatPlural(records, 'record', 'records')}`;
  },
  foundOf: (count: number): string => `, ${transcripts(count)} searched`,
  clearAll: 'Clear the search',
  hitLabel: (title: string, time: string, text: string): string => `${title}, ${time}: ${text}`,
  hitList: 'Captions found',
  hitListHelp: 'Arrows move, Enter opens the record at that time.',
  inRecord: (count: number): string => captions(count),
} as const;
