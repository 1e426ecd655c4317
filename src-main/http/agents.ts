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

/** The agent for one protocol, in the form that got takes. */
export type AgentChoice = { http: http.Agent } | { https: https.Agent };

export interface Agents {
  /** Connections for a scope, or through a proxy (`http://host:port`). */
  of(url: URL, scope: Scope, proxy: string | null): AgentChoice;
  /**
   * Trusts the system's certificate store from now on. Returns false where that changes nothing. It takes
   * hundreds of milliseconds, so it waits until a certificate is not accepted without it (a company's proxy).
   */
  trustSystem(): boolean;
  close(): void;
}

export interface AgentsOptions {
  policy: Policy;
  resolveName?: ResolveName | undefined;
  /** Allow the system's certificate store beside Node's own. */
  useSystemCertificates?: boolean | undefined;
}

const systemResolve: ResolveName = (hostname, family) =>
  dns.promises.lookup(hostname, { all: true, family });

export function createAgents(options: AgentsOptions): Agents {
  const agents = new Map<string, http.Agent | https.Agent>();
  let secureContext: tls.SecureContext | null = null;

  const kept = <T extends http.Agent | https.Agent>(
    key: string,
    kind: new (options: https.AgentOptions) => T,
    agentOptions: https.AgentOptions,
  ): T => {
    const known = agents.get(key);
    if (known instanceof kind) return known;
    const agent = new kind({ keepAlive: true, ...agentOptions });
    agents.set(key, agent);
    return agent;
  };

  return {
    of: (url, scope, proxy) => {
      const key = `${url.protocol} ${scope} ${proxy ?? ''}`;
      // Behind a proxy the proxy resolves the name, so only its text was checked; the proxy itself may well
      // have a private address.
      const way: https.AgentOptions =
        proxy === null
          ? { lookup: checkedLookup(options, scope) }
          : { proxyEnv: { HTTPS_PROXY: proxy } };
      if (url.protocol === 'http:') return { http: kept(key, http.Agent, way) };
      const trust = secureContext === null ? {} : { secureContext };
      return { https: kept(key, https.Agent, { ...way, ...trust }) };
    },
    trustSystem: () => {
      if (options.useSystemCertificates !== true || secureContext !== null) return false;
      const ca = new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]);
      secureContext = tls.createSecureContext({ ca: [...ca] });
      for (const [key, agent] of agents) {
        if (!(agent instanceof https.Agent)) continue;
        // Requests under way keep their sockets; new ones get a new agent.
        agents.delete(key);
      }
      return true;
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
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
