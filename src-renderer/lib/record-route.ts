/** Pure. Where a record is looked at: each archive's records have a place of their own. */
import { parseRef, type RecordRef } from '#contract/domain.ts';
import type { RecordOrigin, Route } from './deps.ts';

/** A product of the registry is shown in its tree; everything else as a record, which leads back to its list. */
export function routeOfRecord(ref: RecordRef, from: RecordOrigin | null): Route {
  if (parseRef(ref)?.archive === 'pds-registry') return { view: 'pds', filter: {}, at: ref };
  return { view: 'record', ref, from };
}
