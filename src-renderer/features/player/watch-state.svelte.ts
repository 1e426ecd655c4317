/** Runs in the page. A recording and its captions together: what the stage and the panel beside it share. */
import { parseRef, type RecordDetail, type RecordRef } from '#contract/domain.ts';
import type { AppDeps } from '../../lib/deps.ts';
import { CaptionsActs } from '../captions/captions-acts.svelte.ts';
import { TranscriptState, type Listed } from '../captions/transcript-state.svelte.ts';
import { TranscriptView } from '../captions/transcript-view.svelte.ts';
import type { RecordState } from '../record/record-state.svelte.ts';
import { statedFrameRate } from './choose-file.ts';
import { playbackMemoryOf } from './playback-memory.ts';
import { PlayerState } from './player-state.svelte.ts';
import { probeMedia } from './probe-media.ts';

export class WatchState {
  readonly player: PlayerState;
  readonly captions: TranscriptState;
  readonly view: TranscriptView;
  readonly acts: CaptionsActs;
  readonly #record: RecordState;
  #wishMs: number | null = null;

  constructor(deps: AppDeps, record: RecordState) {
    this.#record = record;
    this.player = new PlayerState(playbackMemoryOf(deps.api), probeMedia);
    this.view = new TranscriptView(() => this.player.time * 1000);
    this.captions = new TranscriptState(deps.api, (transcript) => {
      this.view.show(transcript?.cues ?? []);
      if (transcript !== null) this.#showWish();
    });
    this.acts = new CaptionsActs(deps, this.view, () => this.#quoted());
  }

  /** True for a film or a sound, once that is known. */
  get isPlayed(): boolean {
    const kind = this.#record.card?.record.kind;
    return kind === 'video' || kind === 'audio';
  }

  /** True where there is something to read, whatever became of the record itself. */
  get hasTranscript(): boolean {
    return this.captions.transcript !== null;
  }

  get hasCues(): boolean {
    return this.view.cues.length > 0;
  }

  /** Follows the record; to be called whenever more of it is known. `atMs` is the time it was opened at. */
  sync(ref: RecordRef | null, atMs: number | null): void {
    const { card, detail, playable, status } = this.#record;
    if (ref === null) return;
    if (card !== null && !this.isPlayed) {
      this.captions.close();
      return;
    }
    const isOpened = this.player.ref === ref;
    if (!isOpened) this.#wishMs = atMs;
    if (card !== null) {
      this.player.open(card.record.ref, playable, {
        frameRate: detail === null ? null : statedFrameRate(detail.metadata),
        startSeconds: atMs === null ? null : atMs / 1000,
      });
      this.captions.open(card.record.ref, listedIn(detail));
    } else if (status.kind === 'failed') this.captions.open(ref, 'unknown');
  }

  /** Plays from a cue; what is paused stays so. */
  seekTo(index: number): void {
    const cue = this.view.cues[index];
    if (cue !== undefined) this.player.seek(cue.startMs / 1000);
  }

  dispose(): void {
    this.captions.dispose();
  }

  #showWish(): void {
    if (this.#wishMs !== null) this.view.goTo(this.#wishMs);
    this.#wishMs = null;
  }

  #quoted() {
    const { transcript } = this.captions;
    if (transcript === null) return null;
    const record = this.#record.card?.record;
    const id = parseRef(transcript.ref)?.id ?? '';
    return {
      ref: transcript.ref,
      title: record?.title ?? id,
      credit: record?.credit ?? 'NASA',
    };
  }
}

function listedIn(detail: RecordDetail | null): Listed {
  if (detail === null) return 'unknown';
  if (detail.captions.length > 0) return 'some';
  // Where the listing could not be had, asking is the only way to know.
  return detail.missing.some(({ part }) => part === 'captions') ? 'some' : 'none';
}
