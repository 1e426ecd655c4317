/** Runs in plain Node. The part of compose.ts that builds the way to the archives: pace, policy, turns, and the door. */
import { ArchiveError } from '#contract/errors.ts';
import type { ArchivesService } from './archives/archives-service.ts';
import type { Database } from './db/database.ts';
import { isLoopbackHost } from './http/addresses.ts';
import type { Clock } from './http/clock.ts';
import { createHttpClient, type ClosableHttpClient } from './http/create-http-client.ts';
import type { ExchangeReport } from './http/follow.ts';
import { createGovernor, type Governor } from './http/governor.ts';
import type { Lane } from './http/http-client.ts';
import { createPolicy } from './http/policy.ts';
import { createEnvironmentProxy } from './http/proxy.ts';
import { createRateOf, defaultRates, type Rate } from './http/rates.ts';
import { createSharedTurns, type SharedTurns } from './http/shared-turns.ts';
import { TurnsRepo } from './library/turns-repo.ts';
import type { ComposeOptions } from './ports.ts';

export interface Network {
  http: ClosableHttpClient;
  governor: Governor;
  turns: SharedTurns;
  rateOf: (lane: Lane) => Rate;
}

/** An archive that counts is not asked where nothing can be counted. */
function closedTurns(): SharedTurns {
  const refuse = (lane: Lane): void => {
    if (defaultRates[lane].perDay === undefined) return;
    throw new ArchiveError({
      code: 'library-unusable',
      message:
        'AstroBin is not asked while the profile can’t be used, because its requests of today could not be counted. ' +
        'Nothing was sent. The other archives work.',
      retryable: false,
    });
  };
  return {
    check: refuse,
    acquire: async (lane) => {
      refuse(lane);
      return () => undefined;
    },
    hold: () => undefined,
    budgetOf: () => null,
  };
}

function openTurns(
  options: ComposeOptions,
  parts: { db: Database | null; clock: Clock; rateOf: (lane: Lane) => Rate },
  counted: (lane: Lane) => void,
): SharedTurns {
  const { db, clock, rateOf } = parts;
  if (db === null) return closedTurns();
  const turns = createSharedTurns({
    store: new TurnsRepo(db),
    clock,
    rateOf,
    perDayOf: () => options.settings.get().astrobinPerDay,
  });
  return {
    ...turns,
    check: (lane, host) => {
      try {
        turns.check(lane, host);
      } catch (error) {
        counted(lane);
        throw error;
      }
    },
    acquire: async (lane, host, signal, patience) => {
      try {
        return await turns.acquire(lane, host, signal, patience);
      } finally {
        // A refusal tells as much of the budget as a turn does.
        counted(lane);
      }
    },
  };
}

/** `db` is the library's; null where it could not be opened. */
export function openNetwork(
  options: ComposeOptions,
  parts: {
    clock: Clock;
    archives: ArchivesService;
    db: Database | null;
    onExchange: (report: ExchangeReport) => void;
    onWaiting: (lane: Lane, by: 1 | -1) => void;
  },
): Network {
  const { clock, archives, db } = parts;
  const rateOf = createRateOf({
    environment: options.environment,
    allowOverrides: options.allowOverrides,
    isLoopback: (lane) => isLoopbackHost(archives.baseOf(lane).hostname),
  });
  const governor = createGovernor({ clock, random: Math.random, rateOf });
  const policy = createPolicy({ baseOf: (lane) => archives.baseOf(lane) });
  const turns = openTurns(options, { db, clock, rateOf }, (lane) => {
    if (lane === 'astrobin') archives.tell('astrobin');
  });
  const http = createHttpClient({
    userAgent: `Almagest/${options.version}`,
    governor,
    policy,
    clock,
    turns,
    random: Math.random,
    resolveProxy: options.resolveProxy ?? createEnvironmentProxy(options.environment),
    useSystemCertificates: true,
    onRequest: options.onRequest,
    onExchange: parts.onExchange,
    onWaiting: parts.onWaiting,
  });
  return { http, governor, turns, rateOf };
}
