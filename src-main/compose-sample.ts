/** Runs in plain Node. The part of compose.ts that starts the sample archive in place of the live ones. */
import type { RunningSample } from './archives/archives-service.ts';
import type { AnswerCache } from './cache/open-answer-cache.ts';
import { startSampleArchive } from './sample/sample-archive.ts';

/** The same pictures and records on every computer. */
const sampleSeed = 1543;
/** The same address each time while it is free, so that a file of it is known again. */
const samplePort = (size: number): number => 40_000 + (size % 9973);

/** What was kept of a sample archive is worth nothing without it: another may come at the same port. */
export async function startSample(
  size: number,
  workerUrl: URL,
  answers: AnswerCache,
): Promise<RunningSample> {
  const sample = await startSampleArchive({
    size,
    seed: sampleSeed,
    workerUrl,
    port: samplePort(size),
  });
  const forget = (): void => {
    answers.store.forgetUnder(`${new URL(sample.nasaImagesApi).origin}/`);
  };
  forget();
  const { nasaImagesApi, pdsBase: pdsApi, astrobinBase: astrobinApi } = sample;
  return { nasaImagesApi, pdsApi, astrobinApi, close: () => sample.close().finally(forget) };
}
