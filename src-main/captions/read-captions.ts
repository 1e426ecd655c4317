/**
 * Runs in plain Node. A caption file as cues. Tolerant in everything that real files do; what was odd is said
 * in the notes, what is no captions is refused with a reason.
 */
import type { Transcript } from '#contract/captions.ts';
import { captionLimits, CaptionsProblem } from './captions-problem.ts';
import { CueReader } from './cue-reader.ts';
import { decodeCaptions } from './decode-captions.ts';
import { recogniseText, refuseBinary } from './recognise-file.ts';

export type ReadCaptions = Pick<Transcript, 'format' | 'encoding' | 'cues' | 'notes'>;

/** Lines read in one go: a millisecond or two. */
const stepLines = 1024;

/** Bytes that are enough to tell what a file is. */
const headBytes = 8 * 1024;

/**
 * Looks at a file's beginning only: quick, for deciding whether it is worth keeping.
 * @throws CaptionsProblem for a web page or another format.
 */
export function refuseOtherFiles(bytes: Uint8Array, named: 'srt' | 'vtt'): void {
  refuseBinary(bytes);
  const decoding = decodeCaptions(bytes.subarray(0, headBytes));
  for (;;) {
    const step = decoding.next();
    if (step.done === true) return void recogniseText(step.value.text, named);
  }
}

/**
 * Reads a file at once.
 *
 * @param named - format by the file's name; its content decides where it shows
 * @throws CaptionsProblem when the file is too large, in another format or no captions at all
 */
export function readCaptions(bytes: Uint8Array, named: 'srt' | 'vtt'): ReadCaptions {
  const steps = readInSteps(bytes, named);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Reads a file in slices, so that the thread stays free: `pause` is awaited whenever `sliceMs` are over.
 * @throws as `readCaptions` does; whatever `pause` throws ends the reading.
 */
export async function readCaptionsInSlices(
  bytes: Uint8Array,
  named: 'srt' | 'vtt',
  slices: { sliceMs: number; nowMs(): number; pause(): Promise<void> },
): Promise<ReadCaptions> {
  const steps = readInSteps(bytes, named);
  let startedMs = slices.nowMs();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (slices.nowMs() - startedMs < slices.sliceMs) continue;
    await slices.pause();
    startedMs = slices.nowMs();
  }
}

function* readInSteps(bytes: Uint8Array, named: 'srt' | 'vtt'): Generator<void, ReadCaptions> {
  if (bytes.length > captionLimits.fileBytes) {
    throw new CaptionsProblem(
      'too-large',
      `The file is larger than ${String(captionLimits.fileBytes / 1024 / 1024)} MB, which captions never are. Nothing was kept.`,
    );
  }
  refuseBinary(bytes);
  const { text, encoding, notes } = yield* decodeCaptions(bytes);
  const format = recogniseText(text, named);
  const reader = new CueReader(format);
  yield* readLines(text, reader);
  const { cues, oddities, hasTimes } = reader.end();
  const hasName = /^\s{0,64}WEBVTT/.test(text);
  const isBlank = !/\S/.test(text);
  if (!hasTimes && !hasName && !isBlank) throw noCaptions();
  const all = [...notes, ...oddities];
  if (format === 'vtt' && !hasName && !isBlank) {
    all.push('The file lacks the line WEBVTT at its beginning; it was read all the same.');
  }
  if (cues.length === 0) all.push(isBlank ? 'The file is empty.' : 'The file holds no words.');
  return { format, encoding, cues, notes: all };
}

/** Hands the lines of a text to the reader, whatever ends them: \n, \r\n or \r. */
function* readLines(text: string, reader: CueReader): Generator<void, void> {
  const hasReturns = text.includes('\r');
  let count = 0;
  for (let start = 0; start <= text.length && !reader.isFull;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const chunk = text.slice(start, end);
    start = end + 1;
    if (!hasReturns || !chunk.includes('\r')) reader.add(chunk);
    else yield* readReturns(chunk, reader);
    count += 1;
    if (count % stepLines === 0) yield;
  }
}

/** A stretch between two \n that holds \r: one line with it at its end, or many with it between them. */
function* readReturns(chunk: string, reader: CueReader): Generator<void, void> {
  let count = 0;
  const last = chunk.endsWith('\r') ? chunk.length - 1 : chunk.length;
  for (let start = 0; start <= last && !reader.isFull;) {
    const found = chunk.indexOf('\r', start);
    const end = found < 0 ? last : found;
    reader.add(chunk.slice(start, end));
    start = end + 1;
    count += 1;
    if (count % stepLines === 0) yield;
  }
}

function noCaptions(): CaptionsProblem {
  return new CaptionsProblem(
    'not-captions',
    'The file holds no times, so it is no captions in SubRip (srt) or WebVTT (vtt). Nothing was kept.',
  );
}
