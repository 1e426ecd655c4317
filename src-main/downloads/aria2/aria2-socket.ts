/**
 * Runs in plain Node. Carries JSON-RPC to an aria2 daemon over a WebSocket (aria2 manual, "JSON-RPC over WebSocket"):
 * one connection for all requests, opened when there is something to send and again after it broke.
 */
import { strangeAnswer, unreachable } from './aria2-errors.ts';
import {
  aria2Limits,
  cancelled,
  parse,
  withLimit,
  withoutRequest,
  type Aria2Transport,
} from './aria2-transport.ts';

interface Waiting {
  resolve(document: unknown): void;
  reject(error: Error): void;
}

export function createSocketTransport(url: URL): Aria2Transport {
  const waiting = new Map<string, Waiting>();
  let socket: WebSocket | null = null;
  const failAll = (error: Error): void => {
    const failed = [...waiting.values()];
    waiting.clear();
    for (const { reject } of failed) reject(error);
  };
  const lose = (lost: WebSocket, why: string): void => {
    if (socket !== lost) return;
    socket = null;
    failAll(unreachable(url.host, new Error(why)));
  };
  const hear = (heard: WebSocket, data: unknown): void => {
    if (typeof data !== 'string' || data.length > aria2Limits.answerBytes) {
      heard.close();
      failAll(strangeAnswer(url.host, 'the answer is no text, or too long'));
      return;
    }
    try {
      const document = parse(data, url);
      const id = idOf(document);
      const one = id === null ? undefined : waiting.get(id);
      // Notifications have no id; what they tell is found by asking.
      if (id === null || one === undefined) return;
      waiting.delete(id);
      one.resolve(document);
    } catch (error) {
      failAll(error instanceof Error ? error : unreachable(url.host, error));
    }
  };
  const open = (): WebSocket => {
    if (socket !== null) return socket;
    const opened = new WebSocket(url);
    socket = opened;
    opened.addEventListener('message', ({ data }) => hear(opened, data));
    opened.addEventListener('error', () => lose(opened, 'the connection failed'));
    opened.addEventListener('close', () => lose(opened, 'the connection was closed'));
    return opened;
  };
  return {
    send: async ({ id, text }, signal) => {
      const answered = new Promise<unknown>((resolve, reject) =>
        waiting.set(id, { resolve, reject }),
      );
      const limit = withLimit(signal);
      const onEnd = (): void => {
        const error = signal.aborted
          ? cancelled()
          : unreachable(url.host, new Error('no answer in time'));
        waiting.get(id)?.reject(error);
        waiting.delete(id);
      };
      limit.addEventListener('abort', onEnd, { once: true });
      if (limit.aborted) onEnd();
      try {
        sendWhenOpen(open(), text);
      } catch (error) {
        waiting.get(id)?.reject(unreachable(url.host, withoutRequest(error)));
        waiting.delete(id);
      }
      try {
        return await answered;
      } finally {
        limit.removeEventListener('abort', onEnd);
      }
    },
    close: () => {
      const open = socket;
      socket = null;
      open?.close();
      failAll(cancelled());
    },
  };
}

function sendWhenOpen(socket: WebSocket, text: string): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(text);
  else socket.addEventListener('open', () => socket.send(text), { once: true });
}

function idOf(document: unknown): string | null {
  if (typeof document !== 'object' || document === null || !('id' in document)) return null;
  return typeof document.id === 'string' ? document.id : null;
}
