/** Runs anywhere; pure. Where an aria2 daemon listens, as the user writes it. */

export type Aria2Address =
  | { ok: true; url: URL; isSocket: boolean }
  /** For the user. */
  | { ok: false; message: string };

/**
 * Reads `http://host:6800/jsonrpc` and its like: http, https, ws or wss; the path may be left out. Plain http is
 * allowed, for a daemon in one's own network rarely has a certificate. The token never stands in the address.
 */
export function parseAria2Address(text: string): Aria2Address {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  if (url === null || url.hostname === '') {
    return {
      ok: false,
      message: 'That is no address. It looks like http://192.168.1.5:6800/jsonrpc.',
    };
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    return {
      ok: false,
      message:
        'The address holds a name, a password or a question. Put the token in its own field.',
    };
  }
  const isSocket = url.protocol === 'ws:' || url.protocol === 'wss:';
  if (!isSocket && url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { ok: false, message: 'aria2 is reached by http, https, ws or wss.' };
  }
  url.hash = '';
  if (url.pathname === '/') url.pathname = '/jsonrpc';
  const hasPort =
    url.port !== '' || /:\d+(?:[/?#]|$)/.test(trimmed.replace(/^[a-z0-9+.-]+:\/\//i, ''));
  if (!hasPort) url.port = '6800';
  return { ok: true, url, isSocket };
}
