/**
 * Runs in the page. A transcript as it is read beside its recording: which cue is current, whether the list
 * follows, what is searched for and found.
 */
import type { Cue } from '#contract/captions.ts';
import { CueChoice } from './cue-choice.svelte.ts';
import { findIn, foldText, foldWanted } from './cue-search.ts';
import { CueTimes } from './cue-times.ts';

/** Asks the list to bring a cue into sight; a new object is a new wish. */
export interface Reveal {
  index: number;
  how: 'nearest' | 'calm';
}

const noCues: readonly Cue[] = [];

export class TranscriptView {
  readonly choice = new CueChoice();
  readonly #timeMs: () => number;
  #cues = $state.raw<readonly Cue[]>(noCues);
  #wanted = $state('');
  /** Place in the hits; -1 before one was gone to. */
  #hit = $state(-1);
  #wantsFollow = $state(true);
  #isHeld = $state(false);
  #reveal = $state.raw<Reveal | null>(null);

  readonly #times = $derived.by(() => new CueTimes(this.#cues));
  readonly #folded = $derived.by(() => this.#cues.map(({ text }) => foldText(text)));
  /** What is sought, as it is compared; '' where nothing is. */
  readonly sought: string = $derived.by(() => foldWanted(this.#wanted));
  /** Indexes of the cues that hold it. */
  readonly hits: readonly number[] = $derived.by(() =>
    this.sought === '' ? [] : findIn(this.#folded, this.sought),
  );
  /** Seconds at which they begin, for the timeline. */
  readonly ticks: readonly number[] = $derived.by(() =>
    this.hits.map((index) => (this.#cues[index]?.startMs ?? 0) / 1000),
  );
  readonly current: number = $derived.by(() => this.#times.current(this.#timeMs()));
  // Through text, so that what is shown changes with the cues and not with every frame.
  readonly #saidNow = $derived.by(() => this.#times.at(this.#timeMs()).join());
  readonly saidNow: readonly Cue[] = $derived.by(() =>
    this.#saidNow === ''
      ? []
      : this.#saidNow.split(',').flatMap((at) => this.#cues[Number(at)] ?? []),
  );

  /** `timeMs` is where the recording is; read reactively. */
  constructor(timeMs: () => number) {
    this.#timeMs = timeMs;
  }

  get cues(): readonly Cue[] {
    return this.#cues;
  }
  get wanted(): string {
    return this.#wanted;
  }
  /** Place of the hit gone to last, from 0; -1 before. */
  get hit(): number {
    return this.#hit;
  }
  get wantsFollow(): boolean {
    return this.#wantsFollow;
  }
  /** True while the list goes along by itself. */
  get isFollowing(): boolean {
    return this.#wantsFollow && !this.#isHeld;
  }
  /** True where someone looked elsewhere, and may want back. */
  get isHeld(): boolean {
    return this.#wantsFollow && this.#isHeld;
  }
  get reveal(): Reveal | null {
    return this.#reveal;
  }

  /** Shows other cues; the search stays, as one often looks for the same in the next record. */
  show(cues: readonly Cue[]): void {
    this.#cues = cues;
    this.#hit = -1;
    this.#isHeld = false;
    this.choice.reset();
  }

  search(wanted: string): void {
    const before = this.sought;
    this.#wanted = wanted;
    if (this.sought === before) return;
    this.#hit = -1;
    // The first from here on, as it is typed.
    if (this.hits.length > 0) this.#goToHit(this.#hitFrom(this.#here()));
  }

  /** Goes to the next or previous hit, round the ends. */
  step(direction: 1 | -1): void {
    const count = this.hits.length;
    if (count === 0) return;
    if (this.#hit === -1) this.#goToHit(this.#hitFrom(this.#here()));
    else this.#goToHit((this.#hit + direction + count) % count);
  }

  /** Someone scrolls or moves through the list: it does not run away from under them. */
  hold(): void {
    if (this.#wantsFollow) this.#isHeld = true;
  }

  follow(): void {
    this.#wantsFollow = true;
    this.#isHeld = false;
    const index = this.current === -1 ? this.#times.lastStarted(this.#timeMs()) : this.current;
    if (index !== -1) this.#reveal = { index, how: 'calm' };
  }

  setFollow(wanted: boolean): void {
    if (wanted) this.follow();
    else {
      this.#wantsFollow = false;
      this.#isHeld = false;
    }
  }

  /** Moves the keyboard's place, and brings it into sight. */
  moveTo(index: number, extend = false): void {
    const last = this.#cues.length - 1;
    if (last < 0) return;
    const place = Math.min(Math.max(index, 0), last);
    if (extend) this.choice.extendTo(place);
    else this.choice.moveTo(place);
    this.hold();
    this.#reveal = { index: place, how: 'nearest' };
  }

  /** Shows a cue at its time, as when it was opened from a list of hits. */
  goTo(timeMs: number): void {
    const index = Math.max(this.#times.lastStarted(timeMs), 0);
    this.choice.moveTo(index);
    this.#reveal = { index, how: 'calm' };
  }

  /** Where the keyboard begins: where one was, else what is said now, else the first. */
  start(): number {
    return this.#here();
  }

  /** What a quote is made of: what is chosen, else what is said now while one follows, else where one is. */
  quoted(): readonly number[] {
    if (!this.choice.isEmpty) return this.choice.chosen;
    const { active } = this.choice;
    if (this.isFollowing && this.current !== -1) return [this.current];
    if (active !== -1 && this.#cues[active] !== undefined) return [active];
    return this.current === -1 ? [] : [this.current];
  }

  /** What is said at a time, for the plate on the timeline. */
  wordsAt(seconds: number): string {
    const index = this.#times.at(seconds * 1000).at(-1);
    return index === undefined ? '' : (this.#cues[index]?.text ?? '');
  }

  #here(): number {
    if (this.choice.active !== -1) return this.choice.active;
    return Math.max(this.#times.lastStarted(this.#timeMs()), 0);
  }

  #hitFrom(index: number): number {
    const place = this.hits.findIndex((hit) => hit >= index);
    return place === -1 ? 0 : place;
  }

  #goToHit(place: number): void {
    const index = this.hits[place];
    if (index === undefined) return;
    this.#hit = place;
    this.choice.moveTo(index);
    this.hold();
    this.#reveal = { index, how: 'calm' };
  }
}
