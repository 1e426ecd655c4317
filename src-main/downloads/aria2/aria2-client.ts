/**
 * Runs in plain Node. A remote aria2 daemon as the queue needs it: hand over, ask, pause, remove. Calls are batched
 * with `system.multicall`. The token is kept in a private field, goes out as the first argument of each call
 * (aria2 manual, "RPC authorization secret token"), and is in no error, log or answer.
 */
import { createHash, randomUUID } from 'node:crypto';
import { plainPath, plainUrl } from '../exports/planned-file.ts';
import {
  saysUnauthorised,
  saysUnknown,
  strangeAnswer,
  toFaultError,
  unauthorised,
  type Aria2Fault,
} from './aria2-errors.ts';
import { createSocketTransport } from './aria2-socket.ts';
import { createHttpTransport, type Aria2Transport } from './aria2-transport.ts';
import {
  readAnswer,
  readCalled,
  readStatus,
  readStatuses,
  readVersion,
  statusKeys,
  type Aria2Status,
  type Aria2Version,
} from './aria2-wire.ts';

export interface Aria2Job {
  /** From `gidOf`, so that handing over twice is handing over once. */
  gid: string;
  url: string;
  /** Absolute, on the daemon's machine. */
  folder: string;
  /** Below that, with `/`. */
  path: string;
  /** `md5=…` or `sha-256=…`, from `aria2ChecksumOf`; null where there is none. */
  checksum: string | null;
  /** `Name: value`, as they go out. */
  headers?: readonly string[];
  isPaused?: boolean;
}

export type Aria2Added = { gid: string; ok: true } | { gid: string; ok: false; fault: Aria2Fault };

export interface Aria2Overview {
  active: Aria2Status[];
  waiting: Aria2Status[];
  stopped: Aria2Status[];
}

interface Call {
  method: string;
  params: unknown[];
}

type Called = { value: unknown } | { fault: Aria2Fault };

/** Calls in one request: an answer stays far below its bound. */
const callsAtOnce = 200;
/** Downloads in one list of waiting or stopped ones. */
const listLength = 1000;

/** aria2's number for a row of the queue: 16 hexadecimal digits that are not all zero. */
export function gidOf(rowId: string): string {
  const digits = createHash('sha256').update(`almagest ${rowId}`).digest('hex').slice(0, 16);
  return /^0+$/.test(digits) ? '0000000000000001' : digits;
}

export class Aria2Client {
  readonly #transport: Aria2Transport;
  readonly #token: string | null;
  /** Host and port, for words. */
  readonly #where: string;

  constructor({ url, token }: { url: URL; token: string | null }) {
    const isSocket = url.protocol === 'ws:' || url.protocol === 'wss:';
    this.#transport = isSocket ? createSocketTransport(url) : createHttpTransport(url);
    this.#token = token === '' ? null : token;
    this.#where = url.host;
  }

  /** What answers there. Also the way to find out whether address and token are right. */
  async version(signal: AbortSignal): Promise<Aria2Version> {
    const result = await this.#call({ method: 'aria2.getVersion', params: [] }, signal);
    return readVersion(result) ?? this.#strange('aria2.getVersion');
  }

  /** Hands downloads over. A job that is there already counts as handed over. */
  async add(jobs: readonly Aria2Job[], signal: AbortSignal): Promise<Aria2Added[]> {
    const called = await this.#callAll(jobs.map(toAddCall), signal);
    const refused = new Map<string, Aria2Fault>();
    for (const [at, { gid }] of jobs.entries()) {
      const one = called[at] ?? this.#strange('aria2.addUri');
      if ('fault' in one) refused.set(gid, one.fault);
    }
    // A number that is taken is refused as “No URI to download”, so what is there is looked for.
    const known = refused.size === 0 ? null : await this.statuses([...refused.keys()], signal);
    return jobs.map(({ gid }) => {
      const fault = refused.get(gid);
      return fault === undefined || known?.get(gid) ? { gid, ok: true } : { gid, ok: false, fault };
    });
  }

  /** How each one stands; null for one that aria2 does not know, or no longer. */
  async statuses(
    gids: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, Aria2Status | null>> {
    const calls = gids.map((gid) => ({ method: 'aria2.tellStatus', params: [gid, statusKeys] }));
    const called = await this.#callAll(calls, signal);
    return new Map(gids.map((gid, at) => [gid, this.#toStatus(gid, called[at])]));
  }

  /** Everything that the daemon has, ours or not, as far as its lists are long. */
  async overview(signal: AbortSignal): Promise<Aria2Overview> {
    const [active, waiting, stopped] = await this.#callAll(
      [
        { method: 'aria2.tellActive', params: [statusKeys] },
        { method: 'aria2.tellWaiting', params: [0, listLength, statusKeys] },
        { method: 'aria2.tellStopped', params: [0, listLength, statusKeys] },
      ],
      signal,
    );
    return {
      active: this.#toStatuses(active),
      waiting: this.#toStatuses(waiting),
      stopped: this.#toStatuses(stopped),
    };
  }

  /** Those of the numbers that could be paused. */
  pause(gids: readonly string[], signal: AbortSignal): Promise<string[]> {
    return this.#each('aria2.forcePause', gids, signal);
  }

  unpause(gids: readonly string[], signal: AbortSignal): Promise<string[]> {
    return this.#each('aria2.unpause', gids, signal);
  }

  /** Stops them; what has come stays on the daemon's disk. What had not begun is forgotten at once. */
  remove(gids: readonly string[], signal: AbortSignal): Promise<string[]> {
    return this.#each('aria2.forceRemove', gids, signal);
  }

  /** Takes ended ones off the daemon's list, so that their numbers are free to be used again. */
  forget(gids: readonly string[], signal: AbortSignal): Promise<string[]> {
    return this.#each('aria2.removeDownloadResult', gids, signal);
  }

  close(): void {
    this.#transport.close();
  }

  async #each(method: string, gids: readonly string[], signal: AbortSignal): Promise<string[]> {
    const called = await this.#callAll(
      gids.map((gid) => ({ method, params: [gid] })),
      signal,
    );
    return gids.filter((_, at) => {
      const one = called[at];
      return one !== undefined && 'value' in one;
    });
  }

  #toStatus(gid: string, called: Called | undefined): Aria2Status | null {
    if (called === undefined) return this.#strange('aria2.tellStatus');
    if ('fault' in called) {
      if (saysUnknown(called.fault)) return null;
      throw toFaultError(this.#where, this.#scrubbed(called.fault));
    }
    const status = readStatus(called.value);
    return status?.gid === gid ? status : this.#strange('aria2.tellStatus');
  }

  #toStatuses(called: Called | undefined): Aria2Status[] {
    if (called === undefined) return this.#strange('a list');
    if ('fault' in called) throw toFaultError(this.#where, this.#scrubbed(called.fault));
    return readStatuses(called.value) ?? this.#strange('a list');
  }

  /** Every call's outcome, in order, by as few requests as may be. */
  async #callAll(calls: readonly Call[], signal: AbortSignal): Promise<Called[]> {
    const outcomes: Called[] = [];
    for (let at = 0; at < calls.length; at += callsAtOnce) {
      const part = calls.slice(at, at + callsAtOnce);
      const nested = part.map(({ method, params }) => ({
        methodName: method,
        params: this.#signed(params),
      }));
      const result = await this.#send({ method: 'system.multicall', params: [nested] }, signal);
      if (!Array.isArray(result) || result.length !== part.length) {
        return this.#strange('system.multicall');
      }
      for (const json of result as unknown[]) outcomes.push(this.#toCalled(json));
    }
    return outcomes;
  }

  #toCalled(json: unknown): Called {
    const called = readCalled(json) ?? this.#strange('system.multicall');
    if (!('fault' in called)) return called;
    if (saysUnauthorised(called.fault)) throw unauthorised(this.#where);
    return { fault: this.#scrubbed(called.fault) };
  }

  #call({ method, params }: Call, signal: AbortSignal): Promise<unknown> {
    return this.#send({ method, params: this.#signed(params) }, signal);
  }

  async #send({ method, params }: Call, signal: AbortSignal): Promise<unknown> {
    const id = randomUUID();
    const text = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    const answer = readAnswer(await this.#transport.send({ id, text }, signal));
    if (answer === null || (answer.id !== id && answer.fault === null))
      return this.#strange(method);
    if (answer.fault === null) return answer.result;
    if (saysUnauthorised(answer.fault)) throw unauthorised(this.#where);
    throw toFaultError(this.#where, this.#scrubbed(answer.fault));
  }

  #signed(params: readonly unknown[]): unknown[] {
    return this.#token === null ? [...params] : [`token:${this.#token}`, ...params];
  }

  /** A daemon that repeats what it was sent must not bring the token into a message. */
  #scrubbed({ code, message }: Aria2Fault): Aria2Fault {
    return {
      code,
      message: this.#token === null ? message : message.replaceAll(this.#token, '***'),
    };
  }

  #strange(what: string): never {
    throw strangeAnswer(this.#where, `unreadable answer to ${what}`);
  }
}

/**
 * One connection a file, and nothing followed, renamed or overwritten, nor an older part continued. A download that
 * aria2 itself was interrupted in goes on without If-Range and may mix two files: only a checksum tells, so what had
 * none is never shown as verified.
 */
const fixedOptions = {
  split: '1',
  'max-connection-per-server': '1',
  'follow-torrent': 'false',
  'follow-metalink': 'false',
  'allow-overwrite': 'false',
  'auto-file-renaming': 'false',
  continue: 'false',
} as const;

function toAddCall({ gid, url, folder, path, checksum, headers = [], isPaused }: Aria2Job): Call {
  const options = {
    ...fixedOptions,
    gid,
    dir: folder,
    out: plainPath(path),
    ...(checksum === null ? {} : { checksum }),
    ...(headers.length === 0 ? {} : { header: headers.filter((line) => !/[\r\n]/.test(line)) }),
    ...(isPaused === true ? { pause: 'true' } : {}),
  };
  return { method: 'aria2.addUri', params: [[plainUrl(url)], options] };
}
