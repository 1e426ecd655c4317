/** Words of the player of films and sounds. */
import type { RecordRendition } from '#contract/domain.ts';
import { formatBytes, formatPlural } from './format.ts';
import { renditionWord } from './record.ts';

const rateNumber = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** `Medium, 612 MB`: one of several files, with its size where it is known. */
export function fileWord(file: RecordRendition): string {
  const name = renditionWord(file.name);
  return file.bytes === null ? name : `${name}, ${formatBytes(file.bytes)}`;
}

const lower = (name: string): string =>
  renditionWord(name).replace(/^[A-Z](?=[a-z])/, (sign) => sign.toLowerCase());

export const playerText = {
  film: 'Film',
  sound: 'Sound',
  controls: 'Playing',
  play: 'Play',
  pause: 'Pause',
  back: '10 seconds back',
  on: '10 seconds on',
  position: 'Position',
  positionOf: (now: string, all: string): string => `${now} of ${all}`,
  noLength: '–',
  ticks: (count: number): string =>
    count === 1 ? '1 match is marked' : `${rateNumber.format(count)} matches are marked`,
  volume: 'Volume',
  volumePercent: (volume: number): string => `${Math.round(volume * 100)} %`,
  volumeNow: (volume: number): string => `Volume ${Math.round(volume * 100)} %`,
  mute: 'Sound off',
  unmute: 'Sound on',
  soundIsOff: 'Sound off',
  soundIsOn: 'Sound on',
  captions: 'Captions on the picture',
  captionsAreOn: 'Captions on',
  captionsAreOff: 'Captions off',
  noCaptions: 'There are no captions to show.',
  rate: (rate: number): string => `${rateNumber.format(rate)}×`,
  speed: 'Speed',
  speedIs: (rate: number): string => `Speed: ${rateNumber.format(rate)}×`,
  rateNow: (rate: number): string => `Speed ${rateNumber.format(rate)}×`,
  file: 'File',
  fileIs: (name: string): string => `File played: ${lower(name)}`,
  files: 'Play which file',
  fullscreen: 'Fill the screen',
  leaveFullscreen: 'Leave the full screen',
  noFullscreen: 'The film could not fill the screen here.',
  frameAt: (time: string, frame: number): string => `${time}, frame ${rateNumber.format(frame)}`,
  help: 'Space or K plays and pauses, J and L go 10 seconds back and on, the arrow keys 5; comma and full stop go by one frame, up and down change the volume, M turns the sound off, C the captions, F fills the screen.',

  loading: (name: string): string => `Fetching ${lower(name)}`,
  waiting: 'Waiting for the archive',
  slow: 'The archive sends it slowly.',
  playInstead: (file: RecordRendition): string => `Play ${lower(file.name)} instead`,
  tryOther: (file: RecordRendition): string =>
    file.bytes === null
      ? `Try ${lower(file.name)}`
      : `Try ${lower(file.name)}, ${formatBytes(file.bytes)}`,
  tryAgain: 'Try again',
  save: (file: RecordRendition): string =>
    file.bytes === null
      ? `Save ${lower(file.name)}`
      : `Save ${lower(file.name)}, ${formatBytes(file.bytes)}`,

  noneTitle: 'No file of this record can be played here',
  noneText: 'Save one and open it with a player of your computer.',
  failedTitle: {
    kind: (name: string): string => `${renditionWord(name)} is of a kind that can’t be played here`,
    gone: (name: string): string => `The archive no longer has ${lower(name)}`,
    unreachable: (): string => 'NASA’s file server didn’t answer',
    damaged: (name: string): string => `${renditionWord(name)} breaks off here`,
  },
  failedText: {
    kind: 'The file came, but this window has no decoder for it. Another file of the record may play, and any can be saved for a player of your computer.',
    gone: 'Its listing names the file, its server does not know it. Another file of the record may be there.',
    unreachable: 'Your place is kept and the captions stay here to read.',
    damaged: 'The part before it plays. Another file of the record may be whole.',
  },
  offlineTitle: 'You’re offline',
  offlineText: (isFilm: boolean): string =>
    `This ${isFilm ? 'film' : 'recording'} is not on this computer, so it can’t be played now. Your place is kept and its captions stay here to read.`,

  identifier: 'NASA id',
  date: 'Date',
  centre: 'Centre',
  shows: 'What it shows',
  credit: 'Credit',
  rights: 'Rights',
  noRights: 'No licence stated',
  captionsAre: (format: 'srt' | 'vtt', count: number): string => {
    const name = format === 'srt' ? 'SRT' : 'WebVTT';
    return count === 0 ? name : `${name}, ${formatPlural(count, 'caption', 'captions')}`;
  },
} as const;
