import { describe, expect, test } from 'vitest';
import { encodeText } from '#main/sample/caption-bytes.ts';
import { captionStyle, makeCaptions } from '#main/sample/caption-text.ts';
import { recordAt } from '#main/sample/record.ts';
import type { SampleRecord } from '#main/sample/record.ts';
import { reelOf } from '#main/sample/reels.ts';

/** Films of the archive that have captions, in the format that they name. */
const films = Array.from({ length: 9000 }, (_, at) => recordAt(11, at)).filter((record) =>
  record.files.some((file) => file.rel === 'captions'),
);

function formatOf(record: SampleRecord): 'srt' | 'vtt' {
  return record.files.some((file) => file.extension === 'vtt') ? 'vtt' : 'srt';
}

/** The text as a reader who knows the encoding sees it. */
function readText(record: SampleRecord): string {
  const { encoding } = captionStyle(record);
  const isSrt = formatOf(record) === 'srt';
  const label = isSrt && encoding !== 'utf-8-bom' ? encoding : 'utf-8';
  return new TextDecoder(label).decode(makeCaptions(record, formatOf(record)));
}

const time = String.raw`(?:(\d\d):)?(\d\d):(\d\d)[,.](\d{3})`;

function timesOf(text: string): [from: number, until: number][] {
  const seconds = (part: readonly (string | undefined)[]): number => {
    const [h = '0', m = '', s = '', ms = ''] = part;
    return Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(ms) / 1000;
  };
  return [...text.matchAll(new RegExp(`${time} --> ${time}`, 'g'))].map((match) => [
    seconds(match.slice(1, 5)),
    seconds(match.slice(5, 9)),
  ]);
}

test('captions are timed to their film and say what is seen then', () => {
  for (const record of films.filter((one) => captionStyle(one).fault === null)) {
    const reel = reelOf(record.topic.family);
    const lines = reel.shots.flatMap((shot) => shot.lines);
    const text = readText(record);
    const times = timesOf(text);
    expect(times.slice(0, lines.length)).toEqual(lines.map((line) => [line.from, line.until]));
    expect(times.length - lines.length).toBeLessThanOrEqual(1);
    expect(lines.at(-1)?.until).toBeLessThan(reel.seconds);
    const plain = text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
    for (const line of lines) {
      const said = line.says.map((one) =>
        one.replace('{N}', record.topic.name).replace(/<[^>]*>/g, ''),
      );
      expect(said.some((one) => plain.includes(one))).toBe(true);
    }
  }
});

test('lines are within their shots, in order', () => {
  for (const record of films) {
    const { shots, seconds } = reelOf(record.topic.family);
    let before = 0;
    shots.forEach((shot, at) => {
      for (const line of shot.lines) {
        expect(line.from).toBeGreaterThan(before);
        expect(line.from).toBeGreaterThanOrEqual(shot.from);
        expect(line.until).toBeLessThanOrEqual(shots[at + 1]?.from ?? seconds);
        expect(line.until).toBeGreaterThan(line.from);
        before = line.until;
      }
    });
  }
});

describe('every trait of real caption files is met', () => {
  const srt = films.filter((record) => formatOf(record) === 'srt');
  const vtt = films.filter((record) => formatOf(record) === 'vtt');
  const some = (list: SampleRecord[], test: (bytes: Buffer, text: string) => boolean): boolean =>
    list.some((record) => test(makeCaptions(record, formatOf(record)), readText(record)));

  test.each<[string, (bytes: Buffer, text: string) => boolean]>([
    ['a UTF-8 byte order mark', (bytes) => bytes.subarray(0, 3).toString('hex') === 'efbbbf'],
    ['UTF-16, least byte first', (bytes) => bytes.subarray(0, 2).toString('hex') === 'fffe'],
    ['UTF-16, greatest byte first', (bytes) => bytes.subarray(0, 2).toString('hex') === 'feff'],
    [
      'Windows-1252 quotation marks',
      (bytes) => !bytes.includes(0) && bytes.includes(0x92) && !bytes.includes(0xe2),
    ],
    ['CRLF', (_, text) => text.includes('\r\n')],
    ['LF alone', (_, text) => text.includes('\n') && !text.includes('\r')],
    ['no numbers', (_, text) => /^00:/.test(text)],
    ['blank numbers', (_, text) => /^\r?\n00:/.test(text)],
    ['chevrons', (_, text) => text.includes('\n>> ')],
    ['named speakers', (_, text) => text.includes('>> NARRATOR: ')],
    ['tags', (_, text) => text.includes('<i>')],
    ['a blank cue at the end', (_, text) => /\d{3}\r?\n\r?\n$/.test(text)],
    ['an empty file', (bytes) => bytes.length === 0],
    ['a page of an error', (_, text) => text.startsWith('<!DOCTYPE html>')],
  ])('%s', (_, isMet) => {
    expect(some(srt, isMet)).toBe(true);
    expect(some(srt, (bytes, text) => !isMet(bytes, text))).toBe(true);
  });

  test.each<[string, (bytes: Buffer, text: string) => boolean]>([
    ['notes', (_, text) => text.includes('NOTE ')],
    ['settings behind the times', (_, text) => text.includes(' align:middle')],
    ['times without hours', (_, text) => /^\d\d:\d\d\.\d{3} --> /m.test(text)],
    ['voices', (_, text) => text.includes('<v NARRATOR>')],
  ])('%s', (_, isMet) => {
    expect(some(vtt, isMet)).toBe(true);
    expect(some(vtt, (bytes, text) => !isMet(bytes, text))).toBe(true);
  });

  test('vtt files are UTF-8 and begin as the format wants', () => {
    for (const record of vtt) {
      if (captionStyle(record).fault !== null) continue;
      expect(readText(record)).toMatch(/^WEBVTT\r?\n/);
    }
  });
});

test('encodings give the text back', () => {
  const text = '“Plate” 7 — Observer’s log… ½';
  for (const encoding of ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'] as const) {
    const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding;
    expect(new TextDecoder(label).decode(encodeText(text, encoding))).toBe(text);
  }
});
