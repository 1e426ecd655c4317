/** Words of the archives' health. */
import type { ArchiveId } from '#contract/domain.ts';
import type { HealthSlot, HostHealth, RequestEntry } from '#contract/health.ts';
import { leftOf } from '../lib/day-budget.ts';
import { formatClock, formatCount, formatPlural } from './format.ts';

const names: Readonly<Record<`${ArchiveId} ${HostHealth['part']}`, string>> = {
  'nasa-images api': 'NASA search',
  'nasa-images files': 'NASA files',
  'pds-registry api': 'PDS Registry',
  'pds-registry files': 'PDS files',
  'astrobin api': 'AstroBin',
  'astrobin files': 'AstroBin',
};

const clockSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
/** `184 ms`, `2.9 s`, `30 s`. */
export function formatTook(ms: number): string {
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  const seconds = ms / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds))} s`;
}

/** The reasons of HTTP's own list that archives give; the number says the rest. */
const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  406: 'Not Acceptable',
  410: 'Gone',
  416: 'Range Not Satisfiable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** Codes of the transport that have a plain name. */
const failures: Readonly<Record<string, string>> = {
  ECONNRESET: 'connection reset',
  ECONNREFUSED: 'connection refused',
  ETIMEDOUT: 'no answer in time',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no name service',
  ENETUNREACH: 'no network',
  EHOSTUNREACH: 'host out of reach',
  CERT_HAS_EXPIRED: 'certificate expired',
  unreachable: 'no answer',
  offline: 'no network',
  cancelled: 'cancelled',
};

export function answerText({ status, failure }: Pick<RequestEntry, 'status' | 'failure'>): string {
  if (status === null) return failures[failure ?? ''] ?? failure ?? 'no answer';
  const reason = reasons[status];
  return reason === undefined ? String(status) : `${String(status)} ${reason}`;
}

function thenText(then: RequestEntry['then']): string {
  switch (then?.kind) {
    case 'retried':
      return `tried again, ${then.status === null ? 'no answer' : String(then.status)} after ${formatTook(then.afterMs)}`;
    case 'waits':
      return `left alone until ${formatClock(then.untilMs)}`;
    case 'given-up':
      return 'not tried again';
    case undefined:
      return '';
  }
}

function nowText(host: HostHealth): string {
  const { budget, state, resumesAtMs } = host;
  if (budget !== null && budget.used >= budget.perDay) return 'At its limit';
  if (resumesAtMs !== null) return `Back at ${formatClock(resumesAtMs)}`;
  if (state === 'answering') return host.isSlow ? 'Slow' : 'Answering';
  const words = {
    unknown: 'Not asked yet',
    waiting: 'Waiting',
    'not-answering': 'Not answering',
    offline: 'Offline',
  } as const;
  return words[state];
}

function paceText({ pace, budget }: HostHealth): string {
  const perSecond = `${formatCount(pace.perSecond)} a second`;
  if (budget === null) return `${perSecond}, ${formatCount(pace.atOnce)} at a time`;
  return `${perSecond} and ${formatCount(budget.perDay)} a day, ${formatCount(leftOf(budget))} left until ${formatClock(budget.renewsAtMs)}`;
}

const nameOf = ({ archive, part }: Pick<HostHealth, 'archive' | 'part'>): string =>
  names[`${archive} ${part}`];

export const healthText = {
  title: 'Archive health',
  lead: 'As seen from this computer in the last 24 hours. Nothing is reported to anyone.',
  copyReport: 'Copy report',
  reportCopied: 'Report copied.',
  check: 'Ask all now',
  asking: 'The archives are being asked.',
  table: 'Hosts and how they answered',
  archive: 'Archive',
  now: 'Now',
  median: 'Median',
  failed: 'Failed',
  day: 'Last 24 hours, by half hour',
  pace: 'Pace',
  nameOf,
  nowText,
  paceText,
  failedOf: (host: HostHealth) => `${formatCount(host.failed)} of ${formatCount(host.requests)}`,
  unknown: '–',
  /** What the bars show, in a sentence. */
  bars: (host: HostHealth) => {
    const worst = Math.max(0, ...host.slots.map(({ medianMs }) => medianMs ?? 0));
    const troubled = host.slots.filter(({ failed }) => failed > 0).length;
    const failed =
      troubled === 0
        ? 'no failures'
        : `failures in ${formatPlural(troubled, 'half hour', 'half hours')}`;
    return `${formatPlural(host.requests, 'request', 'requests')}, ${failed}, the slowest half hour at ${formatTook(worst)}`;
  },
  slot: (slot: HealthSlot, atMs: number) =>
    slot.requests === 0
      ? `${formatClock(atMs)}: nothing asked`
      : `${formatClock(atMs)}: ${formatPlural(slot.requests, 'request', 'requests')}, ${formatCount(slot.failed)} failed, median ${slot.medianMs === null ? 'none' : formatTook(slot.medianMs)}`,
  requests: 'Recent requests',
  requestsTable: 'Recent requests, the newest first',
  find: 'Host, status or request',
  only: 'Which requests',
  all: 'All',
  troubled: 'Slow and failed',
  time: 'Time',
  timeOf: (atMs: number) => clockSeconds.format(atMs),
  host: 'Host',
  request: 'Request',
  answer: 'Answer',
  answerText,
  took: 'Took',
  then: 'Then',
  thenText,
  copyRequest: 'Copy request',
  requestCopied: 'Request copied.',
  nothingTitle: 'Nothing has been asked yet',
  nothingText:
    'Once an archive is searched, its answers are counted here: how quick they were, which failed, and what became of those.',
  noneOf: (isTroubled: boolean, text: string) =>
    text !== ''
      ? `No request has “${text}” in it.`
      : isTroubled
        ? 'Nothing failed and nothing was slow.'
        : 'No requests.',
};
