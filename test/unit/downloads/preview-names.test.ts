import { expect, test } from 'vitest';
import { previewNames } from '#main/downloads/names/preview-names.ts';
import { defaultTemplate, templateFields } from '#main/downloads/names/template.ts';
import { makeCard } from '#test/support/made-records.ts';

test('an example of each archive stands in until something was saved', () => {
  const { problem, names, fields } = previewNames(
    '{archive}/{mission}/{year}/{title:12}~{rendition}.{ext}',
    () => null,
  );
  expect(problem).toBeNull();
  expect(names.map(({ path }) => path)).toEqual([
    'nasa-images/no-mission/1998/Example_ a c~orig.jpg',
    // A file of the PDS keeps the name by which its label refers to it.
    'pds-registry/Example Mission/2012/image_0001.img',
    'astrobin/no-mission/2021/Example_ a g~hd.jpg',
  ]);
  expect(fields.map(({ name }) => name)).toEqual(templateFields);
});

test('what was saved last is what the template is tried on', () => {
  const { record } = makeCard('PIA1');
  const { names } = previewNames(defaultTemplate, (archive) =>
    archive === record.archive
      ? { record, rendition: 'large', url: 'https://example.invalid/a~large.JPG' }
      : null,
  );
  expect(names.find(({ archive }) => archive === record.archive)).toEqual({
    archive: record.archive,
    title: record.title,
    path: `${record.id}~large.jpg`,
  });
});

test('what is no template is told with its place, and names nothing', () => {
  const { problem, names } = previewNames('{archive}/{nope}', () => null);
  expect(problem).toMatchObject({ position: 11 });
  expect(problem?.message).toMatch(/There is no field “nope”/);
  expect(names).toEqual([]);
});
