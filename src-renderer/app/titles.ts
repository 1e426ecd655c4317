/** Runs in the page, pure. How a place is named, for the window and for screen readers. */
import { describeParams } from '../features/astrobin/search-params.ts';
import { astrobinText } from '../i18n/astrobin.ts';
import { frameText } from '../i18n/frame.ts';
import type { Route } from '../lib/deps.ts';

export function titleOf(route: Route): string {
  switch (route.view) {
    case 'welcome':
      return frameText.welcome;
    case 'nasa':
      return named(route.query.q, frameText.nasa);
    case 'album':
      return named(route.name, frameText.album);
    case 'astrobin-day':
      return astrobinText.picks[route.kind].title;
    case 'astrobin':
      return named(describeParams(route.params), frameText.astrobin);
    case 'astrobin-user':
      return named(route.username, frameText.astrobinUsers);
    case 'astrobin-collections':
    case 'astrobin-collection':
      return frameText.astrobinCollections;
    case 'pds':
      return named(route.filter.text, frameText.pds);
    case 'pds-query':
      return frameText.pdsQueryTitle;
    case 'pds-label':
      return frameText.pdsLabel;
    case 'library':
      return named(route.text, frameText.everythingKept);
    case 'captions':
      return named(route.text, frameText.captions);
    case 'record':
      return frameText.record;
    case 'health':
      return frameText.health;
    case 'downloads':
      return frameText.downloads;
    case 'settings':
      return frameText.settings;
  }
}

function named(text: string | undefined, place: string): string {
  return text === undefined || text === '' ? place : `“${text}”, ${place}`;
}
