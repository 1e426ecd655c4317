/**
 * The sample archives of the flows, one of each kind for all workers: a picture that one flow looked at is drawn
 * for the others.
 */
import { startSampleServer } from '#main/sample/sample-server.ts';

export interface SampleKind {
  size: number;
  /** Records that no search can tell apart. */
  lump: number;
}

const seed = 7;
const variable = 'ALMAGEST_TEST_SAMPLES';

export const usualSample: SampleKind = { size: 2_000, lump: 0 };
/** More than the archive lists of one search. */
export const wideSample: SampleKind = { size: 12_500, lump: 0 };
export const lumpSample: SampleKind = { size: 12_500, lump: 10_300 };

const nameOf = ({ size, lump }: SampleKind): string => `${size} ${lump}`;

/** Base address of the running sample of this kind. */
export function baseOfSample(kind: SampleKind): string {
  const bases = JSON.parse(process.env[variable] ?? '{}') as Record<string, string>;
  const base = bases[nameOf(kind)];
  if (base === undefined) throw new Error(`no sample of ${nameOf(kind)} was started`);
  return base;
}

/** Playwright's set-up for all workers; what it returns ends the samples. */
// Playwright takes a set-up by this name only.
// eslint-disable-next-line no-restricted-exports
export default async function startSamples(): Promise<() => Promise<void>> {
  const workerUrl = new URL('../../src-main/sample/sample-worker.ts', import.meta.url);
  const kinds = [usualSample, wideSample, lumpSample];
  const servers = await Promise.all(
    kinds.map((kind) => startSampleServer({ ...kind, seed, workerUrl })),
  );
  process.env[variable] = JSON.stringify(
    Object.fromEntries(kinds.map((kind, at) => [nameOf(kind), servers[at]?.base])),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
}
