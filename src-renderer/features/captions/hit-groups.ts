/** Runs in the page, pure. Hits of a search over all captions, by record. */
import type { CaptionHit } from '#contract/captions.ts';
import type { RecordRef } from '#contract/domain.ts';

/** Hits of one record, in order of time. */
export interface HitGroup {
  ref: RecordRef;
  title: string;
  hits: CaptionHit[];
}

/** By record, the best one first as the hits come; inside a record by time. */
export function groupHits(hits: readonly CaptionHit[]): HitGroup[] {
  const groups = new Map<RecordRef, HitGroup>();
  for (const hit of hits) {
    const group = groups.get(hit.ref) ?? { ref: hit.ref, title: hit.title, hits: [] };
    group.hits.push(hit);
    groups.set(hit.ref, group);
  }
  for (const group of groups.values()) {
    group.hits.sort((a, b) => a.startMs - b.startMs || a.cueIndex - b.cueIndex);
  }
  return [...groups.values()];
}
