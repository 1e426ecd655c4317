/** Runs in the page, pure. What is wrong with a query, as places in the text that is shown. */
import type { PdsDialect } from '#contract/pds.ts';
import { checkQuery, type ConditionProblem } from '#contract/pds-query/check-query.ts';
import type { QueryDocument } from '#contract/pds-query/document.ts';
import type { DocumentProblem } from '#contract/pds-query/document-problems.ts';
import { documentFromText, textOfDocument } from '#contract/pds-query/document-text.ts';
import { placeOf } from '#contract/pds-query/parse-query.ts';
import type { PropertyIndex } from '#contract/pds-query/property-index.ts';

export interface TextProblem extends ConditionProblem {
  /** The item of the builder; null where only the text is wrong. */
  id: string | null;
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  /** From 1. */
  line: number;
}

interface Shown {
  document: QueryDocument;
  text: string;
  isTyped: boolean;
}

/** In the order of the text. */
export function textProblems(
  shown: Shown,
  itemProblems: readonly DocumentProblem[],
  facts: { dialect: PdsDialect; index: PropertyIndex | null },
): TextProblem[] {
  return shown.isTyped
    ? typedProblems(shown.text, itemProblems, facts)
    : builtProblems(shown, itemProblems, facts.dialect);
}

function typedProblems(
  text: string,
  itemProblems: readonly DocumentProblem[],
  facts: { dialect: PdsDialect; index: PropertyIndex | null },
): TextProblem[] {
  if (text.trim() === '') return [];
  const { problems } = checkQuery(text, facts.dialect, facts.index);
  // A text can be read that is nested too deep for the builder.
  const read = problems.length === 0 ? documentFromText(text, facts.dialect) : null;
  if (read !== null && !read.ok) {
    const { position: start, length, message, help } = read;
    const unreadable = { severity: 'error', kind: 'unreadable', part: null } as const;
    return [
      {
        ...unreadable,
        id: null,
        start,
        end: start + length,
        line: 1,
        message,
        help,
        suggestions: [],
      },
    ];
  }
  // Both lists follow the order of the conditions.
  const isSame = problems.length === itemProblems.length;
  return problems.map(({ position: start, length, node: _node, ...problem }, at) => ({
    ...problem,
    id: isSame ? (itemProblems[at]?.id ?? null) : null,
    start,
    end: start + length,
    line: placeOf(text, start).line,
  }));
}

function builtProblems(
  { document, text }: Shown,
  itemProblems: readonly DocumentProblem[],
  dialect: PdsDialect,
): TextProblem[] {
  if (itemProblems.length === 0) return [];
  const { ranges } = textOfDocument(document, dialect);
  return itemProblems.flatMap((problem) => {
    const range = ranges.get(problem.id);
    if (range === undefined) return [];
    const { start, end } = (problem.part === null ? null : range[problem.part]) ?? range;
    return [{ ...problem, start, end, line: placeOf(text, start).line }];
  });
}
