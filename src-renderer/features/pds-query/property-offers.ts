/** Runs in the page, pure. Which names are offered for what was typed, and as what. */
import type { PdsPropertyType } from '#contract/pds.ts';
import { completeProperty } from '#contract/pds-query/complete-property.ts';
import { dotted } from '#contract/pds-query/field-name.ts';
import type { TextRange } from '#contract/pds-query/parse-query.ts';
import {
  findProperty,
  namePartsOf,
  type PropertyIndex,
} from '#contract/pds-query/property-index.ts';
import { suggestProperties } from '#contract/pds-query/suggest-property.ts';

export interface Offer {
  property: PdsPropertyType;
  /** In bold; UTF-16 offsets, in order. */
  matched: readonly TextRange[];
}

export interface Offers {
  /** completions: what was typed may become one of them. suggestions: it is no name, and none begins so. */
  kind: 'completions' | 'suggestions' | 'none';
  options: readonly Offer[];
}

const most = { completions: 60, suggestions: 5 };

/** Nothing is offered for a name that is complete, or while no names are known. */
export function offersOf(typed: string, index: PropertyIndex | null): Offers {
  if (index === null) return { kind: 'none', options: [] };
  const completions = completeProperty(typed, index, most.completions);
  const wanted = dotted(typed.trim()).toLowerCase();
  // Letters in order alone are no sign that a name is on its way.
  const holds = completions.some(({ property }) => property.name.toLowerCase().includes(wanted));
  const isOnly = completions.length === 1 && findProperty(index, typed) !== null;
  if (isOnly) return { kind: 'none', options: [] };
  if (holds) return { kind: 'completions', options: completions };
  const near = suggestProperties(typed, index, most.suggestions);
  const others = completions.filter(({ property }) => !near.includes(property));
  const options = [
    ...near.map((property) => ({ property, matched: attributeOf(property.name) })),
    ...others,
  ];
  return { kind: 'suggestions', options: options.slice(0, most.suggestions) };
}

/** The attribute says most. */
function attributeOf(name: string): TextRange[] {
  const { length } = namePartsOf(name).attribute.text;
  return length === name.length ? [] : [{ start: name.length - length, end: name.length }];
}
