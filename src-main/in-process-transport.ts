/**
 * Runs in plain Node. The contract's transport inside one process, for the terminal, the sample tour and tests:
 * the same dispatch as the window's, without a window.
 */
import type { Transport } from '#contract/api.ts';
import { eventChannelOf } from '#contract/endpoint.ts';
import type { Dispatcher } from './dispatch.ts';
import type { Emit } from './ports.ts';

export interface EventHub {
  emit: Emit;
  subscribe: Transport['subscribe'];
}

/** Facts told through `emit` reach whoever subscribed; made before the core, which needs `emit`. */
export function createEventHub(): EventHub {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  return {
    emit: (name, payload) => {
      for (const listener of [...(listeners.get(eventChannelOf(name)) ?? [])]) listener(payload);
    },
    subscribe: (channel, listener) => {
      const group = listeners.get(channel) ?? new Set();
      listeners.set(channel, group.add(listener));
      return () => {
        group.delete(listener);
      };
    },
  };
}

export function createInProcessTransport(
  dispatcher: Dispatcher,
  hub: EventHub,
  caller = 'terminal',
): Transport {
  return {
    invoke: (channel, message) => dispatcher.dispatch(caller, channel, message),
    subscribe: hub.subscribe,
  };
}
