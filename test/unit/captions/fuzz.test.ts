import { expect, test } from 'vitest';
import { CaptionsProblem } from '#main/captions/captions-problem.ts';
import { readCaptions } from '#main/captions/read-captions.ts';
import { createSeededRandom } from '#test/support/mangle.ts';

const seeds = [
  'WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\n<v Ann>one &amp; <i>two</i>\n\n00:03.000 --> 00:04.000\n>> BOB: three\n',
  '1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}eins <font color="red">zwei</font>\r\n\r\n2\r\n-00:00:03,000 --> 00:00:01\r\nÄ\r\n',
];
const pieces = [
  '-->', '\n', '\n\n', '\r', '<', '>', '&', '{\\', '}', '<v ', '</', '>> ', ':', '0', '00:00:01.000 --> ',
  'WEBVTT', 'NOTE', 'STYLE', '\u0000', '\uFEFF', '&#1;', '&#x110000;', '&amp;', '-', '<1:', '.', ' ', '\t', '\ud800', '99999999',
]; // prettier-ignore

/** Nothing but a result or the designed refusal, and a result that holds what it promises. */
function readSafely(bytes: Uint8Array, named: 'srt' | 'vtt'): void {
  try {
    const { cues } = readCaptions(bytes, named);
    let before = 0;
    for (const { startMs, endMs, text } of cues) {
      if (!(startMs >= before && endMs >= startMs && text.trim() !== '')) {
        expect.fail(`a cue that can't be: ${JSON.stringify({ startMs, endMs, text })}`);
      }
      before = startMs;
    }
  } catch (error) {
    if (!(error instanceof CaptionsProblem)) throw error;
  }
}

test('random bytes and mutated files are read or refused', () => {
  const random = createSeededRandom(20_261_122);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let round = 0; round < 4000; round += 1) {
    const named = random() < 0.5 ? 'srt' : 'vtt';
    if (round % 4 === 0) {
      readSafely(
        Uint8Array.from({ length: below(400) }, () => below(256)),
        named,
      );
      continue;
    }
    let text = seeds[below(seeds.length)] ?? '';
    for (let change = below(12); change >= 0; change -= 1) {
      const at = below(text.length + 1);
      text = text.slice(0, at) + (pieces[below(pieces.length)] ?? '') + text.slice(at + below(4));
    }
    const bytes = Buffer.from(
      text,
      random() < 0.2 ? 'utf16le' : random() < 0.3 ? 'latin1' : 'utf8',
    );
    if (random() < 0.3 && bytes.length > 0) bytes[below(bytes.length)] = below(256);
    readSafely(bytes, named);
  }
});

/** Work that grows with the square of the length would take minutes here; the test's own limit ends it. */
test('a megabyte of any one mark is read', { timeout: 60_000 }, () => {
  const head = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n';
  const marks = ['<', '<a', '<1.', '<v x', '>', '>>', '&', '&a', '{\\', '-', '-->', '1', '1 ', '1 -', '1:1 ', ':', '\r', '\n', ' ', '\ufeff', '1:', '1:1-', '[', '<!--', '<?xml', '\u00ff', '\u00e9\u0000']; // prettier-ignore
  for (const mark of marks) {
    const run = mark.repeat(Math.ceil((1024 * 1024) / mark.length));
    readSafely(Buffer.from(run), 'srt');
    readSafely(Buffer.from(run, 'latin1'), 'srt');
    readSafely(Buffer.from(head + run), 'vtt');
    readSafely(Buffer.from(head + `${mark.repeat(1000)}\n`.repeat(100)), 'vtt');
  }
});
