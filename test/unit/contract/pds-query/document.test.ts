import { describe, expect, test } from 'vitest';
import { pdsDialects } from '#contract/pds.ts';
import type { PdsDialect } from '#contract/pds.ts';
import type { DocumentItem, QueryDocument } from '#contract/pds-query/document.ts';
import {
  addCondition,
  addGroup,
  emptyDocument,
  itemOf,
  moveItem,
  negate,
  parentOf,
  removeItem,
  setField,
  setJoint,
  setNegated,
  setOperator,
  setValue,
} from '#contract/pds-query/document.ts';
import { isRunnable, problemsOf } from '#contract/pds-query/document-problems.ts';
import {
  documentFromText,
  documentOfQuery,
  queryOfDocument,
  textOfDocument,
} from '#contract/pds-query/document-text.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import { printQuery } from '#contract/pds-query/print-query.ts';
import { indexProperties } from '#contract/pds-query/property-index.ts';
import { createQueryMaker, madeTypes } from '#test/support/pds-queries.ts';
import { createRandom } from '#test/support/random-values.ts';

function from(text: string, previous?: QueryDocument, dialect: PdsDialect = '1.3'): QueryDocument {
  const read = documentFromText(text, dialect, previous);
  if (!read.ok) throw new Error(`${text}: ${read.message}`);
  return frozen(read.document);
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Ids and contents in one short line each, as a builder would show them. */
function outline(document: QueryDocument): string {
  const show = (item: DocumentItem): string =>
    item.kind === 'condition'
      ? `${item.id}:${item.field} ${item.operator} ${item.value}`
      : `${item.id}:${item.isNegated ? 'not ' : ''}${item.joint}[${item.items.map(show).join(', ')}]`;
  return show(document.root);
}

const text = (document: QueryDocument, dialect: PdsDialect = '1.3'): string =>
  textOfDocument(document, dialect).text;

describe('text to document', () => {
  test.each<[string, string]>([
    ['', 'i0:and[]'],
    [' \n', 'i0:and[]'],
    ['a eq 1', 'i0:and[i1:a eq 1]'],
    ['(a eq 1)', 'i0:and[i1:a eq 1]'],
    ['((a eq 1) or (b not like "x"))', 'i0:or[i1:a eq 1, i2:b not like x]'],
    [
      '(a eq 1 and (b eq 2 or not (c lt 3)))',
      'i0:and[i1:a eq 1, i2:or[i3:b eq 2, i4:not and[i5:c lt 3]]]',
    ],
    ['not (a eq 1 or b eq 2)', 'i0:not or[i1:a eq 1, i2:b eq 2]'],
    ['not (a like "x")', 'i0:and[i1:a not like x]'],
    ['((((a eq 1 and b eq 2))))', 'i0:and[i1:a eq 1, i2:b eq 2]'],
    ['(((a eq 1)) and (b eq 2))', 'i0:and[i1:and[i2:a eq 1], i3:b eq 2]'],
  ])('%s', (given, expected) => {
    expect(outline(from(given))).toBe(expected);
  });
  test('exists and its negation are conditions', () => {
    expect(outline(from('(exists lid and not (exists "a.*"))', undefined, 'current'))).toBe(
      'i0:and[i1:lid exists , i2:a.* not exists ]',
    );
  });
  test('a mistake is handed through, with its place', () => {
    expect(documentFromText('(a eq 1 and)', '1.3')).toMatchObject({
      ok: false,
      position: 8,
      length: 3,
    });
    expect(documentFromText('('.repeat(100) + 'a eq 1' + ')'.repeat(100), '1.3').ok).toBe(false);
  });
});

describe('document to text', () => {
  test('one condition a line, with the place of every part by id', () => {
    const document = from('(lid like "urn:*" and (pds:A.pds:b eq "P" or vid ge 2))');
    const laid = textOfDocument(document, '1.3');
    expect(laid.text).toBe('((lid like "urn:*")\nand ((pds:A.pds:b eq "P")\n  or (vid ge 2)))');
    expect(laid.lines.map(({ number, key }) => [number, key])).toEqual([
      [1, 'i1'],
      [2, 'i3'],
      [3, 'i4'],
    ]);
    const range = laid.ranges.get('i3');
    expect(laid.text.slice(range?.value?.start, range?.value?.end)).toBe('"P"');
    expect(laid.text.slice(range?.field?.start, range?.field?.end)).toBe('pds:A.pds:b');
    const group = laid.ranges.get('i2');
    expect(laid.text.slice(group?.start, group?.end)).toBe(
      '((pds:A.pds:b eq "P")\n  or (vid ge 2))',
    );
  });
  test('of no condition is empty, and so is its query', () => {
    expect(text(emptyDocument())).toBe('');
    expect(queryOfDocument(emptyDocument())).toBeNull();
  });
  test('in the words of each dialect', () => {
    const document = from('(a not like "x" and b eq 1)');
    expect(text(document)).toBe('((a not like "x")\nand (b eq 1))');
    expect(text(document, 'current')).toBe('((not (a like "x"))\nand (b eq 1))');
    expect(from(text(document, 'current'), document, 'current')).toBe(document);
    const exists = from('(exists lid and not (exists "a.*"))', undefined, 'current');
    expect(text(exists, 'current')).toBe('((exists lid)\nand (not (exists "a.*")))');
  });
  test('also where it is incomplete: then its text says where', () => {
    let { document } = addCondition(from('a eq 1'), 'i0');
    expect(text(document)).toBe('((a eq 1)\nand (eq ""))');
    expect(parseQuery(text(document), '1.3')).toMatchObject({ ok: false, position: 15, length: 2 });
    document = setField(document, 'i2', 'b');
    expect(text(document)).toBe('((a eq 1)\nand (b eq ""))');
    document = setValue(document, 'i2', 'x"y');
    expect(parseQuery(text(document), '1.3').ok).toBe(false);
    const { document: grouped } = addGroup(from('a eq 1'), 'i0');
    expect(text(removeItem(grouped, 'i3'))).toBe('((a eq 1)\nand ())');
  });
});

describe('ids stay while the text is edited', () => {
  const before = from('(a eq 1 and (b eq 2 or c eq 3) and d like "x")');
  test.each<[string, string, string]>([
    [
      'nothing but spaces and parentheses',
      '(a  eq 1 and (((b eq 2) or c eq 3)) and d like "x")',
      'i0:and[i1:a eq 1, i2:or[i3:b eq 2, i4:c eq 3], i5:d like x]',
    ],
    [
      'a value',
      '(a eq 1 and (b eq 2 or c eq 33) and d like "x")',
      'i0:and[i1:a eq 1, i2:or[i3:b eq 2, i4:c eq 33], i5:d like x]',
    ],
    [
      'a property',
      '(aa eq 1 and (b eq 2 or c eq 3) and d like "x")',
      'i0:and[i1:aa eq 1, i2:or[i3:b eq 2, i4:c eq 3], i5:d like x]',
    ],
    [
      'a joint',
      '(a eq 1 or (b eq 2 or c eq 3) or d like "x")',
      'i0:or[i1:a eq 1, i2:or[i3:b eq 2, i4:c eq 3], i5:d like x]',
    ],
    [
      'one taken out',
      '((b eq 2 or c eq 3) and d like "x")',
      'i0:and[i2:or[i3:b eq 2, i4:c eq 3], i5:d like x]',
    ],
    [
      'one put in',
      '(z eq 9 and a eq 1 and (b eq 2 or c eq 3) and d like "x")',
      'i0:and[i6:z eq 9, i1:a eq 1, i2:or[i3:b eq 2, i4:c eq 3], i5:d like x]',
    ],
    [
      'the order',
      '(d like "x" and (c eq 3 or b eq 2) and a eq 1)',
      'i0:and[i5:d like x, i2:or[i4:c eq 3, i3:b eq 2], i1:a eq 1]',
    ],
    [
      'a group put around',
      '((a eq 1 or z eq 9) and (b eq 2 or c eq 3) and d like "x")',
      'i0:and[i6:or[i1:a eq 1, i7:z eq 9], i2:or[i3:b eq 2, i4:c eq 3], i5:d like x]',
    ],
    [
      'a group taken away',
      '(a eq 1 and b eq 2 and c eq 3 and d like "x")',
      'i0:and[i1:a eq 1, i3:b eq 2, i4:c eq 3, i5:d like x]',
    ],
    [
      'a negation',
      '(a eq 1 and not (b eq 2 or c eq 3) and d not like "x")',
      'i0:and[i1:a eq 1, i2:not or[i3:b eq 2, i4:c eq 3], i5:d not like x]',
    ],
    ['all', 'z eq 9', 'i0:and[i1:z eq 9]'],
  ])('%s', (_name, edited, expected) => {
    const after = from(edited, before);
    expect(outline(after)).toBe(expected);
  });
  test('the very same document where the text says the same', () => {
    expect(from(text(before), before)).toBe(before);
    expect(from(' ( a eq 1 AND (b eq 2 or c eq 3) and d like "x")', before)).toBe(before);
  });
  test('how a group of one joins is kept, though no text says it', () => {
    const one = setJoint(from('a eq 1'), 'i0', 'or');
    expect(from('a eq 2', one).root.joint).toBe('or');
    expect(from('(a eq 2 and b eq 3)', one).root.joint).toBe('and');
  });
});

describe('operations', () => {
  const document = from('(a eq 1 and (b eq 2 or c lt 3) and d like "x")');

  test('add, at the end and at a place, empty or not', () => {
    expect(outline(addCondition(document, 'i0').document)).toMatch(/i5:d like x, i6: eq \]$/);
    const placed = addCondition(document, 'i2', 1, { field: 'f', operator: 'ne', value: 'v' });
    expect(placed.id).toBe('i6');
    expect(outline(placed.document)).toContain('i2:or[i3:b eq 2, i6:f ne v, i4:c lt 3]');
    const grouped = addGroup(document, 'i2', 0);
    expect(outline(grouped.document)).toContain('i2:or[i6:and[i7: eq ], i3:b eq 2');
    expect(addCondition(grouped.document, 'i6').id).toBe('i8');
    expect(addCondition(document, 'i1')).toEqual({ document, id: null });
    expect(addGroup(document, 'nothing')).toEqual({ document, id: null });
  });
  test('remove', () => {
    expect(outline(removeItem(document, 'i2'))).toBe('i0:and[i1:a eq 1, i5:d like x]');
    expect(outline(removeItem(document, 'i4'))).toContain('i2:or[i3:b eq 2]');
    expect(outline(removeItem(document, 'i0'))).toBe('i0:and[]');
  });
  test.each<[string, string, number, string]>([
    ['i1', 'i0', 3, 'i0:and[i2:or[i3:b eq 2, i4:c lt 3], i5:d like x, i1:a eq 1]'],
    ['i1', 'i0', 2, 'i0:and[i2:or[i3:b eq 2, i4:c lt 3], i1:a eq 1, i5:d like x]'],
    ['i5', 'i0', 0, 'i0:and[i5:d like x, i1:a eq 1, i2:or[i3:b eq 2, i4:c lt 3]]'],
    ['i1', 'i2', 1, 'i0:and[i2:or[i3:b eq 2, i1:a eq 1, i4:c lt 3], i5:d like x]'],
    ['i4', 'i0', 99, 'i0:and[i1:a eq 1, i2:or[i3:b eq 2], i5:d like x, i4:c lt 3]'],
    ['i2', 'i0', -5, 'i0:and[i2:or[i3:b eq 2, i4:c lt 3], i1:a eq 1, i5:d like x]'],
  ])('move %s into %s before %d', (id, group, index, expected) => {
    expect(outline(moveItem(document, id, group, index))).toBe(expected);
  });
  test('nothing moves into itself, to where it is, or to what is no group', () => {
    for (const [id, group, index] of [
      ['i2', 'i2', 0],
      ['i0', 'i2', 0],
      ['i1', 'i0', 0],
      ['i1', 'i0', 1],
      ['i1', 'i5', 0],
      ['x', 'i0', 0],
      ['i1', 'x', 0],
    ] as const)
      // prettier-ignore
      expect(moveItem(document, id, group, index)).toBe(document);
    const { document: nested, id } = addGroup(document, 'i2');
    expect(moveItem(nested, 'i2', id ?? '', 0)).toBe(nested);
  });
  test('joints, negation, and parts of a condition', () => {
    expect(outline(setJoint(document, 'i0', 'or'))).toMatch(/^i0:or/);
    expect(outline(setNegated(document, 'i2', true))).toContain('i2:not or[');
    expect(outline(setField(document, 'i1', 'f\ng'))).toContain('i1:f g eq 1');
    expect(outline(setOperator(document, 'i1', 'like'))).toContain('i1:a like 1');
    expect(text(setValue(document, 'i1', '2.5'))).toContain('(a eq 2.5)');
    expect(text(setValue(document, 'i1', 'two'))).toContain('(a eq "two")');
    expect(text(setValue(setValue(document, 'i1', 'two'), 'i1', '2'))).toContain('(a eq "2")');
    expect(text(setOperator(document, 'i1', 'like'))).toContain('(a like "1")');
  });
  test('negation of conditions: by a word, or in a group where there is none', () => {
    expect(outline(negate(document, 'i1'))).toContain('i1:a ne 1');
    expect(outline(negate(document, 'i5'))).toContain('i5:d not like x');
    expect(outline(negate(document, 'i4'))).toContain('i6:not and[i4:c lt 3]');
    expect(outline(negate(negate(document, 'i2'), 'i2'))).toBe(outline(document));
    expect(negate(document, 'x')).toBe(document);
  });
  test('that change nothing answer the same document', () => {
    expect(setJoint(document, 'i0', 'and')).toBe(document);
    expect(setJoint(document, 'i1', 'or')).toBe(document);
    expect(setNegated(document, 'i2', false)).toBe(document);
    expect(setField(document, 'i1', 'a')).toBe(document);
    expect(setField(document, 'i2', 'a')).toBe(document);
    expect(setValue(document, 'i1', '1')).toBe(document);
    expect(removeItem(document, 'x')).toBe(document);
  });
  test('what is not touched stays the same object', () => {
    const after = setValue(document, 'i1', '9');
    expect(itemOf(after, 'i2')).toBe(itemOf(document, 'i2'));
    expect(parentOf(after, 'i3')).toBe(itemOf(after, 'i2'));
    expect(parentOf(after, 'i0')).toBeNull();
  });
  test('groups in groups end where texts of them would', () => {
    let document: QueryDocument = emptyDocument();
    let group = 'i0';
    let depth = 0;
    for (;;) {
      const added = addGroup(document, group);
      if (added.id === null) break;
      document = added.document;
      group = added.id;
      depth += 1;
    }
    expect(depth).toBe(97);
    expect(moveItem(document, 'i1', group, 0)).toBe(document);
    expect(addCondition(document, group).id).not.toBeNull();
    for (let number = 2; number <= 2 * depth; number += 2)
      document = setField(document, `i${String(number)}`, 'lid');
    expect(parseQuery(text(document), '1.3').ok).toBe(true);
  });
});

describe('problems', () => {
  const index = indexProperties([...madeTypes].map(([name, type]) => ({ name, type })));
  const problems = (document: QueryDocument, dialect: PdsDialect = '1.3') =>
    problemsOf(document, dialect, index).map(({ id, kind, severity, part }) => [
      id,
      kind,
      severity,
      part,
    ]);

  test('incomplete, mistaken, unknown and odd conditions, each at its part', () => {
    let document = from('(lid eq "x" and vid ge "many" and pds:File.pds:file_sise gt 5)');
    document = addCondition(document, 'i0').document;
    document = addCondition(document, 'i0', 99, { field: 'a b', value: 'x' }).document;
    document = addCondition(document, 'i0', 99, { field: 'lid', value: 'x"y' }).document;
    document = addCondition(document, 'i0', 99, { field: 'lid', operator: 'not exists' }).document;
    const group = addGroup(document, 'i0');
    document = removeItem(group.document, 'i9');
    expect(problems(document)).toEqual([
      ['i2', 'value', 'warning', 'value'],
      ['i3', 'unknown-property', 'error', 'field'],
      ['i4', 'incomplete', 'error', 'field'],
      ['i5', 'unreadable', 'error', 'field'],
      ['i6', 'unreadable', 'error', 'value'],
      ['i7', 'unreadable', 'error', 'operator'],
      ['i8', 'incomplete', 'error', null],
    ]);
    expect(problems(document, 'current')).not.toContainEqual(expect.arrayContaining(['i7']));
    expect(isRunnable(problemsOf(document, '1.3', index))).toBe(false);
  });
  test('a document is runnable exactly where its query can be said', () => {
    const document = from('(lid eq "x" and vid ge "many")');
    expect(isRunnable(problemsOf(document, '1.3', index))).toBe(true);
    expect(problemsOf(emptyDocument(), '1.3', index)).toEqual([]);
    const unknown = setField(document, 'i1', 'nonsense');
    expect(problemsOf(unknown, '1.3', null)).toEqual([]);
    expect(problemsOf(unknown, '1.3', index)[0]).toMatchObject({
      id: 'i1',
      kind: 'unknown-property',
    });
  });
});

describe('generated documents', () => {
  test('text, document and query are one, in both dialects', () => {
    const maker = createQueryMaker(createRandom(20_261_122));
    for (let number = 0; number < 3000; number += 1) {
      const dialect = pdsDialects[number % 2] as PdsDialect;
      const query = maker.query(dialect);
      const document = documentOfQuery(query);
      const built = queryOfDocument(document);
      if (built === null) throw new Error('empty');
      const again = from(text(document, dialect), document, dialect);
      expect(again).toBe(document);
      // In the words of the current registry, which has one way only to negate a `like`.
      const [left, right] = [printQuery(built, 'current'), printQuery(query, 'current')];
      expect(left).toEqual(right);
    }
  });

  test('thousands of operations keep ids unique, leave old documents alone and keep text and builder in step', () => {
    const random = createRandom(4);
    const below = (count: number): number => Math.floor(random() * count);
    let document = frozen(from('(a eq 1 and (b eq 2 or c lt 3) and d like "x")'));
    const idsOf = (item: DocumentItem): string[] => [
      item.id,
      ...(item.kind === 'group' ? item.items.flatMap(idsOf) : []),
    ];
    for (let step = 0; step < 4000; step += 1) {
      const ids = idsOf(document.root);
      const id = ids[below(ids.length)] ?? '';
      const other = ids[below(ids.length)] ?? '';
      const small = ids.length < 40;
      const next = [
        () => (small ? addCondition(document, id, below(4), { field: 'f' }).document : document),
        () => (small ? addGroup(document, id, below(4)).document : document),
        () => (ids.length > 20 ? removeItem(document, id) : document),
        () => moveItem(document, id, other, below(5)),
        () => setJoint(document, id, below(2) === 0 ? 'and' : 'or'),
        () => negate(document, id),
        () => setField(document, id, ['a', 'b', ''][below(3)] ?? ''),
        () => setValue(document, id, ['1', 'x', ''][below(3)] ?? ''),
        () =>
          setOperator(document, id, (['eq', 'lt', 'like', 'not like'] as const)[below(4)] ?? 'eq'),
      ][below(9)] as () => QueryDocument;
      document = frozen(next());
      const after = idsOf(document.root);
      expect(new Set(after).size).toBe(after.length);
      expect(document.root.id).toBe('i0');
      const isRunnableNow = isRunnable(problemsOf(document, '1.3', null));
      const parsed = parseQuery(text(document), '1.3');
      const isEmpty = document.root.items.length === 0;
      expect(parsed.ok).toBe(isRunnableNow && !isEmpty);
      if (!parsed.ok) continue;
      const [left, right] = [
        printQuery(parsed.query, '1.3'),
        printQuery(queryOfDocument(document) as never, '1.3'),
      ];
      expect(left).toEqual(right);
    }
  });
});
