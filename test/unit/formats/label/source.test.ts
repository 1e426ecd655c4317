import { expect, test } from 'vitest';
import { SourceStore } from '#main/formats/label/source-store.ts';

/** Reads all rows in parts of this size. */
function linesOf(store: SourceStore, count: number): string[] {
  const lines: string[] = [];
  let row = 0;
  while (row < store.length) {
    for (const { line, isContinued, text } of store.rows(row, count)) {
      row += 1;
      if (isContinued) lines[line - 1] += text;
      else lines[line - 1] = text;
    }
  }
  return lines;
}

const ends = ['\n', '\r\n', '\r'];

test.each([1, 7, 1000, 300_000])(
  'any text in pieces of %i is given back, line by line',
  (piece) => {
    const size = piece < 10 ? 30_000 : 900_000;
    let text = '';
    for (let line = 0; text.length < size; line += 1) {
      const length = (line * 37) % 90;
      const long = line % 500 === 3 ? '😀x'.repeat(1700) : '';
      text += `${String(line)} ${'é'.repeat(length)}${long}${ends[line % 3] ?? ''}`;
    }
    const store = new SourceStore();
    for (let from = 0; from < text.length; from += piece) store.add(text.slice(from, from + piece));
    const lines = text.split(/\r\n|\r|\n/);
    if (lines.at(-1) === '') lines.pop();
    expect(linesOf(store, 200)).toEqual(lines);
    expect(store.rows(0, 1)[0]).toEqual({ line: 1, isContinued: false, text: '0 ' });
    let offset = 0;
    for (const [at, line] of lines.slice(0, 1500).entries()) {
      if (at % 50 === 7) {
        const row = store.rowOf(offset + Math.min(2, line.length));
        expect(store.rows(row, 1)[0]).toMatchObject({ line: at + 1, isContinued: false });
      }
      offset += line.length + (ends[at % 3]?.length ?? 0);
    }
  },
);

test('one line of any length is rows', () => {
  const store = new SourceStore();
  store.add('x'.repeat(1_000_500));
  expect(store.length).toBe(1001);
  expect(store.rows(1000, 5)).toEqual([{ line: 1, isContinued: true, text: 'x'.repeat(500) }]);
});

test('a file without line feeds, or of nothing else, is quick and right', () => {
  const returns = new SourceStore();
  for (let part = 0; part < 8; part += 1) returns.add('\r'.repeat(100_000));
  expect(returns.length).toBe(800_000);
  const feeds = new SourceStore();
  feeds.add('\n'.repeat(800_000));
  expect(feeds.length).toBe(800_000);
  expect(feeds.rows(799_999, 5)).toEqual([{ line: 800_000, isContinued: false, text: '' }]);
  expect(new SourceStore().rows(0, 5)).toEqual([]);
});
