import { describe, expect, test } from 'vitest';
import { defaultTemplate, parseTemplate } from '#main/downloads/names/template.ts';

const read = (text: string) => {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.template;
};
const text = (value: string) => ({ kind: 'text', text: value });
const field = (name: string, length: number | null = null) => ({
  kind: 'field',
  field: name,
  length,
});

describe('templates', () => {
  test('fields, lengths, folders and braces', () => {
    const { folders, file } = read('{archive}/{{x}}/{ Title : 60 } - {id}.{ext}');
    expect(folders).toEqual([[field('archive')], [text('{x}')]]);
    expect(file).toEqual([field('title', 60), text(' - '), field('id')]);
  });

  test.each([
    ['{id}.{ext}', [field('id')]],
    ['{id}{ext}', [field('id')]],
    ['{id}', [field('id')]],
    ['{id}.x', [field('id'), text('.x')]],
    ['{ext}-{id}', [field('ext'), text('-'), field('id')]],
  ])('the ending of %s is left to the checked type', (template, file) => {
    expect(read(template).file).toEqual(file);
  });

  test('the default is one', () => {
    expect(parseTemplate(defaultTemplate).ok).toBe(true);
  });

  test.each([
    ['', 0, 'empty'],
    ['  ', 0, 'empty'],
    ['/{id}', 0, 'begins with “/”'],
    ['{id}/', 4, 'ends with “/”'],
    ['a//{id}', 2, 'nothing between'],
    ['../{id}', 0, '“..” is no name'],
    ['a/../{id}', 2, '“..” is no name'],
    ['{id}/.{ext}', 5, 'no name'],
    ['{ext}', 0, 'no name'],
    ['a\\{id}', 1, 'parted by “/”'],
    ['{id}?', 4, '“?” cannot stand'],
    ['a\u0007', 1, 'A control character'],
    ['{id', 0, 'never closed'],
    ['id}', 2, 'closes nothing'],
    ['x{nope}', 2, 'no field “nope”. There are: archive, mission'],
    ['{constructor}', 1, 'no field'],
    ['{title:0}', 7, '1 to 200'],
    ['{title:}', 7, '1 to 200'],
    ['{title:1e2}', 7, '1 to 200'],
    ['{index:10}', 7, '1 to 9'],
    ['x'.repeat(501), 500, 'longer than 500'],
    [`${'a/'.repeat(13)}{id}`, 24, 'more than 12 folders'],
  ])('%j is none, from character %i on', (template, position, words) => {
    const parsed = parseTemplate(template);
    expect(parsed).toMatchObject({ ok: false, position });
    expect(!parsed.ok && parsed.message).toContain(words);
  });
});
