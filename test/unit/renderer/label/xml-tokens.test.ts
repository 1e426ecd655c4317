import { describe, expect, test } from 'vitest';
import { markTokens, tokenise, type XmlContext } from '#renderer/features/label/xml-tokens.ts';
import { createRandom } from '#test/support/random-values.ts';

const kinds = (line: string, context?: XmlContext): string[] =>
  tokenise(line, context).tokens.map(({ kind, text }) => `${kind} ${text}`);

describe('a line of XML', () => {
  test('has its tags, names, attributes, values and texts told apart', () => {
    expect(kinds('<a:b unit="deg" c=\'1\'>4.2 &amp; more</a:b>')).toEqual([
      'tag <',
      'name a:b',
      'tag  ',
      'attribute unit',
      'tag =',
      'value "deg"',
      'tag  ',
      'attribute c',
      'tag =',
      "value '1'",
      'tag >',
      'text 4.2 ',
      'entity &amp;',
      'text  more',
      'tag </',
      'name a:b',
      'tag >',
    ]);
  });

  test('goes on with what the line before began', () => {
    expect(tokenise('<!-- one').next).toBe('comment');
    expect(kinds('two --><a>', 'comment')[0]).toBe('comment two -->');
    expect(tokenise('<a b="x').next).toBe('double-quoted');
    expect(kinds('y" c="z">', 'double-quoted').slice(0, 3)).toEqual([
      'value y"',
      'tag  ',
      'attribute c',
    ]);
    expect(tokenise('<![CDATA[ <no tag>').next).toBe('cdata');
    expect(kinds(']]>', 'cdata')).toEqual(['text ]]>']);
    expect(tokenise('<a').next).toBe('tag');
    expect(tokenise('<?xml version="1.0"').next).toBe('prolog');
  });

  test('gives every character back and ends, whatever it holds', () => {
    const next01 = createRandom(7);
    const random = (below: number): number => Math.floor(next01() * below);
    const signs = [
      '<',
      '>',
      '/',
      '"',
      "'",
      '=',
      '&',
      ';',
      '!',
      '?',
      '-',
      '[',
      ']',
      ' ',
      'a',
      'é',
      '😀',
    ];
    let context: XmlContext = 'text';
    for (let round = 0; round < 3000; round += 1) {
      const line = Array.from({ length: random(40) }, () => signs[random(signs.length)]).join('');
      const { tokens, next } = tokenise(line, context);
      expect(tokens.map(({ text }) => text).join('')).toBe(line);
      const marked = markTokens(tokens, ['a', '=']);
      expect(marked.map(({ text }) => text).join('')).toBe(line);
      context = next;
    }
  });
});

describe('words found in a line', () => {
  const { tokens } = tokenise('<start_sol>Sol-00122</start_sol>');

  test('are marked within and across its pieces', () => {
    const marked = markTokens(tokens, ['sol>sol']).filter(({ isMatch }) => isMatch);
    expect(marked.map(({ text }) => text)).toEqual(['sol', '>', 'Sol']);
    expect(markTokens(tokens, ['sol']).filter(({ isMatch }) => isMatch)).toHaveLength(3);
  });

  test('are not marked where one of them is missing', () => {
    expect(markTokens(tokens, ['sol', 'moon']).some(({ isMatch }) => isMatch)).toBe(false);
    expect(markTokens(tokens, []).some(({ isMatch }) => isMatch)).toBe(false);
  });
});
