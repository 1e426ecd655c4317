import { describe, expect, test } from 'vitest';
import { contract } from '#contract/contract.ts';
import { channelOf } from '#contract/endpoint.ts';
import { ArchiveError } from '#contract/errors.ts';
import { createCallTable } from '#main/call-table.ts';
import { createDispatcher, type Dispatcher } from '#main/dispatch.ts';
import type { CallContext, CoreHandlers } from '#main/ports.ts';

type Handle = (args: unknown, context: CallContext) => Promise<unknown>;

/** Every endpoint answers null, but for those given. */
function handlersWith(own: Record<string, Handle>): CoreHandlers {
  const handlers: Record<string, Record<string, Handle>> = {};
  for (const [domain, group] of Object.entries(contract)) {
    handlers[domain] = {};
    for (const method of Object.keys(group)) {
      handlers[domain][method] = own[`${domain}.${method}`] ?? (async () => null);
    }
  }
  return handlers as unknown as CoreHandlers;
}

interface Defect {
  error: unknown;
  reference: string;
}

function setUp(own: Record<string, Handle>): { dispatcher: Dispatcher; defects: Defect[] } {
  const defects: Defect[] = [];
  const dispatcher = createDispatcher({
    handlers: handlersWith(own),
    reportDefect: (error, { reference }) => defects.push({ error, reference }),
    newReference: () => 'ref1',
  });
  return { dispatcher, defects };
}

const search = channelOf('nasa', 'search');
const cancel = channelOf('calls', 'cancel');

/** Waits until it is cancelled, then fails as an aborted fetch would. */
const waitForAbort: Handle = (_args, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });

describe('a text that is too long', () => {
  test.each([
    [{ q: 'x'.repeat(3000) }, 'The search is longer than the 2,048 letters that fit.'],
    [{ title: 'x'.repeat(3000) }, '“title” is longer than the 2,048 letters that fit.'],
  ])('is refused in words that a person can use', async (query, words) => {
    const { dispatcher } = setUp({});
    const answer = await dispatcher.dispatch('page', search, { args: { query } });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-arguments' } });
    expect(answer.ok ? '' : answer.error.message).toContain(words);
    expect(answer.ok ? '' : answer.error.message).not.toContain('xxx');
  });
});

describe('a message to an endpoint', () => {
  test('reaches the handler parsed, with defaults filled in, and comes back in an envelope', async () => {
    let seen: unknown;
    const { dispatcher } = setUp({
      'nasa.search': async (args) => {
        seen = args;
        return { cards: [] };
      },
    });
    const answer = await dispatcher.dispatch(1, search, { args: { query: { q: 'moon' } } });
    expect(answer).toEqual({ ok: true, value: { cards: [] } });
    expect(seen).toEqual({ query: { q: 'moon' }, page: 1, pageSize: 100, refresh: false });
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'moon'],
    ['a list', [{ args: {} }]],
    ['a map', new Map([['args', {}]])],
    ['a surplus key', { args: { query: {} }, token: 'x' }],
    ['an id that is not one', { args: { query: {} }, id: 'a b' }],
    ['an id of the wrong type', { args: { query: {} }, id: 7 }],
    ['arguments of the wrong type', { args: 'moon' }],
    ['an unknown argument', { args: { query: { colour: 'red' } } }],
    ['a page below one', { args: { query: {}, page: 0 } }],
    ['a date', { args: { query: { q: new Date(0) } } }],
    ['a key that reaches prototypes', { args: JSON.parse('{"query":{"__proto__":{"q":"x"}}}') }],
  ])('is refused when it is %s, without calling the handler', async (_name, message) => {
    let called = 0;
    const { dispatcher, defects } = setUp({
      'nasa.search': async () => {
        called += 1;
        return null;
      },
    });
    const answer = await dispatcher.dispatch(1, search, message);
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-arguments' } });
    expect({ called, defects }).toEqual({ called: 0, defects: [] });
  });

  test('is refused on a channel that is not of the contract', async () => {
    const { dispatcher } = setUp({});
    for (const channel of ['almagest:nasa.destroy', 'constructor', '__proto__', '']) {
      expect(await dispatcher.dispatch(1, channel, { args: {} })).toMatchObject({ ok: false });
    }
  });

  test('is told where its arguments do not fit, but not what they were', async () => {
    const { dispatcher } = setUp({});
    const answer = await dispatcher.dispatch(1, search, {
      args: { query: { q: 'fine', year_start: 'my-secret-text' } },
    });
    expect(JSON.stringify(answer)).toContain('query.year_start');
    expect(JSON.stringify(answer)).not.toContain('my-secret-text');
  });
});

describe('a handler that fails', () => {
  test('hands over an ArchiveError as it is', async () => {
    const error = new ArchiveError({
      code: 'rate-limited',
      message: 'Wait.',
      retryable: true,
      retryAfterMs: 900,
    });
    const { dispatcher, defects } = setUp({
      'nasa.search': async () => {
        throw error;
      },
    });
    expect(await dispatcher.dispatch(1, search, { args: { query: {} } })).toEqual({
      ok: false,
      error: { code: 'rate-limited', message: 'Wait.', retryable: true, retryAfterMs: 900 },
    });
    expect(defects).toEqual([]);
  });

  test('with anything else is a defect: reported with its reference, hidden from the page', async () => {
    const { dispatcher, defects } = setUp({
      'nasa.search': () => {
        throw new TypeError('secret internals');
      },
    });
    const answer = await dispatcher.dispatch(1, search, { args: { query: {} } });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'unexpected', detail: 'nasa.search, reference ref1' },
    });
    expect(JSON.stringify(answer)).not.toContain('secret internals');
    expect(defects).toHaveLength(1);
    expect(defects[0]?.error).toBeInstanceOf(TypeError);
  });

  test('to be there at all is a defect too, for each call that waited for it', async () => {
    const defects: unknown[] = [];
    const dispatcher = createDispatcher({
      handlers: Promise.reject(new Error('no library')),
      reportDefect: (error) => defects.push(error),
    });
    const answer = await dispatcher.dispatch(1, channelOf('app', 'info'), { args: {} });
    expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(defects).toHaveLength(1);
  });
});

describe('a call with an id', () => {
  test('is cancelled by its own caller, and only by it', async () => {
    const { dispatcher, defects } = setUp({ 'nasa.search': waitForAbort });
    let ended = false;
    const call = dispatcher
      .dispatch(1, search, { args: { query: {} }, id: 'c1' })
      .finally(() => (ended = true));
    const stranger = await dispatcher.dispatch(2, cancel, { args: { id: 'c1' } });
    expect(stranger).toEqual({ ok: true, value: null });
    expect(ended).toBe(false);
    await dispatcher.dispatch(1, cancel, { args: { id: 'c1' } });
    expect(await call).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(defects).toEqual([]);
  });

  test('may not take the id of another that is under way', async () => {
    const { dispatcher } = setUp({ 'nasa.search': waitForAbort });
    const first = dispatcher.dispatch(1, search, { args: { query: {} }, id: 'c1' });
    const second = await dispatcher.dispatch(1, search, { args: { query: {} }, id: 'c1' });
    expect(second).toMatchObject({ ok: false, error: { code: 'invalid-arguments' } });
    dispatcher.callerGone(1);
    expect(await first).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  test('that does not exist may be cancelled without harm', async () => {
    const { dispatcher } = setUp({});
    const answer = await dispatcher.dispatch(1, cancel, { args: { id: 'never' } });
    expect(answer).toEqual({ ok: true, value: null });
  });
});

test('a caller that goes away has everything aborted, with or without an id', async () => {
  const { dispatcher } = setUp({ 'nasa.search': waitForAbort });
  const calls = [
    dispatcher.dispatch(1, search, { args: { query: {} } }),
    dispatcher.dispatch(1, search, { args: { query: {} }, id: 'c1' }),
  ];
  await Promise.resolve();
  dispatcher.callerGone(1);
  for (const answer of await Promise.all(calls)) {
    expect(answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  }
});

test('a caller may not have any number of calls under way', async () => {
  const calls = createCallTable(2);
  const dispatcher = createDispatcher({
    handlers: handlersWith({ 'nasa.search': waitForAbort }),
    reportDefect: () => {},
    calls,
  });
  const message = { args: { query: {} } };
  const running = [
    dispatcher.dispatch(1, search, message),
    dispatcher.dispatch(1, search, message),
  ];
  const third = await dispatcher.dispatch(1, search, message);
  expect(third).toMatchObject({ ok: false, error: { code: 'rate-limited' } });
  const other = dispatcher.dispatch(2, search, message);
  expect(calls.runningCount(2)).toBe(1);
  dispatcher.callerGone(1);
  dispatcher.callerGone(2);
  await Promise.all([...running, other]);
  expect([calls.runningCount(1), calls.runningCount(2)]).toEqual([0, 0]);
});
