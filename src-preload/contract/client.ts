import type { ArchiveApi, BridgeApi, CallOptions } from './api.ts';
import { contract } from './contract.ts';
import { ArchiveError, type Envelope } from './errors.ts';

const cancelled = () =>
  new ArchiveError({ code: 'cancelled', message: 'Cancelled.', retryable: true });

let callCount = 0;

type BridgeCall = (args: unknown, id?: string) => Promise<Envelope<unknown>>;

async function call(
  bridge: BridgeApi,
  method: BridgeCall,
  args: unknown,
  options: CallOptions | undefined,
): Promise<unknown> {
  const signal = options?.signal;
  if (signal === undefined) return unwrap(await method(args));
  if (signal.aborted) throw cancelled();
  const id = `c${Date.now().toString(36)}-${(callCount += 1)}`;
  const abort = () => void bridge.calls.cancel({ id });
  signal.addEventListener('abort', abort, { once: true });
  try {
    return unwrap(await method(args, id));
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** @throws ArchiveError what the call ended with, where it did not succeed. */
export function unwrap<T>(envelope: Envelope<T>): T {
  if (envelope.ok) return envelope.value;
  throw new ArchiveError(envelope.error);
}

/** Turns the bridge's envelopes into values and real errors, and abort signals into `calls.cancel`. */
export function createClient(bridge: BridgeApi): ArchiveApi {
  const api: Record<string, unknown> = { on: bridge.on };
  for (const [domain, group] of Object.entries(contract)) {
    const source = bridge[domain as keyof typeof contract];
    const methods: Record<string, unknown> = {};
    for (const name of Object.keys(group)) {
      const method = Reflect.get(source, name) as BridgeCall;
      methods[name] = (args: unknown, options?: CallOptions) =>
        call(bridge, method, args ?? {}, options);
    }
    api[domain] = Object.freeze(methods);
  }
  return Object.freeze(api) as unknown as ArchiveApi;
}
