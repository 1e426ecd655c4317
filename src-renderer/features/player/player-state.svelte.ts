/**
 * Runs in the page. One film or sound being played: what the element says, in runes, and what can be done.
 * The component puts the element there with `attach`; everything else goes through here.
 */
import type { RecordRef, RecordRendition } from '#contract/domain.ts';
import { formatDuration } from '../../i18n/format.ts';
import { playerText } from '../../i18n/player.ts';
import { mediaUrl } from '../../lib/media-url.ts';
import { firstToPlay, nextToTry, rankFiles } from './choose-file.ts';
import type { PlaybackMemory } from './playback-memory.ts';
import {
  clampTime,
  FrameRateMeter,
  frameTime,
  nextRate,
  readRanges,
  resumeTime,
  usualFrameRate,
  type TimeSpan,
} from './player-time.ts';

/**
 * Why a file does not play. `kind`: this window has no decoder for it. `gone`: the archive no longer has it.
 * `unreachable`: the archive, or the network, did not answer. `damaged`: it broke off while being read.
 */
export type PlayFailure = 'kind' | 'gone' | 'unreachable' | 'damaged';

export type PlayStatus =
  | { kind: 'empty' }
  /** Nothing of the file is here yet. */
  | { kind: 'loading' }
  | { kind: 'ready' }
  /** It would play on, but the next part is not here yet. */
  | { kind: 'waiting' }
  | { kind: 'failed'; why: PlayFailure };

/** Asks our own origin for the status of a medium: 200 where it is there. */
export type MediaProbe = (url: string) => Promise<number>;

/** Milliseconds of waiting after which a smaller file is offered. */
const slowMs = 6000;
/** Milliseconds for which the picture says what a key did. */
const saidMs = 1400;
const volumeStep = 0.1;

export class PlayerState {
  readonly #memory: PlaybackMemory;
  readonly #probe: MediaProbe;
  #media: HTMLMediaElement | null = null;
  #ref = $state.raw<RecordRef | null>(null);
  #playable = $state.raw<readonly RecordRendition[]>([]);
  #picked = $state<string | null>(null);
  #failed = $state.raw<readonly string[]>([]);
  #status = $state.raw<PlayStatus>({ kind: 'empty' });
  #paused = $state(true);
  #time = $state(0);
  #duration = $state(Number.NaN);
  #buffered = $state.raw<readonly TimeSpan[]>([]);
  #volume = $state(1);
  #muted = $state(false);
  #rate = $state(1);
  #captionsOn = $state(true);
  #isSlow = $state(false);
  #said = $state('');
  #statedRate: number | null = null;
  #meter = new FrameRateMeter();
  /** Where to go, and whether to play, once the file can be asked. */
  #pending: { time: number; play: boolean } | null = null;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  #saidTimer: ReturnType<typeof setTimeout> | undefined;

  readonly files: readonly RecordRendition[] = $derived.by(() => rankFiles(this.#playable));
  readonly file: RecordRendition | null = $derived.by(
    () => this.files.find(({ name }) => name === this.#picked) ?? firstToPlay(this.#playable),
  );
  readonly source: string | undefined = $derived.by(() =>
    typeof this.file?.key === 'string' ? mediaUrl(this.file.key) : undefined,
  );
  /** A file to try instead of one that failed or is slow; null where there is none. */
  readonly alternative: RecordRendition | null = $derived.by(() => {
    const here = this.file === null ? [] : [this.file.name];
    return nextToTry(this.#playable, [...this.#failed, ...here]);
  });

  constructor(memory: PlaybackMemory, probe: MediaProbe) {
    this.#memory = memory;
    this.#probe = probe;
    this.#volume = memory.volume;
    this.#muted = memory.muted;
    this.#rate = memory.rate;
    this.#captionsOn = memory.captionsOn;
  }

  get ref(): RecordRef | null {
    return this.#ref;
  }
  get status(): PlayStatus {
    return this.#status;
  }
  get paused(): boolean {
    return this.#paused;
  }
  /** Seconds. */
  get time(): number {
    return this.#time;
  }
  /** Seconds; NaN until known. */
  get duration(): number {
    return this.#duration;
  }
  get hasLength(): boolean {
    return Number.isFinite(this.#duration) && this.#duration > 0;
  }
  get buffered(): readonly TimeSpan[] {
    return this.#buffered;
  }
  /** 0 to 1. */
  get volume(): number {
    return this.#volume;
  }
  get muted(): boolean {
    return this.#muted || this.#volume === 0;
  }
  get rate(): number {
    return this.#rate;
  }
  get captionsOn(): boolean {
    return this.#captionsOn;
  }
  /** True once one has waited so long that a smaller file is worth offering. */
  get isSlow(): boolean {
    return this.#isSlow;
  }
  /** What the last act did, for a moment: shown on the picture and told to screen readers. */
  get said(): string {
    return this.#said;
  }

  /**
   * Shows a record. `frameRate` is what its metadata states; `startSeconds` overrules where one was in it.
   * Called again for the same record as its files become known.
   */
  open(
    ref: RecordRef,
    playable: readonly RecordRendition[],
    options: { frameRate?: number | null; startSeconds?: number | null } = {},
  ): void {
    const isOther = ref !== this.#ref;
    this.#statedRate = options.frameRate ?? null;
    this.#playable = playable;
    if (!isOther && this.#status.kind !== 'empty') return;
    this.#remember();
    this.#ref = ref;
    const known = this.#memory.of(ref);
    this.#picked = known?.file ?? null;
    this.#failed = [];
    this.#meter = new FrameRateMeter();
    this.#duration = Number.NaN;
    this.#buffered = [];
    this.#paused = true;
    const start = options.startSeconds ?? null;
    this.#time = start ?? resumeTime(known?.time, Number.NaN);
    this.#pending = { time: this.#time, play: false };
    this.#setStatus({ kind: playable.length === 0 ? 'empty' : 'loading' });
  }

  /** For `{@attach}` on the video or audio element. */
  readonly attach = (media: HTMLMediaElement): (() => void) => {
    this.#media = media;
    const stop = new AbortController();
    const on = (names: string, run: () => void): void => {
      for (const name of names.split(' ')) {
        media.addEventListener(name, run, { signal: stop.signal });
      }
    };
    media.volume = this.#volume;
    media.muted = this.#muted;
    on('loadstart', () => this.#setStatus({ kind: 'loading' }));
    on('loadedmetadata', () => this.#loaded(media));
    on('durationchange', () => (this.#duration = media.duration));
    on('timeupdate seeking seeked', () => this.#readTime(media));
    on('progress loadeddata timeupdate seeked', () => {
      this.#buffered = readRanges(media.buffered);
    });
    on('play', () => (this.#paused = false));
    on('pause ended', () => (this.#paused = media.paused));
    on('waiting', () => this.#setStatus({ kind: 'waiting' }));
    on('canplay playing seeked', () => {
      if (media.readyState >= media.HAVE_CURRENT_DATA) this.#setStatus({ kind: 'ready' });
    });
    on('error', () => void this.#findFailure(media));
    const endFrames = this.#watchFrames(media);
    return () => {
      this.#remember();
      stop.abort();
      endFrames();
      clearTimeout(this.#slowTimer);
      if (this.#media === media) this.#media = null;
    };
  };

  toggle(): void {
    if (this.#paused) this.play();
    else this.pause();
  }

  play(): void {
    if (this.#status.kind === 'failed') {
      this.retry();
      if (this.#pending !== null) this.#pending.play = true;
      return;
    }
    // Refused only when it was paused or replaced meanwhile, which is no failure.
    this.#media?.play().catch(() => undefined);
    if (this.#pending !== null) this.#pending.play = true;
  }

  pause(): void {
    if (this.#pending !== null) this.#pending.play = false;
    this.#media?.pause();
  }

  /** Seconds; may be asked before anything is there. */
  seek(seconds: number): void {
    const time = clampTime(seconds, this.#duration);
    this.#time = time;
    const media = this.#media;
    if (this.#pending !== null || media === null || media.readyState < media.HAVE_METADATA) {
      this.#pending = { time, play: this.#pending?.play ?? false };
    } else {
      media.currentTime = time;
    }
    this.#remember();
  }

  /** Goes by seconds and says where to. */
  leap(seconds: number): void {
    this.seek(this.#time + seconds);
    this.say(formatDuration(this.#time));
  }

  stepFrame(direction: 1 | -1): void {
    this.pause();
    const rate = this.#statedRate ?? this.#meter.rate ?? usualFrameRate;
    this.seek(frameTime(this.#time, direction, rate, this.#duration));
    this.say(playerText.frameAt(formatDuration(this.#time), Math.floor(this.#time * rate)));
  }

  setRate(rate: number): void {
    this.#rate = this.#memory.rate = rate;
    if (this.#media !== null) {
      this.#media.defaultPlaybackRate = rate;
      this.#media.playbackRate = rate;
    }
    this.say(playerText.rateNow(rate));
  }

  stepRate(direction: 1 | -1): void {
    this.setRate(nextRate(this.#rate, direction));
  }

  setVolume(volume: number): void {
    this.#volume = this.#memory.volume = Math.min(Math.max(volume, 0), 1);
    this.#setMuted(false);
    if (this.#media !== null) this.#media.volume = this.#volume;
    this.say(playerText.volumeNow(this.#volume));
  }

  stepVolume(direction: 1 | -1): void {
    this.setVolume(Math.round((this.#volume + direction * volumeStep) * 10) / 10);
  }

  toggleMuted(): void {
    // Sound on means that something is heard.
    if (this.muted && this.#volume === 0) this.setVolume(1);
    else this.#setMuted(!this.#muted);
    this.say(this.muted ? playerText.soundIsOff : playerText.soundIsOn);
  }

  toggleCaptions(): void {
    this.#captionsOn = this.#memory.captionsOn = !this.#captionsOn;
    this.say(this.#captionsOn ? playerText.captionsAreOn : playerText.captionsAreOff);
  }

  /** Plays another file from the same place. */
  choose(name: string): void {
    if (name === this.file?.name) return;
    this.#pending = { time: this.#time, play: !this.#paused || (this.#pending?.play ?? false) };
    this.#failed = this.#failed.filter((one) => one !== name);
    this.#picked = name;
    this.#meter = new FrameRateMeter();
    this.#buffered = [];
    this.#remember();
  }

  /** Asks for the same file again. */
  retry(): void {
    this.#failed = [];
    this.#pending = { time: this.#time, play: false };
    this.#setStatus({ kind: 'loading' });
    this.#media?.load();
  }

  say(text: string): void {
    clearTimeout(this.#saidTimer);
    this.#said = text;
    this.#saidTimer = setTimeout(() => (this.#said = ''), saidMs);
  }

  #loaded(media: HTMLMediaElement): void {
    this.#duration = media.duration;
    media.defaultPlaybackRate = this.#rate;
    media.playbackRate = this.#rate;
    const pending = this.#pending;
    this.#pending = null;
    if (pending === null) return;
    const time = clampTime(pending.time, media.duration);
    if (time > 0) media.currentTime = time;
    this.#time = time;
    if (pending.play) media.play().catch(() => undefined);
  }

  #readTime(media: HTMLMediaElement): void {
    // A file that was just put there is at 0, which is not where one is.
    if (this.#pending !== null) return;
    this.#time = media.currentTime;
    this.#remember();
  }

  /** Every shown frame while it plays, so that captions change with the picture and the rate is measured. */
  #watchFrames(media: HTMLMediaElement): () => void {
    let isOver = false;
    let handle = 0;
    const each = (): void => {
      if (isOver) return;
      if (!media.paused && this.#pending === null) this.#time = media.currentTime;
      handle = requestAnimationFrame(each);
    };
    const begin = (): void => {
      cancelAnimationFrame(handle);
      handle = requestAnimationFrame(each);
    };
    const end = (): void => cancelAnimationFrame(handle);
    media.addEventListener('play', begin);
    media.addEventListener('pause', end);
    const frame = (_now: number, { mediaTime, presentedFrames }: VideoFrameCallbackMetadata) => {
      if (isOver) return;
      this.#meter.note(mediaTime, presentedFrames);
      if (media instanceof HTMLVideoElement) media.requestVideoFrameCallback(frame);
    };
    if (media instanceof HTMLVideoElement) media.requestVideoFrameCallback(frame);
    return () => {
      isOver = true;
      end();
      media.removeEventListener('play', begin);
      media.removeEventListener('pause', end);
    };
  }

  async #findFailure(media: HTMLMediaElement): Promise<void> {
    const code = media.error?.code;
    const { source, file } = this;
    if (code === undefined || code === MediaError.MEDIA_ERR_ABORTED || source === undefined) return;
    let why: PlayFailure = code === MediaError.MEDIA_ERR_DECODE ? 'damaged' : 'unreachable';
    if (code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED) {
      // The element says the same of a file that is not there and of one it cannot play.
      const status = await this.#probe(source).catch(() => 0);
      if (source !== this.source) return;
      why = failureOfStatus(status);
    }
    this.#paused = true;
    this.#pending = { time: this.#time, play: false };
    if (file !== null) this.#failed = [...this.#failed, file.name];
    this.#setStatus({ kind: 'failed', why });
  }

  #setStatus(status: PlayStatus): void {
    if (status.kind === this.#status.kind && status.kind !== 'failed') return;
    this.#status = status;
    clearTimeout(this.#slowTimer);
    this.#isSlow = false;
    if (status.kind === 'waiting' || status.kind === 'loading') {
      this.#slowTimer = setTimeout(() => (this.#isSlow = true), slowMs);
    }
  }

  #setMuted(muted: boolean): void {
    this.#muted = this.#memory.muted = muted;
    if (this.#media !== null) this.#media.muted = muted;
  }

  #remember(): void {
    if (this.#ref === null) return;
    this.#memory.keep(this.#ref, { time: this.#time, file: this.#picked });
  }
}

/** What our own origin answers for a medium, as the reason why it did not play. */
export function failureOfStatus(status: number): PlayFailure {
  if (status === 404 || status === 410) return 'gone';
  return (status >= 200 && status < 300) || status === 415 ? 'kind' : 'unreachable';
}
