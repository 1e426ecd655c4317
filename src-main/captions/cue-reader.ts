/** Runs in plain Node. Takes the lines of a caption file one by one and makes cues of them. */
import type { Cue } from '#contract/captions.ts';
import { captionLimits } from './captions-problem.ts';
import { cleanCueText } from './clean-text.ts';
import { Oddities } from './oddities.ts';
import { looksLikeTimeLine, parseTimeLine } from './time-line.ts';

interface OpenCue {
  startMs: number;
  endMs: number;
  lines: string[];
  /** Blank lines stood before its first words: in such a file blank lines part lines, not cues. */
  isGappy: boolean;
}

export interface CuesRead {
  cues: Cue[];
  oddities: string[];
  /** True when there was a line that meant to be a time line, readable or not. */
  hasTimes: boolean;
}

/** Blocks of WebVTT that are no cues; `Region:` is how its drafts wrote regions. */
const blockPattern = /^(?:NOTE(?:\s|$)|(?:STYLE|REGION)\s*$|Region:)/;
const numberPattern = /^\d{1,6}$/;
/** A cue that ends before it begins stays at most this long, or until the next one. */
const longestRepairMs = 5000;

export class CueReader {
  readonly #format: 'srt' | 'vtt';
  readonly #cues: Cue[] = [];
  readonly #oddities = new Oddities();
  #cue: OpenCue | null = null;
  /** A line that may be words, or the number or name of the next cue: the line after it tells. */
  #held: { line: string; isAfterBlank: boolean } | null = null;
  #isAfterBlank = true;
  /** Inside a block that holds no cue. */
  #isSkipping = false;
  #lastNumber: number | null = null;
  #hasTimes = false;
  /** Cues with an end before their start, by place in `#cues`. */
  readonly #toRepair: Cue[] = [];

  constructor(format: 'srt' | 'vtt') {
    this.#format = format;
  }

  /** True when no more cues are taken. */
  get isFull(): boolean {
    return this.#cues.length >= captionLimits.cues;
  }

  add(raw: string): void {
    const line = this.#cut(raw).trim();
    if (line === '') {
      this.#isAfterBlank = true;
      this.#isSkipping = false;
      return;
    }
    const first = line.charCodeAt(0);
    const mayBeTime = (first >= 48 && first <= 57) || first === 45;
    if (mayBeTime && this.#addTimeLine(line)) return;
    if (!this.#isSkipping) this.#addWords(line);
    this.#isAfterBlank = false;
  }

  end(): CuesRead {
    this.#settleHeld();
    this.#closeCue();
    if (this.isFull) this.#oddities.count('tooMany');
    let isOrdered = true;
    for (let at = 1; at < this.#cues.length && isOrdered; at += 1) {
      isOrdered = (this.#cues[at]?.startMs ?? 0) >= (this.#cues[at - 1]?.startMs ?? 0);
    }
    if (!isOrdered) {
      this.#cues.sort((one, other) => one.startMs - other.startMs);
      this.#oddities.count('unordered');
    }
    this.#repairEnds();
    return { cues: this.#cues, oddities: this.#oddities.toNotes(), hasTimes: this.#hasTimes };
  }

  #cut(line: string): string {
    if (line.length <= captionLimits.lineLength) return line;
    this.#oddities.count('longLine');
    return line.slice(0, captionLimits.lineLength).toWellFormed();
  }

  /** Begins a cue, or leaves out a block whose times cannot be read. False for a line of words. */
  #addTimeLine(line: string): boolean {
    const span = parseTimeLine(line, this.#format);
    if (span === null && !looksLikeTimeLine(line)) return false;
    this.#hasTimes = true;
    this.#dropNumber();
    this.#closeCue();
    this.#isAfterBlank = false;
    this.#isSkipping = span === null || span.endMs < 0;
    if (span === null) this.#oddities.count('badTime');
    else if (span.endMs < 0) this.#oddities.count('beforeStart');
    else {
      if (span.startMs < 0) this.#oddities.count('negative');
      this.#cue = { ...span, startMs: Math.max(0, span.startMs), lines: [], isGappy: false };
    }
    return true;
  }

  /** The held line before a time line: a number or a name, unless it goes on with the words before it. */
  #dropNumber(): void {
    const held = this.#held;
    if (held === null) return;
    const number = numberPattern.test(held.line) ? Number(held.line) : null;
    const isNext = number !== null && number - 1 === this.#lastNumber;
    this.#lastNumber = number ?? this.#lastNumber;
    // A name stands right above its times; a number is one even with a blank line between.
    const isName = held.isAfterBlank && (number !== null || !this.#isAfterBlank);
    if (isName || isNext) this.#held = null;
    this.#settleHeld();
  }

  #addWords(line: string): void {
    this.#settleHeld();
    if (this.#isSkipping) return;
    const isAfterBlank = this.#isAfterBlank;
    const isBlock = this.#format === 'vtt' && isAfterBlank && blockPattern.test(line);
    const isHead = this.#cue === null && this.#cues.length === 0 && line.startsWith('WEBVTT');
    if (isBlock || isHead) this.#isSkipping = true;
    else this.#held = { line, isAfterBlank };
  }

  /** What is held is no number or name: words of the cue, or of none. */
  #settleHeld(): void {
    const held = this.#held;
    this.#held = null;
    if (held === null) return;
    const cue = this.#cue;
    if (cue === null) {
      // Before the first cue: a title, or the rest of a style.
      if (this.#cues.length > 0 && held.isAfterBlank) this.#oddities.count('orphan');
      return;
    }
    if (held.isAfterBlank && !cue.isGappy) {
      if (cue.lines.length === 0) cue.isGappy = true;
      else if (this.#isForeign(held.line)) {
        this.#oddities.count('orphan');
        this.#isSkipping = !this.#isAfterBlank;
        return;
      }
    }
    if (cue.lines.length < captionLimits.cueLines) cue.lines.push(held.line);
    else this.#oddities.count('longCue');
  }

  /**
   * Words behind a blank line are not the cue's in WebVTT. In SubRip they are, as editors leave blank lines
   * inside cues; but a number there begins a cue that lost its times.
   */
  #isForeign(line: string): boolean {
    return this.#format === 'vtt' || numberPattern.test(line);
  }

  #closeCue(): void {
    this.#settleHeld();
    const cue = this.#cue;
    this.#cue = null;
    if (cue === null || this.isFull) return;
    const words = cleanCueText(cue.lines, this.#format);
    if (words.text === '') {
      this.#oddities.count('wordless');
      return;
    }
    const read: Cue = { startMs: cue.startMs, endMs: cue.endMs, ...words };
    if (read.endMs < read.startMs) this.#toRepair.push(read);
    this.#cues.push(read);
  }

  #repairEnds(): void {
    if (this.#toRepair.length === 0) return;
    this.#oddities.count('endBeforeStart', this.#toRepair.length);
    const broken = new Set(this.#toRepair);
    this.#cues.forEach((cue, at) => {
      if (!broken.has(cue)) return;
      const nextMs = this.#cues[at + 1]?.startMs ?? Infinity;
      const limitMs = cue.startMs + longestRepairMs;
      cue.endMs = nextMs > cue.startMs ? Math.min(nextMs, limitMs) : limitMs;
    });
  }
}
