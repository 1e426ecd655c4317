import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cue, Transcript } from '#contract/captions.ts';
import { toRef } from '#contract/domain.ts';
import { CaptionsProblem } from '#main/captions/captions-problem.ts';
import { readCaptions, type ReadCaptions } from '#main/captions/read-captions.ts';
import { writeCaptions } from '#main/captions/write-captions.ts';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';

const captures = capturesDir();
const folder = captures === null ? null : join(captures, 'captions');
if (folder === null) console.log(`captions conformance ${capturesAbsent}`);

const all =
  folder === null
    ? []
    : readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
        name.replaceAll('\\', '/'),
      );
const files = all.filter((name) => /\.(srt|vtt|sbv|ass|sub)$/.test(name)).sort();

const bytesOf = (name: string): Buffer => readFileSync(join(folder ?? '', name));
const jsonOf = (name: string): unknown => JSON.parse(bytesOf(name).toString('utf8'));

function read(name: string): ReadCaptions {
  return readCaptions(bytesOf(name), name.endsWith('.vtt') ? 'vtt' : 'srt');
}

function readOrProblem(name: string): ReadCaptions | CaptionsProblem {
  try {
    return read(name);
  } catch (error) {
    if (error instanceof CaptionsProblem) return error;
    throw error;
  }
}

const texts = (name: string): string[] => read(name).cues.map(({ text }) => text);
const numbered = (...numbers: number[]): string[] =>
  numbers.map((number) => `Caption text #${String(number)}`);

interface ProcNode {
  textContent: string;
}
interface VttJsExpectation {
  cues: { startTime: number; endTime: number; text: string }[];
}

/** vtt.js has expectations of two kinds: the cues, or only the boxes that are drawn of them. */
const ofVttJs = files.filter((name) => name.startsWith('vtt.js/'));
const withCues = ofVttJs.filter((name) => all.includes(name.replace(/\.vtt$/, '.json')));
const withBoxes = ofVttJs.filter((name) => all.includes(name.replace(/\.vtt$/, '-proc.json')));

/** Expectations that vtt.js shares among several files. */
const shared: Readonly<Record<string, string>> = {
  'left-tab': 'with-data',
  'missing-separator': 'bad-data',
  'missing-spaces-between-separator': 'with-data',
  'separator-extra-space': 'with-data',
  'separator-tab': 'with-data',
  'space-left-tab-right': 'with-data',
  'space-right-tab-left': 'with-data',
  'spaces-tabs-on-both-sides': 'with-data',
  'tab-right': 'with-data',
};

function expectVttJs(name: string, expectation: string): void {
  const { cues } = jsonOf(expectation) as VttJsExpectation;
  const result = readOrProblem(name);
  const found = result instanceof CaptionsProblem ? [] : result.cues;
  expect(found).toEqual(
    cues.map(({ startTime, endTime, text }) => ({
      startMs: Math.round(startTime * 1000),
      endMs: Math.round(endTime * 1000),
      text,
      speaker: null,
    })),
  );
}

describe.skipIf(folder === null)('the recorded caption files', () => {
  test('there are as many as were recorded', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(withCues.length).toBe(42);
    expect(withBoxes.length).toBeGreaterThan(90);
  });

  test.each(files)('%s is read or refused with a reason, never crashes', (name) => {
    const result = readOrProblem(name);
    if (result instanceof CaptionsProblem) {
      expect(result.message).toMatch(/\. .*\.$/);
      return;
    }
    let before = 0;
    for (const { startMs, endMs, text, speaker } of result.cues) {
      expect(startMs).toBeGreaterThanOrEqual(before);
      expect(endMs).toBeGreaterThanOrEqual(startMs);
      expect(text).not.toMatch(/^\s|\s$|\n\s*\n|&(amp|lt|gt|nbsp);|<\/?[bciuv][.> ]/);
      expect(speaker).not.toBe('');
      before = startMs;
    }
  });

  test.each(withCues)('%s: the cues that vtt.js expects', (name) => {
    expectVttJs(name, name.replace(/\.vtt$/, '.json'));
  });

  test.each(Object.entries(shared))('%s.vtt: the cues of %s.json', (name, expectation) => {
    expectVttJs(`vtt.js/cue-times/${name}.vtt`, `vtt.js/cue-times/${expectation}.json`);
  });

  test.each(withBoxes)('%s: the words that vtt.js draws', (name) => {
    const boxes = jsonOf(name.replace(/\.vtt$/, '-proc.json')) as ProcNode[];
    const result = readOrProblem(name);
    const found = result instanceof CaptionsProblem ? [] : result.cues;
    expect(found.map(({ text }) => text)).toEqual(
      boxes.map(({ textContent }) => textContent).filter((text) => text !== ''),
    );
  });

  test('subsrt/sample.srt: the cues of sample.json, with speakers', () => {
    const expected = jsonOf('subsrt/sample.json') as {
      start: number;
      end: number;
      content: string;
      text: string;
    }[];
    expect(read('subsrt/sample.srt').cues).toEqual(
      expected.map(({ start, end, content, text }) => ({
        startMs: start,
        endMs: end,
        text: text.replaceAll('\r\n', '\n'),
        speaker: /^>> (\w+):/.exec(content)?.[1] ?? null,
      })),
    );
  });

  test.each([
    ['go-astisub/example-in.srt', 'go-astisub/example-out.srt'],
    ['go-astisub/example-in.vtt', 'go-astisub/example-out.vtt'],
    ['go-astisub/example-in.vtt', 'go-astisub/example-out.srt'],
    ['go-astisub/missing-sequence-in.srt', 'go-astisub/example-out.srt'],
    ['go-astisub/example-in-non-utf8.srt', 'go-astisub/example-out.srt'],
    ['go-astisub/example-in-non-utf8.vtt', 'go-astisub/example-out.vtt'],
    ['go-astisub/example-in-html-entities.srt', 'go-astisub/example-out-html-entities.vtt'],
    ['go-astisub/example-in-html-entities.vtt', 'go-astisub/example-out-html-entities.srt'],
    ['go-astisub/example-in-styled.srt', 'go-astisub/example-out-styled.srt'],
    ['go-astisub/example-in-styled.srt', 'go-astisub/example-out-styled.vtt'],
  ])('%s holds the same cues as %s', (input, output) => {
    const expected = read(output).cues;
    expect(expected.length).toBeGreaterThan(2);
    expect(read(input).cues).toEqual(expected);
  });

  test('the words of go-astisub, as they stand in the file', () => {
    expect(read('go-astisub/example-out.srt').cues.slice(0, 3)).toEqual([
      { startMs: 99_000, endMs: 101_040, text: '(deep rumbling)', speaker: null },
      { startMs: 124_080, endMs: 127_120, text: 'MAN:\nHow did we end up here?', speaker: null },
      { startMs: 132_160, endMs: 135_200, text: 'This place is horrible.', speaker: null },
    ]);
    expect(texts('go-astisub/example-in-html-entities.srt')).toEqual([
      'The man in black fled across the desert,\n& the gunslinger followed.',
      'Go,\u00a0then,',
      'there are other < worlds than these.',
    ]);
    expect(texts('go-astisub/example-in-carriage-return.srt')).toEqual(
      texts('go-astisub/example-in-carriage-return.vtt'),
    );
    expect(texts('go-astisub/example-in-carriage-return.srt')).toHaveLength(3);
  });

  test('gb2312 is told from its bytes', () => {
    const { encoding, cues } = read('cdown-srt/gb2312.srt');
    expect(encoding).toMatch(/^gb/);
    expect(cues.map(({ text }) => text)).toEqual([
      '宇宙守护神  保护我们远离邪恶',
      '他能徒手抓住子弹  拦住疾速的火车',
      '轻轻一跳就能飞跃高楼',
    ]);
    expect(texts('cdown-srt/ascii.srt')).toEqual(['ascii', 'oh look', 'ascii everywhere']);
  });

  test('utf-16, voices, tags and blank lines of mantas-done', () => {
    expect(read('mantas-done-subtitles/utf16.srt')).toMatchObject({
      encoding: 'utf-16le',
      cues: [{ startMs: 0, endMs: 1000, text: 'ترجمه و تنظيم زيرنويس' }],
    });
    expect(read('mantas-done-subtitles/vtt_with_name.vtt').cues).toEqual([
      { startMs: 9000, endMs: 11_000, text: 'We are in New York City', speaker: 'Roger Bingham' },
    ]);
    expect(texts('mantas-done-subtitles/vtt_with_html.vtt')).toEqual([
      'Sur les playground, ici à Montpellier',
    ]);
    expect(texts('mantas-done-subtitles/vtt_with_missing_text.vtt')).toEqual(['one', 'three']);
    expect(texts('mantas-done-subtitles/vtt_with_multiple_new_lines.vtt')).toEqual([
      'one\ntwo',
      'three',
    ]);
    expect(texts('mantas-done-subtitles/vtt_with_styles.vtt')).toEqual(['Hello world.']);
  });

  test('what webvtt-py breaks on purpose', () => {
    expect(texts('webvtt-py/sample.vtt')).toEqual(
      numbered(...Array.from({ length: 16 }, (_, at) => at + 1)),
    );
    expect(texts('webvtt-py/sample.srt')).toEqual(numbered(1, 2, 3, 4, 5));
    expect(texts('webvtt-py/missing_timeframe.vtt')).toEqual(numbered(1, 3, 4, 5, 6, 7));
    expect(texts('webvtt-py/missing_timeframe.srt')).toEqual(numbered(1, 3, 4, 5));
    expect(texts('webvtt-py/missing_caption_text.vtt')).toEqual(numbered(1, 3, 4, 5));
    expect(texts('webvtt-py/missing_caption_text.srt')).toEqual(numbered(1, 3, 4, 5));
    expect(texts('webvtt-py/invalid_timeframe.vtt')).toEqual(numbered(1, 3, 4, 5, 6, 7));
    expect(texts('webvtt-py/invalid_timeframe.srt')).toEqual(numbered(1, 2, 3, 4, 5));
    expect(texts('webvtt-py/invalid_timeframe_in_cue_text.vtt')).toEqual(numbered(1, 2, 3));
    expect(texts('webvtt-py/using_identifiers.vtt')).toEqual(numbered(1, 2, 3, 4, 5, 6));
    expect(texts('webvtt-py/metadata_headers_multiline.vtt')).toEqual(numbered(1, 2));
    expect(texts('webvtt-py/cue_tags.vtt')).toEqual([
      'When the moon hits your eye',
      'Like a big-a pizza pie',
      "That's amore",
    ]);
    expect(texts('webvtt-py/youtube_dl.vtt')).toEqual([
      'yeah',
      'yeah\nwhat',
      "this will happen is I'm telling",
      "this will happen is I'm telling",
    ]);
    expect(read('webvtt-py/empty.vtt')).toMatchObject({ cues: [], notes: ['The file is empty.'] });
    expect(read('webvtt-py/no_captions.vtt').cues).toEqual([]);
    // The line WEBVTT is missing, nothing else.
    expect(texts('webvtt-py/invalid.vtt')).toEqual(numbered(1, 2, 3, 4, 5, 6, 7));
  });

  test.each([
    ...files.filter((name) => name.endsWith('.ass')).map((name) => [name, 'SubStation Alpha']),
    ...files
      .filter((name) => name.endsWith('.sbv') && !name.includes('invalid_format'))
      .map((name) => [name, 'SubViewer (sbv)']),
    ['mantas-done-subtitles/sub_microdvd.sub', 'MicroDVD'],
    ['mantas-done-subtitles/sub_microdvd_with_styles.sub', 'MicroDVD'],
    ['mantas-done-subtitles/sub_viewer.sub', 'SubViewer'],
    ['mantas-done-subtitles/sub_viewer_with_headers.sub', 'SubViewer'],
    ['subsrt/sample.json', 'JSON'],
  ] as [string, string][])('%s is refused by its name: %s', (name, format) => {
    const problem = readOrProblem(name);
    expect(problem).toBeInstanceOf(CaptionsProblem);
    expect(problem).toMatchObject({
      kind: 'other-format',
      message: expect.stringContaining(format),
    });
  });

  test.each(files)('%s: what is exported reads back as the same cues', (name) => {
    const result = readOrProblem(name);
    if (result instanceof CaptionsProblem) return;
    const transcript: Transcript = {
      ref: toRef('nasa-images', 'x'),
      source: 'https://images-assets.nasa.gov/x.srt',
      age: { fetchedAtMs: 0, origin: 'network', isStale: false, problem: null },
      ...result,
    };
    const again = (as: 'srt' | 'vtt'): Cue[] =>
      readCaptions(Buffer.from(writeCaptions(transcript, as)), as).cues;
    expect(again('vtt')).toEqual(result.cues);
    expect(again('srt')).toEqual(result.cues);
  });
});
