/**
 * Runs in plain Node. Where requests may go at all. Asked before every hop, redirects included, and again
 * for every address that a name resolves to.
 */
import { ArchiveError } from '#contract/errors.ts';
import { bareHost, isLoopbackAddress, isLoopbackHost, isPublicAddress } from './addresses.ts';
import type { Lane } from './http-client.ts';
import { archiveNames } from './words.ts';

/** `loopback` for an archive on this computer, `public` for the real ones; neither may reach the other. */
export type Scope = 'public' | 'loopback';

export interface Destination {
  url: URL;
  scope: Scope;
}

export interface Policy {
  /** Checks an address by its text. Throws `ArchiveError` ('forbidden'). */
  check(address: string, lane: Lane): Destination;
  /** True when a name of this scope may resolve to this IP address. */
  allowsAddress(address: string, scope: Scope): boolean;
}

export interface PolicySources {
  /** The configured address of the lane's archive, asked anew each time: live and sample can change places. */
  baseOf(lane: Lane): URL;
}

export const redirectLimit = 5;

/** Hosts beside the configured one that belong to an archive. PDS data nodes live at many institutes. */
function belongs(host: string, lane: Lane): boolean {
  const isUnder = (domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
  if (lane === 'nasa-api' || lane === 'nasa-files') return isUnder('nasa.gov');
  if (lane === 'astrobin') return isUnder('astrobin.com');
  return true;
}

/** Builds the policy over the archives' configured addresses. */
export function createPolicy(sources: PolicySources): Policy {
  const refuse = (lane: Lane, why: string): never => {
    throw new ArchiveError({
      code: 'forbidden',
      message: `${archiveNames[lane]} pointed to an address that Almagest doesn’t open: ${why}. Nothing was fetched from there. Look at the archive’s address in Settings if this goes on.`,
      retryable: false,
    });
  };
  return {
    check: (address, lane) => {
      if (!URL.canParse(address)) return refuse(lane, 'it is not a web address');
      const url = new URL(address);
      const host = bareHost(url.hostname);
      const base = sources.baseOf(lane);
      if (url.username !== '' || url.password !== '') return refuse(lane, 'it holds a login');
      if (url.protocol !== 'https:' && url.protocol !== 'http:') {
        return refuse(lane, `"${url.protocol}" is not https`);
      }
      if (isLoopbackHost(base.hostname)) {
        if (!isLoopbackHost(host)) return refuse(lane, `${host} is not on this computer`);
        return { url, scope: 'loopback' };
      }
      if (url.protocol !== 'https:') return refuse(lane, 'it is not https');
      const isLiteral = url.hostname.startsWith('[') || /^[\d.]+$/.test(host);
      if (isLoopbackHost(host) || (isLiteral && !isPublicAddress(host))) {
        return refuse(lane, `${host} is not on the public internet`);
      }
      if (host !== bareHost(base.hostname) && !belongs(host, lane)) {
        return refuse(lane, `${host} is not one of its hosts`);
      }
      return { url, scope: 'public' };
    },
    allowsAddress: (address, scope) =>
      scope === 'loopback' ? isLoopbackAddress(address) : isPublicAddress(address),
  };
}
