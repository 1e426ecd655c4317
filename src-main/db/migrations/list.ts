/** Runs in plain Node. Every migration of library.db, in order; a new one is a new file and one line here. */
import type { Migration } from '../migrate.ts';
import { favouritesAndDownloads } from './0001-favourites-and-downloads.ts';
import { turns } from './0002-turns.ts';
import { downloadGroups } from './0003-download-groups.ts';

export const libraryMigrations: readonly Migration[] = [
  favouritesAndDownloads,
  turns,
  downloadGroups,
];
