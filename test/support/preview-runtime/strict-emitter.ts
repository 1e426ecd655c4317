/** Runs in the preview runtime's process. Events with Electron's manners: known names only, preventable. */
import { EventEmitter } from 'node:events';
import { NotEmulatedError } from './refuse.ts';

/** What a listener is given first. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function createEvent<T extends object>(details: T): PreventableEvent & T {
  let prevented = false;
  return Object.assign(
    {
      get defaultPrevented() {
        return prevented;
      },
      preventDefault() {
        prevented = true;
      },
    },
    details,
  );
}

type Listener = (...args: never[]) => void;

/** An emitter that throws when somebody waits for an event that the preview runtime never emits. */
export class StrictEmitter extends EventEmitter {
  readonly #name: string;
  readonly #known: ReadonlySet<string>;

  /**
   * `silent` are events of Electron whose cause cannot occur here, so that waiting for them is right
   * and they never fire.
   */
  constructor(name: string, emitted: readonly string[], silent: readonly string[] = []) {
    super();
    this.#name = name;
    this.#known = new Set([...emitted, ...silent]);
    this.setMaxListeners(50);
  }

  #check(event: string | symbol): void {
    if (event === 'newListener' || event === 'removeListener') return;
    if (!this.#known.has(String(event))) {
      throw new NotEmulatedError(`event '${String(event)}' of ${this.#name}`);
    }
  }

  override on(event: string, listener: Listener): this {
    this.#check(event);
    return super.on(event, listener as (...args: unknown[]) => void);
  }

  override addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }

  override once(event: string, listener: Listener): this {
    this.#check(event);
    return super.once(event, listener as (...args: unknown[]) => void);
  }

  override prependListener(event: string, listener: Listener): this {
    this.#check(event);
    return super.prependListener(event, listener as (...args: unknown[]) => void);
  }

  /** Emits with an event object in front and returns it, so that the caller sees what was prevented. */
  fire(event: string, details: object = {}, ...args: unknown[]): PreventableEvent {
    this.#check(event);
    const object = createEvent(details);
    this.emit(event, object, ...args);
    return object;
  }
}
