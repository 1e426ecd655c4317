import { expect, test } from 'vitest';
import type { Cue } from '#contract/captions.ts';
import { quoteCues } from '#renderer/features/captions/quote-cues.ts';

const cues: Cue[] = [
  { startMs: 2_493_000, endMs: 2_495_000, text: 'It’s a wild\nplace up here.', speaker: 'SHEPARD' },
  { startMs: 2_498_000, endMs: 2_500_000, text: 'There’s a boulder field.', speaker: 'SHEPARD' },
  { startMs: 2_507_000, endMs: 2_509_000, text: 'Copy, Al.', speaker: 'HOUSTON' },
  { startMs: 2_515_000, endMs: 2_517_000, text: 'Steeper than it looked.', speaker: null },
];
const source = { title: 'A Wild Place', credit: 'NASA' };

test('one cue: words, speaker, timecode, title and credit', () => {
  expect(quoteCues(cues, [0], source)).toBe(
    '"It’s a wild place up here." (SHEPARD, 00:41:33, A Wild Place, NASA)',
  );
});

test('several of one speaker, with a mark where something is left out', () => {
  expect(quoteCues(cues, [0, 1], source)).toBe(
    '"It’s a wild place up here. There’s a boulder field." (SHEPARD, 00:41:33, A Wild Place, NASA)',
  );
  expect(quoteCues(cues, [1, 3], source)).toContain('boulder field. […] Steeper');
});

test('several speakers are named before their words', () => {
  expect(quoteCues(cues, [1, 2], source)).toBe(
    '"SHEPARD: There’s a boulder field. HOUSTON: Copy, Al." (00:41:38, A Wild Place, NASA)',
  );
});

test('nothing chosen quotes nothing', () => {
  expect(quoteCues(cues, [], source)).toBe('');
  expect(quoteCues(cues, [99], source)).toBe('');
});
