/** Runs in the page. Pure: what a listing could not reach, in words. */
import type { NasaSearchQuery } from '#contract/domain.ts';
import type { ResultGap, ResultSet } from '#contract/results.ts';
import { searchText } from '../../i18n/search.ts';
import { activeFilters, describeFilter, withoutFilter } from './filters.ts';

/** Parameters of a slice that the query itself does not have: what tells this part from the others. */
export function describeSlice(slice: NasaSearchQuery, query: NasaSearchQuery): string {
  const own = activeFilters(slice).filter((filter) =>
    filter === 'years'
      ? slice.year_start !== query.year_start || slice.year_end !== query.year_end
      : slice[filter] !== query[filter],
  );
  if (own.length === 0) return searchText.gapWhole;
  return own.map((filter) => describeFilter(slice, filter)).join(', ');
}

/** Results of a gap that are not stored. */
export const missingOf = (gap: ResultGap): number => Math.max(0, gap.hits - gap.listed);

/** Gaps that another try may fill. */
export const failedGaps = (set: ResultSet): ResultGap[] =>
  set.gaps.filter((gap) => gap.reason === 'failed');

/** Why results are missing, one sentence for each reason that there is. */
export function explainGaps(set: ResultSet): string {
  const count = (reason: ResultGap['reason']) =>
    set.gaps.filter((gap) => gap.reason === reason).length;
  return [
    ...(count('failed') > 0 ? [searchText.gapsFailed(count('failed'))] : []),
    ...(count('indistinguishable') > 0
      ? [searchText.gapsIndistinguishable(count('indistinguishable'))]
      : []),
    ...(count('changed') > 0 ? [searchText.gapsChanged(count('changed'))] : []),
    searchText.rightNotWhole,
  ].join(' ');
}

/** The search that shows a gap's part alone. */
export function gapQuery(gap: ResultGap, query: NasaSearchQuery): NasaSearchQuery {
  const base = withoutFilter(query, 'all');
  return { ...base, ...gap.slice };
}
