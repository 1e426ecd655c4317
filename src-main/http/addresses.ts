/**
 * Runs in plain Node. Which addresses are this computer, and which are on the public internet: an archive
 * (or whoever answers in its name) must never make us ask the user's own network.
 */
import { BlockList, isIP } from 'node:net';

/** The host of a URL without brackets, trailing dot and zone, in lower case. */
export function bareHost(hostname: string): string {
  const inner = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const unzoned = inner.includes(':') ? inner.replace(/%.*$/, '') : inner;
  return unzoned.replace(/\.$/, '').toLowerCase();
}

function listOf(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (range: string, type: 'ipv4' | 'ipv6'): void => {
    const slash = range.indexOf('/');
    list.addSubnet(range.slice(0, slash), Number(range.slice(slash + 1)), type);
  };
  for (const range of v4) add(range, 'ipv4');
  for (const range of v6) add(range, 'ipv6');
  return list;
}

const loopback = listOf(['127.0.0.0/8'], ['::1/128']);

/** IANA's special-purpose ranges: this network, private, CGNAT, loopback, link-local, test, benchmark, multicast, reserved. */
const notPublicV4 = listOf(
  [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  [],
);

/** Only this part of IPv6 is given out for the public; loopback, mapped, link-local and unique-local lie outside. */
const globalV6 = listOf([], ['2000::/3']);
/** Inside it: protocol assignments with Teredo, documentation, and 6to4, which hides an IPv4 address. */
const notPublicV6 = listOf([], ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);
/** NAT64: how an IPv6-only network reaches IPv4; the last 32 bits are the real address. */
const nat64 = listOf([], ['64:ff9b::/96']);

/** True for a host name or IP literal that is this computer. Names are not resolved. */
export function isLoopbackHost(hostname: string): boolean {
  const host = bareHost(hostname);
  return host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);
}

/** True for a loopback IP address; a mapped IPv4 address does not count. */
export function isLoopbackAddress(address: string): boolean {
  const bare = bareHost(address);
  const family = isIP(bare);
  if (family === 0 || bare.startsWith('::ffff:')) return false;
  return loopback.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/** True for an IP address that lies on the public internet. */
export function isPublicAddress(address: string): boolean {
  const bare = bareHost(address);
  const family = isIP(bare);
  if (family === 4) return !notPublicV4.check(bare, 'ipv4');
  if (family !== 6) return false;
  if (nat64.check(bare, 'ipv6')) {
    const embedded = lastIPv4(bare);
    return embedded !== null && !notPublicV4.check(embedded, 'ipv4');
  }
  return globalV6.check(bare, 'ipv6') && !notPublicV6.check(bare, 'ipv6');
}

/** The IPv4 address in the last 32 bits; `null` when the text is not one that a URL can normalise. */
function lastIPv4(address: string): string | null {
  const normal = URL.canParse(`http://[${address}]/`)
    ? new URL(`http://[${address}]/`).hostname.slice(1, -1)
    : '';
  const match = /^64:ff9b::(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/.exec(normal);
  if (match === null) return normal === '64:ff9b::' ? '0.0.0.0' : null;
  const high = Number.parseInt(match[1] ?? '0', 16);
  const low = Number.parseInt(match[2] ?? '0', 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
