/**
 * Runs in the preview runtime's process and, as source text, in the page's isolated world: it may use
 * nothing but the language. Carries structured values as JSON text over the debugging protocol.
 *
 * Plain JSON values stand for themselves; anything else is an object with the one key `$`.
 */

export interface Codec {
  /** Text for a value that the structured clone algorithm accepted; throws for what cannot be carried. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/* Kept in one self-contained function: its source text is what the page runs. */
export function createCodec(): Codec {
  type Tagged = { $: string; v?: unknown; n?: string };
  const notCloned = (): Error => new Error('An object could not be cloned.');
  const viewNames = [
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
    'DataView',
  ];
  const errorNames = [
    'Error',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
  ];
  const globals = globalThis as unknown as Record<string, unknown>;
  const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

  const bytesToText = (bytes: Uint8Array): string => {
    let binary = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(binary);
  };
  const textToBytes = (text: string): Uint8Array<ArrayBuffer> => {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  };

  const packString = (text: string): unknown =>
    // A lone surrogate does not survive the protocol's UTF-8.
    (text as unknown as { isWellFormed(): boolean }).isWellFormed()
      ? text
      : { $: 'text', v: Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)) };

  const packNumber = (value: number): unknown =>
    Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };

  const pack = (value: unknown, seen: Map<object, number>): unknown => {
    switch (typeof value) {
      case 'string':
        return packString(value);
      case 'number':
        return packNumber(value);
      case 'boolean':
        return value;
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'object':
        return value === null ? null : packObject(value, seen);
      default:
        throw notCloned();
    }
  };

  const packEntries = (value: object, seen: Map<object, number>): unknown => {
    const entries = Object.entries(value);
    if (entries.some(([key]) => key === '$' || key === '__proto__' || packString(key) !== key)) {
      return { $: 'object', v: entries.map(([key, item]) => [packString(key), pack(item, seen)]) };
    }
    return Object.fromEntries(entries.map(([key, item]) => [key, pack(item, seen)]));
  };

  const packArray = (value: unknown[], seen: Map<object, number>): unknown => {
    const items: unknown[] = [];
    for (let at = 0; at < value.length; at += 1) {
      items.push(at in value ? pack(value[at], seen) : { $: 'hole' });
    }
    return items;
  };

  const packObject = (value: object, seen: Map<object, number>): unknown => {
    const known = seen.get(value);
    if (known !== undefined) return { $: 'seen', v: known };
    seen.set(value, seen.size);
    if (Array.isArray(value)) return packArray(value, seen);
    const tag = tagOf(value);
    if (value instanceof Date) return { $: 'date', v: packNumber(value.getTime()) };
    if (value instanceof RegExp)
      return { $: 'regexp', v: packString(value.source), n: value.flags };
    if (value instanceof Map) {
      return { $: 'map', v: [...value].map(([k, item]) => [pack(k, seen), pack(item, seen)]) };
    }
    if (value instanceof Set) return { $: 'set', v: [...value].map((item) => pack(item, seen)) };
    if (value instanceof Error) {
      return { $: 'error', n: value.name, v: [value.message, value.stack ?? ''].map(packString) };
    }
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: bytesToText(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      // Node's Buffer clones to a Uint8Array.
      return { $: 'view', n: viewNames.includes(tag) ? tag : 'Uint8Array', v: bytesToText(bytes) };
    }
    if (value instanceof Number || value instanceof String || value instanceof Boolean) {
      return { $: 'boxed', v: pack(value.valueOf(), seen) };
    }
    if (tag !== 'Object') throw notCloned();
    return packEntries(value, seen);
  };

  const unpack = (packed: unknown, seen: unknown[]): unknown => {
    if (packed === null || typeof packed !== 'object') return packed;
    if (Array.isArray(packed)) {
      const array: unknown[] = [];
      seen.push(array);
      array.length = packed.length;
      packed.forEach((item: unknown, at) => {
        if ((item as Partial<Tagged> | null)?.$ !== 'hole') array[at] = unpack(item, seen);
      });
      return array;
    }
    if ('$' in packed) return unpackTagged(packed as Tagged, seen);
    const object: Record<string, unknown> = {};
    seen.push(object);
    for (const [key, item] of Object.entries(packed)) object[key] = unpack(item, seen);
    return object;
  };

  const remember = <T>(value: T, seen: unknown[]): T => {
    seen.push(value);
    return value;
  };

  const unpackView = (name: string, text: string): unknown => {
    const Type = globals[name] as new (buffer: ArrayBuffer) => unknown;
    return new Type(textToBytes(text).buffer);
  };

  const unpackError = (name: string, parts: unknown[]): Error => {
    const Type = globals[errorNames.includes(name) ? name : 'Error'] as ErrorConstructor;
    const error = new Type(String(unpack(parts[0], [])));
    error.stack = String(unpack(parts[1], []));
    return error;
  };

  const unpackTagged = (tagged: Tagged, seen: unknown[]): unknown => {
    const value = tagged.v;
    const list = value as unknown[];
    const pairs = value as [unknown, unknown][];
    switch (tagged.$) {
      case 'undefined':
        return undefined;
      case 'text':
        return list.map((code) => String.fromCharCode(code as number)).join('');
      case 'number':
        return Number(value);
      case 'bigint':
        return BigInt(value as string);
      case 'seen':
        return seen[value as number];
      case 'date':
        return remember(new Date(unpack(value, []) as number), seen);
      case 'regexp':
        return remember(new RegExp(unpack(value, []) as string, tagged.n), seen);
      case 'boxed': {
        const place = seen.push(undefined) - 1;
        return (seen[place] = Object(unpack(value, seen)));
      }
      case 'map': {
        const map = remember(new Map<unknown, unknown>(), seen);
        for (const [key, item] of pairs) map.set(unpack(key, seen), unpack(item, seen));
        return map;
      }
      case 'set': {
        const set = remember(new Set<unknown>(), seen);
        for (const item of list) set.add(unpack(item, seen));
        return set;
      }
      case 'error':
        return remember(unpackError(tagged.n ?? 'Error', list), seen);
      case 'buffer':
        return remember(textToBytes(value as string).buffer, seen);
      case 'view':
        return remember(unpackView(tagged.n ?? 'Uint8Array', value as string), seen);
      case 'object': {
        const object = remember({}, seen);
        for (const [key, item] of pairs) {
          Object.defineProperty(object, unpack(key, []) as string, {
            value: unpack(item, seen),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
        return object;
      }
      default:
        throw new Error(`unknown mark in a message: ${tagged.$}`);
    }
  };

  return {
    encode: (value) => JSON.stringify(pack(value, new Map())),
    decode: (text) => unpack(JSON.parse(text), []),
  };
}
