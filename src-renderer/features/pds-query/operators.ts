/** Runs in the page, pure. The comparisons of a condition in words, by what its property holds. */
import type { PdsDialect, PdsPropertyType } from '#contract/pds.ts';
import type { ConditionOperator } from '#contract/pds-query/document.ts';
import { pdsQueryText } from '../../i18n/pds-query.ts';

export interface OperatorChoice {
  value: ConditionOperator;
  label: string;
}

const ranges = ['gt', 'ge', 'lt', 'le'] as const;

/** How an operator is said of a property; texts come one after the other as times do. */
export function operatorWords(
  operator: ConditionOperator,
  type: PdsPropertyType['type'] | null,
): string {
  const { operators, timeOperators } = pdsQueryText;
  const isNumber = type === 'integer' || type === 'float';
  switch (operator) {
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return isNumber ? operators[operator] : timeOperators[operator];
    case 'not like':
      return operators.notLike;
    case 'not exists':
      return operators.notExists;
    default:
      return operators[operator];
  }
}

/** Those of the dialect, and the present one even where the dialect does not know it. */
export function operatorChoices(
  dialect: PdsDialect,
  type: PdsPropertyType['type'] | null,
  present: ConditionOperator,
): OperatorChoice[] {
  const all: ConditionOperator[] = ['eq', 'ne', 'like', 'not like', ...ranges];
  if (dialect === 'current') all.push('exists', 'not exists');
  else if (!all.includes(present)) all.push(present);
  return all.map((value) => ({ value, label: operatorWords(value, type) }));
}
