/** Runs anywhere; pure. A plan as one JSON document, a file a line, so that it can be read in parts as well. */
import type { MetalinkAbout } from './metalink.ts';
import { plainPath, plainUrl, type PlannedFile, type PlanSource } from './planned-file.ts';

export async function* toPlanJson(
  plan: PlanSource,
  { generator, writtenAtMs }: MetalinkAbout,
): AsyncGenerator<string, void> {
  const about = { format: 'almagest-plan', version: 1, generator };
  const writtenAt = new Date(writtenAtMs).toISOString();
  yield `${JSON.stringify({ ...about, writtenAt }).slice(0, -1)},"files":[`;
  let before = '\n';
  for await (const file of plan()) {
    yield `${before}${JSON.stringify(toEntry(file))}`;
    before = ',\n';
  }
  yield '\n]}\n';
}

function toEntry(file: PlannedFile): Record<string, unknown> {
  const { ref, archive, rendition, bytes, isExact, checksums, title, credit, licence } = file;
  return {
    ...{ ref, archive, rendition, url: plainUrl(file.url), path: plainPath(file.path) },
    ...{ bytes, isExact, checksums, title, credit, licence },
  };
}
