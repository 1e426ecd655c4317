/**
 * Runs in the preview runtime's process. How the stand-ins refuse: whatever Electron has and the preview
 * runtime does not emulate throws at the first touch, so that a test never passes on an empty promise.
 */

export class NotEmulatedError extends Error {
  constructor(what: string) {
    super(`preview runtime: ${what} is not emulated`);
    this.name = 'NotEmulatedError';
  }
}

/** Names that the language itself, the console and promises look up on any object. */
const languageNames = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'nodeType',
  '$$typeof',
]);

export interface StrictOptions {
  /** Runs before each call and may throw. */
  guard?: (method: string) => void;
  /** Members that are the preview runtime's own, which the app must not find. */
  hidden?: readonly string[];
}

/**
 * Wraps a stand-in so that unknown properties throw when read, called or set. Methods run on the bare
 * object, and hand out the wrapper where they return `this`.
 */
export function strict<T extends object>(name: string, target: T, options: StrictOptions = {}): T {
  const hidden = new Set<PropertyKey>(options.hidden ?? []);
  const methods = new WeakMap<object, unknown>();
  const bind = (key: PropertyKey, method: (...args: unknown[]) => unknown): unknown => {
    const known = methods.get(method);
    if (known !== undefined) return known;
    const bound = (...args: unknown[]): unknown => {
      options.guard?.(String(key));
      const result = Reflect.apply(method, target, args);
      return result === target ? proxy : result;
    };
    methods.set(method, bound);
    return bound;
  };
  const proxy: T = new Proxy(target, {
    get(_target, key) {
      if (!(key in target) || hidden.has(key)) {
        if (typeof key === 'symbol' || languageNames.has(key)) return undefined;
        throw new NotEmulatedError(`${name}.${key}`);
      }
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || key === 'constructor') return value;
      return bind(key, value as (...args: unknown[]) => unknown);
    },
    set(_target, key, value) {
      const descriptor = findDescriptor(target, key);
      if (
        descriptor === undefined ||
        (descriptor.set === undefined && descriptor.writable !== true)
      ) {
        throw new NotEmulatedError(`setting ${name}.${String(key)}`);
      }
      return Reflect.set(target, key, value, target);
    },
  });
  return proxy;
}

function findDescriptor(target: object, key: PropertyKey): PropertyDescriptor | undefined {
  for (let at: object | null = target; at !== null; at = Reflect.getPrototypeOf(at)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(at, key);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

/** Stands for a whole module of Electron that is not emulated: any use of it throws. */
export function refused(name: string): never {
  const fail = (use: string): never => {
    throw new NotEmulatedError(use);
  };
  return new Proxy(function refusedModule() {}, {
    get: (_target, key) =>
      typeof key === 'symbol' || languageNames.has(key) ? undefined : fail(`${name}.${key}`),
    set: (_target, key) => fail(`setting ${name}.${String(key)}`),
    apply: () => fail(`${name}()`),
    construct: () => fail(`new ${name}()`),
  }) as never;
}

/** Throws unless every key of `options` is one that the preview runtime knows. */
export function refuseUnknownKeys(
  where: string,
  options: object,
  known: ReadonlySet<string> | readonly string[],
): void {
  const names = new Set(known);
  for (const key of Object.keys(options)) {
    if (!names.has(key)) throw new NotEmulatedError(`${where}.${key}`);
  }
}
