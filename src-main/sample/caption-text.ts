/**
 * Runs in plain Node, any thread; pure. Captions of the sample archive's films, timed by the film
 * (reels.ts), with what real ones have: byte order marks, CRLF, speaker marks, tags, blank numbers, a
 * blank cue at the end, other encodings than UTF-8, and now and then no captions at all in the file.
 */
import { encodeText } from './caption-bytes.ts';
import type { TextEncoding } from './caption-bytes.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { reelOf } from './reels.ts';
import type { SampleRecord } from './record.ts';

/** How a caption file was written; a pure function of its record. */
export interface CaptionStyle {
  encoding: TextEncoding;
  lineEnd: '\r\n' | '\n';
  /** Numbers before the cues of an srt file: as they should be, none, or empty lines in their place. */
  numbers: 'all' | 'none' | 'blank';
  speakers: 'none' | 'chevrons' | 'named';
  hasTags: boolean;
  endsBlank: boolean;
  /** Files that hold no captions: nothing at all, or a page of an error that was sent with 200. */
  fault: 'empty' | 'page' | null;
}

interface Cue {
  from: number;
  until: number;
  text: string;
}

function weigh<T>(draw: number, choices: readonly (readonly [share: number, value: T])[], rest: T) {
  let sum = 0;
  for (const [share, value] of choices) {
    sum += share;
    if (draw < sum) return value;
  }
  return rest;
}

export function captionStyle(record: SampleRecord): CaptionStyle {
  const random = createRandom(record.picture.seed ^ 0x57a1);
  return {
    encoding: weigh<TextEncoding>(
      random.next(),
      [
        [0.22, 'utf-8-bom'],
        [0.08, 'windows-1252'],
        [0.03, 'utf-16le'],
        [0.015, 'utf-16be'],
      ],
      'utf-8',
    ),
    lineEnd: random.next() < 0.7 ? '\r\n' : '\n',
    numbers: weigh(
      random.next(),
      [
        [0.06, 'none' as const],
        [0.06, 'blank' as const],
      ],
      'all',
    ),
    speakers: weigh(
      random.next(),
      [
        [0.35, 'chevrons' as const],
        [0.15, 'named' as const],
      ],
      'none',
    ),
    hasTags: random.next() < 0.3,
    endsBlank: random.next() < 0.3,
    fault: weigh<CaptionStyle['fault']>(
      random.next(),
      [
        [0.012, 'empty'],
        [0.008, 'page'],
      ],
      null,
    ),
  };
}

function timecode(seconds: number, mark: ',' | '.'): string {
  const thousandths = Math.round(seconds * 1000);
  const whole = Math.floor(thousandths / 1000);
  const clock = [whole / 3600, (whole / 60) % 60, whole % 60].map((unit) =>
    String(Math.floor(unit)).padStart(2, '0'),
  );
  return `${clock.join(':')}${mark}${String(thousandths % 1000).padStart(3, '0')}`;
}

/** Two lines where one would be longer than a screen takes. */
function wrap(text: string, lineEnd: string): string {
  if (text.length <= 42) return text;
  const middle = text.lastIndexOf(' ', Math.ceil(text.length / 2) + 6);
  return middle < 0 ? text : `${text.slice(0, middle)}${lineEnd}${text.slice(middle + 1)}`;
}

const names = ['NARRATOR', 'GUIDE'] as const;

function speak(text: string, style: CaptionStyle, order: number, isVtt: boolean): string {
  const name = names[order % 3 === 1 ? 1 : 0] ?? names[0];
  // The speaker is named where another begins.
  const isNew = order % 3 !== 0 || order === 0;
  if (style.speakers === 'none' || !isNew) return text;
  if (style.speakers === 'chevrons') return `>> ${text}`;
  return isVtt ? `<v ${name}>${text}` : `>> ${name}: ${text}`;
}

function tag(text: string, random: Random): string {
  return text.startsWith('<') || random.next() < 0.7 ? text : `<i>${text}</i>`;
}

function cuesOf(record: SampleRecord, style: CaptionStyle, isVtt: boolean): Cue[] {
  const random = createRandom(record.picture.seed ^ 0xca97);
  const lines = reelOf(record.topic.family).shots.flatMap((shot) => shot.lines);
  return lines.map((line, order) => {
    const said = random.pick(line.says).replace('{N}', record.topic.name);
    const text = style.hasTags ? tag(said, random) : said;
    return {
      from: line.from,
      until: line.until,
      text: speak(wrap(text, style.lineEnd), style, order, isVtt),
    };
  });
}

function srtText(cues: readonly Cue[], style: CaptionStyle): string {
  const end = style.lineEnd;
  const numbers = { all: (order: number) => `${order}${end}`, none: () => '', blank: () => end };
  const blocks = cues.map(
    (cue, order) =>
      `${numbers[style.numbers](order + 1)}${timecode(cue.from, ',')} --> ${timecode(cue.until, ',')}${end}${cue.text}${end}`,
  );
  if (style.endsBlank) {
    const last = cues.at(-1)?.until ?? 0;
    blocks.push(
      `${cues.length + 1}${end}${timecode(last, ',')} --> ${timecode(last + 1, ',')}${end}${end}`,
    );
  }
  return blocks.join(end);
}

function vttText(cues: readonly Cue[], style: CaptionStyle, record: SampleRecord): string {
  const end = style.lineEnd;
  const odd = record.index % 4;
  // Some say in a note where they come from, place their cues, or leave out the hours.
  const note = odd === 0 ? `NOTE Captions of the sample archive${end}${end}` : '';
  const place = odd === 1 ? ' align:middle line:90%' : '';
  const clock = (seconds: number): string =>
    odd === 2 ? timecode(seconds, '.').slice(3) : timecode(seconds, '.');
  const blocks = cues.map(
    (cue) => `${clock(cue.from)} --> ${clock(cue.until)}${place}${end}${cue.text}${end}`,
  );
  return `WEBVTT${end}${end}${note}${blocks.join(end)}`;
}

const faultyPage =
  '<!DOCTYPE html>\n<html><head><title>504 Gateway Time-out</title></head>\n<body><h1>504 Gateway Time-out</h1></body></html>\n';

/** The file of a film's captions, byte for byte, in the format that its record names. */
export function makeCaptions(record: SampleRecord, format: 'srt' | 'vtt'): Buffer {
  const style = captionStyle(record);
  if (style.fault === 'empty') return Buffer.alloc(0);
  if (style.fault === 'page') return Buffer.from(faultyPage);
  const cues = cuesOf(record, style, format === 'vtt');
  if (format === 'srt') return encodeText(srtText(cues, style), style.encoding);
  // The format is defined in UTF-8; only srt files come in whatever the editor saved.
  const encoding = style.encoding === 'utf-8-bom' ? 'utf-8-bom' : 'utf-8';
  return encodeText(vttText(cues, style, record), encoding);
}
