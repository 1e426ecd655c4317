/**
 * Runs in plain Node. Every migration of cache.db, in order. Each feature brings its tables in a file of its
 * own (`NNNN-topic.ts`, a `CacheMigration`) and one line here, at the end; its number is its place in this
 * list. The file is disposable: a migration may drop and make anew what it likes.
 */
import type { Migration } from '../migrate.ts';
import { responses } from './0001-responses.ts';
import { captions } from './0002-captions.ts';
import { results } from './0003-results.ts';
import { requests } from './0004-requests.ts';
import { usersMet } from './0005-users-met.ts';
import { plansAndChecks } from './0006-plans-and-checks.ts';
import type { CacheMigration } from './cache-migration.ts';

const inOrder: readonly CacheMigration[] = [
  responses,
  captions,
  results,
  requests,
  usersMet,
  plansAndChecks,
];

export const cacheMigrations: readonly Migration[] = inOrder.map((migration, index) => ({
  ...migration,
  version: index + 1,
}));
