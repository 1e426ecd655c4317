/** Runs anywhere; pure. The words for mistakes within a condition: its property, operator and value. */
import type { PdsDialect } from '../pds.ts';
import type { QueryMistake } from './mistake.ts';
import {
  asText,
  dialectName,
  isStrangeSpace,
  mistakeAt,
  mistakeOn,
  shown,
  unknownSign,
} from './mistake.ts';
import { meantOperator } from './operator-words.ts';
import type { Token } from './tokens.ts';
import { wordKind } from './tokens.ts';

const allOperators = 'The operators are eq, ne, gt, ge, lt, le and like.';
const textRules = 'A text ends on the line where it begins and can hold no quotes.';

/** Something that is no operator stands after a property's name. */
export function operatorMistake(field: Token, token: Token, dialect: PdsDialect): QueryMistake {
  const name = shown(field.text);
  if (isStrangeSpace(token)) return unknownSign(token);
  switch (token.kind) {
    case 'string':
    case 'number':
    case 'quoted':
    case 'unclosed':
      return mistakeAt(
        field.start,
        token.end,
        `An operator is missing between “${name}” and its value.`,
        name.endsWith(':')
          ? `Write ${name.slice(0, -1)} eq "…", without the colon.`
          : `Write ${name} eq "…". ${allOperators}`,
      );
    case 'end':
    case 'close':
    case 'and':
    case 'or':
      return mistakeOn(
        field,
        `The condition on “${name}” is not finished.`,
        `Write ${name} eq "…". ${allOperators}`,
      );
    case 'exists':
      return mistakeOn(token, '“exists” stands before its property.', `Write exists ${name}.`);
    case 'open':
      return field.text.toLowerCase() === 'not'
        ? mistakeOn(
            field,
            `“${field.text}” is not known to ${dialectName(dialect)}.`,
            dialect === '1.3' ? 'Write not, in small letters.' : 'Write not or NOT.',
          )
        : mistakeOn(token, 'A parenthesis stands where an operator should be.', allOperators);
    default:
      return unknownOperator(name, token, dialect);
  }
}

function unknownOperator(name: string, token: Token, dialect: PdsDialect): QueryMistake {
  const word = token.text.toLowerCase();
  const message = `“${shown(token.text)}” is no operator of the registry.`;
  if (wordKind(word, dialect) === 'operator' || wordKind(word, dialect) === 'like')
    return mistakeOn(
      token,
      `“${token.text}” is not known to ${dialectName(dialect)}.`,
      `Write ${word}, in small letters.`,
    );
  if (word === 'in') return mistakeOn(token, message, `Write (${name} eq "…" or ${name} eq "…").`);
  if (word === 'between')
    return mistakeOn(token, message, `Write (${name} ge "…" and ${name} le "…").`);
  if (word === 'exists')
    return mistakeOn(
      token,
      '“exists” is not known to the 1.3 registry.',
      'There is no such test there: ask for a value.',
    );
  const meant = meantOperator(token.text);
  return mistakeOn(
    token,
    message,
    meant === null ? allOperators : `Did you mean ${meant}? Write ${name} ${meant} "…".`,
  );
}

/** `not` stands after a property's name, and what follows is not `like`, or the dialect knows no `not like`. */
export function notLikeMistake(field: Token, not: Token, next: Token): QueryMistake {
  const name = shown(field.text);
  if (next.kind === 'like')
    return mistakeAt(
      not.start,
      next.end,
      'The current registry no longer knows “not like”.',
      `Write not (${name} like "…").`,
    );
  return mistakeOn(
    not,
    `“${not.text}” stands before a group or before “like”, not before an operator.`,
    next.text === 'eq'
      ? `Write ${name} ne "…".`
      : `Write not (${name} ${next.kind === 'operator' ? next.text : 'eq'} "…").`,
  );
}

/** Something that is no value stands after an operator. `rest` is all that stands there without a space. */
export function valueMistake(operator: Token, token: Token, rest: string): QueryMistake {
  if (isStrangeSpace(token)) return unknownSign(token);
  switch (token.kind) {
    case 'end':
    case 'close':
    case 'and':
    case 'or':
      return mistakeOn(
        operator,
        `A value is missing after “${operator.text}”.`,
        `Write ${operator.text} "…", with a text or a number.`,
      );
    case 'number':
      return mistakeOn(
        token,
        '“like” compares with text only.',
        `Write like "${shown(token.text)}".`,
      );
    case 'unclosed':
      return mistakeOn(
        token,
        'The closing quote of this text is missing.',
        `Write " at its end. ${textRules}`,
      );
    case 'quoted':
      return mistakeOn(
        token,
        'Values stand in straight double quotes.',
        `Write ${asText(token.text.slice(1, -1))}.`,
      );
    case 'open':
      return mistakeOn(
        token,
        'A value cannot stand in parentheses.',
        'Write one value; join several conditions with or.',
      );
    case 'sign':
      return mistakeOn(
        token,
        `“${shown(token.text)}” stands where a value should be.`,
        `Write one operator only: ${operator.text} "…".`,
      );
    default:
      return mistakeAt(
        token.start,
        token.start + rest.length,
        'The value needs double quotes.',
        /^[+.]\d/.test(rest)
          ? 'Write a number with a digit first, such as 0.5.'
          : `Write ${asText(rest)}.`,
      );
  }
}

/** What stands after `exists` is no property. */
export function existsMistake(exists: Token, next: Token): QueryMistake {
  return next.kind === 'end' || next.kind === 'close'
    ? mistakeOn(exists, `A property is missing after “${exists.text}”.`, 'Write exists lid.')
    : mistakeOn(
        next,
        `“${shown(next.text)}” is no property.`,
        'Write a name, or a pattern over names in double quotes.',
      );
}

/** `exists` in 1.3, which reads it as a name. */
export function noExistsMistake(token: Token): QueryMistake {
  return mistakeOn(
    token,
    '“exists” is not known to the 1.3 registry.',
    'There is no such test there: ask for a value.',
  );
}
