/** Runs in plain Node. Time as an argument, so that tests turn the clock by hand. */

export interface Clock {
  /** Unix time in ms. */
  nowMs(): number;
  /** Calls back once after so many ms; the returned function calls it off. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The system's clock.. */
export function createSystemClock(): Clock {
  return {
    nowMs: () => Date.now(),
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, Math.max(0, delayMs));
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export function waitFor(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = (): void => {
      callOff();
      reject(abortReason(signal));
    };
    const callOff = clock.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}
