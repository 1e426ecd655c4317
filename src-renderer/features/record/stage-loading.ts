/** Runs in the page. Why a picture of our own origin could not be drawn: an image element never says. */
import type { StageFailure } from './stage-layers.svelte.ts';

const reasons: Readonly<Record<number, StageFailure>> = {
  404: 'gone',
  413: 'too-large',
  415: 'not-a-picture',
  502: 'not-answering',
  503: 'not-answering',
};

/** Asks for the picture once more and reads the status only. */
export async function whyNotDrawn(url: string): Promise<StageFailure> {
  try {
    const answer = await fetch(url, { cache: 'no-store' });
    await answer.body?.cancel();
    // It came this time: what was wrong then was its content.
    return answer.ok ? 'not-a-picture' : (reasons[answer.status] ?? 'unknown');
  } catch {
    return 'not-answering';
  }
}
