/**
 * Runs in plain Node, any thread; pure. What one sample archive holds: how many records, from which seed,
 * and whether some of them are a lump that no search can tell apart.
 */
import { numberIn } from './record-id.ts';
import { recordAt } from './record.ts';
import type { SampleRecord } from './record.ts';
import { columnAt, columns, textBits, writeTraits } from './traits.ts';

export interface SamplePlan {
  seed: number;
  /** Number of records, 1 to 9,999,999. */
  size: number;
  /** The last so many records share every field that can be searched, and nothing but those: 0, the usual, is none. */
  lump: number;
}

export function planOf(seed: number, size: number, lump = 0): SamplePlan {
  return { seed, size, lump: Math.min(lump, size) };
}

/** Numbers from here on are of no archive: identifiers have seven digits. */
const beyond = 10_000_000;
const twins = new Map<number, number>();

/** A number of no record whose fields are all there, so that a lump can be narrowed by each of them in vain. */
function lumpTwin(seed: number): number {
  const known = twins.get(seed);
  if (known !== undefined) return known;
  const traits = new Uint8Array(columns.length);
  const absent = ['observer', 'secondary', 'location'] as const;
  const wanted = textBits.hasKeywords | textBits.descriptionIsFull | textBits.has508;
  for (let twin = beyond; ; twin += 1) {
    writeTraits(seed, twin, traits);
    const isComplete =
      traits[columnAt('media')] === 0 &&
      absent.every((column) => traits[columnAt(column)] !== 0) &&
      ((traits[columnAt('text')] as number) & wanted) === wanted;
    if (!isComplete) continue;
    twins.set(seed, twin);
    return twin;
  }
}

/** The number whose searchable fields a record has: its own, or that of the lump. */
export function twinOf(plan: SamplePlan, index: number): number {
  return index < plan.size - plan.lump ? index : lumpTwin(plan.seed);
}

/** A record of the archive from its number. */
export function recordOf(plan: SamplePlan, index: number): SampleRecord {
  return recordAt(plan.seed, index, twinOf(plan, index));
}

/** The number of a record from its exact identifier; null when the archive has none of that name. */
export function indexOfId(plan: SamplePlan, nasaId: string): number | null {
  const index = numberIn(nasaId);
  if (index === null || index >= plan.size) return null;
  return recordOf(plan, index).nasaId === nasaId ? index : null;
}
