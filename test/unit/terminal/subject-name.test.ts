import { describe, expect, test } from 'vitest';
import { subjectNamed } from '#main/terminal/subject-name.ts';

describe('the name of an object', () => {
  test.each([
    ['M31', 'M 31'],
    ['m 31', 'M 31'],
    ['Messier 31', 'M 31'],
    ['ngc7000', 'NGC 7000'],
    ['  IC   434 ', 'IC 434'],
    ['Sh2-101', 'Sh2-101'],
    ['sh2 101', 'Sh2-101'],
    ['vdb 142', 'vdB 142'],
    ['abell-2151', 'Abell 2151'],
  ])('%s is %s', (text, name) => {
    expect(subjectNamed(text)).toBe(name);
  });

  test.each([
    '',
    'M',
    '31',
    'Orion Nebula',
    'Apollo 11',
    'frame 1',
    'M31 and M32',
    'NGC 7000 mosaic',
  ])('“%s” is none', (text) => {
    expect(subjectNamed(text)).toBeNull();
  });
});
