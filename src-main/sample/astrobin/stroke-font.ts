/**
 * Runs in plain Node, any thread; pure. Letters as lines, for the labels of charts: a computer may have no font that a
 * drawing library finds. Capitals, digits and a few signs.
 */

/** Lines on a grid of 4 by 6: places as two digits, x and y from the upper left, lines apart by a bar. */
const glyphs: Readonly<Record<string, string>> = {
  A: '06 02 20 42 46|04 44',
  B: '00 30 41 42 33 03|33 44 45 36 06 00',
  C: '41 30 10 01 05 16 36 45',
  D: '00 30 41 45 36 06 00',
  E: '40 00 06 46|03 33',
  F: '40 00 06|03 33',
  G: '41 30 10 01 05 16 36 45 43 23',
  H: '00 06|40 46|03 43',
  I: '10 30|20 26|16 36',
  J: '40 45 36 16 05',
  K: '00 06|40 03 46',
  L: '00 06 46',
  M: '06 00 23 40 46',
  N: '06 00 46 40',
  O: '10 30 41 45 36 16 05 01 10',
  P: '06 00 30 41 42 33 03',
  Q: '10 30 41 45 36 16 05 01 10|24 46',
  R: '06 00 30 41 42 33 03|23 46',
  S: '41 30 10 01 02 13 33 44 45 36 16 05',
  T: '00 40|20 26',
  U: '00 05 16 36 45 40',
  V: '00 26 40',
  W: '00 16 23 36 40',
  X: '00 46|40 06',
  Y: '00 23 40|23 26',
  Z: '00 40 06 46',
  0: '10 30 41 45 36 16 05 01 10',
  1: '11 20 26|16 36',
  2: '01 10 30 41 42 06 46',
  3: '01 10 30 41 42 33 13|33 44 45 36 16 05',
  4: '36 30 04 44',
  5: '40 00 03 33 44 45 36 16 05',
  6: '41 30 10 01 05 16 36 45 44 33 03',
  7: '00 40 16',
  8: '10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33',
  9: '43 13 02 01 10 30 41 45 36 16 05',
  '-': '13 33',
  '+': '03 43|21 25',
  '.': '25 26',
  "'": '20 21',
  '°': '10 20 21 11 10',
  '&': '46 02 11 20 31 04 05 16 26 44',
  '/': '06 40',
};

const advance = 5.6;

/** Width of a text in pixels for a height of capitals. */
export const textWidth = (text: string, height: number): number =>
  text.length * advance * (height / 6);

/** The lines of a text as the data of an SVG path, its upper left corner at a place. */
export function textPath(text: string, x: number, y: number, height: number): string {
  const unit = height / 6;
  const at = (place: string, left: number): string =>
    `${(left + Number(place[0]) * unit).toFixed(1)} ${(y + Number(place[1]) * unit).toFixed(1)}`;
  return [...text.toUpperCase().replaceAll('’', "'")]
    .flatMap((letter, order) => {
      const left = x + order * advance * unit;
      return (glyphs[letter] ?? '')
        .split('|')
        .filter((line) => line !== '')
        .map(
          (line) =>
            `M${line
              .split(' ')
              .map((place) => at(place, left))
              .join('L')}`,
        );
    })
    .join('');
}
