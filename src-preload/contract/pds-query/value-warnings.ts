/** Runs anywhere; pure. What the registry would take, but hardly as it was meant: values that do not fit their property. */
import type { PdsPropertyType } from '../pds.ts';
import type { Comparison, Like } from './ast.ts';
import { shown } from './mistake.ts';
import { readTimestamp } from './timestamp.ts';

export interface ValueWarning {
  message: string;
  help: string;
}

const holds: Readonly<Record<PdsPropertyType['type'], string>> = {
  string: 'texts',
  integer: 'whole numbers',
  float: 'numbers',
  timestamp: 'times',
  boolean: 'true or false',
  unsupported: 'what cannot be compared',
};

/** A warning for a comparison's value, or null. */
export function comparisonWarning(
  node: Comparison,
  type: PdsPropertyType['type'],
): ValueWarning | null {
  const { text } = node.value;
  if (text === '')
    return { message: 'The value is empty, which hardly any product has.', help: 'Write a value.' };
  switch (type) {
    case 'integer':
    case 'float':
      return numberWarning(node, type);
    case 'timestamp':
      return readTimestamp(text) === null ? timeWarning(text) : null;
    case 'boolean':
      if (text === 'true' || text === 'false') return null;
      return {
        message: `This property is true or false, never “${shown(text)}”.`,
        help: 'Write "true" or "false".',
      };
    case 'string':
      return textWarning(node);
    case 'unsupported':
      return null;
  }
}

/** A warning for the pattern of a `like`, or null. */
export function likeWarning(node: Like, type: PdsPropertyType['type']): ValueWarning | null {
  if (type !== 'string' && type !== 'unsupported')
    return {
      message: `“like” looks into texts, and this property holds ${holds[type]}.`,
      help: 'Use eq, or a range such as ge and le.',
    };
  if (node.pattern.trim() === '')
    return { message: 'An empty pattern finds nothing.', help: 'Write what to look for.' };
  if (/\*[^\s*|+)]/.test(node.pattern))
    return {
      message: 'The registry reads “*” at the end of a word only.',
      help: 'Write the beginning of the word and “*” after it.',
    };
  return null;
}

function numberWarning(node: Comparison, type: 'integer' | 'float'): ValueWarning | null {
  const { text } = node.value;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text))
    return {
      message: `This property holds ${holds[type]}, and “${shown(text)}” is none.`,
      help: 'Write a number.',
    };
  const isExact = node.operator === 'eq' || node.operator === 'ne';
  if (type === 'integer' && isExact && !Number.isInteger(Number(text)))
    return {
      message: `This property holds whole numbers, and ${shown(text)} is none.`,
      help: 'Write a whole number, or a range such as ge and le.',
    };
  return null;
}

function timeWarning(text: string): ValueWarning {
  if (/^\d{4}-\d{3}(T|$)/.test(text))
    return {
      message: `The registry does not read days of the year such as “${shown(text)}”.`,
      help: 'Write month and day: 2019-04-01.',
    };
  return {
    message: `This property holds times, and “${shown(text)}” is none that the registry reads.`,
    help: 'Write 2019, 2019-04, 2019-04-01 or 2019-04-01T00:00:00Z.',
  };
}

function textWarning(node: Comparison): ValueWarning | null {
  const { text } = node.value;
  const isExact = node.operator === 'eq' || node.operator === 'ne';
  if (isExact && text.endsWith('*'))
    return {
      message: `“${node.operator}” compares exactly: “*” is a sign like any other here.`,
      help: 'Use like to find what begins so.',
    };
  if (!isExact && node.value.kind === 'number')
    return {
      message: 'This property holds texts, which are compared letter by letter: 10 comes before 9.',
      help: 'Use eq with each text that is meant.',
    };
  return null;
}
