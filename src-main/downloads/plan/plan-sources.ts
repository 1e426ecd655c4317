/** Runs in plain Node. The records of a plan: by reference, or as a stored result set has them. */
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { SeenRecord } from '../../records/seen-record.ts';
import type { PlanSource } from './open-plan.ts';
import type { PlanEntry } from './plan-store.ts';
import type { SavableOptions, SavableRecords } from './savable-record.ts';

/** Records asked for at once; the governor bounds what is sent. */
const atOnce = 8;

/** Records by reference, each once. */
export function recordsByRef(refs: readonly RecordRef[], records: SavableRecords): PlanSource {
  const distinct = [...new Set(refs)];
  return {
    total: distinct.length,
    entries: (options, signal) => entriesOf(distinct, { records, options, signal }),
  };
}

/** Records that were just read from a stored set: nothing is asked for again. */
export function recordsOfSet(
  chosen: { most: number; records: AsyncGenerator<SeenRecord[]> },
  records: SavableRecords,
): PlanSource {
  return {
    total: chosen.most,
    async *entries(options, signal) {
      for await (const seen of chosen.records) {
        const refs = seen.map(({ record }) => record.ref);
        yield* entriesOf(refs, { records, options, signal });
      }
    },
  };
}

interface Asking {
  records: SavableRecords;
  options: SavableOptions;
  signal: AbortSignal;
}

async function* entriesOf(refs: readonly RecordRef[], asking: Asking): AsyncGenerator<PlanEntry[]> {
  for (let from = 0; from < refs.length; from += atOnce) {
    yield await Promise.all(refs.slice(from, from + atOnce).map((ref) => entryOf(ref, asking)));
  }
}

async function entryOf(ref: RecordRef, { records, options, signal }: Asking): Promise<PlanEntry> {
  try {
    return await records.savable(ref, options, signal);
  } catch (error) {
    if (signal.aborted || isCancelled(error) || !(error instanceof ArchiveError)) throw error;
    return { ref, problem: error.toWire() };
  }
}
