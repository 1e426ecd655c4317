/** Runs anywhere; pure. What the files of a plan come to. */
import type { DownloadPlan } from '#contract/downloads.ts';
import type { Lane } from '../../http/http-client.ts';
import type { Rate } from '../../http/rates.ts';
import type { ChosenFiles, PlanFile, PlanRefusal } from './plan-files.ts';

export type PlanFigures = Pick<
  DownloadPlan,
  | 'files'
  | 'bytes'
  | 'unknown'
  | 'estimated'
  | 'there'
  | 'queued'
  | 'refused'
  | 'renamed'
  | 'byKind'
  | 'examples'
  | 'seconds'
  | 'bytesPerSecond'
  | 'requests'
>;

export interface Paces {
  rateOf(lane: Lane): Rate;
  /** Bytes a second; null where nothing ran. */
  recentSpeed(): number | null;
}

/** AstroBin answers each picture with a redirect first. */
const requestsPerFile: Readonly<Partial<Record<Lane, number>>> = { astrobin: 2 };
const mostExamples = 3;
/** Reasons told apart; the rest is counted together. */
const mostReasons = 20;
const daySeconds = 24 * 60 * 60;

export function figuresOf(
  { files, refused, renamed }: ChosenFiles & { renamed: number },
  paces: Paces,
): PlanFigures {
  const wanted = files.filter(({ state }) => state === 'wanted');
  const bytes = sumOf(wanted);
  const speed = paces.recentSpeed();
  const byPace = Math.max(
    0,
    ...[...countBy(wanted)].map(([lane, count]) => secondsOf(lane, count, paces)),
  );
  const bySpeed = speed === null || speed <= 0 ? null : bytes / speed;
  return {
    files: wanted.length,
    bytes,
    unknown: wanted.filter((file) => file.bytes === null).length,
    estimated: wanted.filter((file) => file.bytes !== null && file.isEstimate).length,
    there: files.filter(({ state }) => state === 'there').length,
    queued: files.filter(({ state }) => state === 'queued').length,
    refused: reasonsOf(refused),
    renamed,
    byKind: kindsOf(wanted),
    examples: wanted.slice(0, mostExamples).map(({ path }) => path),
    seconds: wanted.length === 0 ? 0 : Math.max(byPace, bySpeed ?? 0),
    bytesPerSecond: bySpeed !== null && bySpeed >= byPace ? speed : null,
    requests: wanted.reduce((sum, { lane }) => sum + (requestsPerFile[lane] ?? 1), 0),
  };
}

const sumOf = (files: readonly PlanFile[]): number =>
  files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);

function countBy(files: readonly PlanFile[]): Map<Lane, number> {
  const counts = new Map<Lane, number>();
  for (const { lane } of files) counts.set(lane, (counts.get(lane) ?? 0) + 1);
  return counts;
}

/** How long the archive's pace alone makes it; of a daily budget every whole day counts. */
function secondsOf(lane: Lane, files: number, { rateOf }: Paces): number {
  const rate = rateOf(lane);
  const requests = files * (requestsPerFile[lane] ?? 1);
  const days = rate.perDay === undefined ? 0 : Math.floor((requests - 1) / rate.perDay);
  return Math.max(0, requests - rate.burst) / rate.perSecond + Math.max(0, days) * daySeconds;
}

function reasonsOf(refused: readonly PlanRefusal[]): DownloadPlan['refused'] {
  const counts = new Map<string, number>();
  for (const { reason } of refused) {
    // A title in the words would make every reason one of its own.
    const message = reason.message.replace(/“[^”]*”/g, '“…”');
    const known = counts.has(message) || counts.size < mostReasons ? message : 'Other reasons.';
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return [...counts].map(([message, count]) => ({ message, count }));
}

function kindsOf(files: readonly PlanFile[]): DownloadPlan['byKind'] {
  const byKind: DownloadPlan['byKind'] = {};
  for (const { kind, bytes } of files) {
    const sum = (byKind[kind] ??= { files: 0, bytes: 0 });
    sum.files += 1;
    sum.bytes += bytes ?? 0;
  }
  return byKind;
}
