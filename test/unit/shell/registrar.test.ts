import { expect, test } from 'vitest';
import type { Dispatcher } from '#main/dispatch.ts';
import { registerHandlers } from '#main/shell/registrar.ts';
import type { SenderEvent } from '#main/shell/sender-check.ts';

type Listener = (event: SenderEvent, message: unknown) => Promise<unknown>;

const event: SenderEvent = { sender: { id: 5 }, senderFrame: null };

function setUp(trusted: boolean) {
  const listeners = new Map<string, Listener>();
  const calls: unknown[] = [];
  const refused: string[] = [];
  const dispatcher: Dispatcher = {
    channels: ['one', 'two'],
    dispatch: async (...call) => {
      calls.push(call);
      return { ok: true, value: 1 };
    },
    callerGone: () => {},
  };
  const unregister = registerHandlers({
    ipcMain: {
      handle: (channel: string, listener: Listener) => void listeners.set(channel, listener),
      removeHandler: (channel) => void listeners.delete(channel),
    },
    dispatcher,
    isTrusted: () => trusted,
    onRefused: (channel) => refused.push(channel),
  });
  return { listeners, calls, refused, unregister };
}

test('every channel is registered once, and taken back together', () => {
  const { listeners, unregister } = setUp(true);
  expect([...listeners.keys()]).toEqual(['one', 'two']);
  unregister();
  expect(listeners.size).toBe(0);
});

test('a trusted message is dispatched in the name of its page', async () => {
  const { listeners, calls } = setUp(true);
  const answer = await listeners.get('two')?.(event, { args: {} });
  expect(answer).toEqual({ ok: true, value: 1 });
  expect(calls).toEqual([[5, 'two', { args: {} }]]);
});

test('any other message is answered with an error and goes no further', async () => {
  const { listeners, calls, refused } = setUp(false);
  const answer = await listeners.get('one')?.(event, { args: {} });
  expect(answer).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } });
  expect({ calls, refused }).toEqual({ calls: [], refused: ['one'] });
});
