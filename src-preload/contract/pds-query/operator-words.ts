/** Runs anywhere; pure. What people write for an operator of the registry, and what they mean by it. */
import { comparisonOperators } from './ast.ts';

const meanings: ReadonlyMap<string, string> = new Map([
  ['=', 'eq'],
  ['==', 'eq'],
  ['===', 'eq'],
  ['is', 'eq'],
  ['equal', 'eq'],
  ['equals', 'eq'],
  ['!=', 'ne'],
  ['!==', 'ne'],
  ['<>', 'ne'],
  ['neq', 'ne'],
  ['>', 'gt'],
  ['after', 'gt'],
  ['>=', 'ge'],
  ['=>', 'ge'],
  ['gte', 'ge'],
  ['since', 'ge'],
  ['<', 'lt'],
  ['before', 'lt'],
  ['<=', 'le'],
  ['=<', 'le'],
  ['lte', 'le'],
  ['until', 'le'],
  ['~', 'like'],
  ['=~', 'like'],
  ['~=', 'like'],
  ['contains', 'like'],
  ['matches', 'like'],
  ['ilike', 'like'],
  ['startswith', 'like'],
]);

/** The operator that a word or sign was most likely meant for; null where none is near. */
export function meantOperator(text: string): string | null {
  // No operator, nor anything that stands for one, is longer.
  if (text.length > 10) return null;
  const small = text.toLowerCase();
  const all = [...comparisonOperators, 'like'];
  const exact = meanings.get(small) ?? all.find((operator) => operator === small);
  if (exact !== undefined) return exact;
  if (small.length < 2) return null;
  return all.find((operator) => isOneEditFrom(small, operator)) ?? null;
}

/** One letter more, less or other, or two neighbours exchanged. */
function isOneEditFrom(a: string, b: string): boolean {
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1;
  let tail = 0;
  const most = Math.min(a.length, b.length) - head;
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const restA = a.slice(head, a.length - tail);
  const restB = b.slice(head, b.length - tail);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB === `${restA[1] ?? ''}${restA[0] ?? ''}`;
}
