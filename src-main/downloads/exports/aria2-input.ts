/**
 * Runs anywhere; pure. A plan as aria2's input file (`aria2c -i FILE -d FOLDER`; aria2 manual, "Input File"): an
 * address a line, and below it, after a blank, the options that are for it alone.
 */
import {
  checksumOf,
  plainPath,
  plainUrl,
  type PlannedFile,
  type PlanSource,
} from './planned-file.ts';

/** Nothing is followed, renamed or overwritten: a plan fetches what it names, under the names that it gives. */
const fixedOptions = [
  'follow-torrent=false',
  'follow-metalink=false',
  'allow-overwrite=false',
  'auto-file-renaming=false',
];

export async function* toAria2Input(plan: PlanSource): AsyncGenerator<string, void> {
  yield '# aria2c -i THIS-FILE -d FOLDER -j 4 -x 1\n';
  for await (const file of plan()) {
    const options = [`out=${plainPath(file.path)}`, ...aria2Checksum(file), ...fixedOptions];
    yield `${plainUrl(file.url)}\n${options.map((option) => `  ${option}\n`).join('')}`;
  }
}

function aria2Checksum(file: PlannedFile): string[] {
  const checksum = aria2ChecksumOf(file);
  return checksum === null ? [] : [`checksum=${checksum}`];
}

/** As aria2 names it, the stronger one first: it takes one. Null where there is none. */
export function aria2ChecksumOf(file: PlannedFile): string | null {
  const sha256 = checksumOf(file, 'sha256');
  if (sha256 !== null) return `sha-256=${sha256}`;
  const md5 = checksumOf(file, 'md5');
  return md5 === null ? null : `md5=${md5}`;
}
