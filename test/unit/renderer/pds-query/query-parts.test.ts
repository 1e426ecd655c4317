import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { emptyDocument, itemOf } from '#contract/pds-query/document.ts';
import { documentFromText } from '#contract/pds-query/document-text.ts';
import { indexProperties } from '#contract/pds-query/property-index.ts';
import { moveCaret } from '#renderer/features/pds-query/caret.ts';
import { emptyReasons } from '#renderer/features/pds-query/empty-reasons.ts';
import { ItemDrag } from '#renderer/features/pds-query/item-drag.svelte.ts';
import { operatorChoices } from '#renderer/features/pds-query/operators.ts';
import { offersOf } from '#renderer/features/pds-query/property-offers.ts';
import { contextName, sharedPrefix } from '#renderer/features/pds-query/query-row.ts';
import { readDocument } from '#renderer/features/pds-query/read-document.ts';
import { timeText } from '#renderer/features/pds-query/result-columns.ts';
import { searchCommand } from '#renderer/features/pds-query/shell-command.ts';
import { linesOf } from '#renderer/features/pds-query/text-lines.ts';

describe('the text in colours', () => {
  test('lines hold every letter, and the mistaken line is marked', () => {
    const text = '((lid like "a:*")\n  and (vid gt 2))';
    const start = text.indexOf('vid');
    const lines = linesOf(text, '1.3', [{ start, end: start + 3, severity: 'error' }]);
    expect(lines.map(({ pieces }) => pieces.map((one) => one.text).join('')).join('\n')).toBe(text);
    expect(lines.map(({ mark }) => mark)).toEqual([null, 'error']);
    const marked = lines[1]?.pieces.filter(({ mark }) => mark !== null);
    expect(marked).toEqual([{ text: 'vid', colour: 'name', mark: 'error' }]);
    expect(lines[0]?.pieces.find(({ text: piece }) => piece === '"a:*"')?.colour).toBe('string');
  });

  test('something that is missing at the end is marked on the last letter', () => {
    const lines = linesOf('(lid', '1.3', [{ start: 4, end: 4, severity: 'error' }]);
    expect(lines[0]?.pieces.at(-1)).toMatchObject({ text: 'd', mark: 'error' });
  });

  test('an endless text is drawn in one piece a line', () => {
    const [line] = linesOf(`(lid eq "${'x'.repeat(30_000)}")`, '1.3', []);
    expect(line?.pieces).toHaveLength(1);
  });
});

test.each([
  ['abc', 'abXc', 2, 3],
  ['abc', 'abXc', 3, 4],
  ['abc', 'abXc', 1, 1],
  ['one two', 'one', 7, 3],
  ['', 'new', 0, 3],
])('in “%s” that becomes “%s” a caret at %i goes to %i', (before, after, caret, to) => {
  expect(moveCaret(before, after, caret)).toBe(to);
});

test('a command is one word for a shell, whatever the query holds', () => {
  const q = `(title eq "it's $HOME \`x\` \\ !")`;
  const line = searchCommand(q).replace('almagest', 'set --');
  const said = execFileSync('/bin/sh', ['-c', `${line}; printf '%s' "$4"`], { encoding: 'utf8' });
  expect(said).toBe(q);
});

describe('names that are offered', () => {
  const index = indexProperties([
    { name: 'pds:Time_Coordinates.pds:start_date_time', type: 'timestamp' },
    { name: 'pds:Time_Coordinates.pds:stop_date_time', type: 'timestamp' },
  ]);
  test('those that hold what is typed complete it', () => {
    const offers = offersOf('start', index);
    expect(offers.kind).toBe('completions');
    expect(offers.options[0]?.property.name).toBe('pds:Time_Coordinates.pds:start_date_time');
  });
  test('a name that none begins with gets suggestions', () => {
    const offers = offersOf('pds:Time_Coordinate.pds:start_date_time', index);
    expect(offers.kind).toBe('suggestions');
    const [best] = offers.options;
    const { start, end } = best?.matched[0] ?? { start: 0, end: 0 };
    expect(best?.property.name.slice(start, end)).toBe('start_date_time');
  });
  test('nothing while no names are known, or once the name is whole', () => {
    expect(offersOf('lid', null).kind).toBe('none');
    expect(offersOf('pds:Time_Coordinates.pds:start_date_time', index).kind).toBe('none');
  });
});

test('comparisons are said as the property needs them, those of the dialect only', () => {
  const labels = (...args: Parameters<typeof operatorChoices>) =>
    operatorChoices(...args).map(({ label }) => label);
  expect(labels('1.3', 'timestamp', 'eq')).toContain('is at or after');
  expect(labels('1.3', 'integer', 'eq')).toContain('is at least');
  expect(labels('1.3', 'string', 'eq')).not.toContain('exists');
  expect(labels('1.3', 'string', 'exists')).toContain('exists');
  expect(labels('current', 'string', 'eq')).toContain('exists');
});

describe('rows', () => {
  test('identifiers share what they begin with, up to a colon', () => {
    const [a, b] = ['urn:nasa:pds:x:data:one.a::1.0', 'urn:nasa:pds:x:data:one.b::1.0'];
    expect(sharedPrefix([a, b])).toBe('urn:nasa:pds:x:data:');
    expect(sharedPrefix(['urn:nasa:pds:x:document:d::1.0'], 'urn:nasa:pds:x:data:')).toBe(
      'urn:nasa:pds:x:',
    );
    expect(sharedPrefix(['urn:esa:psa:y::1.0'], 'urn:nasa:pds:x:')).toBe('urn:');
    expect(sharedPrefix([])).toBe('');
  });
  test('names of context products and times', () => {
    expect(contextName('urn:nasa:pds:context:target:satellite.mars.phobos')).toBe('Phobos');
    expect(contextName('urn:nasa:pds:context:target:asteroid.101955_bennu::1.0')).toBe(
      '101955 bennu',
    );
    expect(timeText('2019-04-01T00:32:17.929Z')).toBe('2019-04-01 00:32:17.929');
    expect(timeText(null)).toBe('');
  });
});

test('nothing found: spelling, whole words and the number of conditions may be why', () => {
  const reasons = emptyReasons('(product_class eq "product" and lid like "urn:nasa")', '1.3');
  expect(reasons.join(' ')).toMatch(/capitals.*“product”.*\* after it.*take one out/s);
  expect(emptyReasons('(vid eq 2)', '1.3')).toEqual([]);
});

describe('a document that was kept over a restart', () => {
  const read = documentFromText('((vid eq 1) and not ((vid eq 2) or (lid like "x")))', '1.3');
  const document = read.ok ? read.document : emptyDocument();
  test('is the same again', () => {
    expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });
  test('is none where anything is wrong with it', () => {
    const broken = [
      null,
      [],
      { root: document.root },
      { nextId: 3, root: { ...document.root, items: [{ kind: 'condition', id: 'i9' }] } },
      {
        nextId: 3,
        root: { ...document.root, items: document.root.items.concat(document.root.items) },
      },
      { nextId: 3, root: { ...document.root, joint: 'xor' } },
      { nextId: 3, root: { ...document.root, id: '"]<x>' } },
    ];
    expect(broken.map(readDocument)).toEqual(broken.map(() => null));
  });
  test('gives no id twice, whatever the file says', () => {
    expect(readDocument({ ...document, nextId: 0 })?.nextId).toBe(document.nextId);
  });
});

test('what is dragged goes before, after or into, and never into itself', () => {
  const read = documentFromText('((vid eq 1) and ((vid eq 2) or (vid eq 3)))', '1.3');
  const document = read.ok ? read.document : emptyDocument();
  const [one, group] = document.root.items;
  if (one === undefined || group?.kind !== 'group') throw new Error('not as written');
  const [inner] = group.items;
  const box = { top: 100, height: 28 };
  const over = (dragged: string, y: number, id: string, isFoot = false) => {
    const drag = new ItemDrag(() => document);
    drag.begin(dragged, 0);
    drag.over(y, { id, isFoot, box });
    return drag.end()?.place ?? null;
  };
  expect(over(one.id, 120, inner?.id ?? '')).toEqual({ groupId: group.id, index: 1 });
  expect(over(one.id, 104, inner?.id ?? '')).toEqual({ groupId: group.id, index: 0 });
  expect(over(one.id, 110, group.id, true)).toEqual({ groupId: group.id, index: 2 });
  expect(over(one.id, 103, group.id)).toEqual({ groupId: document.root.id, index: 1 });
  expect(over(group.id, 120, inner?.id ?? '')).toBeNull();
  expect(over(one.id, 2, inner?.id ?? '')).toBeNull();
  expect(itemOf(document, one.id)).toBe(one);
});
