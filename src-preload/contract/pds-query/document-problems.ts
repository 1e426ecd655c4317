/** Runs anywhere; pure. What is wrong with a document, item by item, for the marks in the builder and beside the text. */
import type { PdsDialect } from '../pds.ts';
import type { ConditionProblem } from './check-query.ts';
import { conditionProblems } from './check-query.ts';
import type { ConditionItem, DocumentItem, QueryDocument } from './document.ts';
import { nodeOf } from './document-text.ts';
import { unsayableCondition } from './print-query.ts';
import type { PropertyIndex } from './property-index.ts';

export interface DocumentProblem extends ConditionProblem {
  /** Of the condition or group; `textOfDocument` knows where that is in the text. */
  id: string;
}

/** Problems that are looked for, and those of them for which names are suggested. */
const mostProblems = 100;
const mostSuggested = 10;

/** Everything wrong, in the order of the document. `index` is null while the properties are not known. */
export function problemsOf(
  document: QueryDocument,
  dialect: PdsDialect,
  index: PropertyIndex | null,
): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const look = (item: DocumentItem): void => {
    if (problems.length >= mostProblems) return;
    if (item.kind === 'condition')
      problems.push(...problemsOfItem(item, dialect, index, problems.length < mostSuggested));
    else if (item.items.length > 0) item.items.forEach(look);
    else problems.push({ id: item.id, ...emptyGroup });
  };
  document.root.items.forEach(look);
  return problems;
}

/** Whether the document can be sent as it is: there may be warnings, but no errors. */
export function isRunnable(problems: readonly DocumentProblem[]): boolean {
  return problems.every((problem) => problem.severity !== 'error');
}

const emptyGroup: ConditionProblem = {
  severity: 'error',
  kind: 'incomplete',
  part: null,
  message: 'This group is empty.',
  help: 'Put a condition into it, or take it out.',
  suggestions: [],
};

function problemsOfItem(
  item: ConditionItem,
  dialect: PdsDialect,
  index: PropertyIndex | null,
  withNames: boolean,
): DocumentProblem[] {
  const { id, operator } = item;
  // What is negated has the problems of what it negates.
  const node = nodeOf(operator === 'not exists' ? { ...item, operator: 'exists' } : item);
  if (node.kind === 'group') return [];
  const refused = unsayableCondition(node, dialect);
  if (refused !== null) {
    const { part, message, help } = refused;
    const kind = item.field === '' ? 'incomplete' : 'unreadable';
    return [{ id, severity: 'error', kind, part, message, help, suggestions: [] }];
  }
  if (index === null) return [];
  return conditionProblems(node, dialect, index, withNames).map((problem) => ({ id, ...problem }));
}
