/**
 * Runs in plain Node. Who works on a row. Several processes may run on one profile; each row is worked on by
 * one, which says now and then that it is alive.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** How often a process says that it is alive. */
export const heartbeatEveryMs = 5000;
/**
 * A process that still exists, or whose host we cannot ask, is given this long: it may have slept. Its
 * part is then left behind, so that it can never write into the new one.
 */
const silenceMs = 5 * 60_000;

/** A name for this process, told apart from a later one with the same number. */
export function makeOwner(host = hostname(), pid = process.pid): string {
  return `${encodeURIComponent(host)}/${pid}/${randomBytes(6).toString('hex')}`;
}

/** True while a process with this number exists on this host. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export type OwnerState = 'alive' | 'proven-dead' | 'presumed-dead';

export interface LeaseCheck {
  self: string;
  nowMs: number;
  exists?: (pid: number) => boolean;
}

/** What is to be thought of a row's owner. */
export function judgeOwner(
  owner: string | null,
  heartbeatMs: number | null,
  check: LeaseCheck,
): OwnerState {
  if (owner === check.self) return 'alive';
  const [host = '', pid = ''] = (owner ?? '').split('/');
  const [ownHost = '', ownPid = ''] = check.self.split('/');
  if (owner === null || pid === '') return 'proven-dead';
  const exists = check.exists ?? processExists;
  if (host === ownHost && pid !== ownPid && !exists(Number(pid))) return 'proven-dead';
  const silentMs = check.nowMs - (heartbeatMs ?? 0);
  return silentMs > silenceMs ? 'presumed-dead' : 'alive';
}
