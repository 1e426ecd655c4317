/** Runs in the page. The places of the sidebar: which there are, and which of them is shown. */
import Activity from '@lucide/svelte/icons/activity';
import ArrowDownToLine from '@lucide/svelte/icons/arrow-down-to-line';
import Braces from '@lucide/svelte/icons/braces';
import Database from '@lucide/svelte/icons/database';
import Image from '@lucide/svelte/icons/image';
import Library from '@lucide/svelte/icons/library';
import ListTree from '@lucide/svelte/icons/list-tree';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings';
import Telescope from '@lucide/svelte/icons/telescope';
import TextSearch from '@lucide/svelte/icons/text-search';
import Users from '@lucide/svelte/icons/users';
import type { CommandId } from '#contract/commands.ts';
import { frameText } from '../i18n/frame.ts';
import type { Route } from '../lib/deps.ts';
import type { IconComponent } from '../ui/icon-component.ts';
import { archiveOf } from './archive-of.ts';

export interface Place {
  id: CommandId;
  name: string;
  icon: IconComponent;
  isHere: (route: Route) => boolean;
  /** A place within the one above it: named without an icon. */
  isWithin?: boolean;
  /** What is shown belongs to it, though a place within it is where one is. */
  isAround?: (route: Route) => boolean;
  count?: number;
  /** The count in words, for screen readers. */
  countText?: string;
}

type View = Route['view'];

/** The view that is shown; for a record that of the list it was opened from. */
const viewOf = (route: Route): View =>
  route.view === 'record' ? (route.from?.source.view ?? route.view) : route.view;
const isOneOf =
  (...views: View[]) =>
  (route: Route): boolean =>
    views.includes(viewOf(route));
const inTree = isOneOf('pds', 'pds-label');
const isDay = isOneOf('astrobin-day');
const isOfNasa = isOneOf('nasa', 'album');
/** A record that was opened by its name belongs to its archive. */
const isLone = (route: Route): boolean => viewOf(route) === 'record';

/** The rail has no room for the first place of an archive beside the archive itself. */
function pdsPlaces(isRail: boolean): Place[] {
  return [
    {
      ...{ id: 'go.pds', name: frameText.pds, icon: Database },
      isHere: (route) => isRail && inTree(route),
      isAround: (route) => inTree(route) || viewOf(route) === 'pds-query',
    },
    ...(isRail ? [] : [place('go.pds', frameText.pdsTree, ListTree, inTree, true)]),
    place('go.pdsQuery', frameText.pdsQuery, Braces, isOneOf('pds-query'), true),
  ];
}

function astrobinPlaces(isRail: boolean): Place[] {
  const inUsers = isOneOf('astrobin-user', 'astrobin-collections', 'astrobin-collection');
  return [
    {
      ...{ id: 'go.astrobin', name: frameText.astrobin, icon: Telescope },
      isHere: (route) => (isRail && isDay(route)) || (isLone(route) && isAstrobin(route)),
      isAround: isAstrobin,
    },
    ...(isRail ? [] : [place('go.astrobin', frameText.astrobinDay, Telescope, isDay, true)]),
    place('go.astrobinSearch', frameText.astrobinSearch, Search, isOneOf('astrobin'), true),
    place('go.astrobinUsers', frameText.astrobinUsers, Users, inUsers, true),
  ];
}

function isAstrobin(route: Route): boolean {
  return viewOf(route).startsWith('astrobin') || (isLone(route) && archiveOf(route) === 'astrobin');
}

function place(
  id: CommandId,
  name: string,
  icon: IconComponent,
  isHere: Place['isHere'],
  isWithin = false,
): Place {
  return { id, name, icon, isHere, isWithin };
}

export function archivePlaces(isRail: boolean): Place[] {
  const isNasa = (route: Route): boolean =>
    isOfNasa(route) || (isLone(route) && archiveOf(route) === 'nasa-images');
  return [
    place('go.nasa', frameText.nasa, Image, isNasa),
    ...pdsPlaces(isRail),
    ...astrobinPlaces(isRail),
  ];
}

export function libraryPlaces(kept: number): Place[] {
  return [
    {
      ...place('go.library', frameText.everythingKept, Library, isOneOf('library')),
      count: kept,
      countText: frameText.keptCount(kept),
    },
    place('go.captions', frameText.captions, TextSearch, isOneOf('captions')),
  ];
}

export function bottomPlaces(running: number): Place[] {
  return [
    {
      ...place('go.downloads', frameText.downloads, ArrowDownToLine, isOneOf('downloads')),
      count: running,
      countText: frameText.runningCount(running),
    },
    place('go.health', frameText.health, Activity, isOneOf('health')),
    place('go.settings', frameText.settings, Settings, isOneOf('settings')),
  ];
}
