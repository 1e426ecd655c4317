/**
 * Runs in plain Node, any thread; pure. Tables of the sample registry: values from a formula and a seed, and the
 * layout that a label states of them. Bytes and layout come from the same list of fields.
 */
import { createRandom } from '../random.ts';

export interface Field {
  name: string;
  /** A PDS4 data type: ASCII_Real, IEEE754MSBSingle … */
  type: string;
  /** Bytes. */
  length: number;
  unit?: string;
  description?: string;
}

export interface Table {
  name: string;
  fields: readonly Field[];
  records: number;
  /** Bytes of a record, with its delimiter where it has one. */
  recordLength: number;
  bytes: Buffer;
}

const degreesToRadians = Math.PI / 180;

function characterTable(
  name: string,
  fields: readonly Field[],
  rows: readonly (readonly string[])[],
): Table {
  const lines = rows.map(
    (row) =>
      fields
        .map((field, at) => (row[at] ?? '').padStart(field.length).slice(0, field.length))
        .join(' ') + '\r\n',
  );
  const recordLength = fields.reduce((sum, field) => sum + field.length + 1, 1);
  return {
    name,
    fields,
    records: rows.length,
    recordLength,
    bytes: Buffer.from(lines.join(''), 'ascii'),
  };
}

const time: Field = {
  name: 'UTC',
  type: 'ASCII_Date_Time_YMD_UTC',
  length: 24,
  description: 'Time of the measurement',
};

const radiometerFields: readonly Field[] = [
  time,
  { name: 'Sol', type: 'ASCII_Integer', length: 5, description: 'Sol since landing' },
  // No unit: harvested lists of units are therefore shorter than those of names.
  { name: 'Local Solar Time', type: 'ASCII_Real', length: 8 },
  {
    name: 'Surface Temperature',
    type: 'ASCII_Real',
    length: 8,
    unit: 'K',
    description: 'Made up: a daily wave with noise',
  },
  { name: 'Uncertainty', type: 'ASCII_Real', length: 6, unit: 'K' },
  { name: 'Sun Incidence', type: 'ASCII_Real', length: 7, unit: 'deg', description: 'From zenith' },
];

/** 24 to 47 measurements over a sol. */
export function radiometerTable(seed: number, startMs: number, stopMs: number, sol: number): Table {
  const random = createRandom(seed);
  const count = 24 + random.below(24);
  const mean = random.between(205, 222);
  const swing = random.between(38, 55);
  const rows = Array.from({ length: count }, (_, at) => {
    const share = at / count;
    const hour = share * 24;
    const height = Math.cos((hour - 12.6) * 15 * degreesToRadians);
    const kelvin = mean + swing * Math.max(height, -0.55) + random.bell() * 0.7;
    return [
      new Date(startMs + share * (stopMs - startMs)).toISOString(),
      String(sol).padStart(5, '0'),
      hour.toFixed(4),
      kelvin.toFixed(2),
      (0.9 + random.next() * 1.4).toFixed(2),
      (Math.acos(Math.max(-1, Math.min(1, height))) / degreesToRadians).toFixed(2),
    ];
  });
  return characterTable('Radiometer', radiometerFields, rows);
}

const photometryFields: readonly Field[] = [
  time,
  { name: 'Phase Angle', type: 'ASCII_Real', length: 7, unit: 'deg' },
  { name: 'Magnitude', type: 'ASCII_Real', length: 7, unit: 'mag', description: 'Made up' },
];

/** Eight measurements: small, because there can be a million of these tables. */
export function photometryTable(seed: number, startMs: number, stopMs: number): Table {
  const random = createRandom(seed);
  const phase = random.between(2, 60);
  const magnitude = random.between(9, 14);
  const rows = Array.from({ length: 8 }, (_, at) => [
    new Date(startMs + (at / 8) * (stopMs - startMs)).toISOString(),
    (phase + at * 0.01).toFixed(3),
    (magnitude + random.bell() * 0.02).toFixed(3),
  ]);
  return characterTable('Photometry', photometryFields, rows);
}

const spectrumFields: readonly Field[] = [
  { name: 'Wavelength', type: 'IEEE754MSBSingle', length: 4, unit: 'micrometer' },
  { name: 'Reflectance', type: 'IEEE754MSBSingle', length: 4, description: 'Made up' },
  { name: 'Counts', type: 'UnsignedMSB2', length: 2 },
  { name: 'Quality', type: 'UnsignedByte', length: 1, description: '0 good, 1 noisy' },
];

/** Bytes of plain text before a spectrum's table. */
export const headerBytes = 256;

/** A header of plain text, then a binary table of 96 wavelengths. */
export function spectrumTable(seed: number, title: string): Table & { header: Buffer } {
  const random = createRandom(seed);
  const records = 96;
  const recordLength = 11;
  const bytes = Buffer.alloc(records * recordLength);
  const slope = random.between(-0.02, 0.05);
  const band = { at: random.between(2.6, 3.1), depth: random.between(0.02, 0.12) };
  for (let row = 0; row < records; row += 1) {
    const micrometres = 0.4 + row * 0.04;
    const dip = band.depth * Math.exp(-(((micrometres - band.at) / 0.18) ** 2));
    const noise = random.bell() * 0.002;
    const value = 0.09 + slope * (micrometres - 1) - dip + noise;
    const at = row * recordLength;
    bytes.writeFloatBE(micrometres, at);
    bytes.writeFloatBE(value, at + 4);
    bytes.writeUInt16BE(Math.max(0, Math.min(65_535, Math.round(value * 200_000))), at + 8);
    bytes.writeUInt8(Math.abs(noise) > 0.004 ? 1 : 0, at + 10);
  }
  const header = Buffer.alloc(headerBytes, ' ');
  header.write(
    `SAMPLE SPECTRUM\r\n${title.slice(0, 150)}\r\nNothing here was measured.\r\n`,
    'latin1',
  );
  return { name: 'Spectrum', fields: spectrumFields, records, recordLength, bytes, header };
}
