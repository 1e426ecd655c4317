/**
 * Runs in plain Node, any thread; pure. Which files a record has, with the sizes and the gaps that the
 * archive's own have: originals in three formats, films that lack one size or another, stills beside them.
 */
import type { Picture } from './draw/scene.ts';
import { fileSize } from './file-size.ts';
import { mediaBytes } from './media-table.ts';
import { filmSize } from './reel.ts';
import { reelOf, tones } from './reels.ts';
import type { FilmSize, Reel } from './reel.ts';
import type { Tone } from './reels.ts';
import { soundRate, wavSize } from './sound.ts';
import type { Topic } from './topic.ts';

export interface SampleFile {
  /** The part of the name after `~`; empty for captions, which have none. */
  name: string;
  extension: 'jpg' | 'png' | 'tif' | 'mp4' | 'wav' | 'mp3' | 'm4a' | 'srt' | 'vtt';
  /** Pixels; 0 for sounds and captions. */
  width: number;
  height: number;
  /** Exactly what is served; known without drawing (see file-size.ts). 0 for captions. */
  sizeBytes: number;
  rel: 'preview' | 'alternate' | 'canonical' | 'captions' | null;
  /** False for links that leave out width, height and size, as some of the archive's do. */
  isMeasured: boolean;
  /** Stored a quarter turn away and marked so, as rotated camera files are. */
  isTurned: boolean;
  /** Name in resources/sample of a file that many records share; null for what is made when asked for. */
  shared: string | null;
  /** The shot of the film that a still shows; null for every other file. */
  shot: number | null;
}

/** What decides about a record's files: numbers from 0 up to 1. */
export type FileDraws = readonly number[];

/** Pixel size that fits a square box, no side below 1. */
function fit(box: number, aspect: number): { width: number; height: number } {
  return aspect >= 1
    ? { width: box, height: Math.max(1, Math.round(box / aspect)) }
    : { width: Math.max(1, Math.round(box * aspect)), height: box };
}

function drawnFile(
  picture: Picture,
  name: string,
  extension: SampleFile['extension'],
  size: { width: number; height: number },
  rel: SampleFile['rel'],
): SampleFile {
  return {
    name,
    extension,
    ...size,
    sizeBytes: fileSize(picture, extension, size.width, size.height),
    rel,
    isMeasured: true,
    isTurned: false,
    shared: null,
    shot: null,
  };
}

function sharedFile(
  name: string,
  extension: SampleFile['extension'],
  shared: string,
  [width, height]: readonly [number, number] = [0, 0],
): SampleFile {
  return {
    name,
    extension,
    width,
    height,
    sizeBytes: mediaBytes[shared] ?? 0,
    rel: null,
    isMeasured: false,
    isTurned: false,
    shared,
    shot: null,
  };
}

const originals = [4000, 3600, 3200, 2880, 2560, 2400, 2200, 2048, 1800, 1600, 1200, 900] as const;

/** Longest side of a preview. The archive's are 640; this is as much as a gallery shows, drawn in a quarter of the time. */
const thumbSide = 320;

export function imageFiles(
  picture: Picture,
  [a = 0, b = 0, c = 0, d = 0]: FileDraws,
): SampleFile[] {
  // Losslessly kept originals are smaller: they are served uncompressed.
  const extension = a < 0.86 ? 'jpg' : a < 0.94 ? 'png' : 'tif';
  const box =
    extension === 'jpg'
      ? (originals[Math.floor(b * originals.length)] ?? 2048)
      : b < 0.5
        ? 1600
        : 1200;
  const withoutAlternates = c < 0.08;
  const sizes: readonly (readonly [string, number])[] = [
    ['large', 1920],
    ['medium', 1280],
    ['small', 640],
  ];
  const alternates = withoutAlternates
    ? []
    : sizes
        .filter(([, side]) => side <= box)
        .map(([name, side]) =>
          drawnFile(picture, name, 'jpg', fit(side, picture.aspect), 'alternate'),
        );
  const original = drawnFile(picture, 'orig', extension, fit(box, picture.aspect), 'canonical');
  return [
    ...alternates,
    drawnFile(picture, 'thumb', 'jpg', fit(Math.min(box, thumbSide), picture.aspect), 'preview'),
    {
      ...original,
      isMeasured: d >= 0.2,
      ...(extension === 'jpg' && d > 0.99
        ? { isTurned: true, width: original.height, height: original.width }
        : {}),
    },
  ];
}

/** Stills stand in the asset list only: pictures of single shots, in the style of old films or of new ones. */
function stillsOf(
  picture: Picture,
  reel: Reel,
  sizes: readonly FilmSize[],
  isOld: boolean,
): SampleFile[] {
  const still = (name: string, extension: 'png' | 'jpg', shot: number): SampleFile => ({
    ...drawnFile(
      { ...picture, kind: reel.shots[shot]?.kind ?? picture.kind },
      name,
      extension,
      { width: 320, height: 180 },
      null,
    ),
    shot,
  });
  if (!isOld) return reel.shots.map((_, shot) => still(`small_${shot + 1}`, 'jpg', shot));
  return sizes
    .filter((size) => size !== 'orig')
    .flatMap((size) => [0, 1].map((shot) => still(`${size}_thumb_0000${shot + 1}`, 'png', shot)));
}

/** How often a size of a film that exists is missing all the same. */
const missingShare = 0.07;

export function videoFiles(
  picture: Picture,
  topic: Topic,
  [a = 0, b = 0, c = 0, d = 0]: FileDraws,
): SampleFile[] {
  const isMeasured = a >= 0.15;
  const posters = (
    [
      ['large', 800, 'alternate'],
      ['medium', 400, 'alternate'],
      ['small', 200, 'alternate'],
      ['thumb', 300, 'preview'],
    ] as const
  ).map(([name, side, rel]) => ({
    ...drawnFile(picture, name, 'jpg', fit(side, picture.aspect), rel),
    isMeasured,
  }));
  const reel = reelOf(topic.family);
  // One number decides for all sizes: each takes its own stretch of it.
  const missing = reel.sizes[Math.floor(c / missingShare)];
  const sizes = reel.sizes.filter((size) => size !== missing);
  const films = sizes.map((size) =>
    sharedFile(size, 'mp4', `${reel.name}-${size}.mp4`, filmSize(reel, size)),
  );
  const captions = b < 0.5 ? 'srt' : b < 0.72 ? 'vtt' : null;
  return [
    ...posters,
    ...films,
    ...stillsOf(picture, reel, sizes, d < 0.4),
    ...(captions === null
      ? []
      : [drawnFile(picture, '', captions, { width: 0, height: 0 }, 'captions')]),
  ];
}

/** The sound that a record of the audio kind has. */
export function toneOf(pictureSeed: number): Tone {
  return tones[pictureSeed % tones.length] ?? tones[0];
}

export function audioFiles(picture: Picture, [a = 0, , c = 0]: FileDraws): SampleFile[] {
  const tone = toneOf(picture.seed);
  const original =
    a < 0.4
      ? {
          ...sharedFile('orig', 'wav', ''),
          shared: null,
          sizeBytes: wavSize(tone.seconds * soundRate),
        }
      : a < 0.7
        ? sharedFile('orig', 'm4a', `${tone.name}-orig.m4a`)
        : sharedFile('orig', 'mp3', `${tone.name}-128k.mp3`);
  const smaller = ['128k', '64k'].map((bits) =>
    sharedFile(bits, 'mp3', `${tone.name}-${bits}.mp3`),
  );
  return [original, ...smaller.filter((_, at) => Math.floor(c / missingShare) !== at)];
}

/** `ID~name.ext`, or `ID.ext` for captions. */
export function fileName(record: { nasaId: string }, file: SampleFile): string {
  const stem = file.name === '' ? record.nasaId : `${record.nasaId}~${file.name}`;
  return `${stem}.${file.extension}`;
}
