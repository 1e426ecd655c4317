/**
 * Runs as source text in both worlds of the page: it may use nothing but the language and the DOM.
 * One end of Electron's context bridge: values are copied, functions and promises become stand-ins that
 * call back over a DOM node which only the two ends hold. DOM events are dispatched synchronously and
 * carry their detail by structured clone, so calls return in place as they do in Electron.
 */

export interface BridgeEnd {
  /** Defines `api` in the page under `key`; works in the isolated world only. */
  expose(key: string, api: unknown): void;
}

type Packed =
  | { t: 'value'; v: unknown }
  | { t: 'function'; id: number }
  | { t: 'promise'; id: number }
  | { t: 'error'; message: string }
  | { t: 'array'; items: Packed[] }
  | { t: 'object'; entries: [string, Packed][] }
  | { t: 'seen'; at: number };

type Message =
  | { kind: 'call'; call: number; fn: number; args: Packed }
  | { kind: 'done'; call: number; ok: boolean; value: Packed }
  | { kind: 'settled'; promise: number; ok: boolean; value: Packed }
  | { kind: 'expose'; call: number; key: string; api: Packed };

/* Kept in one self-contained function: its source text is what the page runs. */
export function openBridge(node: EventTarget, here: string, there: string): BridgeEnd {
  // Taken before any script of the page runs, so that the page cannot put itself in between.
  const dispatch = node.dispatchEvent.bind(node);
  const EventType = CustomEvent;
  const readDetail = Object.getOwnPropertyDescriptor(EventType.prototype, 'detail')?.get;
  const { apply } = Reflect;
  const { freeze, defineProperty, prototype: objectPrototype } = Object;
  const objectTag = objectPrototype.toString;
  const isArray = Array.isArray;
  const clone = structuredClone;
  const PromiseType = Promise;
  const then = PromiseType.prototype.then;
  const depthLimit = 1000;

  const functions: ((...args: unknown[]) => unknown)[] = [];
  const functionIds = new Map<unknown, number>();
  const promises = new Map<
    number,
    { resolve(value: unknown): void; reject(error: unknown): void }
  >();
  const results = new Map<number, { ok: boolean; value: Packed }>();
  let lastId = 0;
  const nextId = (): number => (lastId += 1);

  const post = (message: Message): void => {
    dispatch(new EventType(there, { detail: message }));
  };
  const notCloned = (): Error => new Error('An object could not be cloned.');
  const canClone = (value: unknown): boolean => {
    try {
      clone(value);
      return true;
    } catch {
      return false;
    }
  };

  /** True while packing a value that can be cloned as a whole, so that no part needs a look of its own. */
  let trusted = false;
  const packWhole = (value: unknown): Packed => {
    const before = trusted;
    trusted = typeof value !== 'function' && canClone(value);
    try {
      return pack(value, new Map(), 0);
    } finally {
      trusted = before;
    }
  };

  const packFunction = (value: (...args: unknown[]) => unknown): Packed => {
    let id = functionIds.get(value);
    if (id === undefined) {
      id = functions.push(value) - 1;
      functionIds.set(value, id);
    }
    return { t: 'function', id };
  };

  const packPromise = (value: Promise<unknown>): Packed => {
    const id = nextId();
    const settle = (ok: boolean) => (result: unknown) => {
      try {
        post({ kind: 'settled', promise: id, ok, value: packWhole(result) });
      } catch (error) {
        post({ kind: 'settled', promise: id, ok: false, value: packError(error) });
      }
    };
    apply(then, value, [settle(true), settle(false)]);
    return { t: 'promise', id };
  };

  /** An error crosses as its message alone. */
  const packError = (error: unknown): Packed => {
    const message: unknown = error instanceof Error ? error.message : error;
    return { t: 'error', message: typeof message === 'string' ? message : String(message) };
  };

  const pack = (value: unknown, seen: Map<object, number>, depth: number): Packed => {
    if (typeof value === 'symbol') throw notCloned();
    if (typeof value === 'function') return packFunction(value as () => unknown);
    if (typeof value !== 'object' || value === null) return { t: 'value', v: value };
    if (depth >= depthLimit) {
      throw new TypeError(
        'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
      );
    }
    const known = seen.get(value);
    if (known !== undefined) return { t: 'seen', at: known };
    if (value instanceof PromiseType) return packPromise(value);
    if (value instanceof Error) return packError(value);
    const array = isArray(value);
    if (!array && apply(objectTag, value, []) !== '[object Object]') {
      if (!canClone(value)) throw notCloned();
      return { t: 'value', v: value };
    }
    seen.set(value, seen.size);
    return packContainer(value, array, seen, depth);
  };

  const packContainer = (
    value: object,
    array: boolean,
    seen: Map<object, number>,
    depth: number,
  ): Packed => {
    const keys = array
      ? Array.from({ length: (value as unknown[]).length }, (_, at) => String(at))
      : Object.keys(value);
    const children = keys.map((key) => (value as Record<string, unknown>)[key]);
    // Electron refuses a Proxy. A script cannot see one, but it is what cannot be cloned though all in it can.
    if (!trusted && !canClone(value) && children.every(canClone)) throw notCloned();
    const items = children.map((child) => pack(child, seen, depth + 1));
    if (array) return { t: 'array', items };
    return { t: 'object', entries: items.map((item, at) => [keys[at] ?? '', item]) };
  };

  const unpack = (packed: Packed, seen: object[], frozen: boolean): unknown => {
    switch (packed.t) {
      case 'value':
        return packed.v;
      case 'error':
        return new Error(packed.message);
      case 'function':
        return proxyFunction(packed.id, frozen);
      case 'promise':
        return new PromiseType((resolve, reject) => promises.set(packed.id, { resolve, reject }));
      case 'seen':
        return seen[packed.at];
      case 'array': {
        const array: unknown[] = [];
        seen.push(array);
        for (const item of packed.items) array.push(unpack(item, seen, frozen));
        return frozen ? freeze(array) : array;
      }
      case 'object': {
        const object = {};
        seen.push(object);
        for (const [key, item] of packed.entries) {
          const value = unpack(item, seen, frozen);
          defineProperty(object, key, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
        return frozen ? freeze(object) : object;
      }
    }
  };

  const proxyFunction = (id: number, frozen: boolean): unknown => {
    const proxy = (...args: unknown[]): unknown =>
      request((call) => ({ kind: 'call', call, fn: id, args: packWhole(args) }));
    return frozen ? freeze(proxy) : proxy;
  };

  /** Posts a message that is answered before `post` returns. */
  const request = (build: (call: number) => Message): unknown => {
    const call = nextId();
    post(build(call));
    const result = results.get(call);
    results.delete(call);
    if (result === undefined) throw new Error('preview runtime: the other world did not answer');
    const value = unpack(result.value, [], false);
    if (!result.ok) throw value;
    return value;
  };

  const answer = (call: number, run: () => unknown): void => {
    try {
      post({ kind: 'done', call, ok: true, value: packWhole(run()) });
    } catch (error) {
      post({ kind: 'done', call, ok: false, value: packError(error) });
    }
  };

  const exposeHere = (key: string, api: Packed): undefined => {
    if (Object.hasOwn(window, key)) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    const value = unpack(api, [], true);
    defineProperty(window, key, { value, writable: false, enumerable: true, configurable: false });
    return undefined;
  };

  node.addEventListener(here, (event) => {
    if (readDetail === undefined) return;
    const message = apply(readDetail, event, []) as Message;
    switch (message.kind) {
      case 'call': {
        const fn = functions[message.fn];
        const args = unpack(message.args, [], false) as unknown[];
        answer(message.call, () => apply(fn ?? missing, undefined, args));
        return;
      }
      case 'done':
        results.set(message.call, { ok: message.ok, value: message.value });
        return;
      case 'settled': {
        const waiting = promises.get(message.promise);
        promises.delete(message.promise);
        const value = unpack(message.value, [], false);
        if (message.ok) waiting?.resolve(value);
        else waiting?.reject(value);
        return;
      }
      case 'expose':
        answer(message.call, () => exposeHere(message.key, message.api));
    }
  });

  const missing = (): never => {
    throw new Error('preview runtime: no such function');
  };

  return {
    expose: (key, api) => {
      request((call) => ({ kind: 'expose', call, key, api: packWhole(api) }));
    },
  };
}
