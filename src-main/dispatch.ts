/**
 * Runs in plain Node. One call of the contract, from message to envelope: check the message's shape, clean and
 * parse its arguments, call the handler, and answer with an envelope. It never throws and never rejects.
 * The window (through the registrar) and the terminal (in its own process) both go through here.
 */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { contract } from '#contract/contract.ts';
import { channelOf, type ArgumentSchema } from '#contract/endpoint.ts';
import { ArchiveError, type Envelope, type WireError } from '#contract/errors.ts';
import { callId } from '#contract/schemas.ts';
import { createCallTable, type CallerKey, type CallTable } from './call-table.ts';
import { cleanArguments, isPlainObject } from './clean-arguments.ts';
import type { CallContext, CoreHandlers } from './ports.ts';

/** Told of every failure that is a defect of ours; `reference` is what the person sees. */
export type ReportDefect = (error: unknown, where: { channel: string; reference: string }) => void;

export interface DispatcherOptions {
  /** May still be on its way: calls that come before wait for it. */
  handlers: CoreHandlers | Promise<CoreHandlers>;
  reportDefect: ReportDefect;
  calls?: CallTable;
  /** Short random text that ties a message to its entry in the log. */
  newReference?: () => string;
}

export interface Dispatcher {
  /** Every channel of the contract. */
  readonly channels: readonly string[];
  /** Handles one message on one channel; always resolves to an envelope. */
  dispatch(caller: CallerKey, channel: string, message: unknown): Promise<Envelope<unknown>>;
  /** Aborts what a caller that went away has under way. */
  callerGone(caller: CallerKey): void;
}

type AnyHandler = (args: unknown, context: CallContext) => Promise<unknown>;

interface Route {
  domain: string;
  method: string;
  schema: ArgumentSchema;
}

interface ReadMessage {
  args: unknown;
  id: string | undefined;
}

const cancelChannel = channelOf('calls', 'cancel');

const failure = (error: WireError): Envelope<never> => ({ ok: false, error });

const invalid = (
  detail: string,
  message = 'This cannot be asked for in this form. Nothing was done, and nothing of yours was changed.',
): Envelope<never> =>
  failure({
    code: 'invalid-arguments',
    message,
    retryable: false,
    detail,
  });

/** What a person may have typed too long: said in words, without the text itself. */
function explainIssues(issues: readonly v.BaseIssue<unknown>[]): string | undefined {
  const issue = issues.find(({ type }) => type === 'max_length');
  if (issue === undefined || typeof issue.requirement !== 'number') return undefined;
  const name = (v.getDotPath(issue) ?? '').split('.').at(-1) ?? '';
  const what =
    name === 'q' ? 'The search' : name === '' ? 'What was given' : `“${name.slice(0, 40)}”`;
  const limit = issue.requirement.toLocaleString('en-GB');
  return `${what} is longer than the ${limit} letters that fit. Nothing was sent. Shorten it, then try again.`;
}

const tooMany: WireError = {
  code: 'rate-limited',
  message: 'Too many requests are under way at once. Nothing was lost; this one was not started.',
  retryable: true,
  retryAfterMs: 1000,
};

function collectRoutes(): Map<string, Route> {
  const routes = new Map<string, Route>();
  for (const [domain, group] of Object.entries(contract)) {
    for (const [method, endpoint] of Object.entries(group)) {
      routes.set(channelOf(domain, method), { domain, method, schema: endpoint.schema });
    }
  }
  return routes;
}

/** Takes `{ args, id? }` and nothing else; null for anything other. */
function readMessage(message: unknown): ReadMessage | null {
  if (!isPlainObject(message) || !Object.hasOwn(message, 'args')) return null;
  if (!Object.keys(message).every((key) => key === 'args' || key === 'id')) return null;
  const { args, id } = message;
  if (id === undefined) return { args, id };
  return v.is(callId, id) ? { args, id } : null;
}

/** Where the arguments do not fit, without their values: those may be private or huge. */
function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .slice(0, 5)
    .map((issue) => `${(v.getDotPath(issue) ?? 'arguments').slice(0, 80)}: ${issue.type}`)
    .join('; ');
}

type Parsed =
  { ok: true; value: unknown } | { ok: false; detail: string; message?: string | undefined };

function parseArguments(schema: ArgumentSchema, args: unknown): Parsed {
  const cleaned = cleanArguments(args);
  if (!cleaned.ok) return { ok: false, detail: cleaned.reason };
  const parsed = v.safeParse(schema, cleaned.value);
  if (parsed.success) return { ok: true, value: parsed.output };
  const { issues } = parsed;
  return { ok: false, detail: describeIssues(issues), message: explainIssues(issues) };
}

function handlerOf(handlers: CoreHandlers, route: Route): AnyHandler {
  const groups = handlers as unknown as Record<string, Record<string, AnyHandler>>;
  const handler = groups[route.domain]?.[route.method];
  if (handler === undefined) throw new TypeError(`no handler for ${route.domain}.${route.method}`);
  return handler;
}

/** Builds the dispatcher. `calls.cancel` is answered here, because only here is known who calls. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const routes = collectRoutes();
  const calls = options.calls ?? createCallTable();
  const newReference = options.newReference ?? (() => randomUUID().slice(0, 8));
  const handlers = Promise.resolve(options.handlers);
  // Whoever composes the core reports its failure; here it only must not count as unhandled.
  handlers.catch(() => undefined);

  const toEnvelope = (error: unknown, channel: string, signal: AbortSignal): Envelope<never> => {
    if (error instanceof ArchiveError) return failure(error.toWire());
    if (signal.aborted) {
      return failure({ code: 'cancelled', message: 'Cancelled.', retryable: true });
    }
    const reference = newReference();
    options.reportDefect(error, { channel, reference });
    return failure({
      code: 'unexpected',
      message:
        'Almagest made a mistake of its own. What you have kept and saved is not touched. ' +
        'Try again; if it happens again, report it with the details.',
      retryable: true,
      detail: `${channel.replace('almagest:', '')}, reference ${reference}`,
    });
  };

  const run = async (
    caller: CallerKey,
    channel: string,
    route: Route,
    message: ReadMessage,
  ): Promise<Envelope<unknown>> => {
    const opened = calls.open(caller, message.id);
    if (!opened.ok) {
      return opened.reason === 'too-many' ? failure(tooMany) : invalid('id: already in use');
    }
    try {
      const parsed = parseArguments(route.schema, message.args);
      if (!parsed.ok) return invalid(parsed.detail, parsed.message);
      const handler = handlerOf(await handlers, route);
      // Cancelled while the core was still on its way: nothing begins.
      opened.signal.throwIfAborted();
      const value = await handler(parsed.value, { signal: opened.signal });
      return { ok: true, value };
    } catch (error) {
      return toEnvelope(error, channel, opened.signal);
    } finally {
      opened.close();
    }
  };

  const cancel = (caller: CallerKey, route: Route, message: ReadMessage): Envelope<unknown> => {
    const parsed = parseArguments(route.schema, message.args);
    if (!parsed.ok) return invalid(parsed.detail);
    calls.cancel(caller, (parsed.value as { id: string }).id);
    return { ok: true, value: null };
  };

  return {
    channels: [...routes.keys()],
    async dispatch(caller, channel, message) {
      const route = routes.get(channel);
      if (route === undefined) return invalid('no such endpoint');
      const read = readMessage(message);
      if (read === null) return invalid('message: not { args, id? }');
      if (channel === cancelChannel) return cancel(caller, route, read);
      return run(caller, channel, route, read);
    },
    callerGone(caller) {
      calls.cancelAll(caller);
    },
  };
}
