/**
 * Runs in a page. Queries of the registry for the fake core. Those with `refused` in their text are refused, those with
 * `nothing` find nothing. Knobs: `failedFrom` (the position from which on no part comes), `hits` = unknown,
 * `keptResults` = yes (14 minutes old), `properties` = failed.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { PdsListPart } from '#contract/pds-lists.ts';
import type { PdsPropertyType } from '#contract/pds.ts';

type Knobs = Readonly<Record<string, string | undefined>>;

const knownProperties: PdsPropertyType[] = [
  { name: 'lid', type: 'string' },
  { name: 'title', type: 'string' },
  { name: 'product_class', type: 'string' },
  { name: 'ref_lid_target', type: 'string' },
  { name: 'pds:Identification_Area.pds:product_class', type: 'string' },
  { name: 'pds:Time_Coordinates.pds:start_date_time', type: 'timestamp' },
  { name: 'pds:Time_Coordinates.pds:stop_date_time', type: 'timestamp' },
  { name: 'pds:Modification_Detail.pds:modification_date', type: 'timestamp' },
  { name: 'pds:Target_Identification.pds:name', type: 'string' },
  { name: 'ops:Data_File_Info.ops:file_size', type: 'integer' },
];
/** As many as the registry of the mockups has. */
const properties = [
  ...knownProperties,
  ...Array.from({ length: 1042 - knownProperties.length }, (_, at) => ({
    name: `made:Class_${at % 40}.made:attribute_${Math.floor(at / 40)}`,
    type: 'float' as const,
  })),
];

export function propertiesNow(knobs: Knobs): PdsPropertyType[] {
  if (knobs['properties'] !== 'failed') return properties;
  const message = 'The registry didn’t answer. We tried three times in 40 seconds.';
  throw new ArchiveError({ code: 'unavailable', message, retryable: true });
}

/** What becomes of a part of a query's results; `part` is what it would be without the knobs. */
export function queryPart(
  q: string,
  from: number,
  part: (isNothing: boolean) => PdsListPart,
  knobs: Knobs,
): PdsListPart {
  if (q.includes('refused')) {
    const message = `The given search string '${q}' cannot be parsed.`;
    throw new ArchiveError({ code: 'refused-by-archive', message, retryable: false });
  }
  if (knobs['failedFrom'] !== undefined && from >= Number(knobs['failedFrom'])) {
    const message = 'The registry didn’t answer. We tried three times in 40 seconds.';
    throw new ArchiveError({ code: 'unavailable', message, retryable: true });
  }
  const found = part(q.includes('nothing'));
  return {
    ...found,
    hits: knobs['hits'] === 'unknown' ? null : found.hits,
    notes: / or /.test(q) ? ['“or” was asked with “not” and “and”.'] : found.notes,
  };
}
