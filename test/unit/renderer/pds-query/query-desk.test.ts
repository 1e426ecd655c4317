import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { PdsDialect } from '#contract/pds.ts';
import { indexProperties, type PropertyIndex } from '#contract/pds-query/property-index.ts';
import { QueryDesk } from '#renderer/features/pds-query/query-desk.svelte.ts';
import { stepOf } from '#renderer/features/pds-query/step-item.ts';

const index = indexProperties([
  { name: 'pds:Time_Coordinates.pds:start_date_time', type: 'timestamp' },
  { name: 'pds:Time_Coordinates.pds:stop_date_time', type: 'timestamp' },
  { name: 'pds:File.pds:file_size', type: 'integer' },
  { name: 'vid', type: 'string' },
]);

function deskOf(
  text = '',
  { dialect = '1.3' as PdsDialect, known = index as PropertyIndex | null } = {},
): QueryDesk {
  return new QueryDesk({ dialect, index: known }, text);
}

const ids = (desk: QueryDesk): string[] => desk.document.root.items.map(({ id }) => id);
const [first, second] = ['(lid like "urn:nasa:*")', '(vid gt 2)'];

describe('builder and text', () => {
  test('what is typed is in the builder, and stays as it was typed', () => {
    const desk = deskOf();
    desk.typeText(`(${first}   and ${second})`);
    expect(desk.document.root.items).toMatchObject([
      { field: 'lid', operator: 'like', value: 'urn:nasa:*' },
      { field: 'vid', operator: 'gt', value: '2', isNumber: true },
    ]);
    expect(desk.text).toBe(`(${first}   and ${second})`);
  });

  test('what is built is in the text, one condition a line', () => {
    const desk = deskOf(first);
    const id = desk.addCondition() ?? '';
    desk.setField(id, 'vid');
    desk.setOperator(id, 'ge');
    desk.setValue(id, '2.0');
    expect(desk.text).toBe('((lid like "urn:nasa:*")\nand (vid ge "2.0"))');
    expect(desk.sent).toBe('(lid like "urn:nasa:*" and vid ge "2.0")');
  });

  test('numbers stand bare where the property holds numbers, and nowhere else', () => {
    const desk = deskOf();
    const id = desk.addCondition() ?? '';
    desk.setField(id, 'pds:File.pds:file_size');
    desk.setOperator(id, 'gt');
    for (const value of ['-', '-2', '-20']) desk.setValue(id, value);
    expect(desk.text).toBe('((pds:File.pds:file_size gt -20))');
    desk.setValue(id, '20 kB');
    expect(desk.text).toBe('((pds:File.pds:file_size gt "20 kB"))');
    desk.setValue(id, '20');
    desk.setOperator(id, 'like');
    expect(desk.text).toBe('((pds:File.pds:file_size like "20"))');
    desk.setOperator(id, 'gt');
    desk.setField(id, 'vid');
    expect(desk.text).toBe('((vid gt "20"))');
    desk.setField(id, 'pds:File/pds:file_size');
    expect(desk.text).toBe('((pds:File/pds:file_size gt 20))');
  });

  test('items keep their ids while the text around them is typed', () => {
    const desk = deskOf(`(${first} and ${second})`);
    const before = ids(desk);
    desk.typeText(`(${first} and (vid gt 23))`);
    expect(ids(desk)).toEqual(before);
    desk.typeText(`(${first} and (title eq "x") and (vid gt 23))`);
    expect(ids(desk)[0]).toBe(before[0]);
    expect(ids(desk)[2]).toBe(before[1]);
  });

  test('half-typed text is kept, and the builder shows the query as it was', () => {
    const desk = deskOf(first);
    const before = desk.document;
    desk.typeText(`(${first} and (vid g`);
    expect(desk.document).toBe(before);
    expect(desk.isRead).toBe(false);
    expect(desk.isUnfinished).toBe(false);
    expect(desk.sent).toBeNull();
    expect(desk.mistake).toMatchObject({ kind: 'unreadable', line: 1, id: null });
    desk.typeText(`(${first} and ${second})`);
    expect(desk.mistake).toBeNull();
    expect(desk.isRead).toBe(true);
  });

  test('going on in the builder takes the place of text that cannot be read', () => {
    const desk = deskOf(first);
    desk.typeText('(lid li');
    desk.setValue(ids(desk)[0] ?? '', 'urn:esa:*');
    expect(desk.text).toBe('((lid like "urn:esa:*"))');
    desk.undo();
    expect(desk.text).toBe('(lid li');
  });
});

describe('what is wrong', () => {
  const unknown = '((vid gt 2)\nand (pds:Time_Coordinate.pds:start_date_time ge "2019"))';

  test('an unknown property is found in the line and in the item, with names that may be meant', () => {
    const desk = deskOf(unknown);
    expect(desk.mistake).toMatchObject({
      kind: 'unknown-property',
      line: 2,
      id: ids(desk)[1],
      part: 'field',
    });
    const { start = 0, end = 0, suggestions = [] } = desk.mistake ?? {};
    expect(desk.text.slice(start, end)).toBe('pds:Time_Coordinate.pds:start_date_time');
    expect(suggestions[0]?.name).toBe('pds:Time_Coordinates.pds:start_date_time');
  });

  test('the same in a query that was built', () => {
    const desk = deskOf('(vid gt 2)');
    const id = desk.addCondition() ?? '';
    desk.setField(id, 'no_such_name');
    const { mistake } = desk;
    expect(mistake).toMatchObject({ kind: 'unknown-property', line: 2, id });
    expect(desk.text.slice(mistake?.start, mistake?.end)).toBe('no_such_name');
  });

  test('nothing is said of names while none are known', () => {
    expect(deskOf(unknown, { known: null }).mistake).toBeNull();
  });

  test('a new condition is unfinished, no mistake in red', () => {
    const desk = deskOf('(vid gt 2)');
    desk.addCondition();
    expect(desk.mistake).toMatchObject({ kind: 'incomplete', line: 2 });
    expect(desk.isUnfinished).toBe(true);
    expect(desk.sent).toBeNull();
  });

  test('a name that is being typed is spared, and said when it is left', () => {
    const desk = deskOf('(vid gt 2)');
    const [id = ''] = ids(desk);
    desk.draft(id);
    desk.setField(id, 'pds:Ti');
    expect(desk.shownProblems).toEqual([]);
    expect(desk.mistake).not.toBeNull();
    desk.draft(null);
    expect(desk.shownProblems).toHaveLength(1);
  });
});

describe('undo and redo', () => {
  test('what is typed in one go is one step; each other change is its own', () => {
    const desk = deskOf();
    for (const text of ['(', '(v', '(vi', '(vid gt 2)']) desk.typeText(text);
    desk.addCondition();
    desk.addGroup();
    expect(desk.document.root.items).toHaveLength(3);
    desk.undo();
    desk.undo();
    expect(desk.text).toBe('(vid gt 2)');
    desk.undo();
    expect(desk.text).toBe('');
    expect(desk.canUndo).toBe(false);
    desk.redo();
    expect(desk.text).toBe('(vid gt 2)');
    desk.setJoint(desk.document.root.id, 'or');
    expect(desk.canRedo).toBe(false);
  });
});

describe('the two grammars', () => {
  test('“or” is asked around in 1.3, and as it is of the current service', () => {
    const text = '((vid eq 1) or (vid eq 2))';
    expect(deskOf(text).askedAround).toBe('not (vid ne 1 and vid ne 2)');
    expect(deskOf(text, { dialect: 'current' }).askedAround).toBeNull();
  });

  test('what was built is written anew when another service answers', () => {
    const facts = serviceOf('1.3');
    const desk = new QueryDesk(facts, '(vid eq 1)');
    desk.setOperator(ids(desk)[0] ?? '', 'not like');
    expect(desk.sent).toBe('vid not like "1"');
    facts.dialect = 'current';
    desk.readFor('current');
    expect(desk.text).toContain('not (vid like "1")');
    expect(desk.sent).toBe('not (vid like "1")');
    expect(desk.isRead).toBe(true);
  });
});

function serviceOf(dialect: PdsDialect): { dialect: PdsDialect; index: PropertyIndex | null } {
  return { dialect, index: null };
}

test('moving steps into, through and out of groups, and stops at the ends', () => {
  const desk = deskOf('((vid eq 1) and ((vid eq 2) or (vid eq 3)) and (vid eq 4))');
  const [one = ''] = ids(desk);
  const walk: string[] = [];
  for (;;) {
    const place = stepOf(desk.document, one, 1);
    if (place === null || !desk.move(one, place.groupId, place.index)) break;
    flushSync();
    walk.push(desk.sent ?? '');
  }
  expect(walk).toEqual([
    '((vid eq 1 or vid eq 2 or vid eq 3) and vid eq 4)',
    '((vid eq 2 or vid eq 1 or vid eq 3) and vid eq 4)',
    '((vid eq 2 or vid eq 3 or vid eq 1) and vid eq 4)',
    '((vid eq 2 or vid eq 3) and vid eq 1 and vid eq 4)',
    '((vid eq 2 or vid eq 3) and vid eq 4 and vid eq 1)',
  ]);
  expect(stepOf(desk.document, one, 1)).toBeNull();
});
