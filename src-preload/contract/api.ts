import type * as v from 'valibot';
import { channelOf, eventChannelOf, type ArgumentSchema, type Endpoint } from './endpoint.ts';
import { contract, type Contract } from './contract.ts';
import { eventNames, type ArchiveEvents, type EventName } from './events.ts';
import type { Envelope } from './errors.ts';

/** What crosses for one call: the arguments, and an id when the caller may want to cancel. */
export interface CallMessage {
  args: unknown;
  id?: string | undefined;
}

/** The two functions over which the whole surface is built. */
export interface Transport {
  invoke(channel: string, message: CallMessage): Promise<unknown>;
  /** Returns a function that ends the subscription. */
  subscribe(channel: string, listener: (payload: unknown) => void): () => void;
}

type ArgsOf<E> =
  E extends Endpoint<infer S extends ArgumentSchema, unknown> ? v.InferInput<S> : never;
type ParsedOf<E> =
  E extends Endpoint<infer S extends ArgumentSchema, unknown> ? v.InferOutput<S> : never;
type ResultOf<E> = E extends Endpoint<ArgumentSchema, infer R> ? R : never;

type BridgeMethod<E> = (args: ArgsOf<E>, callId?: string) => Promise<Envelope<ResultOf<E>>>;

/** What is used of an AbortSignal here; the contract knows neither the DOM's types nor Node's. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface CallOptions {
  signal?: CancelSignal | undefined;
}

type ApiMethod<E> =
  undefined extends ArgsOf<E>
    ? (args?: ArgsOf<E>, options?: CallOptions) => Promise<ResultOf<E>>
    : (args: ArgsOf<E>, options?: CallOptions) => Promise<ResultOf<E>>;

export type Listener<N extends EventName> = (payload: ArchiveEvents[N]) => void;

/** The surface as it crosses the context bridge: plain functions, envelopes, no errors, no signals. */
export type BridgeApi = {
  readonly [D in keyof Contract]: {
    readonly [M in keyof Contract[D]]: BridgeMethod<Contract[D][M]>;
  };
} & {
  readonly on: <N extends EventName>(name: N, listener: Listener<N>) => () => void;
};

/** The surface as callers use it: values or an `ArchiveError`, and an `AbortSignal` to cancel. */
export type ArchiveApi = {
  readonly [D in keyof Contract]: { readonly [M in keyof Contract[D]]: ApiMethod<Contract[D][M]> };
} & {
  readonly on: <N extends EventName>(name: N, listener: Listener<N>) => () => void;
};

/**
 * One handler for every endpoint; a missing or surplus one does not compile.
 * `Context` is what main gives a handler beside its parsed arguments.
 */
export type Handlers<Context> = {
  readonly [D in keyof Contract]: {
    readonly [M in keyof Contract[D]]: (
      args: ParsedOf<Contract[D][M]>,
      context: Context,
    ) => Promise<ResultOf<Contract[D][M]>>;
  };
};

const bufferLimit = 256;

/** Keeps what was sent before anyone listened, so that no fact is lost while the page loads. */
function bufferedEvent(transport: Transport, name: EventName) {
  const waiting: unknown[] = [];
  const listeners = new Set<(payload: unknown) => void>();
  transport.subscribe(eventChannelOf(name), (payload) => {
    if (listeners.size === 0) {
      waiting.push(payload);
      if (waiting.length > bufferLimit) waiting.shift();
      return;
    }
    for (const listener of listeners) listener(payload);
  });
  return (listener: (payload: unknown) => void): (() => void) => {
    listeners.add(listener);
    for (const payload of waiting.splice(0)) listener(payload);
    return () => {
      listeners.delete(listener);
    };
  };
}

/** Builds the whole surface over a transport. The result is frozen, as is each of its groups. */
export function createApi(transport: Transport): BridgeApi {
  const api: Record<string, unknown> = {};
  for (const [domain, group] of Object.entries(contract)) {
    const methods: Record<string, unknown> = {};
    for (const method of Object.keys(group)) {
      const channel = channelOf(domain, method);
      methods[method] = (args: unknown, callId?: string) =>
        transport.invoke(channel, { args, id: callId });
    }
    api[domain] = Object.freeze(methods);
  }
  const subscriptions = new Map(
    eventNames.map((name) => [name, bufferedEvent(transport, name)] as const),
  );
  api['on'] = (name: EventName, listener: (payload: unknown) => void) => {
    const subscribe = subscriptions.get(name);
    if (subscribe === undefined) throw new TypeError(`no such event: ${String(name)}`);
    return subscribe(listener);
  };
  return Object.freeze(api) as unknown as BridgeApi;
}
