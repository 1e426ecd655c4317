/** Runs in the preview runtime's process. Stands in for Electron's `ipcMain`. */
import { EventEmitter } from 'node:events';
import { strict } from '../refuse.ts';

/** What every listener is given first, as far as the preview runtime has it. */
export interface IpcEvent {
  type: 'frame';
  sender: object;
  senderFrame: object | null;
  frameId: number;
  processId: number;
  reply(channel: string, ...args: unknown[]): void;
}

type Handler = (event: IpcEvent, ...args: unknown[]) => unknown;

export interface IpcMain {
  /** What the app sees. */
  readonly module: object;
  /** Runs the handler of a channel; rejects with what Electron would tell the page. */
  invoke(channel: string, event: IpcEvent, args: unknown[]): Promise<unknown>;
  send(channel: string, event: IpcEvent, args: unknown[]): void;
}

/** Electron's rule for what may cross: the structured clone algorithm, and its words where it fails. */
export function cloneForIpc<T>(value: T): T {
  try {
    return structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}

export function createIpcMain(): IpcMain {
  const handlers = new Map<string, Handler>();
  const listeners = new EventEmitter();
  listeners.on('error', () => undefined);
  const { on, once, off, addListener, removeListener, removeAllListeners, listenerCount } =
    listeners;
  const pass = (method: (...args: never[]) => unknown) =>
    function forward(...args: unknown[]): unknown {
      const result: unknown = Reflect.apply(method, listeners, args);
      return result === listeners ? module : result;
    };

  const handle = (channel: string, handler: Handler): void => {
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    handlers.set(channel, handler);
  };

  const module: object = strict('ipcMain', {
    on: pass(on),
    once: pass(once),
    off: pass(off),
    addListener: pass(addListener),
    removeListener: pass(removeListener),
    removeAllListeners: pass(removeAllListeners),
    listenerCount: pass(listenerCount),
    handle,
    handleOnce: (channel: string, handler: Handler): void => {
      handle(channel, (event, ...args) => {
        handlers.delete(channel);
        return handler(event, ...args);
      });
    },
    removeHandler: (channel: string): void => void handlers.delete(channel),
  });

  return {
    module,
    invoke: async (channel, event, args) => {
      const handler = handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      try {
        return cloneForIpc(await handler(event, ...args));
      } catch (error) {
        console.error(`Error occurred in handler for '${channel}':`, error);
        throw error;
      }
    },
    send: (channel, event, args) => void listeners.emit(channel, event, ...args),
  };
}
