import { describe, expect, test } from 'vitest';
import { nearest, parseCommandLine, UsageError } from '#main/terminal/arguments.ts';

describe('the command line', () => {
  test('splits words, common options and the archive’s own parameters', () => {
    const line = parseCommandLine([
      'search',
      'nasa-images',
      'crab',
      'nebula',
      '--media_type',
      'image,video',
      '--year_start=1969',
      '--all',
      '--json',
      '--quiet',
    ]);
    expect(line.words).toEqual(['search', 'nasa-images', 'crab', 'nebula']);
    expect(line.options).toEqual([
      { name: 'media_type', value: 'image,video' },
      { name: 'year_start', value: '1969' },
      { name: 'all', value: null },
    ]);
    expect(line.common).toMatchObject({ format: 'json', quiet: true, sample: null });
  });

  test('keeps dashes, blanks and equals signs inside values', () => {
    const line = parseCommandLine(['search', 'x', '--q=a=b', '--title', '-5 % & more']);
    expect(line.options).toEqual([
      { name: 'q', value: 'a=b' },
      { name: 'title', value: '-5 % & more' },
    ]);
  });

  test('takes everything behind -- as words', () => {
    const line = parseCommandLine(['show', '--', '--json', 'nasa:--odd']);
    expect(line.words).toEqual(['show', '--json', 'nasa:--odd']);
    expect(line.common.format).toBe('text');
  });

  test('reads --sample with and without a size', () => {
    expect(parseCommandLine(['--sample', 'show']).common.sample).toBe(10_000);
    expect(parseCommandLine(['--sample', 'show']).words).toEqual(['show']);
    expect(parseCommandLine(['--sample=250000']).common.sample).toBe(250_000);
  });

  test.each([
    [['--sample=0']],
    [['--sample=1.5']],
    [['--sample=1000001']],
    [['--json', '--ndjson']],
    [['--profile']],
    [['--profile=']],
  ])('refuses %j', (argv) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
  });

  test('an option at the end has no value', () => {
    expect(parseCommandLine(['search', '--q']).options).toEqual([{ name: 'q', value: null }]);
  });
});

describe('did you mean', () => {
  test('finds a near name and leaves far ones alone', () => {
    expect(nearest('seach', ['search', 'show'])).toBe('search');
    expect(nearest('yearstart', ['year_start', 'year_end'])).toBe('year_start');
    expect(nearest('banana', ['search', 'show'])).toBeNull();
  });
});
