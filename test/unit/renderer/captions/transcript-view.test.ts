import { describe, expect, test } from 'vitest';
import type { Cue } from '#contract/captions.ts';
import { TranscriptView } from '#renderer/features/captions/transcript-view.svelte.ts';

const words = ['A crater', 'the rim', 'Crater again', 'dust', 'one crater more'];
const cues: Cue[] = words.map((text, index) => ({
  startMs: index * 1000,
  endMs: index * 1000 + 900,
  text,
  speaker: null,
}));

function viewAt(timeMs: number): TranscriptView {
  const view = new TranscriptView(() => timeMs);
  view.show(cues);
  return view;
}

describe('searching', () => {
  test('goes to the first from here on as one types, then round the ends', () => {
    const view = viewAt(1200);
    view.search('crater');
    expect(view.hits).toEqual([0, 2, 4]);
    expect(view.ticks).toEqual([0, 2, 4]);
    expect([view.hit, view.choice.active]).toEqual([1, 2]);
    view.step(1);
    view.step(1);
    expect([view.hit, view.choice.active]).toEqual([0, 0]);
    view.step(-1);
    expect(view.choice.active).toBe(4);
  });

  test('typing on stays with what still has it', () => {
    const view = viewAt(0);
    view.search('cra');
    view.step(1);
    expect(view.choice.active).toBe(2);
    view.search('crater a');
    expect(view.hits).toEqual([2]);
    expect(view.choice.active).toBe(2);
  });

  test('finds nothing without harm', () => {
    const view = viewAt(0);
    view.search('moon');
    view.step(1);
    expect([view.hits.length, view.hit, view.isFollowing]).toEqual([0, -1, true]);
  });
});

describe('following', () => {
  test('ends when someone looks elsewhere, and comes back by one act', () => {
    const view = viewAt(3000);
    expect(view.isFollowing).toBe(true);
    view.hold();
    expect([view.isFollowing, view.isHeld, view.wantsFollow]).toEqual([false, true, true]);
    view.follow();
    expect(view.isFollowing).toBe(true);
    expect(view.reveal).toEqual({ index: 3, how: 'calm' });
  });

  test('turned off it stays off, whatever one does', () => {
    const view = viewAt(0);
    view.setFollow(false);
    view.moveTo(3);
    expect([view.isFollowing, view.isHeld]).toEqual([false, false]);
  });
});

describe('a quote', () => {
  test('is of what is said now while one follows', () => {
    const view = viewAt(3100);
    view.choice.moveTo(0);
    expect(view.quoted()).toEqual([3]);
  });

  test('is of where one is once one looked elsewhere, and of what was chosen before all', () => {
    const view = viewAt(3100);
    view.moveTo(1);
    expect(view.quoted()).toEqual([1]);
    view.moveTo(3, true);
    expect(view.quoted()).toEqual([1, 2, 3]);
    view.choice.toggle(2);
    expect(view.quoted()).toEqual([1, 3]);
    view.choice.clear();
    expect(view.quoted()).toEqual([2]);
  });

  test('is of nothing before anything is said', () => {
    const view = new TranscriptView(() => 0);
    expect(view.quoted()).toEqual([]);
  });
});

test('another transcript begins anew, with the same search', () => {
  const view = viewAt(0);
  view.search('rim');
  view.moveTo(3, true);
  view.show(cues.slice(0, 2));
  expect(view.choice.isEmpty).toBe(true);
  expect(view.hits).toEqual([1]);
  expect(view.hit).toBe(-1);
  expect(view.isFollowing).toBe(true);
});

test('what is said now, at any time, for the picture and for the timeline', () => {
  expect(viewAt(2400).saidNow.map(({ text }) => text)).toEqual(['Crater again']);
  expect(viewAt(2950).saidNow).toEqual([]);
  expect(viewAt(0).wordsAt(1.5)).toBe('the rim');
  expect(viewAt(0).wordsAt(99)).toBe('');
});
