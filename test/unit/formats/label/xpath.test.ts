import { describe, expect, test } from 'vitest';
import { LabelQuery } from '#main/formats/label/label-query.ts';
import { evaluateXPath } from '#main/formats/label/xpath/evaluate.ts';
import { parseXPath } from '#main/formats/label/xpath/parser.ts';
import { XPathProblem } from '#main/formats/label/xpath/problem.ts';
import { numberToString, toNumber } from '#main/formats/label/xpath/values.ts';
import { pdsNamespace, readLabel, tableLabel, xpathText } from '#test/support/labels.ts';

const label = readLabel(`<?xml version="1.0"?>
<Product xmlns="${pdsNamespace}" xmlns:i="http://pds.nasa.gov/pds4/mission/insight/v1">
  <Area><name xml:id="first">one</name><name>two</name><i:sol unit="d">007</i:sol></Area>
  <Area><name>three</name></Area>
</Product>`);
const run = (expression: string, from = 0, count = 10): ReturnType<LabelQuery['run']> =>
  new LabelQuery(label).run(expression, from, count);

describe('mistakes are told with their place', () => {
  test.each([
    ['', 0, 'empty'],
    ['  ', 0, 'empty'],
    ['//', 2, 'ends'],
    ['//pds:name[', 11, 'ends'],
    ['//pds:name[1', 12, '"]" was expected'],
    ['//pds:name]', 10, 'cannot stand here'],
    ['1 +', 3, 'ends'],
    ['1 2', 2, 'cannot stand here'],
    ['a b', 2, 'operator was expected'],
    ['//x:name', 2, 'no prefix "x"'],
    ['foo(1)', 0, 'no function "foo"'],
    ['constructor()', 0, 'no function "constructor"'],
    ['count()', 0, '1 argument'],
    ['concat("a")', 0, 'at least 2 arguments'],
    ['substring("a")', 0, '2 to 3 arguments'],
    ['"open', 0, 'no closing quote'],
    ['1 ! 2', 2, '"!" stands alone'],
    ['$x + 1', 0, 'Variables'],
    ['up::name', 0, 'no axis "up"'],
    ['count(1)', 6, 'Nodes are needed'],
    ['1 | //pds:name', 0, 'Nodes are needed'],
    ['//pds:name#', 10, '"#" cannot stand here'],
    ['/pds:name/', 10, 'ends'],
  ])('%s', (expression, position, words) => {
    const result = run(expression);
    expect(result).toMatchObject({
      type: 'error',
      position: expression.startsWith('count(1') || expression.startsWith('1 |') ? null : position,
    });
    if (result.type === 'error') expect(result.message).toContain(words);
  });

  test('what is too long or too deep', () => {
    expect(run('('.repeat(100) + '1' + ')'.repeat(100))).toMatchObject({ type: 'error' });
    expect(run('1' + '+1'.repeat(900))).toMatchObject({ type: 'number', value: 901 });
    expect(run('1' + '+1'.repeat(4000))).toMatchObject({ type: 'error' });
    expect(run(`"${'x'.repeat(11_000)}"`)).toMatchObject({ type: 'error' });
    expect(run('-'.repeat(999) + '1')).toMatchObject({ type: 'number', value: -1 });
  });

  test('any text is a value or a mistake, never an exception', () => {
    const parts = [
      '//',
      '/',
      '[',
      ']',
      '(',
      ')',
      'pds:name',
      '*',
      '@',
      '.',
      '..',
      '::',
      'child',
      '1',
      '"a"',
      'or',
      '-',
      '|',
      '=',
      '<',
      'count',
      'div',
      ',',
      'text()',
      '$',
      ' ',
    ];
    let state = 7;
    for (let round = 0; round < 5000; round += 1) {
      let expression = '';
      for (let left = 1 + (round % 9); left > 0; left -= 1) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        expression += parts[(state >>> 8) % parts.length] ?? '';
      }
      const result = run(expression);
      if (result.type !== 'error') continue;
      expect(result.message).toMatch(/\.$/);
      expect(result.position ?? 0).toBeLessThanOrEqual(expression.length);
    }
  });
});

describe('results', () => {
  test('come in document order, in parts, each once', () => {
    const whole = run('//pds:name | //pds:name[1] | //i:sol');
    expect(whole).toMatchObject({
      type: 'nodes',
      total: 4,
      hint: null,
      matches: [{ value: 'one' }, { value: 'two' }, { value: '007' }, { value: 'three' }],
    });
    expect(run('//pds:name', 1, 1)).toMatchObject({
      total: 3,
      from: 1,
      matches: [{ value: 'two' }],
    });
    expect(run('//pds:name', 9, 1)).toMatchObject({ total: 3, matches: [] });
  });

  test('bear a path and the node to show', () => {
    const result = run('//@unit | //text()[. = "two"] | /');
    expect(result).toMatchObject({
      matches: [
        { path: '/', node: null },
        { path: '/pds:Product/pds:Area[1]/pds:name[2]/text()' },
        { path: '/pds:Product/pds:Area[1]/i:sol/@unit', value: 'd' },
      ],
    });
    if (result.type !== 'nodes') throw new Error('no nodes');
    const [, text, unit] = result.matches;
    expect(label.node(text?.node ?? 0)?.path).toBe('/pds:Product/pds:Area[1]/pds:name[2]');
    expect(label.node(unit?.node ?? 0)?.name).toBe('i:sol');
  });

  test('a name without a prefix finds nothing, and it is said why', () => {
    expect(run('//name')).toMatchObject({
      total: 0,
      hint: 'XPath takes "name" for a name in no namespace. In this label it is pds:name.',
    });
    expect(run('//@name')).toMatchObject({ total: 0, hint: null });
  });

  test('numbers, texts and truth values', () => {
    expect(run('sum(//i:sol) * 2')).toMatchObject({ type: 'number', value: 14, text: '14' });
    expect(run('0 div 0')).toMatchObject({ type: 'number', value: Number.NaN, text: 'NaN' });
    expect(run('//i:sol = 7')).toMatchObject({ type: 'boolean', value: true });
    expect(run('string(//i:sol)')).toMatchObject({ type: 'string', value: '007' });
    expect(run("string(id('none first'))")).toMatchObject({ type: 'string', value: 'one' });
    expect(run("string-length('a😀b') + string-length(substring('a😀b', 2, 1))")).toMatchObject({
      value: 4,
    });
  });

  test('too much work is refused, with words', () => {
    const large = readLabel([...tableLabel(2000)].join(''));
    const costly = parseXPath('//*[count(//*[. != following::*]) > 1]', () => pdsNamespace);
    expect(() => evaluateXPath(large.tree, costly, 100_000)).toThrow(XPathProblem);
    expect(() => evaluateXPath(large.tree, costly, 100_000)).toThrow(/more steps/);
  });

  test('numbers are written without exponents', () => {
    const written = [1e21, -1e-7, 1.5, 0.1 + 0.2, -0, 12_345_678_901.25, 1 / 3, 1e15];
    expect(written.map(numberToString)).toEqual([
      '1000000000000000000000',
      '-0.0000001',
      '1.5',
      '0.3',
      '0',
      '12345678901.25',
      '0.333333333333333',
      '1000000000000000',
    ]);
    expect([' 1.5e3\n', '.5', '5.', '1e', '0x10', '', '+1', '--1'].map(toNumber)).toEqual([
      1500,
      0.5,
      5,
      ...Array.from({ length: 5 }, () => Number.NaN),
    ]);
  });
});

describe('prefixes', () => {
  test('pds is the default namespace, whatever it is, and what else a label declares', () => {
    const other = readLabel('<a xmlns="urn:one" xmlns:q="urn:two"><q:b>1</q:b></a>');
    expect(other.state().namespaces).toEqual([
      { prefix: 'pds', uri: 'urn:one', isDefault: true },
      { prefix: 'q', uri: 'urn:two', isDefault: false },
    ]);
    expect(xpathText(other, '/pds:a/q:b')).toBe('1');
    const prefixed = readLabel(`<pds:a xmlns:pds="${pdsNamespace}"><pds:b>2</pds:b></pds:a>`);
    expect(xpathText(prefixed, '/pds:a/pds:b')).toBe('2');
    expect(new LabelQuery(readLabel('<a/>')).run('//pds:a', 0, 1)).toMatchObject({ type: 'error' });
  });

  test('paths lead back, where prefixes are taken anew as well', () => {
    const odd = readLabel(
      '<a xmlns="urn:one"><b xmlns="urn:two"><c/></b><b/><x:b xmlns:x="urn:one"/><d xmlns=""><e/></d></a>',
    );
    odd.fold({ what: 'depth', depth: null });
    const { rows } = odd.rows(0, 20);
    expect(rows).toHaveLength(7);
    for (const { node } of rows) {
      const { path = '', localPath = '' } = odd.node(node) ?? {};
      for (const expression of [path, localPath]) {
        const found = new LabelQuery(odd).run(expression, 0, 5);
        expect(found).toMatchObject({ total: 1, matches: [{ node }] });
      }
    }
  });
});
