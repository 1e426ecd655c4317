/**
 * Runs in plain Node, any thread; pure. metadata.json of a record, in one of the three shapes that are
 * met in the wild. Private fields (owner, paths) are there to be hidden, and plainly made up.
 */
import type { SampleRecord } from './record.ts';

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

function file(record: SampleRecord): Record<string, unknown> {
  const original = record.files.find((one) => one.name === 'orig') ?? record.files[0];
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
    ...(original === undefined || original.width === 0
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
  const size = record.files.find((one) => one.name === 'orig') ?? record.files[0];
  const composite = {
    ImageSize: `${size?.width ?? 0}x${size?.height ?? 0}`,
    ThumbnailImage: '(Binary data 16484 bytes, use -b option to extract)',
  };
  const exif = {
    Software: 'Sample drawing program 1',
    Artist: record.photographer ?? 'Observer',
    ColorSpace: 'sRGB',
  };
  switch (record.metadataShape) {
    case 'nested':
      return {
        AVAIL: {
          ...available(record),
          // This shape keeps keywords as one text.
          Keywords: (record.keywords ?? []).join(', '),
          DateCreated: record.dateCreated.slice(0, 10).replaceAll('-', ':'),
        },
        EXIF: exif,
        File: file(record),
        Composite: composite,
        SourceFile: '-',
      };
    case 'mixed':
      return {
        ...prefixed('AVAIL', available(record)),
        File: file(record),
        JFIF: { JFIFVersion: 1.01, ResolutionUnit: 'None', XResolution: 1, YResolution: 1 },
        Composite: composite,
        SourceFile: '/made-up/sample-upload/source',
      };
    case 'flat':
      return {
        ...prefixed('File', file(record)),
        ...prefixed('EXIF', exif),
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
