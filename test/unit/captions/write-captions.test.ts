import { describe, expect, test } from 'vitest';
import type { Cue, Transcript } from '#contract/captions.ts';
import { toRef } from '#contract/domain.ts';
import { formatQuote, formatTimecode } from '#contract/quote.ts';
import { readCaptions } from '#main/captions/read-captions.ts';
import { writeCaptions } from '#main/captions/write-captions.ts';

const transcriptOf = (cues: Cue[]): Transcript => ({
  ref: toRef('nasa-images', 'x'),
  source: 'https://images-assets.nasa.gov/video/x/x.srt',
  format: 'srt',
  encoding: 'utf-8',
  cues,
  notes: [],
  age: { fetchedAtMs: 0, origin: 'network', isStale: false, problem: null },
});
const cue = (startMs: number, endMs: number, text: string, speaker: string | null = null): Cue => ({
  startMs,
  endMs,
  text,
  speaker,
});

const interview = [
  cue(599, 4160, 'Hi, my name is Alice', 'ALICE'),
  cue(4160, 6770, 'and this is John.'),
  cue(6770, 10_880, "Today we'll be teaching you\nhow to make cookies!", 'JOHN'),
  cue(10_880, 16_700, '[intro music]'),
  cue(16_700, 21_480, 'Okay, so we have all'),
  cue(30_000, 31_000, 'After a silence.'),
];

test('srt', () => {
  expect(writeCaptions(transcriptOf(interview.slice(0, 2)), 'srt')).toBe(
    '1\n00:00:00,599 --> 00:00:04,160\n>> ALICE: Hi, my name is Alice\n\n2\n00:00:04,160 --> 00:00:06,770\nand this is John.\n',
  );
});

test('vtt', () => {
  expect(writeCaptions(transcriptOf(interview.slice(0, 2)), 'vtt')).toBe(
    'WEBVTT\n\n00:00:00.599 --> 00:00:04.160\n<v ALICE>Hi, my name is Alice\n\n00:00:04.160 --> 00:00:06.770\nand this is John.\n',
  );
});

test('txt: paragraphs by speaker, sound and silence', () => {
  expect(writeCaptions(transcriptOf(interview), 'txt')).toBe(
    [
      '[00:00:00] ALICE: Hi, my name is Alice and this is John.',
      "[00:00:06] JOHN: Today we'll be teaching you how to make cookies!",
      '[00:00:10] [intro music]',
      '[00:00:16] Okay, so we have all',
      '[00:00:30] After a silence.',
      '',
    ]
      .join('\n\n')
      .replace(/\n\n$/, '\n'),
  );
});

test('txt: a long speech is divided after a sentence', () => {
  const speech = Array.from({ length: 40 }, (_, at) =>
    cue(
      at * 1000,
      at * 1000 + 1000,
      at % 2 === 0 ? 'Some words that go on' : 'until they end here.',
    ),
  );
  const paragraphs = writeCaptions(transcriptOf(speech), 'txt').trimEnd().split('\n\n');
  expect(paragraphs.length).toBeGreaterThan(1);
  for (const paragraph of paragraphs) expect(paragraph).toMatch(/here\.$/);
});

test('json: the terminal’s public shape', () => {
  expect(JSON.parse(writeCaptions(transcriptOf(interview.slice(0, 1)), 'json'))).toEqual({
    ref: 'nasa:x',
    source: 'https://images-assets.nasa.gov/video/x/x.srt',
    format: 'srt',
    cues: [{ startMs: 599, endMs: 4160, text: 'Hi, my name is Alice', speaker: 'ALICE' }],
  });
});

describe('what is written reads back', () => {
  const odd = [
    cue(0, 0, 'no length'),
    cue(0, 359_999_999, 'x < 5 > 3 & &amp; <i> {\\an8} --> 00:00:01,000'),
    cue(10, 20, '00:00:01,000 --> 00:00:02,000'),
    cue(30, 40, '3\n7'),
    cue(50, 60, 'WEBVTT\nNOTE\nSTYLE'),
    cue(70, 80, 'Hi\n>> BOB: Hello', 'ALICE & CO'),
    cue(360_000_000, 360_000_001, '漢字 é 🚀', 'Roger Bingham'),
  ];
  test.each(['srt', 'vtt'] as const)('%s', (as) => {
    const text = writeCaptions(transcriptOf(odd), as);
    expect(readCaptions(Buffer.from(text), as).cues).toEqual(odd);
  });

  test('no cues', () => {
    expect(writeCaptions(transcriptOf([]), 'vtt')).toBe('WEBVTT\n');
    expect(writeCaptions(transcriptOf([]), 'srt')).toBe('');
    expect(writeCaptions(transcriptOf([]), 'txt')).toBe('');
  });
});

test('a quote', () => {
  expect(formatTimecode(3_675_999)).toBe('01:01:15');
  expect(
    formatQuote({
      text: 'That’s one\nsmall step',
      startMs: 75_400,
      title: 'Apollo 11 ',
      credit: 'NASA',
    }),
  ).toBe('"That’s one small step" (00:01:15, Apollo 11, NASA)');
  expect(
    formatQuote({ text: 'Go', startMs: 0, title: 'Launch', credit: '', speaker: 'ALICE' }),
  ).toBe('"Go" (ALICE, 00:00:00, Launch)');
});
