/**
 * Runs in plain Node, any thread; pure. metadata.json of a record, in one of the three shapes that are
 * met in the wild. Private fields (owner, paths) are there to be hidden, and plainly made up.
 */
import { toneOf } from './files.ts';
import type { SampleFile } from './files.ts';
import { frameRate } from './reel.ts';
import { reelOf } from './reels.ts';
import type { SampleRecord } from './record.ts';
import { soundRate } from './sound.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The archive writes dates freely: "21 April 2021", "2014:08:20". */
function looseDate(iso: string, index: number): string {
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  return index % 3 === 0
    ? `${year}:${month}:${day}`
    : `${day} ${months[Number(month) - 1] ?? ''} ${year}`;
}

function sizeText(bytes: number): string {
  return bytes < 3_000_000
    ? `${Math.round(bytes / 1024)} kB`
    : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

const mimes: Readonly<Record<string, readonly [mime: string, type: string]>> = {
  jpg: ['image/jpeg', 'JPEG'],
  png: ['image/png', 'PNG'],
  tif: ['image/tiff', 'TIFF'],
  wav: ['audio/x-wav', 'WAV'],
  mp3: ['audio/mpeg', 'MP3'],
  m4a: ['audio/mp4', 'M4A'],
  mp4: ['video/mp4', 'MP4'],
};

function available(record: SampleRecord): Record<string, unknown> {
  return {
    Album: record.album === null ? (record.index % 2 === 0 ? '' : []) : [record.album],
    Center: record.centre ?? '',
    Creator: null,
    DateCreated: looseDate(record.dateCreated, record.index),
    DateUploaded: null,
    Description: record.description ?? '',
    Description508: record.description508 ?? '',
    Keywords: record.keywords ?? [],
    Location: record.location ?? '',
    MediaType: record.media,
    NASAID: record.nasaId,
    Owner: `sample-login-${(record.index % 9) + 1}`,
    Photographer: record.photographer ?? '',
    SecondaryCreator: record.secondaryCreator ?? '',
    Title: record.title,
  };
}

/** The file that the document is about: the largest of the medium itself. */
function mainFile(record: SampleRecord): SampleFile | undefined {
  const isMedium = (one: SampleFile): boolean =>
    record.media !== 'video' || one.extension === 'mp4';
  return (
    record.files.find((one) => one.name === 'orig') ?? record.files.find((one) => isMedium(one))
  );
}

/** What a program reads out of the file itself, under the name of its format. */
function embedded(record: SampleRecord): [group: string, values: Record<string, unknown>] {
  const main = mainFile(record);
  const software = 'Sample drawing program 1';
  if (record.media === 'image') {
    const artist = record.photographer ?? 'Observer';
    return ['EXIF', { Software: software, Artist: artist, ColorSpace: 'sRGB' }];
  }
  if (record.media === 'video') {
    const { seconds } = reelOf(record.topic.family);
    const timing = { Duration: clockText(seconds), VideoFrameRate: frameRate };
    const size = { ImageWidth: main?.width ?? 0, ImageHeight: main?.height ?? 0 };
    return ['QuickTime', { CompressorID: 'avc1', AudioFormat: 'mp4a', ...timing, ...size }];
  }
  const { seconds } = toneOf(record.picture.seed);
  switch (main?.extension) {
    case 'wav':
      return ['RIFF', { Encoding: 'Microsoft PCM', NumChannels: 1, SampleRate: soundRate }];
    case 'm4a':
      return ['QuickTime', { AudioFormat: 'mp4a', Duration: clockText(seconds) }];
    default:
      return ['MPEG', { AudioBitrate: '128 kbps', AudioLayer: 3, SampleRate: 44_100 }];
  }
}

/** "0:00:48", as programs that read files write it. */
function clockText(seconds: number): string {
  return `0:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

function file(record: SampleRecord): Record<string, unknown> {
  const original = mainFile(record);
  const [mime, type] = mimes[original?.extension ?? 'jpg'] ?? ['application/octet-stream', 'BIN'];
  const temporary = `sample${(record.picture.seed % 100_000).toString(36)}`;
  return {
    Directory: '/made-up/sample-upload',
    FileModifyDate: `${record.dateCreated.slice(0, 10).replaceAll('-', ':')} 17:00:41+00:00`,
    FileName: temporary,
    FilePermissions: 'rw-------',
    FileSize: sizeText(original?.sizeBytes ?? 0),
    FileType: type,
    MIMEType: mime,
    ...(record.media !== 'image' || original === undefined
      ? {}
      : {
          ImageWidth: original.width,
          ImageHeight: original.height,
          BitsPerSample: 8,
          ColorComponents: 3,
        }),
  };
}

function prefixed(group: string, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${group}:${name}`, value]),
  );
}

/** The document, as parsed JSON. */
export function metadataOf(record: SampleRecord): Record<string, unknown> {
  const size = mainFile(record);
  const composite =
    record.media === 'audio'
      ? {}
      : {
          ImageSize: `${size?.width ?? 0}x${size?.height ?? 0}`,
          ...(record.media === 'image'
            ? { ThumbnailImage: '(Binary data 16484 bytes, use -b option to extract)' }
            : {}),
        };
  const [group, own] = embedded(record);
  switch (record.metadataShape) {
    case 'nested':
      return {
        AVAIL: {
          ...available(record),
          // This shape keeps keywords as one text.
          Keywords: (record.keywords ?? []).join(', '),
          DateCreated: record.dateCreated.slice(0, 10).replaceAll('-', ':'),
        },
        [group]: own,
        File: file(record),
        Composite: composite,
        SourceFile: '-',
      };
    case 'mixed':
      return {
        ...prefixed('AVAIL', available(record)),
        File: file(record),
        ...(record.media === 'image'
          ? { JFIF: { JFIFVersion: 1.01, ResolutionUnit: 'None', XResolution: 1, YResolution: 1 } }
          : { [group]: own }),
        Composite: composite,
        SourceFile: '/made-up/sample-upload/source',
      };
    case 'flat':
      return {
        ...prefixed('File', file(record)),
        ...prefixed(group, own),
        ...prefixed('AVAIL', available(record)),
        ...prefixed('Composite', composite),
        'XMP:History': [
          { Action: 'saved', Changed: '/', SoftwareAgent: 'Sample drawing program 1' },
        ],
        'ExifTool:ExifToolVersion': 9.74,
        SourceFile: '/made-up/sample-upload/source',
      };
  }
}
