/**
 * Runs in plain Node. Parameters of a list, checked before they are sent: the service leaves out a name that it doesn't
 * know without a word, and then lists everything.
 */
import type { AstrobinParam, AstrobinParamProblem, AstrobinResource } from '#contract/astrobin.ts';
import { ArchiveError } from '#contract/errors.ts';
import { listFields, type FilterKind, type ListFields } from './fields.ts';
import { lookupsOf, valueProblem } from './lookups.ts';
import { nearNames } from './near-names.ts';

/** Given apart from the filters: pages by limit and offset, the format by us, and key and secret by nobody else. */
const ourOwn = new Set(['limit', 'offset', 'format', 'api_key', 'api_secret', 'callback']);
const orderName = 'order_by';

/** Every problem of the parameters; none means that the service heeds each of them. */
export function checkParams(
  resource: AstrobinResource,
  params: readonly AstrobinParam[],
): AstrobinParamProblem[] {
  const fields = listFields[resource];
  return params.flatMap(([name, value], at): AstrobinParamProblem[] => {
    const problem = checkParam(fields, name, value);
    if (problem !== null) return [problem];
    const isAgain =
      !isGathered(name) && params.some(([other], after) => after > at && other === name);
    return isAgain
      ? [
          problemOf(
            name,
            'unknown',
            `“${name}” is given twice, and AstroBin heeds the last one alone`,
          ),
        ]
      : [];
  });
}

/** Given more than once, these are all heeded. */
function isGathered(name: string): boolean {
  return name === orderName || name.endsWith('__in');
}

/** Every name that a list takes as a filter, with each lookup. */
export function filterNames(resource: AstrobinResource): string[] {
  return namesOf(listFields[resource]);
}

/** Throws `ArchiveError` ('invalid-arguments') that names every problem. */
export function refuseWrongParams(
  resource: AstrobinResource,
  params: readonly AstrobinParam[],
): void {
  const problems = checkParams(resource, params);
  if (problems.length === 0) return;
  const words = problems.map(({ message, suggestions }) =>
    suggestions.length === 0 ? message : `${message} Did you mean ${suggestions.join(' or ')}?`,
  );
  throw new ArchiveError({
    code: 'invalid-arguments',
    message: `${words.join(' ')} Nothing was sent.`,
    retryable: false,
  });
}

function checkParam(fields: ListFields, name: string, value: string): AstrobinParamProblem | null {
  if (name === orderName) return checkOrder(fields, value);
  if (ourOwn.has(name.toLowerCase())) {
    return problemOf(name, 'unfilterable', `“${name}” is no filter; Almagest adds it by itself`);
  }
  const [field = '', ...rest] = name.split('__');
  const kind = Object.hasOwn(fields.filters, field) ? fields.filters[field] : undefined;
  if (kind === undefined)
    return fields.known.has(field) ? unfilterable(fields, name, field) : unknown(fields, name);
  return checkFilter(
    fields,
    { name, field, kind, lookup: rest.length === 0 ? null : rest.join('__') },
    value,
  );
}

interface Filter {
  name: string;
  field: string;
  kind: FilterKind;
  lookup: string | null;
}

function checkFilter(
  fields: ListFields,
  { name, field, kind, lookup }: Filter,
  value: string,
): AstrobinParamProblem | null {
  const lookups = lookupsOf(kind);
  if (lookup !== null && !lookups.includes(lookup)) {
    // A field that is none of the rows is left out, whatever follows its name.
    if (!fields.known.has(field)) return unknown(fields, name);
    const words =
      lookups.length === 0
        ? `AstroBin takes “${field}” only as it is, with nothing after it`
        : `AstroBin doesn’t know “${lookup}” after “${field}”`;
    return problemOf(name, 'unfilterable', words, nearNames(name, namesOf(fields)));
  }
  const wrong = valueProblem(kind, lookup, value);
  return wrong === null ? null : problemOf(name, 'value', `${name}: ${wrong}`);
}

function checkOrder({ order }: ListFields, value: string): AstrobinParamProblem | null {
  const field = value.replace(/^-/, '');
  if (order.includes(field)) return null;
  const words =
    order.length === 0
      ? 'AstroBin doesn’t sort this list'
      : `AstroBin doesn’t sort by “${field}”, only by ${order.join(', ')}`;
  const sign = value.startsWith('-') ? '-' : '';
  const near = nearNames(field, order).map((name) => sign + name);
  return problemOf(orderName, 'unsortable', words, near);
}

function unknown(fields: ListFields, name: string): AstrobinParamProblem {
  const words = `AstroBin doesn’t know “${name}” and would leave it out without a word`;
  return problemOf(name, 'unknown', words, nearNames(name, [...namesOf(fields), orderName]));
}

function unfilterable(fields: ListFields, name: string, field: string): AstrobinParamProblem {
  const words = `AstroBin doesn’t filter by “${field}”`;
  return problemOf(name, 'unfilterable', words, nearNames(name, namesOf(fields)));
}

function namesOf(fields: ListFields): string[] {
  return Object.entries(fields.filters).flatMap(([name, kind]) => [
    name,
    ...lookupsOf(kind).map((lookup) => `${name}__${lookup}`),
  ]);
}

function problemOf(
  param: string,
  kind: AstrobinParamProblem['kind'],
  words: string,
  suggestions: string[] = [],
): AstrobinParamProblem {
  return { param, kind, message: `${words}.`, suggestions };
}
