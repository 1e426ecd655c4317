/** Runs in plain Node; pure. The requests of a day as figures for each host and half hour. */
import {
  healthSlotMs,
  healthSlots,
  slowMs,
  type HealthSlot,
  type HostHealth,
} from '#contract/health.ts';
import type { Lane } from '../http/http-client.ts';
import type { RequestFigure } from './requests-repo.ts';

export type HostFigures = Pick<
  HostHealth,
  'host' | 'requests' | 'failed' | 'medianMs' | 'isSlow' | 'slots'
>;

/** An answer of any kind counts, also that something is not there. */
export function isFailure(status: number | null): boolean {
  return status === null || (status >= 400 && status !== 404 && status !== 410);
}

/** Half of them are at most this; null for none. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[(sorted.length - 1) >> 1] ?? null;
}

function summaryOf(rows: readonly RequestFigure[]): HealthSlot {
  const answered = rows.filter(({ status }) => status !== null);
  return {
    requests: rows.length,
    failed: rows.filter(({ status }) => isFailure(status)).length,
    medianMs: medianOf(answered.map(({ tookMs }) => tookMs)),
  };
}

function figuresOf(host: string, rows: readonly RequestFigure[], sinceMs: number): HostFigures {
  const bySlot = Map.groupBy(rows, ({ atMs }) => Math.floor((atMs - sinceMs) / healthSlotMs));
  const slots = Array.from({ length: healthSlots }, (_one, at) => summaryOf(bySlot.get(at) ?? []));
  const latest = slots.findLast(({ requests }) => requests > 0);
  const isSlow = (latest?.medianMs ?? 0) >= slowMs;
  return { host, ...summaryOf(rows), isSlow, slots };
}

/** By lane, the hosts most asked first. */
export function hostFigures(
  rows: readonly RequestFigure[],
  sinceMs: number,
): Map<Lane, HostFigures[]> {
  const byLane = new Map<Lane, HostFigures[]>();
  for (const [lane, some] of Map.groupBy(rows, (row) => row.lane)) {
    const hosts = [...Map.groupBy(some, ({ host }) => host)].map(([host, asked]) =>
      figuresOf(host, asked, sinceMs),
    );
    byLane.set(
      lane,
      hosts.sort((one, other) => other.requests - one.requests),
    );
  }
  return byLane;
}
