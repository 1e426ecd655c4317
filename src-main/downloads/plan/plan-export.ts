/** Runs in plain Node. The files of a plan as they are handed over to other tools. */
import type { Checksum, RecordRef } from '#contract/domain.ts';
import type { PlannedFile } from '../exports/planned-file.ts';
import { findChosen, type FileRule, type PlanFile } from './plan-files.ts';
import type { PlanStore } from './plan-store.ts';

/** A file with what the archive promises of it; one that the plan has lost is left out. */
export async function* filesToHandOver(
  plan: { id: string; rule: FileRule },
  files: readonly PlanFile[],
  store: PlanStore,
): AsyncGenerator<PlannedFile> {
  for (const file of files) {
    const entry = store.entry(plan.id, file.position);
    const found = entry === null ? null : findChosen(entry, plan.rule, file.rendition);
    if (found === null) continue;
    const { record, creditLine } = found.record;
    const { rendition, bytes } = found.file;
    const checksums: Checksum[] = rendition.checksum === null ? [] : [rendition.checksum];
    yield {
      ref: record.ref satisfies RecordRef,
      archive: record.archive,
      rendition: rendition.name,
      url: rendition.url,
      path: file.path,
      bytes: bytes.bytes,
      isExact: bytes.kind === 'known',
      checksums,
      title: record.title,
      credit: creditLine ?? record.credit,
      licence: record.licence,
    };
  }
}
