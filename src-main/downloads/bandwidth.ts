/**
 * Runs in plain Node. Bytes a second that downloads take: in all, and from each host. Who has read more than its share
 * waits before it reads on, and so the connection itself slows down.
 */
import { waitFor, type Clock } from '../http/clock.ts';
import type { TransferLimits } from './transfer-limits.ts';

/** A limit that is lifted or raised lets those who wait go on after this, at the latest. */
const lookAgainMs = 500;

type Rates = Pick<TransferLimits, 'bytesPerSecond' | 'bytesPerSecondPerHost'>;

/** Keeps an average: each who takes pays with time, and the next waits for that. */
class Meter {
  #freeAtMs = 0;
  #rate = 0;

  /** Takes the bytes; returns when they are paid for, in Unix ms. */
  take(bytes: number, rate: number, nowMs: number): number {
    // What was owed at another rate says nothing of this one.
    if (rate !== this.#rate) this.#freeAtMs = 0;
    this.#rate = rate;
    // A clock that was set back must not hold anyone for hours.
    const from = Math.min(Math.max(nowMs, this.#freeAtMs), nowMs + 60_000);
    this.#freeAtMs = from + (bytes * 1000) / rate;
    return this.#freeAtMs;
  }
}

export class Bandwidth {
  readonly #clock: Clock;
  readonly #limits: () => Rates;
  readonly #all = new Meter();
  readonly #hosts = new Map<string, Meter>();

  /** `limits` is asked for each time: settings and the time of day change them while transfers run. */
  constructor(clock: Clock, limits: () => Rates) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /**
   * Waits until bytes that have arrived from a host are within the limits.
   * @param host name and port as an address has them
   * @throws the signal's reason
   */
  async take(host: string, bytes: number, signal: AbortSignal): Promise<void> {
    const { bytesPerSecond, bytesPerSecondPerHost } = this.#limits();
    if (bytesPerSecondPerHost === null) this.#hosts.clear();
    const nowMs = this.#clock.nowMs();
    const paidAtMs = Math.max(
      bytesPerSecond === null ? 0 : this.#all.take(bytes, bytesPerSecond, nowMs),
      bytesPerSecondPerHost === null
        ? 0
        : this.#meterOf(host).take(bytes, bytesPerSecondPerHost, nowMs),
    );
    await this.#waitUntil(paidAtMs, { bytesPerSecond, bytesPerSecondPerHost }, signal);
  }

  async #waitUntil(atMs: number, taken: Rates, signal: AbortSignal): Promise<void> {
    for (let nowMs = this.#clock.nowMs(); nowMs < atMs; nowMs = this.#clock.nowMs()) {
      await waitFor(this.#clock, Math.min(atMs - nowMs, lookAgainMs), signal);
      if (isLooser(this.#limits(), taken)) return;
    }
  }

  #meterOf(host: string): Meter {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const meter = new Meter();
    this.#hosts.set(host, meter);
    return meter;
  }
}

function isLooser(now: Rates, before: Rates): boolean {
  const rate = (limit: number | null): number => limit ?? Number.POSITIVE_INFINITY;
  return (
    rate(now.bytesPerSecond) > rate(before.bytesPerSecond) ||
    rate(now.bytesPerSecondPerHost) > rate(before.bytesPerSecondPerHost)
  );
}
