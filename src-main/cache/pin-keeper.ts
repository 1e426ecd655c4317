/**
 * Runs in plain Node. Pins of what the user keeps: written a little later in slices, so that keeping a
 * thousand records waits for none of them. A pin that is lost costs a later fetch, never a kept record.
 */
import type { Log } from '../db/log.ts';
import type { PinsRepo } from './responses-repo.ts';
import { sliced } from './sweep.ts';

export interface PinKeeper {
  /** Pins names (addresses, or the ref of a record for all its answers) for an owner. */
  pin(owner: string, names: readonly string[]): void;
  /** Ends everything that an owner pinned. */
  release(owner: string): void;
  close(): Promise<void>;
}

const gatherMs = 100;
const changesAtOnce = 200;

type Change = { owner: string; names: readonly string[] | null };

/** Builds it over the table `pins`. */
export function createPinKeeper(repo: PinsRepo, log: Log): PinKeeper {
  const waiting: Change[] = [];
  let timer: NodeJS.Timeout | null = null;
  let flushing: Promise<void> | null = null;
  const writeSome = (): boolean => {
    const changes = waiting.splice(0, changesAtOnce);
    if (changes.length === 0) return false;
    try {
      repo.change(changes);
    } catch (error) {
      log('pins: could not write', { error: String(error), changes: changes.length });
    }
    return true;
  };
  const flush = (): Promise<void> => {
    flushing ??= sliced(writeSome).finally(() => {
      flushing = null;
    });
    return flushing;
  };
  const add = (change: Change): void => {
    waiting.push(change);
    timer ??= setTimeout(() => {
      timer = null;
      void flush();
    }, gatherMs).unref();
  };
  return {
    pin: (owner, names) => {
      add({ owner, names });
    },
    release: (owner) => {
      add({ owner, names: null });
    },
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      await flush();
      await flush();
    },
  };
}
