/** Pure. What a typed or pasted text may lead to, the likeliest first. */
import {
  parseRef,
  toRef,
  type ArchiveId,
  type RecordRef,
  type Resolution,
} from '#contract/domain.ts';
import { goToText } from '../../i18n/go-to.ts';
import type { Route } from '../../lib/deps.ts';
import { routeOfPlace } from '../../lib/place-route.ts';
import { routeOfRecord } from '../../lib/record-route.ts';

export interface Offer {
  /** Unlike that of every other offer. */
  key: string;
  archive: ArchiveId;
  route: Route;
  /** The record, where it leads to one: what is kept of it is shown. */
  ref: RecordRef | null;
  title: string;
  note: string;
}

function ofRecord(ref: RecordRef, archive: ArchiveId): Offer {
  const id = parseRef(ref)?.id ?? ref;
  const note = goToText.record(archive);
  return { key: ref, archive, route: routeOfRecord(ref, null), ref, title: id, note };
}

function searchOf(archive: ArchiveId, text: string): Offer {
  const routes: Readonly<Record<ArchiveId, Route>> = {
    'nasa-images': { view: 'nasa', query: { q: text } },
    'pds-registry': { view: 'pds', filter: { text } },
    astrobin: { view: 'astrobin', params: [['title__icontains', text]] },
  };
  const title = goToText.search(archive, text);
  return { key: `search ${archive}`, archive, route: routes[archive], ref: null, title, note: '' };
}

/** Numbers and six letters may be an image of AstroBin though they were taken for something else. */
const mayBeAstrobin = /^(?:[a-z0-9]{6}|\d{1,10})$/i;

/**
 * @param here the archive where one is: where a text names things of several, its own come first
 */
export function offersOf(text: string, resolution: Resolution, here: ArchiveId): Offer[] {
  const typed = text.trim();
  if (typed === '') return [];
  if (resolution.ref === null) {
    const { place, archive } = resolution;
    if (place === null || archive === null) return [];
    const title = goToText.place(place);
    return [{ key: 'place', archive, route: routeOfPlace(place), ref: null, title, note: '' }];
  }
  const { ref, archive, from } = resolution;
  const named = [ofRecord(ref, archive)];
  if (from !== 'text') return named;
  const other: ArchiveId = archive === 'astrobin' ? 'nasa-images' : 'astrobin';
  const isOther = other === 'nasa-images' || mayBeAstrobin.test(typed);
  const otherId = other === 'astrobin' ? typed.toLowerCase() : typed;
  const records = isOther ? [...named, ofRecord(toRef(other, otherId), other)] : named;
  return [
    ...records.toSorted((a, b) => Number(b.archive === here) - Number(a.archive === here)),
    searchOf(here, typed),
  ];
}
