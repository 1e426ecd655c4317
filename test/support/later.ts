/** Runs in a page. A wait that ends when the call is cancelled. */
import { ArchiveError } from '#contract/errors.ts';

export const later = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new ArchiveError({ code: 'cancelled', message: 'Cancelled.', retryable: false }));
    });
  });
