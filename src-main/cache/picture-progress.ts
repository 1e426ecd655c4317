/** Runs in plain Node. How far pictures are on their way, told seldom and only of those that take a while. */
import type { ArchiveEvents } from '#contract/events.ts';
import type { MediaKey } from '#contract/domain.ts';
import type { OnReceived } from './fetch-picture.ts';

type Tell = (progress: ArchiveEvents['pictureProgress']) => void;

/** A picture that is there sooner needs no progress. */
const firstAfterMs = 250;
const everyMs = 250;

/** What to call with each piece of one picture. The page knows that it is there when it draws it. */
export function pictureProgress(key: MediaKey, tell: Tell, nowMs: () => number): OnReceived {
  let nextMs = nowMs() + firstAfterMs;
  return (receivedBytes, totalBytes) => {
    const now = nowMs();
    if (now < nextMs) return;
    nextMs = now + everyMs;
    tell({ key, receivedBytes, totalBytes });
  };
}
