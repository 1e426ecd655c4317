/** Pure. The archives' health as text, for a report: no key and nothing of the library is in it. */
import type { ArchiveHealth, RequestEntry } from '#contract/health.ts';
import { formatTook, healthText } from '../../i18n/health.ts';

const flat = (text: string): string => text.replaceAll(/[\t\r\n]+/g, ' ');
const line = (cells: readonly string[]): string => cells.map(flat).join('\t');

/** A request as one line: time (UTC), method, host, path, answer and time taken. */
export function requestLine(entry: RequestEntry): string {
  const { atMs, method, host, path, tookMs } = entry;
  const then = healthText.thenText(entry.then);
  const cells = [
    new Date(atMs).toISOString(),
    method,
    host,
    path,
    healthText.answerText(entry),
    formatTook(tookMs),
  ];
  return line(then === '' ? cells : [...cells, then]);
}

/** Two tables of lines with tabs: the hosts, then the requests. */
export function healthReport(
  { hosts, nowMs }: ArchiveHealth,
  requests: readonly RequestEntry[],
): string {
  const heads = [healthText.archive, healthText.host, healthText.now, healthText.median];
  const hostLines = hosts.map((host) =>
    line([
      healthText.nameOf(host),
      host.host,
      healthText.nowText(host),
      host.medianMs === null ? healthText.unknown : formatTook(host.medianMs),
      healthText.failedOf(host),
      healthText.paceText(host),
    ]),
  );
  return [
    `${healthText.title}, ${new Date(nowMs).toISOString()}`,
    line([...heads, healthText.failed, healthText.pace]),
    ...hostLines,
    '',
    healthText.requests,
    ...requests.map(requestLine),
  ].join('\n');
}
