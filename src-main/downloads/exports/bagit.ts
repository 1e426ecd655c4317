/**
 * Runs in plain Node; pure. A plan as a bag (BagIt 1.0, RFC 8493) whose payload is still to be fetched.
 *
 * Every file that fetch.txt lists must be in every payload manifest (2.2.3), and a manifest holds checksums alone
 * (2.1.3). So a bag has the one algorithm that covers more of the plan, and a file without a checksum of it cannot be
 * in the bag: it is listed in `left-out.txt`, a tag file of our own, and counted.
 */
import { createHash } from 'node:crypto';
import type { Checksum } from '#contract/domain.ts';
import { inChunks } from './chunks.ts';
import {
  checksumOf,
  exactBytes,
  plainPath,
  plainUrl,
  type PlannedFile,
  type PlanSource,
} from './planned-file.ts';

export interface BagAbout {
  generator: string;
  writtenAtMs: number;
  /** What the plan is, in a line. */
  description: string;
}

/** What was found on the first way through the plan. */
export interface BagSummary {
  algorithm: Checksum['algorithm'];
  files: number;
  /** Files for which the archive states no checksum of that algorithm. */
  leftOut: number;
  /** All bytes of the payload; null where one size is not known to the byte. */
  bytes: number | null;
}

export interface BagPart {
  /** Name inside the bag. */
  name: string;
  chunks: AsyncIterable<string>;
}

type Algorithm = Checksum['algorithm'];

/** Goes through the plan once, to choose the algorithm and to count. */
export async function summariseBag(plan: PlanSource): Promise<BagSummary> {
  const empty = () => ({ files: 0, bytes: 0 as number | null });
  const found: Record<Algorithm, ReturnType<typeof empty>> = { md5: empty(), sha256: empty() };
  let all = 0;
  for await (const file of plan()) {
    all += 1;
    for (const algorithm of ['md5', 'sha256'] as const) {
      if (checksumOf(file, algorithm) === null) continue;
      const sum = found[algorithm];
      const bytes = exactBytes(file);
      sum.files += 1;
      sum.bytes = sum.bytes === null || bytes === null ? null : sum.bytes + bytes;
    }
  }
  const algorithm = found.md5.files > found.sha256.files ? 'md5' : 'sha256';
  const { files, bytes } = found[algorithm];
  return { algorithm, files, leftOut: all - files, bytes };
}

/**
 * The bag's files in the order in which they are to be written: the manifest of the tag files comes last, for it
 * holds checksums of what was written before it. The writer makes the empty folder `data` (2.1.2).
 */
export function* toBag(
  plan: PlanSource,
  summary: BagSummary,
  about: BagAbout,
): Generator<BagPart, void> {
  const { algorithm } = summary;
  const digests = new Map<string, string>();
  const part = (name: string, pieces: AsyncIterable<string> | Iterable<string>): BagPart => ({
    name,
    chunks: hashed(inChunks(pieces), algorithm, (value) => digests.set(name, value)),
  });
  yield part('bagit.txt', ['BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n']);
  yield part('bag-info.txt', infoLines(summary, about));
  yield part(
    'fetch.txt',
    linesOf(plan, (file) => fetchLine(file, algorithm)),
  );
  yield part(
    `manifest-${algorithm}.txt`,
    linesOf(plan, (file) => manifestLine(file, algorithm)),
  );
  if (summary.leftOut > 0) {
    yield part(
      'left-out.txt',
      linesOf(plan, (file) => leftOutLine(file, algorithm)),
    );
  }
  yield { name: `tagmanifest-${algorithm}.txt`, chunks: tagManifest(digests) };
}

async function* hashed(
  chunks: AsyncIterable<string>,
  algorithm: Algorithm,
  end: (value: string) => void,
): AsyncGenerator<string, void> {
  const hash = createHash(algorithm);
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  end(hash.digest('hex'));
}

async function* tagManifest(digests: ReadonlyMap<string, string>): AsyncGenerator<string, void> {
  for (const [name, value] of digests) yield `${value}  ${name}\n`;
}

async function* linesOf(
  plan: PlanSource,
  toLine: (file: PlannedFile) => string | null,
): AsyncGenerator<string, void> {
  for await (const file of plan()) {
    const line = toLine(file);
    if (line !== null) yield line;
  }
}

/** `URL LENGTH FILEPATH` (2.2.3); a length that is not known to the byte is a dash. */
function fetchLine(file: PlannedFile, algorithm: Algorithm): string | null {
  if (checksumOf(file, algorithm) === null) return null;
  const length = exactBytes(file);
  return `${plainUrl(file.url)} ${length === null ? '-' : String(length)} ${payloadPath(file)}\n`;
}

function manifestLine(file: PlannedFile, algorithm: Algorithm): string | null {
  const checksum = checksumOf(file, algorithm);
  return checksum === null ? null : `${checksum}  ${payloadPath(file)}\n`;
}

function leftOutLine(file: PlannedFile, algorithm: Algorithm): string | null {
  return checksumOf(file, algorithm) === null
    ? `${plainUrl(file.url)} ${payloadPath(file)}\n`
    : null;
}

/** Line ends and the percent sign are percent-encoded, and nothing else is (2.1.3): blanks stay blanks. */
function payloadPath({ path }: PlannedFile): string {
  return `data/${encodeBagPath(plainPath(path))}`;
}

export function encodeBagPath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
}

/** Labels of RFC 8493, 2.2.2; a value is one line. */
function infoLines({ files, bytes, leftOut }: BagSummary, about: BagAbout): string[] {
  const day = new Date(about.writtenAtMs).toISOString().slice(0, 10);
  const missing =
    leftOut === 0 ? '' : ` ${String(leftOut)} files without a checksum are in left-out.txt.`;
  const lines: [string, string][] = [
    ['Bag-Software-Agent', about.generator],
    ['Bagging-Date', day],
    ['External-Description', `${about.description}${missing}`],
    ...(bytes === null
      ? []
      : [['Payload-Oxum', `${String(bytes)}.${String(files)}`] as [string, string]]),
  ];
  return lines.map(([label, value]) => `${label}: ${oneLine(value)}\n`);
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}
