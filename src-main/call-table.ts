/**
 * Runs in plain Node. The calls that are under way, by who made them, so that each can be cancelled by the id
 * that its caller gave it, and all of them when the caller goes away.
 */

/** Who calls: the id of a page in the window, a name in the terminal and in tests. */
export type CallerKey = number | string;

/** Calls that one caller may have under way at once; a page that loops must not exhaust main. */
export const callsAtOnceLimit = 512;

export type OpenedCall =
  | { ok: true; signal: AbortSignal; close: () => void }
  | { ok: false; reason: 'too-many' | 'id-in-use' };

export interface CallTable {
  /** Enters a call; `close` must be called when it has ended. */
  open(caller: CallerKey, id: string | undefined): OpenedCall;
  /** Aborts the call of that id if this caller has it under way. */
  cancel(caller: CallerKey, id: string): boolean;
  /** Aborts everything that this caller has under way. */
  cancelAll(caller: CallerKey): void;
  runningCount(caller: CallerKey): number;
}

interface CallerEntry {
  running: Set<AbortController>;
  byId: Map<string, AbortController>;
}

export function createCallTable(limit = callsAtOnceLimit): CallTable {
  const callers = new Map<CallerKey, CallerEntry>();

  const entryOf = (caller: CallerKey): CallerEntry => {
    const known = callers.get(caller);
    if (known !== undefined) return known;
    const entry: CallerEntry = { running: new Set(), byId: new Map() };
    callers.set(caller, entry);
    return entry;
  };

  const close = (
    caller: CallerKey,
    id: string | undefined,
    entry: CallerEntry,
    controller: AbortController,
  ): void => {
    entry.running.delete(controller);
    if (id !== undefined && entry.byId.get(id) === controller) entry.byId.delete(id);
    if (entry.running.size === 0 && callers.get(caller) === entry) callers.delete(caller);
  };

  return {
    open(caller, id) {
      const entry = entryOf(caller);
      if (entry.running.size >= limit) return { ok: false, reason: 'too-many' };
      if (id !== undefined && entry.byId.has(id)) return { ok: false, reason: 'id-in-use' };
      const controller = new AbortController();
      entry.running.add(controller);
      if (id !== undefined) entry.byId.set(id, controller);
      return {
        ok: true,
        signal: controller.signal,
        close: () => {
          close(caller, id, entry, controller);
        },
      };
    },
    cancel(caller, id) {
      const controller = callers.get(caller)?.byId.get(id);
      controller?.abort();
      return controller !== undefined;
    },
    cancelAll(caller) {
      for (const controller of [...(callers.get(caller)?.running ?? [])]) controller.abort();
    },
    runningCount: (caller) => callers.get(caller)?.running.size ?? 0,
  };
}
