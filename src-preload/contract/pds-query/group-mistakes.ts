/** Runs anywhere; pure. The words for mistakes around conditions: joints, parentheses, `not`, what follows what. */
import type { QueryMistake } from './mistake.ts';
import { asText, mistakeAt, mistakeOn, shown, unknownSign } from './mistake.ts';
import type { Token } from './tokens.ts';

/** A token that can begin no condition stands where one should begin; `before` is what stands before it. */
export function termMistake(token: Token, before: Token | null): QueryMistake {
  switch (token.kind) {
    case 'and':
    case 'or':
      return mistakeOn(
        token,
        `A condition is missing before “${token.text}”.`,
        'Take the word out, or write a condition before it.',
      );
    case 'end':
    case 'close':
      return missingTerm(token, before);
    case 'string':
    case 'quoted':
    case 'unclosed':
      return mistakeOn(
        token,
        'A condition begins with the name of a property, and names stand without quotes.',
        'Write the name without quotes, such as lid eq "…".',
      );
    case 'number':
      return mistakeOn(
        token,
        `A condition begins with the name of a property, not with the number ${shown(token.text)}.`,
        'Write the name first: vid ge 2.',
      );
    case 'operator':
    case 'like':
      return mistakeOn(
        token,
        `The name of a property is missing before “${token.text}”.`,
        `Write the name first: lid ${token.text} "…".`,
      );
    case 'sign':
      return token.text.startsWith('!')
        ? mistakeOn(token, '“!” is not known to the registry.', 'Write not ( … ).')
        : unknownSign(token);
    default:
      return unknownSign(token);
  }
}

function missingTerm(token: Token, before: Token | null): QueryMistake {
  if (before === null)
    return mistakeOn(
      token,
      token.kind === 'end' ? 'The query is empty.' : 'This “)” closes nothing.',
      token.kind === 'end'
        ? 'Write a condition, such as lid eq "urn:nasa:pds:insight_rad".'
        : 'Take it out, or open a parenthesis before it.',
    );
  if (before.kind === 'open')
    return token.kind === 'end'
      ? mistakeOn(
          before,
          'Nothing follows this parenthesis.',
          'Write a condition and “)” after it.',
        )
      : mistakeAt(
          before.start,
          token.end,
          'These parentheses are empty.',
          'Write a condition between them, or take them out.',
        );
  return mistakeOn(
    before,
    `A condition is missing after “${before.text}”.`,
    'Take the word out, or write a condition after it.',
  );
}

/** `not` stands before something that is no parenthesis. */
export function notMistake(not: Token, next: Token): QueryMistake {
  const example = next.kind === 'name' ? shown(next.text) : 'lid';
  return mistakeOn(
    not,
    `“${not.text}” needs parentheses after it.`,
    `Write ${not.text} (${example} eq "…"), or ${example} ne "…".`,
  );
}

/** Something stands after a whole condition at the outermost level. `lead` is the token before it. */
export function afterMistake(lead: Token, token: Token, rest: string): QueryMistake {
  if (token.kind === 'close')
    return mistakeOn(
      token,
      'This “)” closes nothing.',
      'Take it out, or open a parenthesis before it.',
    );
  if (token.kind === 'and' || token.kind === 'or')
    return mistakeOn(
      token,
      `Conditions that are joined by “${token.text}” stand in parentheses.`,
      `Put parentheses around the whole: ( … ${token.text} … ).`,
    );
  return besideMistake(lead, token, rest);
}

/** Within a group, or after it: neither a joint nor a parenthesis follows a condition. */
export function besideMistake(lead: Token, token: Token, rest: string): QueryMistake {
  if (token.start === lead.end) {
    const run = lead.text + rest;
    const whole = (message: string, help: string): QueryMistake =>
      mistakeAt(lead.start, lead.start + run.length, message, help);
    if (lead.kind === 'number' && /^[eE][+-]?\d/.test(rest))
      return whole('Numbers have no exponent here.', 'Write all digits, such as 1500000.');
    if (lead.kind === 'number' && /^[\w.:/-]/.test(rest))
      return whole('What is more than a number needs double quotes.', `Write ${asText(run)}.`);
    if (lead.kind === 'string')
      return whole(
        'A text can hold no quotes, in no way.',
        'Use like with the words around the quote.',
      );
  }
  if (token.kind === 'sign' && /^(&+|\|+)$/.test(token.text)) {
    const word = token.text.startsWith('&') ? 'and' : 'or';
    return mistakeOn(
      token,
      `“${shown(token.text)}” is not known to the registry.`,
      `Write ${word}.`,
    );
  }
  const word = token.text.toLowerCase();
  if (token.kind === 'name' && (word === 'and' || word === 'or'))
    return mistakeOn(
      token,
      `“${token.text}” is not known to the 1.3 registry.`,
      `Write ${word} or ${word.toUpperCase()}.`,
    );
  if (token.kind === 'unknown' || token.kind === 'sign') return unknownSign(token);
  if (['name', 'open', 'not', 'exists'].includes(token.kind))
    return mistakeOn(
      token,
      'Two conditions stand side by side with nothing between them.',
      'Join them: ( … and … ).',
    );
  return mistakeOn(
    token,
    `“${shown(token.text)}” stands after a condition that is complete.`,
    'Take it out, or write “and” and a whole condition.',
  );
}

/** The other joint in a group that has one already. */
export function mixedMistake(token: Token, joint: 'and' | 'or'): QueryMistake {
  return mistakeOn(
    token,
    `This group is joined by “${joint}”; a group cannot hold both.`,
    `Put one part in parentheses of its own: ( … ${joint} ( … ${joint === 'and' ? 'or' : 'and'} … )).`,
  );
}

/** The text ends inside a group. */
export function openMistake(open: Token): QueryMistake {
  return mistakeOn(open, 'This parenthesis is never closed.', 'Write “)” where the group ends.');
}
