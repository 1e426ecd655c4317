/**
 * Runs in plain Node, any thread; pure. Captions of the sample archive's films, with what real ones have:
 * a byte order mark, CRLF, speaker marks, tags in the text, a blank cue at the end.
 */
import type { SampleRecord } from './record.ts';
import { createRandom } from './random.ts';

const lines = [
  'Good evening, and welcome to the control room.',
  'What you see here was drawn, not photographed.',
  '>> How far away is it?',
  '>> Far enough that the light is older than we are.',
  'Watch the left edge as the shadow moves across.',
  '<i>(quiet applause)</i>',
  'The bright line is air, seen edge on.',
  'We will come back to that in a moment.',
  'Every dot in this field is a number.',
  'Turn the picture round and the craters become hills.',
  'Nobody was here to hold the camera.',
  'That is all from us tonight. Thank you.',
] as const;

function timecode(seconds: number, mark: ',' | '.'): string {
  const whole = Math.floor(seconds);
  const part = String(Math.round((seconds - whole) * 1000)).padStart(3, '0');
  const clock = [whole / 3600, (whole / 60) % 60, whole % 60].map((unit) =>
    String(Math.floor(unit)).padStart(2, '0'),
  );
  return `${clock.join(':')}${mark}${part}`;
}

/** The text of a film's captions, in the format that its record names. */
export function makeCaptions(record: SampleRecord, format: 'srt' | 'vtt'): string {
  const random = createRandom(record.picture.seed ^ 0xca97);
  const mark = format === 'srt' ? ',' : '.';
  const cues: string[] = [];
  let at = 0.8;
  const count = 6 + random.below(10);
  for (let cue = 0; cue < count; cue += 1) {
    const length = random.between(1.6, 3.8);
    const text = cue === 0 ? record.title : random.pick(lines);
    const head = format === 'srt' ? `${cue + 1}\r\n` : '';
    cues.push(`${head}${timecode(at, mark)} --> ${timecode(at + length, mark)}\r\n${text}\r\n`);
    at += length + random.between(0.1, 1.2);
  }
  const odd = record.index % 3;
  if (format === 'vtt') return `WEBVTT\r\n\r\n${cues.join('\r\n')}`;
  const body = cues.join('\r\n');
  const blank = `\r\n${count + 1}\r\n${timecode(at, mark)} --> ${timecode(at + 1, mark)}\r\n\r\n`;
  return `${odd === 0 ? '\uFEFF' : ''}${body}${odd === 1 ? blank : ''}`;
}
