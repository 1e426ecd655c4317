/**
 * 20,000 cues read beside vtt.js in the same run, in turn. vtt.js makes cues of the text and leaves tags and
 * entities in it; ours also finds out the encoding and cleans the words.
 */
import { createRequire } from 'node:module';
import { readCaptions, readCaptionsInSlices } from '#main/captions/read-captions.ts';
import { describeSpread, spreadOf } from './statistics.ts';

const rounds = 15;
const warmUps = 3;
const cueCount = 20_000;
const bar = 0.5;
/** No task of the main thread may take longer, in ms. */
const stallBar = 50;

interface VttJs {
  WebVTT: {
    Parser: new (
      window: object,
      decoder: object,
    ) => { oncue: (cue: object) => void; parse(text: string): void; flush(): void };
    StringDecoder(): object;
  };
  VTTCue: unknown;
  VTTRegion: unknown;
}

const words =
  'so the rover drives over the delta and here is what the mast camera saw on that sol'.split(' ');

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23);

/** As real files are: two lines a cue, a speaker and an entity now and then. */
function makeFile(): string {
  const blocks = Array.from({ length: cueCount }, (_, at) => {
    const voice = at % 6 === 0 ? '<v Ann Droid>' : '';
    const first = words.slice(0, 6 + (at % 8)).join(' ');
    const second = words.slice(at % 7).join(' ');
    const more = at % 10 === 0 ? ' &amp; <i>more</i>' : '';
    const times = `${clock(at * 3000)} --> ${clock(at * 3000 + 2500)}`;
    return `${at + 1}\n${times}\n${voice}${first}\n${second}${more}\n`;
  });
  return `WEBVTT\n\n${blocks.join('\n')}`;
}

function timeOf(work: () => number): number {
  const startMs = performance.now();
  const count = work();
  const tookMs = performance.now() - startMs;
  if (count !== cueCount) throw new Error(`${String(count)} cues instead of ${String(cueCount)}`);
  return tookMs;
}

/** Longest time, in ms, for which reading in slices, as the core does it, holds the thread. */
async function longestHold(bytes: Uint8Array): Promise<number> {
  let longest = 0;
  let startedMs = performance.now();
  const look = (): void => {
    longest = Math.max(longest, performance.now() - startedMs);
  };
  await readCaptionsInSlices(bytes, 'vtt', {
    sliceMs: 8,
    nowMs: () => performance.now(),
    pause: async () => {
      look();
      await new Promise((turn) => setImmediate(turn));
      startedMs = performance.now();
    },
  });
  look();
  return longest;
}

/** Prints the bench; true when the bars hold. */
export async function benchCaptions(): Promise<boolean> {
  const { WebVTT, VTTCue, VTTRegion } = createRequire(import.meta.url)('vtt.js') as VttJs;
  const text = makeFile();
  const bytes = Buffer.from(text);
  const theirs = (): number => {
    const cues: object[] = [];
    const parser = new WebVTT.Parser({ VTTCue, VTTRegion }, WebVTT.StringDecoder());
    parser.oncue = (cue) => cues.push(cue);
    parser.parse(text);
    parser.flush();
    return cues.length;
  };
  const ours = (): number => readCaptions(bytes, 'vtt').cues.length;
  const readings: { theirMs: number; ourMs: number }[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    const reading = { theirMs: timeOf(theirs), ourMs: timeOf(ours) };
    if (round >= 0) readings.push(reading);
  }
  const ratio = spreadOf(readings.map(({ theirMs, ourMs }) => ourMs / theirMs));
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(`captions, ${cueCount} cues, ${rounds} rounds in turn; median (least to most)`);
  print(
    `  vtt.js        ${describeSpread(spreadOf(readings.map(({ theirMs }) => theirMs)), 'ms')}`,
  );
  print(`  Almagest      ${describeSpread(spreadOf(readings.map(({ ourMs }) => ourMs)), 'ms')}`);
  print(
    `  ratio         ${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}), bar ${bar}`,
  );
  const holds: number[] = [];
  for (let round = 0; round < rounds; round += 1) holds.push(await longestHold(bytes));
  print(`  longest hold  ${describeSpread(spreadOf(holds), 'ms')}, bar ${stallBar}`);
  return ratio.median <= bar && spreadOf(holds).median <= stallBar;
}
