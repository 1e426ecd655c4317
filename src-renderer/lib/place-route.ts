/** Pure. Where a place of an archive that is no record is looked at. */
import type { ArchivePlace } from '#contract/domain.ts';
import type { Route } from './deps.ts';

export function routeOfPlace(place: ArchivePlace): Route {
  switch (place.kind) {
    case 'album':
      return { view: 'album', name: place.name };
    case 'astrobin-user':
      return { view: 'astrobin-user', username: place.username };
    case 'astrobin-collection':
      return { view: 'astrobin-collection', id: place.id };
    case 'astrobin-day':
      return { view: 'astrobin-day', kind: 'imageoftheday' };
  }
}
