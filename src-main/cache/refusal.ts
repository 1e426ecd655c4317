/** Runs in plain Node. Why a medium is not served, as the status that the page sees. */
import { ArchiveError } from '#contract/errors.ts';
import type { MediaResponse } from './media-service.ts';

export class Refusal extends Error {
  readonly status: number;
  /** True where asking again soon would end the same. */
  readonly isLasting: boolean;

  constructor(status: number, why: string, isLasting = false) {
    super(why);
    this.name = 'Refusal';
    this.status = status;
    this.isLasting = isLasting;
  }
}

/** The archive's answer other than 200 and 206. */
export function refusalOfStatus(status: number): Refusal {
  if (status === 404 || status === 410) return new Refusal(404, 'not there', true);
  if (status === 416) return new Refusal(416, 'no such range');
  return new Refusal(502, `the archive answered ${String(status)}`);
}

const statusOfCode: Partial<Record<string, number>> = {
  'not-found': 404,
  forbidden: 403,
  'not-as-promised': 415,
};

/** The response for whatever went wrong: a status and nothing else. */
export function refuse(error: unknown): MediaResponse {
  const status =
    error instanceof Refusal
      ? error.status
      : error instanceof ArchiveError
        ? (statusOfCode[error.code] ?? 502)
        : 500;
  return {
    status,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    body: null,
  };
}
