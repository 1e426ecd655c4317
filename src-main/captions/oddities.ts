/** Runs in plain Node. What was odd about a caption file, counted, and in words for the user. */
import { captionLimits } from './captions-problem.ts';

const number = new Intl.NumberFormat('en-GB');
const cues = (count: number): string => (count === 1 ? '1 cue' : `${number.format(count)} cues`);

const words = {
  badTime: (n: number) => `${cues(n)} with times that cannot be read left out.`,
  beforeStart: (n: number) => `${cues(n)} before the beginning of the recording left out.`,
  negative: (n: number) => `${cues(n)} with a start below zero begin${n === 1 ? 's' : ''} at zero.`,
  endBeforeStart: (n: number) =>
    `${cues(n)} that would end before ${n === 1 ? 'it begins' : 'they begin'}: the end was set by what follows.`,
  wordless: (n: number) => `${cues(n)} without words left out.`,
  orphan: (n: number) =>
    `${n === 1 ? '1 passage' : `${number.format(n)} passages`} without times left out.`,
  unordered: () => 'The cues were not in order of time; they were sorted.',
  longLine: (n: number) =>
    `${n === 1 ? '1 line' : `${number.format(n)} lines`} longer than ${number.format(captionLimits.lineLength)} characters cut.`,
  longCue: (n: number) =>
    `${n === 1 ? '1 line' : `${number.format(n)} lines`} beyond the first ${String(captionLimits.cueLines)} of a cue left out.`,
  tooMany: () => `Only the first ${number.format(captionLimits.cues)} cues were read.`,
} as const satisfies Record<string, (count: number) => string>;

export type Oddity = keyof typeof words;

export class Oddities {
  readonly #counts = new Map<Oddity, number>();

  count(oddity: Oddity, times = 1): void {
    this.#counts.set(oddity, (this.#counts.get(oddity) ?? 0) + times);
  }

  toNotes(): string[] {
    return [...this.#counts].map(([oddity, times]) => words[oddity](times));
  }
}
