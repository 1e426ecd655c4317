/**
 * Runs in plain Node. Which registry is there, and which of its two dialects it speaks: one cheap request as a rule,
 * remembered for each address.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { PdsDialect } from '#contract/pds.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { readErrorBody, toPdsError } from './errors.ts';
import { askRaw, type RawAnswer } from './passthrough.ts';

/** The documented address, and where the service has lived since. Tried in this order at first contact. */
export const knownAddresses: readonly string[] = [
  'https://pds.nasa.gov/api/registry/1',
  'https://pds.nasa.gov/api/search/1',
  'https://pds.mcp.nasa.gov/api/search/1',
];

export interface KnownRegistry {
  /** Where the service answers; another than the configured one where that is one of the known addresses. */
  address: string;
  dialect: PdsDialect;
}

/** Where what was found out is kept, by configured address; compose makes it last. */
export interface DialectStore {
  get(configured: string): KnownRegistry | null;
  set(configured: string, known: KnownRegistry | null): void;
}

/** Keeps what was found out as long as the process runs. */
export function createMemoryDialectStore(): DialectStore {
  const kept = new Map<string, KnownRegistry>();
  return {
    get: (configured) => kept.get(configured) ?? null,
    set: (configured, known) => {
      if (known === null) kept.delete(configured);
      else kept.set(configured, known);
    },
  };
}

/** An address without a slash at its end, as it is remembered. */
export function plainAddress(address: URL | string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Where to look for the registry that is configured at an address. */
export function candidatesFor(configured: string): string[] {
  if (!knownAddresses.includes(configured)) return [configured];
  return [configured, ...knownAddresses.filter((address) => address !== configured)];
}

/** Times that a place is asked before it is taken not to answer; fewer failures than open the governor's circuit. */
const mostProbes = 2;
const probeBytes = 1024 * 1024;

/**
 * Finds the registry: the first candidate that answers as one. Throws the error of the first place (that is the one
 * the user configured) when none does.
 */
export async function findRegistry(
  http: HttpClient,
  candidates: readonly string[],
  signal: AbortSignal,
): Promise<KnownRegistry> {
  let first: unknown = null;
  for (const address of candidates) {
    try {
      return { address, dialect: await detectDialect(http, address, signal) };
    } catch (error) {
      if (signal.aborted || !(error instanceof ArchiveError)) throw error;
      first ??= error;
    }
  }
  throw first;
}

/**
 * Finds out the dialect at an address. `start` is what tells: 1.3 echoes it, the service of 1.4 to 1.6 passes over it,
 * later ones refuse it. Where a fault is in the way, whose health route answers decides.
 */
export async function detectDialect(
  http: HttpClient,
  address: string,
  signal: AbortSignal,
): Promise<PdsDialect> {
  let last: RawAnswer | null = null;
  let failure: unknown = null;
  for (let tries = 0; tries < mostProbes; tries += 1) {
    try {
      last = await askRaw(
        http,
        `${address}/products?limit=0&start=0`,
        'application/json',
        signal,
        probeBytes,
      );
      const told = dialectToldBy(last);
      if (told !== null) return told;
      // A 404 or a page will not become a registry by asking again.
      if (last.status < 500) break;
      const byHealth = tries === 0 ? await askHealth(http, address, signal) : null;
      if (byHealth !== null) return byHealth;
    } catch (error) {
      if (signal.aborted) throw error;
      failure = error;
    }
  }
  if (last === null) throw failure;
  if (last.status >= 400) throw toPdsError(last.status, last.body, `GET ${address}/products`);
  throw noRegistry(address);
}

/** What one answer says of the dialect of whoever gave it; null where a proxy or framework may have. */
export function dialectToldBy({ status, body }: RawAnswer): PdsDialect | null {
  if (status >= 400) return readErrorBody(body).dialect;
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  const summary = isObject(answer) ? answer['summary'] : null;
  if (!isObject(summary)) return null;
  return typeof summary['start'] === 'number' ? '1.3' : 'current';
}

async function askHealth(
  http: HttpClient,
  address: string,
  signal: AbortSignal,
): Promise<PdsDialect | null> {
  const old = await askRaw(http, `${address}/healthcheck`, 'application/json', signal, probeBytes);
  // 418: it is there, and ill.
  if ((old.status === 200 || old.status === 418) && old.body.includes('failures_present'))
    return '1.3';
  const health = await askRaw(http, `${address}/health`, 'application/json', signal, probeBytes);
  const isPage = /^\s*</.test(health.body.subarray(0, 100).toString('utf8'));
  return health.status === 200 && !isPage ? 'current' : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noRegistry(address: string): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message: `What answers at ${address} is no PDS registry. Nothing was changed. Check the address in Settings; the documented one is ${knownAddresses[0] ?? ''}.`,
    retryable: false,
  });
}
