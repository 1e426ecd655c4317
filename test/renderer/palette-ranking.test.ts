import { describe, expect, test } from 'vitest';
import { commandIds, commandSpecs } from '#contract/commands.ts';
import { rankCandidates } from '#renderer/app/palette-ranking.ts';

const commands = commandIds.map((id) => commandSpecs[id]);
const titles = (query: string) =>
  rankCandidates(query, commands).map(({ candidate }) => candidate.title);

describe('ranking', () => {
  test('with nothing typed all are there in their order', () => {
    expect(titles('  ')).toEqual(commands.map((spec) => spec.title));
  });

  test('the beginning of a title before the beginning of a word before what it is also called', () => {
    const found = titles('down');
    expect(found[0]).toBe('Downloads');
    expect(found.indexOf('Change the download folder…')).toBeLessThan(
      found.indexOf('Save the file'),
    );
    expect(found).toContain('Save the file');
  });

  test('every word has to match, in any order', () => {
    expect(titles('light theme')).toEqual(['Theme: light']);
  });

  test('initials find it', () => {
    expect(titles('tl')).toContain('Theme: light');
  });

  test('letters scattered over a sentence do not', () => {
    expect(titles('xqz')).toEqual([]);
    expect(titles('oeai')).toEqual([]);
  });

  test('accents and capitals do not matter', () => {
    expect(rankCandidates('CAFE', [{ title: 'café' }])).toHaveLength(1);
  });

  test('the parts that matched are marked in the title', () => {
    const [first] = rankCandidates('down fold', [{ title: 'Change the download folder…' }]);
    expect(first?.ranges.map(([from, to]) => first.candidate.title.slice(from, to))).toEqual([
      'down',
      'fold',
    ]);
  });

  test('overlapping marks become one', () => {
    const [first] = rankCandidates('the theme', [{ title: 'Theme' }]);
    expect(first?.ranges).toEqual([[0, 5]]);
  });
});
