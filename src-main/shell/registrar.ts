/**
 * Runs in the main process; gets `ipcMain` handed in, so it may be tested in plain Node. The one place where
 * channels are registered: who sends it, then the same dispatch as every other shell.
 */
import type { Envelope } from '#contract/errors.ts';
import type { Dispatcher } from '../dispatch.ts';
import type { SenderEvent } from './sender-check.ts';

/** What is used of Electron's ipcMain. */
export interface IpcMainLike<E extends SenderEvent> {
  handle(channel: string, listener: (event: E, message: unknown) => Promise<unknown>): void;
  removeHandler(channel: string): void;
}

export interface RegistrarOptions<E extends SenderEvent> {
  ipcMain: IpcMainLike<E>;
  dispatcher: Dispatcher;
  isTrusted(event: SenderEvent): boolean;
  /** Told of each message that was refused for its sender. */
  onRefused(channel: string): void;
}

const untrusted: Envelope<never> = {
  ok: false,
  error: {
    code: 'untrusted-sender',
    message: 'This message did not come from the window of Almagest. Nothing was done.',
    retryable: false,
  },
};

/** Registers every endpoint of the contract; the returned function takes them all back. */
export function registerHandlers<E extends SenderEvent>(options: RegistrarOptions<E>): () => void {
  const { ipcMain, dispatcher } = options;
  for (const channel of dispatcher.channels) {
    ipcMain.handle(channel, async (event, message) => {
      if (options.isTrusted(event)) return dispatcher.dispatch(event.sender.id, channel, message);
      options.onRefused(channel);
      return untrusted;
    });
  }
  return () => {
    for (const channel of dispatcher.channels) ipcMain.removeHandler(channel);
  };
}
