import { describe, expect, test } from 'vitest';
import { parseOpeningPicture } from '#renderer/app/opening-picture.ts';

const key = `${'A'.repeat(22)}/nasa-files/aHR0cHM6Ly9leGFtcGxlLw`;
const whole = {
  width: 1280,
  height: 800,
  area: [216, 82, 760, 692],
  pictures: [[key, 230.5, 96, 188, 184]],
};
const jsonOf = (opening: unknown): string => JSON.stringify({ version: 1, opening });

describe('the opening picture', () => {
  test('comes back as it was written', () => {
    expect(parseOpeningPicture(jsonOf(whole))).toEqual(whole);
  });

  const broken: Record<string, string | null> = {
    nothing: null,
    'no JSON': '{',
    'a list': '[]',
    'null in its place': jsonOf(null),
    'no area': jsonOf({ ...whole, area: undefined }),
    'an area of three numbers': jsonOf({ ...whole, area: [1, 2, 3] }),
    'a width in words': jsonOf({ ...whole, width: '1280' }),
    'pictures that are none': jsonOf({ ...whole, pictures: 'many' }),
    'an address instead of a key': jsonOf({
      ...whole,
      pictures: [['https://example.org/a.jpg', 0, 0, 1, 1]],
    }),
    'a way out of the media': jsonOf({ ...whole, pictures: [['../index.html', 0, 0, 1, 1]] }),
    'a picture without a place': jsonOf({ ...whole, pictures: [[key]] }),
    'a place beyond any window': jsonOf({ ...whole, pictures: [[key, 0, 0, 1e9, 1]] }),
    'too many pictures': jsonOf({
      ...whole,
      pictures: Array.from({ length: 61 }, () => [key, 0, 0, 1, 1]),
    }),
  };
  for (const [name, json] of Object.entries(broken)) {
    test(`is none where there is ${name}`, () => {
      expect(parseOpeningPicture(json)).toBeNull();
    });
  }
});
