/** Runs in the page, pure. Why a query may have found nothing, from what is most likely to what is least. */
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import type { PdsDialect } from '#contract/pds.ts';
import { pdsQueryText } from '../../i18n/pds-query.ts';

const most = 3;

function* nodesOf(node: QueryNode): Generator<QueryNode> {
  yield node;
  if (node.kind === 'group') for (const term of node.terms) yield* nodesOf(term);
}

/** Sentences for the user; `q` is the text that was sent. */
export function emptyReasons(q: string, dialect: PdsDialect): string[] {
  const parsed = parseQuery(q, dialect);
  if (!parsed.ok) return [];
  const reasons: string[] = [];
  const nodes = [...nodesOf(parsed.query)];
  const exact = nodes.find(
    (node) =>
      node.kind === 'comparison' && node.operator === 'eq' && /[a-z]/i.test(node.value.text),
  );
  if (exact?.kind === 'comparison') {
    const { text } = exact.value;
    reasons.push(
      pdsQueryText.caseMatters(`“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`),
    );
  }
  const isWhole = nodes.some(
    (node) => node.kind === 'like' && !node.isNegated && !/\*(?=\s|$)/.test(node.pattern),
  );
  if (isWhole) reasons.push(pdsQueryText.likeMatters);
  const joins = nodes.some(
    (node) => node.kind === 'group' && node.joint === 'and' && node.terms.length > 1,
  );
  if (joins) reasons.push(pdsQueryText.andMatters);
  if (nodes.some((node) => node.kind !== 'group' && node.field === 'lidvid'))
    reasons.push(pdsQueryText.latestOnly);
  return reasons.slice(0, most);
}
