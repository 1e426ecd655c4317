/** Runs in the page, pure. What kind of trouble an error of AstroBin's is, as its views tell it apart. */
import type { AstrobinService } from '#contract/astrobin.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import { astrobinTroubleText } from '../../i18n/astrobin.ts';

export type TroubleKind =
  | 'no-key'
  | 'lost-key'
  | 'bad-key'
  | 'limit'
  | 'slow'
  | 'offline'
  | 'bad-answer'
  | 'refused'
  | 'wrong'
  | 'not-found'
  | 'ours'
  | 'failed';

type Failure = Pick<WireError, 'code'> & Partial<Pick<WireError, 'message'>>;

/** True where our own limit of the day was the reason, as main words it. */
const saysLimit = ({ code, message = '' }: Failure): boolean =>
  code === 'rate-limited' && message.startsWith(astrobinTroubleText.limitTitle);

/** True where the limit of the day refused something for which there is room by now. */
export function isLifted(failure: Failure, service: AstrobinService | null): boolean {
  const budget = service?.budget ?? null;
  return saysLimit(failure) && budget !== null && budget.used < budget.perDay;
}

export function troubleOf(failure: Failure, service: AstrobinService | null): TroubleKind {
  const { code } = failure;
  switch (code) {
    case 'key-needed': {
      if (service?.keys.isLost === true) return 'lost-key';
      return service !== null && service.keys.from !== null ? 'bad-key' : 'no-key';
    }
    case 'rate-limited': {
      const budget = service?.budget ?? null;
      const isSpent = budget === null ? saysLimit(failure) : budget.used >= budget.perDay;
      return isSpent ? 'limit' : 'slow';
    }
    case 'offline':
    case 'bad-answer':
    case 'not-found':
      return code;
    case 'refused-by-archive':
    case 'forbidden':
      return 'refused';
    case 'invalid-arguments':
      return 'wrong';
    case 'unexpected':
    case 'disk':
    case 'library-unusable':
      return 'ours';
    default:
      return 'failed';
  }
}

/** After these nothing more is asked by itself: each would fail alike. */
export function isLasting(failure: Failure): boolean {
  return ['key-needed', 'rate-limited', 'offline'].includes(failure.code);
}

export function toArchiveError(error: unknown): ArchiveError {
  return error instanceof ArchiveError
    ? error
    : new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
}
