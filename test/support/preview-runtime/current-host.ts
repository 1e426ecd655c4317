/**
 * Runs in the preview runtime's process. The one place where the running host is kept: the stand-in for
 * 'electron' is imported by the app's bundles, which cannot hand it anything.
 */
import type { Host } from './host.ts';

let current: Host | null = null;

export function setCurrentHost(host: Host): void {
  current = host;
}

export function currentHost(): Host {
  if (current === null) throw new Error('preview runtime: the host is not there yet');
  return current;
}
