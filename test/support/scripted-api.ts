/**
 * An `ArchiveApi` for tests of the window's state: the real contract surface over answers that the test
 * gives. A call without an answer rejects, so that no test passes by accident.
 */
import { createApi, type ArchiveApi } from '#contract/api.ts';
import { createClient } from '#contract/client.ts';
import { eventChannelOf } from '#contract/endpoint.ts';
import { ArchiveError, type Envelope } from '#contract/errors.ts';
import type { ArchiveEvents, EventName } from '#contract/events.ts';
import type { Notice, Notices } from '#renderer/lib/deps.ts';

type Answer = (args: never) => unknown;

export interface ScriptedApi {
  api: ArchiveApi;
  /** Every call so far: `library.keep` and its arguments. */
  calls: { name: string; args: unknown }[];
  answer(name: string, give: Answer): void;
  emit<N extends EventName>(name: N, payload: ArchiveEvents[N]): void;
  listeners(): number;
}

export function createScriptedApi(answers: Record<string, Answer> = {}): ScriptedApi {
  const table = new Map<string, Answer>(Object.entries(answers));
  const listeners = new Map<string, (payload: unknown) => void>();
  const calls: ScriptedApi['calls'] = [];
  let active = 0;

  async function invoke(channel: string, args: unknown): Promise<Envelope<unknown>> {
    const name = channel.replace('almagest:', '');
    calls.push({ name, args });
    const give = table.get(name);
    if (give === undefined) {
      const message = `no answer for ${name}`;
      return { ok: false, error: { code: 'unexpected', message, retryable: false } };
    }
    try {
      return { ok: true, value: await give(args as never) };
    } catch (error) {
      if (error instanceof ArchiveError) return { ok: false, error: error.toWire() };
      throw error;
    }
  }

  const client = createClient(
    createApi({
      invoke: (channel, message) => invoke(channel, message.args),
      subscribe: (channel, listener) => {
        listeners.set(channel, listener);
        return () => listeners.delete(channel);
      },
    }),
  );
  const api: ArchiveApi = {
    ...client,
    on: (name, listener) => {
      active += 1;
      const stop = client.on(name, listener);
      return () => {
        active -= 1;
        stop();
      };
    },
  };
  return {
    api,
    calls,
    answer: (name, give) => void table.set(name, give),
    emit: (name, payload) => listeners.get(eventChannelOf(name))?.(payload),
    listeners: () => active,
  };
}

/** Notices that are only written down. */
export function createNoticeLog(): Notices & {
  shown: Notice[];
  errors: { error: unknown; meaning: string | undefined }[];
} {
  const shown: Notice[] = [];
  const errors: { error: unknown; meaning: string | undefined }[] = [];
  return {
    shown,
    errors,
    show: (notice) => void shown.push(notice),
    withdraw: () => {},
    showError: (error, meaning) => void errors.push({ error, meaning }),
  };
}
