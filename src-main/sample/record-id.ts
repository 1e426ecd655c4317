/**
 * Runs in plain Node, any thread; pure. Identifiers of the sample archive: some as plain as
 * `ALM0000042`, some with the blanks, commas, dots, brackets and apostrophes that real ones have, and a
 * few with `%`, `#` and `?`. Each holds its record's number in exactly seven digits, so it can be read back.
 */
import { mix } from './random.ts';

const salt = 0x1d5;

function digitsOf(index: number): string {
  return String(index + 1).padStart(7, '0');
}

/** The plainest form of an identifier. */
export function plainId(index: number): string {
  return `ALM${digitsOf(index)}`;
}

/** The identifier of a record (0-based), which names its topic in some of the forms. */
export function toNasaId(seed: number, index: number, topicName: string): string {
  const digits = digitsOf(index);
  const draw = mix(mix(seed, salt), index) % 1000;
  if (draw < 620) return plainId(index);
  if (draw < 760) return `sample_archive_plate_${digits}_o`;
  if (draw < 830) return `alm-v${(draw % 9) + 1}.${digits}.final`;
  if (draw < 890) return `Sample ${digits}, ${topicName}`;
  if (draw < 930) return `${topicName} (frame ${digits})`;
  if (draw < 960) return `Observer's plate ${digits} & notes`;
  if (draw < 985) return `Observer’s log, ${digits}`;
  if (draw < 993) return `100% sky ${digits}`;
  return draw < 997 ? `Plate #${digits}` : `Is it ${topicName}? ${digits}`;
}

/** The seven digits in a text that could be a record's identifier: the record's index, or null. */
export function numberIn(text: string): number | null {
  const match = /(?<!\d)(\d{7})(?!\d)/.exec(text);
  if (match?.[1] === undefined) return null;
  const index = Number(match[1]) - 1;
  return index >= 0 ? index : null;
}
