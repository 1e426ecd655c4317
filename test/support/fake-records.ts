/**
 * Runs in a page or in Node. Records made from a number, for looking at the renderer and for its tests:
 * always the same, as many as asked for, with the gaps and the oddities that the archive has.
 */
import type { AnswerAge } from '#contract/age.ts';
import {
  toRef,
  type MediaKey,
  type MetadataField,
  type RecordCard,
  type RecordDetail,
  type RecordRendition,
} from '#contract/domain.ts';

const titles = [
  'The Moons are the Stars',
  'Star Companions',
  'A Star-Formation Laboratory',
  'Jupiter Marble',
  'Heavy Metal Stars',
  'Hubble Discovery of Runaway Star Yields Clues to Breakup of Multiple-Star System',
  'Night launch, Wallops Island',
  'One-of-a-Kind Star Nicknamed ‘Nasty’',
  'Sun in extreme ultraviolet',
  'Airglow over Earth’s limb',
  'A whirlpool of newborn stars',
  'Mars, full disc',
  'Dunes in false colour',
  'Stellar nursery in Orion',
  'Ridges on Europa',
  'Apollo Footprint',
  'View of the “Genesis Rock” & its setting (EVA-2) <AS15-90-12227>',
] as const;
const centres = ['GSFC', 'JPL', 'JSC', 'KSC', 'ARC', 'MSFC', 'HQ'] as const;
const ratios = [
  1.5, 1.2, 1.4, 1, 1.42, 1.46, 0.72, 1.4, 1.01, 1.7, 1.21, 1, 2.4, 0.8, 1.33,
] as const;
const scenes = ['planet', 'stars', 'nebula', 'ground'] as const;

const at = <T>(list: readonly T[], index: number): T => {
  const value = list[index % list.length];
  if (value === undefined) throw new RangeError('an empty list');
  return value;
};

/** Pictures are shared by many records, so that the harness paints only a few dozen. */
function pictureKey(index: number, height: number): MediaKey {
  const width = Math.round(height * at(ratios, index));
  return `${at(scenes, index * 7 + (index >> 2))}-${index % 30}-${width}x${height}.jpg` as MediaKey;
}

/** The one record that sounds; the harness serves its tone. */
export const soundIndex = 1000;

/** The one record whose files have the pixels that they state: the chart of chart-picture.ts. */
export const chartIndex = 1001;
const chartWidths = { orig: 2400, medium: 1200, thumb: 300 } as const;
const chartKey = (width: number): MediaKey => `chart-${width}.png` as MediaKey;

/** The record with this number, as a search would list it. */
export function fakeCard(index: number): RecordCard {
  const isVideo = index % 10 === 9;
  const centre = at(centres, index);
  const id =
    index % 17 === 16 ? `AS15 90: 12227/${index}` : `GSFC_2017${String(index).padStart(6, '0')}`;
  const title = at(titles, index) + (index < titles.length ? '' : `, ${index}`);
  const height = 240;
  return {
    record: {
      ref: toRef('nasa-images', id),
      archive: 'nasa-images',
      id,
      kind: index === soundIndex ? 'audio' : isVideo ? 'video' : 'image',
      title,
      description:
        'A young cluster lights the gas around it. The picture was put together from exposures in three ' +
        'filters, taken over two nights, and shows what the naked eye would not see.',
      date:
        index % 13 === 12
          ? null
          : new Date(Date.UTC(1998 + (index % 26), index % 12, 1 + (index % 27))).toISOString(),
      credit: index % 3 === 2 ? null : `NASA/${centre}/Observer ${index % 40}`,
      licence: index % 5 === 4 ? null : 'NASA media guidelines',
      preview: `https://images-assets.nasa.gov/image/${encodeURIComponent(id)}/${encodeURIComponent(id)}~medium.jpg`,
      page: `https://images.nasa.gov/details/${encodeURIComponent(id)}`,
      fields: {
        center: centre,
        nasa_id: id,
        media_type: isVideo ? 'video' : 'image',
        keywords: ['Hubble', 'Stars', at(['nebula', 'planet', 'launch'], index)],
        location: index % 4 === 0 ? 'Greenbelt, MD' : undefined,
        photographer: index % 4 === 1 ? `Observer ${index % 40}` : undefined,
      },
    },
    thumb:
      index === chartIndex
        ? { key: chartKey(300), width: 300, height: 200 }
        : index % 23 === 22 || index === soundIndex
          ? null
          : index % 11 === 10
            ? { key: pictureKey(index, height), width: null, height: null }
            : {
                key: pictureKey(index, height),
                width: Math.round(640 * at(ratios, index)),
                height: 640,
              },
    alt: title,
  };
}

function fakeRenditions(index: number, card: RecordCard): RecordRendition[] {
  const base = `https://images-assets.nasa.gov/image/${encodeURIComponent(card.record.id)}/x`;
  if (index === soundIndex) {
    const sound = { bytes: 160_044, width: null, height: null, checksum: null };
    return [
      {
        ...sound,
        name: 'orig',
        url: `${base}~orig.wav`,
        mime: 'audio/wav',
        key: 'tone.wav' as MediaKey,
      },
      {
        ...sound,
        name: '128k',
        url: `${base}~128k.wav`,
        mime: 'audio/wav',
        key: 'tone.wav' as MediaKey,
      },
    ];
  }
  if (card.record.kind === 'video') return fakeFilms(index, base);
  if (index === chartIndex) {
    return Object.entries(chartWidths).map(([name, width]) => ({
      name,
      url: `${base}~${name}.png`,
      bytes: width * 1000,
      width,
      height: (width * 2) / 3,
      mime: 'image/png',
      checksum: null,
      key: chartKey(width),
    }));
  }
  const ratio = at(ratios, index);
  const sizes = [
    ['orig', 3000, 14_600_000],
    ['large', 1280, 2_100_000],
    ['medium', 860, 986_000],
    ['small', 430, 48_000],
    ['thumb', 240, 12_000],
  ] as const;
  return sizes.map(([name, height, bytes]) => ({
    name,
    url: `${base}~${name}.jpg`,
    bytes: name === 'thumb' ? null : bytes,
    width: Math.round(height * ratio),
    height,
    mime: 'image/jpeg',
    checksum: null,
    key: pictureKey(index, Math.min(height, 960)),
  }));
}

/** The film whose medium file is none; its small one plays. */
export const brokenFilmIndex = 19;
/** The film whose files the archive lost. */
export const lostFilmIndex = 29;

function fakeFilms(index: number, base: string): RecordRendition[] {
  const files = [
    ['orig', 1920, 1_900_000_000],
    ['medium', 1280, 612_000_000],
    ['small', 640, 88_000_000],
  ] as const;
  return files.map(([name, width, bytes]) => {
    const isBroken = index === brokenFilmIndex && name === 'medium';
    const file = index === lostFilmIndex ? 'lost.webm' : isBroken ? 'broken.webm' : 'film.webm';
    return {
      name,
      url: `${base}~${name}.mp4`,
      bytes,
      width,
      height: (width * 9) / 16,
      mime: 'video/mp4',
      checksum: null,
      key: file as MediaKey,
    };
  });
}

const metadata: MetadataField[] = [
  { name: 'AVAIL:Center', value: 'GSFC', isPrivate: false },
  { name: 'AVAIL:DateCreated', value: '2011-05-13', isPrivate: false },
  { name: 'EXIF:Make', value: 'Observer 12', isPrivate: false },
  { name: 'File:ImageWidth', value: '4320', isPrivate: false },
  { name: 'File:ImageHeight', value: '3000', isPrivate: false },
  { name: 'XMP:Credit', value: 'NASA/GSFC/Observer 12', isPrivate: false },
  { name: 'AVAIL:Owner', value: 'observer.twelve', isPrivate: true },
  {
    name: 'SourceFile',
    value: '/data/incoming/observer/GSFC_2017000012~orig.jpg',
    isPrivate: true,
  },
];

/** Everything of the record with this number. */
export function fakeDetail(index: number): RecordDetail {
  const card = fakeCard(index);
  const lone = index % 7 === 6;
  return {
    card,
    description: [
      { kind: 'paragraph', children: [{ kind: 'text', text: card.record.description ?? '' }] },
      {
        kind: 'paragraph',
        children: [
          { kind: 'text', text: 'More of it at ' },
          {
            kind: 'link',
            href: 'https://www.nasa.gov/',
            children: [{ kind: 'text', text: 'nasa.gov' }],
          },
          { kind: 'text', text: '.' },
        ],
      },
    ],
    renditions: fakeRenditions(index, card),
    metadata:
      card.record.kind === 'video'
        ? [...metadata, { name: 'QuickTime:VideoFrameRate', value: '10', isPrivate: false }]
        : lone
          ? []
          : metadata,
    metadataDocument: null,
    captions:
      card.record.kind === 'video'
        ? [{ url: 'https://images-assets.nasa.gov/video/x/x.srt', format: 'srt' }]
        : [],
    missing: lone
      ? [{ part: 'metadata', reason: 'NASA answered with an error of its own (500).' }]
      : [],
    creditLine: card.record.credit ?? `NASA/${String(card.record.fields['center'])}`,
    licenceNote: 'May be used with the credit line, without implying that NASA endorses it.',
    age: justNow(),
  };
}

/** The number of the record with this reference, or null. */
export function fakeIndexOf(ref: string): number | null {
  const digits = /(\d{6})$/.exec(ref)?.[1] ?? /\/(\d+)$/.exec(ref)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The age of an answer that has just come. */
export const justNow = (): AnswerAge => ({
  fetchedAtMs: Date.now(),
  origin: 'network',
  isStale: false,
  problem: null,
});
