/**
 * Runs in plain Node. Which proxy a request goes through: the environment's in the terminal, the system's in
 * the window (its shell passes `session.resolveProxy`, read by `parseProxyRule`).
 */
import { bareHost } from './addresses.ts';

/** The proxy for an address (`http://host:port`), or null to go straight. */
export type ResolveProxy = (url: URL) => Promise<string | null> | string | null;

/** Reads `HTTPS_PROXY` and `NO_PROXY`; the lower-case names win, as everywhere. */
export function createEnvironmentProxy(
  environment: Readonly<Record<string, string | undefined>>,
): ResolveProxy {
  const proxy = readProxy(environment['https_proxy'] ?? environment['HTTPS_PROXY'] ?? '');
  const exceptions = (environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  return (url) => {
    if (proxy === null || url.protocol !== 'https:') return null;
    return exceptions.some((entry) => isException(url, entry)) ? null : proxy;
  };
}

/**
 * Reads Chromium's answer, such as `PROXY host:8080;DIRECT`. The first rule that we can follow counts; SOCKS
 * is not supported and passed over.
 */
export function parseProxyRule(text: string): string | null {
  for (const rule of text.split(';')) {
    const [kind, place] = rule.trim().split(/\s+/);
    if (kind === 'DIRECT') return null;
    if (place === undefined) continue;
    if (kind === 'PROXY') return readProxy(`http://${place}`);
    if (kind === 'HTTPS') return readProxy(`https://${place}`);
  }
  return null;
}

function readProxy(text: string): string | null {
  if (text === '') return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

function isException(url: URL, entry: string): boolean {
  if (entry === '*') return true;
  const host = bareHost(url.hostname);
  const match = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase());
  const port = match?.[2];
  if (port !== undefined && port !== (url.port === '' ? '443' : url.port)) return false;
  const name = (match?.[1] ?? '').replace(/^\*?\./, '');
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}
