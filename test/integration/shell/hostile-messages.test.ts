import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#contract/contract.ts';
import { channelOf, type ArgumentSchema } from '#contract/endpoint.ts';
import { errorCodes, type Envelope } from '#contract/errors.ts';
import { cleanArguments, isPlainObject } from '#main/clean-arguments.ts';
import { createCallTable } from '#main/call-table.ts';
import { createDispatcher } from '#main/dispatch.ts';
import type { CoreHandlers } from '#main/ports.ts';
import { openTerminalSettings } from '#main/terminal/settings-store.ts';
import { createRandom, createValueMaker } from '#test/support/random-values.ts';

/** To every channel; with their number the whole takes some seconds. */
const messagesToEach = 10_000;
const seed = 20_260_101;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almagest-hostile-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Target {
  channel: string;
  schema: ArgumentSchema;
}

const targets: Target[] = Object.entries(contract).flatMap(([domain, group]) =>
  Object.entries(group).map(([method, { schema }]) => ({
    channel: channelOf(domain, method),
    schema: schema as ArgumentSchema,
  })),
);

/** A core that changes something whenever it is called at all, over a real settings file. */
function createTouchyCore() {
  const settings = openTerminalSettings({ profileDir: folder, downloadFolder: '/pictures' });
  const touched: string[] = [];
  const handlers: Record<string, Record<string, (args: unknown) => Promise<unknown>>> = {};
  for (const [domain, group] of Object.entries(contract)) {
    handlers[domain] = {};
    for (const method of Object.keys(group)) {
      handlers[domain][method] = async () => {
        touched.push(`${domain}.${method}`);
        return null;
      };
    }
  }
  Object.assign(handlers['settings'] ?? {}, {
    set: async ({ patch }: { patch: object }) => {
      touched.push('settings.set');
      return settings.set(patch);
    },
  });
  return { handlers: handlers as unknown as CoreHandlers, touched, settings };
}

/** Whether a message is one that the page may honestly send to this endpoint. */
function isHonest(message: unknown, schema: ArgumentSchema): boolean {
  if (!isPlainObject(message) || !Object.hasOwn(message, 'args')) return false;
  const cleaned = cleanArguments(message['args']);
  return cleaned.ok && v.safeParse(schema, cleaned.value).success;
}

/** Garbage of every kind: bare, as arguments, with odd ids and surplus keys. */
function makeMessages(count: number): unknown[] {
  const random = createRandom(seed);
  const makeValue = createValueMaker(random);
  const messages: unknown[] = [];
  while (messages.length < count) {
    const kind = random();
    const message =
      kind < 0.2
        ? makeValue()
        : kind < 0.3
          ? { args: makeValue(), id: makeValue() }
          : kind < 0.35
            ? { args: makeValue(), surplus: makeValue() }
            : { args: makeValue() };
    // What cannot be cloned never leaves the page; what can arrives as a clone.
    messages.push(structuredClone(message));
  }
  return messages;
}

test(
  `${messagesToEach} random messages to each of ${targets.length} channels are errors and change nothing`,
  { timeout: 240_000 },
  async () => {
    const { handlers, touched, settings } = createTouchyCore();
    const before = settings.get();
    const calls = createCallTable();
    const defects: unknown[] = [];
    const dispatcher = createDispatcher({
      handlers,
      calls,
      reportDefect: (error) => defects.push(error),
    });
    const messages = makeMessages(messagesToEach);
    const codes = new Map<string, number>();
    let honest = 0;
    let refused = 0;

    for (const { channel, schema } of targets) {
      for (const message of messages) {
        if (isHonest(message, schema)) {
          // By chance it is a message of ours ("no arguments" to an endpoint without any): not hostile.
          honest += 1;
          continue;
        }
        const answer: Envelope<unknown> = await dispatcher.dispatch(1, channel, message);
        if (answer.ok) throw new Error(`${channel} took ${typeof message}`);
        refused += 1;
        codes.set(answer.error.code, (codes.get(answer.error.code) ?? 0) + 1);
      }
    }

    expect(refused + honest).toBe(messagesToEach * targets.length);
    // Nearly all of them were put to the test.
    expect(honest / (refused + honest)).toBeLessThan(0.1);
    expect([...codes.keys()]).toEqual(['invalid-arguments']);
    expect({ touched, defects }).toEqual({ touched: [], defects: [] });
    expect(settings.get()).toEqual(before);
    expect(calls.runningCount(1)).toBe(0);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((Object.prototype as { polluted?: unknown }).polluted).toBeUndefined();
  },
);

test('the messages are of every kind that matters', () => {
  const messages = makeMessages(messagesToEach);
  const args = messages.filter(isPlainObject).map((message) => message['args']);
  for (const kind of [Map, Set, Date, ArrayBuffer, Uint8Array, Error, RegExp]) {
    expect([kind.name, args.some((value) => value instanceof kind)]).toEqual([kind.name, true]);
  }
  expect(args.some((value) => typeof value === 'bigint')).toBe(true);
  expect(args.some((value) => typeof value === 'string' && value.includes('\0'))).toBe(true);
  const cyclic = args.filter(isPlainObject).some((value) => value['args'] === value);
  expect(cyclic).toBe(true);
  expect(args.filter(isPlainObject).some((value) => Object.hasOwn(value, '__proto__'))).toBe(true);
});

test('honest messages still get through after all that, and errors keep to the closed list', async () => {
  const { handlers, touched } = createTouchyCore();
  const dispatcher = createDispatcher({ handlers, reportDefect: () => {} });
  const answer = await dispatcher.dispatch(1, channelOf('settings', 'set'), {
    args: { patch: { theme: 'dark' } },
    id: 'c1',
  });
  expect(answer).toMatchObject({ ok: true, value: { theme: 'dark' } });
  expect(touched).toEqual(['settings.set']);
  expect(errorCodes).toContain('invalid-arguments');
});
