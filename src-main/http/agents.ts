/**
 * Runs in plain Node. Connections: kept open and shared, one set for the public internet, one for this
 * computer, one for each proxy, so that a connection never serves a scope it was not checked for.
 */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import tls from 'node:tls';
import type { Policy, Scope } from './policy.ts';

/** Code of the error for a name that resolves to an address which the policy refuses. */
export const refusedAddressCode = 'EALMAGESTREFUSED';

/** All addresses of a name, as the system resolves it. */
export type ResolveName = (
  hostname: string,
  family: 0 | 4 | 6,
) => Promise<{ address: string; family: number }[]>;

export interface AgentPair {
  http: http.Agent;
  https: https.Agent;
}

export interface Agents {
  /** Connections for a scope, or through a proxy (`http://host:port`). */
  of(scope: Scope, proxy: string | null): AgentPair;
  close(): void;
}

export interface AgentsOptions {
  policy: Policy;
  resolveName?: ResolveName | undefined;
  /** Trust the system's certificate store beside Node's own. */
  useSystemCertificates?: boolean | undefined;
}

const systemResolve: ResolveName = (hostname, family) =>
  dns.promises.lookup(hostname, { all: true, family });

export function createAgents(options: AgentsOptions): Agents {
  const pairs = new Map<string, AgentPair>();
  let context: tls.SecureContext | null = null;

  /** Made once: reading the system's store takes tens of milliseconds. */
  const secureContext = (): tls.SecureContext => {
    context ??= tls.createSecureContext({
      ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system')],
    });
    return context;
  };

  const create = (scope: Scope, proxy: string | null): AgentPair => {
    // Behind a proxy the proxy resolves the name, so only its text was checked; the proxy itself may well
    // have a private address.
    const common: http.AgentOptions =
      proxy === null
        ? { keepAlive: true, lookup: checkedLookup(options, scope) }
        : { keepAlive: true, proxyEnv: { HTTPS_PROXY: proxy } };
    const secure = options.useSystemCertificates === true ? { secureContext: secureContext() } : {};
    return { http: new http.Agent(common), https: new https.Agent({ ...common, ...secure }) };
  };

  return {
    of: (scope, proxy) => {
      const key = `${scope} ${proxy ?? ''}`;
      const pair = pairs.get(key) ?? create(scope, proxy);
      pairs.set(key, pair);
      return pair;
    },
    close: () => {
      for (const pair of pairs.values()) {
        pair.http.destroy();
        pair.https.destroy();
      }
      pairs.clear();
    },
  };
}

/**
 * Resolves a name and refuses it when any of its addresses is outside its scope: the connection is then made
 * to the very address that was checked, so a name cannot change its meaning in between.
 */
function checkedLookup(options: AgentsOptions, scope: Scope): LookupFunction {
  const resolve = options.resolveName ?? systemResolve;
  return (hostname, lookupOptions, callback) => {
    const { family } = lookupOptions;
    const wanted =
      family === 4 || family === 'IPv4' ? 4 : family === 6 || family === 'IPv6' ? 6 : 0;
    resolve(hostname, wanted).then(
      (addresses) => {
        const [first] = addresses;
        if (
          first === undefined ||
          !addresses.every(({ address }) => options.policy.allowsAddress(address, scope))
        ) {
          callback(refusedAddress(hostname), '', 0);
        } else if (lookupOptions.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), '', 0);
      },
    );
  };
}

function refusedAddress(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} resolves to an address outside its scope`), {
    code: refusedAddressCode,
  });
}
