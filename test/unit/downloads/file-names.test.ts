import { describe, expect, test } from 'vitest';
import {
  endingOfUrl,
  makeFileName,
  archivedName,
  nameForRendition,
  numberedNames,
  withEnding,
} from '#main/downloads/file-names.ts';
import { breachOf, hostileTexts as hostile } from '#test/support/name-rules.ts';

const url = 'https://images-assets.nasa.gov/image/x/x~orig.jpg';
const nameOf = (id: string) => nameForRendition(id, 'orig', url);

describe('names for renditions', () => {
  test(`${hostile.length} hostile identifiers all give safe names that end in ~orig.jpg`, () => {
    expect(hostile.length).toBeGreaterThan(250);
    for (const id of hostile) {
      const name = nameOf(id);
      expect(breachOf(name), JSON.stringify([id.slice(0, 40), name])).toBeNull();
      expect(name.endsWith('~orig.jpg'), name).toBe(true);
    }
  });

  test('a hostile rendition name is made safe too', () => {
    for (const id of hostile) {
      const name = nameForRendition('PIA1', id, url);
      expect(breachOf(name), JSON.stringify([id.slice(0, 40), name])).toBeNull();
    }
  });

  test('a stem alone is made safe too', () => {
    for (const id of hostile) expect(breachOf(makeFileName(id, '', 'txt')), id).toBeNull();
  });

  test('usual names stay as they are', () => {
    expect(nameOf('PIA12348')).toBe('PIA12348~orig.jpg');
    expect(nameOf('Moon to Mars')).toBe('Moon to Mars~orig.jpg');
    expect(nameOf('Apollo 11 ‘boot’ & co')).toBe('Apollo 11 ‘boot’ & co~orig.jpg');
  });

  test('the same name every time; two long ones with one beginning stay apart', () => {
    const long = 'z'.repeat(300);
    expect(nameOf(long)).toBe(nameOf(long));
    expect(nameOf(`${long}1`)).not.toBe(nameOf(`${long}2`));
  });

  test('cuts between characters that a reader sees', () => {
    expect(nameOf('👩‍👩‍👧‍👦'.repeat(60)).isWellFormed()).toBe(true);
    expect(nameOf('e\u0301'.repeat(300))).toMatch(/^é+-[0-9a-f]{8}~orig\.jpg$/);
  });

  test('endings come from the list only', () => {
    const name = (last: string) => nameForRendition('a', 'orig', `https://x.example/d/${last}`);
    expect(name('a.JPG?x=.exe#.sh')).toBe('a~orig.jpg');
    expect(name('a.exe')).toBe('a~orig.bin');
    expect(name('a.html')).toBe('a~orig.bin');
    expect(name('a')).toBe('a~orig.bin');
    expect(name('a.tif')).toBe('a~orig.tif');
    expect(endingOfUrl('not a url')).toBe('');
    expect(endingOfUrl('https://x.example/Moon to Mars/Moon to Mars~orig.png')).toBe('png');
  });
});

test('numbers go before the ending', () => {
  const names = numberedNames('a.b.jpg');
  expect([names.next().value, names.next().value, names.next().value]).toEqual([
    'a.b.jpg',
    'a.b (2).jpg',
    'a.b (3).jpg',
  ]);
  expect(withEnding('a.b.jpg', 'png')).toBe('a.b.png');
});

test.each([
  ['rad_cal_00012.tab', 'rad_cal_00012.tab'],
  ['N1454725799.IMG', 'N1454725799.IMG'],
  ['readme.txt', 'readme.txt'],
  ['../../etc/passwd.txt', '___.._etc_passwd.txt'],
  ['con.txt', '_con.txt'],
  ['-rf.tab', '_rf.tab'],
  ['setup.exe', 'setup.exe.bin'],
  ['no-ending', null],
  ['.hidden', null],
  ['', null],
])('the archived name %j is kept as %j', (name, kept) => {
  expect(archivedName(name)).toBe(kept);
});
