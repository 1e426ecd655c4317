/**
 * Runs in plain Node. Queries as 1.3 must be asked them: up to 1.4.1 the service answers `or` as if it were `and`. See
 * src-preload/contract/pds-query/branches.ts.
 */
import { branchesOf, hasOr, withoutOr } from '#contract/pds-query/branches.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import { printQuery } from '#contract/pds-query/print-query.ts';

/** One query for a page: without `or`, by De Morgan, so that count and positions are the registry's own. */
export function queryForPage(q: string): string {
  const parsed = parseQuery(q, '1.3');
  // What can't be read is the service's to refuse, in its own words.
  if (!parsed.ok || !hasOr(parsed.query)) return q;
  const printed = printQuery(withoutOr(parsed.query), '1.3');
  return printed.ok ? printed.text : q;
}

/** Queries for a whole list: each branch by itself, to be merged. One query where there are too many branches. */
export function queriesForCrawl(q: string): string[] {
  const parsed = parseQuery(q, '1.3');
  if (!parsed.ok || !hasOr(parsed.query)) return [q];
  const branches = branchesOf(parsed.query);
  const printed = branches.ok ? branches.branches.map((branch) => printQuery(branch, '1.3')) : [];
  const texts = printed.flatMap((one) => (one.ok ? [one.text] : []));
  return texts.length === printed.length && texts.length > 0 ? texts : [queryForPage(q)];
}
