import { describe, expect, test } from 'vitest';
import { captionLimits, CaptionsProblem } from '#main/captions/captions-problem.ts';
import { readCaptions, readCaptionsInSlices } from '#main/captions/read-captions.ts';

const read = (text: string, named: 'srt' | 'vtt' = 'srt') => readCaptions(Buffer.from(text), named);
const cuesOf = (text: string, named: 'srt' | 'vtt' = 'srt') => read(text, named).cues;
const time = '00:00:01,000 --> 00:00:02,000';
const one = (words: string): string => `1\n${time}\n${words}\n`;

function problemOf(content: string | Buffer, named: 'srt' | 'vtt' = 'srt'): CaptionsProblem {
  try {
    readCaptions(Buffer.from(content), named);
  } catch (error) {
    if (error instanceof CaptionsProblem) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('times', () => {
  test.each([
    ['00:00:01,500 --> 00:00:02,250', 1500, 2250],
    ['00:00:01.500 --> 00:00:02.250', 1500, 2250],
    ['0:00:01,5 --> 0:00:02,25', 1500, 2250],
    ['00:00:01 --> 00:00:02', 1000, 2000],
    ['01:02,003 --> 01:03,004', 62_003, 63_004],
    ['100:00:00,000 --> 100:00:01,000', 360_000_000, 360_001_000],
    ['00:00:01,123456 --> 00:00:02,1239', 1123, 2123],
    ['00:00:01,000-->00:00:02,000', 1000, 2000],
    ['00:00:01,000 -> 00:00:02,000', 1000, 2000],
    ['00:00:01,000 –> 00:00:02,000', 1000, 2000],
    ['00:00:01,000 -- > 00:00:02,000', 1000, 2000],
    ['00: 00: 01, 000 --> 00: 00: 02, 000', 1000, 2000],
    ['  00:00:01,000   -->\t00:00:02,000 X1:40 X2:600 Y1:20 Y2:50', 1000, 2000],
    ['-00:00:01,000 --> 00:00:02,000', 0, 2000],
  ])('%s', (line, startMs, endMs) => {
    expect(cuesOf(`1\n${line}\nwords\n`)).toEqual([
      { startMs, endMs, text: 'words', speaker: null },
    ]);
  });

  test.each([
    '00:00:xx,000 --> 00:00:02,000',
    '00:00:01,000 --> 00:00:1d,000',
    '9999:00:00,000 --> 9999:00:01,000',
    '-00:00:09,000 --> -00:00:08,000',
    '00:00:01,000 --> ',
  ])('%s: the cue is left out and that is said', (line) => {
    const { cues, notes } = read(`1\n${line}\nlost\n\n2\n${time}\nkept\n`);
    expect(cues.map(({ text }) => text)).toEqual(['kept']);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^1 cue .* left out\.$/);
  });

  test('an end before the start: until the next cue, or five seconds', () => {
    const { cues, notes } = read(
      '1\n00:00:10,000 --> 00:00:09,000\nfirst\n\n2\n00:00:12,000 --> 00:00:01,000\nsecond\n',
    );
    expect(cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [10_000, 12_000],
      [12_000, 17_000],
    ]);
    expect(notes).toEqual([
      '2 cues that would end before they begin: the end was set by what follows.',
    ]);
  });

  test('unordered cues are sorted, overlapping ones kept as they are', () => {
    const { cues, notes } = read(
      '1\n00:00:05,000 --> 00:00:09,000\nlater\n\n2\n00:00:01,000 --> 00:00:07,000\nearlier\n\n3\n00:00:05,000 --> 00:00:06,000\nsame start\n',
    );
    expect(cues.map(({ text, endMs }) => [text, endMs])).toEqual([
      ['earlier', 7000],
      ['later', 9000],
      ['same start', 6000],
    ]);
    expect(notes).toEqual(['The cues were not in order of time; they were sorted.']);
  });

  test('in WebVTT a short time must be exact: it may mean minutes or hours', () => {
    expect(cuesOf('WEBVTT\n\n00:01.04 --> 00:02.000\nno\n', 'vtt')).toEqual([]);
    expect(cuesOf('WEBVTT\n\n00:01.040 --> 00:02.000\nyes\n', 'vtt')).toHaveLength(1);
    expect(cuesOf('WEBVTT\n\n00:00:01.04 --> 00:00:02\nyes\n', 'vtt')).toHaveLength(1);
  });
});

describe('blocks', () => {
  const next = '00:00:03,000 --> 00:00:04,000';
  test.each([
    ['no numbers', `${time}\none\n\n${next}\ntwo\n`],
    ['no blank line between', `1\n${time}\none\n2\n${next}\ntwo\n`],
    ['blank line behind the number', `1\n\n${time}\none\n\n2\n\n${next}\ntwo\n`],
    ['blank line behind the time', `1\n${time}\n\none\n\n2\n${next}\n\ntwo\n`],
    ['blanks in blank lines', `1\n${time}\none\n \t\n2\n${next}\ntwo\n`],
    ['blanks at the ends of lines', `1 \n${time} \none \n\n2 \n${next} \n two \n`],
    ['CRLF', `1\r\n${time}\r\none\r\n\r\n2\r\n${next}\r\ntwo\r\n`],
    ['CR', `1\r${time}\rone\r\r2\r${next}\rtwo\r`],
    ['CR and LF mixed', `1\r${time}\rone\r\r2\n${next}\r\ntwo\r\n`],
    ['wrong numbers', `7\n${time}\none\n\n7\n${next}\ntwo\n`],
    ['a byte order mark inside', `\uFEFF1\n${time}\none\n\n\uFEFF2\n${next}\ntwo`],
    ['a number without words at the end', `1\n${time}\none\n\n2\n${next}\ntwo\n\n3\n`],
  ])('%s', (_name, text) => {
    expect(cuesOf(text)).toEqual([
      { startMs: 1000, endMs: 2000, text: 'one', speaker: null },
      { startMs: 3000, endMs: 4000, text: 'two', speaker: null },
    ]);
  });

  test('a number that is words stays', () => {
    expect(
      cuesOf(`1\n${time}\nIt was in\n1969\n\n2\n${next}\n7\n`).map(({ text }) => text),
    ).toEqual(['It was in\n1969', '7']);
  });

  test('words behind a blank line belong to the cue in SubRip, and to none in WebVTT', () => {
    const body = `${time}\none\n\nmore\n\n${next}\ntwo\n`;
    expect(cuesOf(body).map(({ text }) => text)).toEqual(['one\nmore', 'two']);
    const vtt = read(`WEBVTT\n\n${body}`, 'vtt');
    expect(vtt.cues.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(vtt.notes).toEqual(['1 passage without times left out.']);
  });

  test('an arrow in words is no time', () => {
    expect(cuesOf(one('Press --> to go on\n5 -> 4'))[0]?.text).toBe('Press --> to go on\n5 -> 4');
  });

  test('notes, styles and regions are no words', () => {
    const text = `WEBVTT Kind\nLanguage: en\n\nNOTE a\nb\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nfirst\n${time} align:start\none\n\nNOTE\nlast\n`;
    expect(cuesOf(text, 'vtt').map((cue) => cue.text)).toEqual(['one']);
  });

  test('the content decides the format, not the name', () => {
    expect(read(`WEBVTT\n\n${time}\none\n`, 'srt').format).toBe('vtt');
    expect(read(one('one'), 'vtt')).toMatchObject({
      format: 'vtt',
      notes: ['The file lacks the line WEBVTT at its beginning; it was read all the same.'],
    });
  });
});

describe('words', () => {
  test.each([
    ['<i>one</i> <B>two</B> <font color="#fff">three</font>', 'one two three'],
    ['{\\an8}{\\i1}up here{\\i0}', 'up here'],
    ['a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#x27; &eacute;', 'a & b <c> "d" \'e\' é'],
    ['&amp;lt; is written once', '&lt; is written once'],
    ['x < 5 and y > 3 & z', 'x < 5 and y > 3 & z'],
    ['<laughs> & <unknown>', '<laughs> & <unknown>'],
    ['one<br>two<br/>three', 'one\ntwo\nthree'],
    ['<i>unended', 'unended'],
    ['a < b', 'a < b'],
    ['tab\there\u0007\u0000', 'tab here'],
    ['I said {not a code}', 'I said {not a code}'],
    ['漢<rt>kan</rt>', '漢(kan)'],
    ['at 3 <4 weeks>', 'at 3 <4 weeks>'],
  ])('%s', (words, text) => {
    expect(cuesOf(one(words))).toMatchObject([{ text, speaker: null }]);
  });

  test.each([
    ['>> ALICE: Hi there', 'ALICE', 'Hi there'],
    ['&gt;&gt; ALICE: Hi there', 'ALICE', 'Hi there'],
    ['>>DR. O’NEIL-SMITH (NASA): Hi', 'DR. O’NEIL-SMITH (NASA)', 'Hi'],
    ['>> Alice of the Lake: Hi', 'Alice of the Lake', 'Hi'],
    ['>>> Good evening', null, 'Good evening'],
    ['>> Well, this is it: go', null, 'Well, this is it: go'],
    ['>> at 10:30 we go', null, 'at 10:30 we go'],
    ['>> ALICE:\nHi there', 'ALICE', 'Hi there'],
    ['>> ALICE: Hi\n>> BOB: Hello', 'ALICE', 'Hi\n>> BOB: Hello'],
    ['>> ALICE: Hi\n>> Hello', 'ALICE', 'Hi\n>> Hello'],
    ['<v Roger Bingham>We are here', 'Roger Bingham', 'We are here'],
    ['<v.loud.first R&amp;D>We are here</v>', 'R&D', 'We are here'],
    ['<v Ann>Hi <v Bob>Hello', 'Ann', 'Hi\n>> Bob: Hello'],
    ['<v Ann>Hi\n<v Ann>again', 'Ann', 'Hi\nagain'],
    ['<v>nobody', null, 'nobody'],
    ['ALICE: no mark, no speaker', null, 'ALICE: no mark, no speaker'],
  ])('%s', (words, speaker, text) => {
    expect(cuesOf(`WEBVTT\n\n${time}\n${words}\n`, 'vtt')).toMatchObject([{ text, speaker }]);
    expect(cuesOf(one(words))).toMatchObject([{ text, speaker }]);
  });

  test('an unknown tag is a tag in WebVTT', () => {
    expect(cuesOf(`WEBVTT\n\n${time}\na<laughs> b <00:00:01.500>c\n`, 'vtt')[0]?.text).toBe(
      'a b c',
    );
  });
});

describe('what is no captions', () => {
  test.each([
    ['a web page', '<!DOCTYPE html><html><body>502</body></html>'],
    ['a web page', '\uFEFF \n<html lang="en"><head>'],
    ['a web page', '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE html PUBLIC "">'],
    ['XML document', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['TTML', '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body/></tt>'],
    ['TTML', '<tt:tt xmlns:tt="http://www.w3.org/ns/ttml"/>'],
    ['SubStation Alpha', '[Script Info]\nTitle: x'],
    ['Scenarist', 'Scenarist_SCC V1.0\n\n00:00:00:00\t9420'],
    ['SAMI', '<SAMI><HEAD></HEAD></SAMI>'],
    ['MicroDVD', '{0}{25}words'],
    ['MPL2', '[0][25]words'],
    ['lyrics', '[00:12.00]words'],
    ['JSON', '{"captions": []}'],
    ['JSON', '[{"start": 0}]'],
    ['PDF', '%PDF-1.4'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['ZIP', 'PK\u0003\u0004'],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['EBU STL', '850STL25.01'],
    ['a playlist', '#EXTM3U\n'],
    ['holds no times', 'Dear reader,\n\nnothing here.'],
  ])('%s is named', (name, content) => {
    expect(problemOf(content).message).toContain(name);
  });

  test('an empty file is empty, not wrong', () => {
    for (const content of ['', '\uFEFF', ' \r\n\n\t']) {
      expect(read(content)).toMatchObject({ cues: [], notes: ['The file is empty.'] });
    }
    expect(read('WEBVTT', 'vtt')).toMatchObject({ cues: [], notes: ['The file holds no words.'] });
  });
});

describe('limits', () => {
  test('a file that is too large is refused unread', () => {
    expect(problemOf(Buffer.alloc(captionLimits.fileBytes + 1, '1\n')).kind).toBe('too-large');
  });

  test('long lines and long cues are cut, and that is said', () => {
    const { cues, notes } = read(one(`${'x'.repeat(5000)}\n${'y\n'.repeat(200)}`));
    expect(cues[0]?.text.length).toBe(captionLimits.lineLength + 2 * (captionLimits.cueLines - 1));
    expect(notes).toEqual([
      '1 line longer than 4,096 characters cut.',
      '101 lines beyond the first 100 of a cue left out.',
    ]);
  });

  test('no more than so many cues', () => {
    const { cues, notes } = read(`${time}\nx\n\n`.repeat(captionLimits.cues + 5));
    expect(cues).toHaveLength(captionLimits.cues);
    expect(notes).toEqual(['Only the first 100,000 cues were read.']);
  });
});

describe('in slices', () => {
  test('gives the same, and lets others work between', async () => {
    const bytes = Buffer.from(`${time}\nwörds\n\n`.repeat(20_000));
    let pauses = 0;
    const slices = { sliceMs: 0, nowMs: () => 0, pause: async () => void (pauses += 1) };
    expect(await readCaptionsInSlices(bytes, 'srt', slices)).toEqual(readCaptions(bytes, 'srt'));
    expect(pauses).toBeGreaterThan(40);
  });

  test('ends when the pause throws', async () => {
    const stop = new Error('stopped');
    const slices = { sliceMs: 0, nowMs: () => 0, pause: () => Promise.reject(stop) };
    await expect(readCaptionsInSlices(Buffer.from(one('x')), 'srt', slices)).rejects.toBe(stop);
  });
});
