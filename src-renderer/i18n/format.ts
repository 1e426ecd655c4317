/**
 * Runs in the page. Numbers, sizes, dates and durations as people read them: British English,
 * decimal units, counts with separators.
 */
const locale = 'en-GB';

const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** `6478` -> `6,478`. */
export function formatCount(value: number): string {
  return integers.format(value);
}

const pluralRules = new Intl.PluralRules(locale);

/** `1 file`, `3 files`; the count gets separators. */
export function formatPlural(value: number, one: string, other: string): string {
  return `${formatCount(value)} ${pluralRules.select(value) === 'one' ? one : other}`;
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal units, one decimal below 100: `986 kB`, `14.6 MB`, `1 byte`. */
export function formatBytes(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes) || sizeBytes < 0) return '';
  if (sizeBytes === 1) return '1 byte';
  let value = sizeBytes;
  let unit = 0;
  // 999.5 and more would print as 1,000 of this unit, so it is said in the next one.
  while (value >= (unit === 0 ? 1000 : 999.5) && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? integers : oneDecimal;
  return `${digits.format(value)} ${units[unit]}`;
}

/** `18.4 MB/s`. */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Time left, rounded as a person would say it: `25 min`, `2 h`, `40 s`. */
export function formatTimeLeft(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '';
  if (seconds < 10) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 55) return `${Math.round(seconds / 5) * 5} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 48) return rest === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${rest} min`;
  return formatPlural(Math.round(hours / 24), 'day', 'days');
}

/** Length of a recording: `0:48`, `12:07`, `1:02:30`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '';
  const whole = Math.floor(seconds);
  const pad = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  const tail = `${pad(whole % 60)}`;
  return hours > 0 ? `${hours}:${pad(minutes)}:${tail}` : `${minutes}:${tail}`;
}

const longDate = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const archiveDates = new Intl.DateTimeFormat(locale, { ...longDate, timeZone: 'UTC' });

/**
 * A date that an archive states, in the zone in which it states it (UTC): `21 April 2021`.
 * What cannot be read as a date is given back as it is; null and '' give ''.
 */
export function formatArchiveDate(iso: string | null): string {
  if (iso === null || iso === '') return '';
  const atMs = Date.parse(iso);
  return Number.isNaN(atMs) ? iso : archiveDates.format(atMs);
}

/** The year an archive states, or ''. */
export function formatArchiveYear(iso: string | null): string {
  const atMs = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(atMs) ? '' : String(new Date(atMs).getUTCFullYear());
}

const localDates = new Intl.DateTimeFormat(locale, longDate);
const localMoments = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
});

/** A moment of this computer: `21 April 2021`. */
export function formatDate(atMs: number): string {
  return localDates.format(atMs);
}

/** `Thursday 19 November, 16:20`. */
export function formatMoment(atMs: number): string {
  return localMoments.format(atMs).replace(' at ', ', ');
}

const clocks = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `19:30`, of this computer. */
export function formatClock(atMs: number): string {
  return clocks.format(atMs);
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** How long ago: `just now`, `6 minutes ago`, `yesterday`, `2 days ago`, then the date. */
export function formatAge(atMs: number, nowMs: number): string {
  const age = nowMs - atMs;
  if (age < minuteMs) return 'just now';
  const minutes = Math.round(age / minuteMs);
  if (minutes < 60) return `${formatPlural(minutes, 'minute', 'minutes')} ago`;
  const days = calendarDays(atMs, nowMs);
  if (days === 0 || age < 12 * 60 * minuteMs) {
    return `${formatPlural(Math.round(minutes / 60), 'hour', 'hours')} ago`;
  }
  if (days === 1) return 'yesterday';
  if (days < 30) return `${formatPlural(days, 'day', 'days')} ago`;
  return formatDate(atMs);
}

/** Midnights between two moments, in this computer's zone. */
function calendarDays(fromMs: number, toMs: number): number {
  const midnight = (atMs: number) => new Date(atMs).setHours(0, 0, 0, 0);
  return Math.round((midnight(toMs) - midnight(fromMs)) / dayMs);
}

/** `1,920 × 1,080`. */
export function formatPixels(width: number, height: number): string {
  return `${formatCount(width)} × ${formatCount(height)}`;
}

const lists = new Intl.ListFormat(locale, { type: 'conjunction' });

/** `Centre, Year and Keyword`. */
export function formatList(items: readonly string[]): string {
  return lists.format(items);
}

/** Cuts in the middle so that beginnings and endings stay: `GSFC_2017…e001894~orig.jpg`. */
export function cutMiddle(text: string, limit: number): string {
  const letters = [...text];
  if (letters.length <= limit || limit < 3) return text;
  const head = Math.floor((limit - 1) * 0.4);
  const tail = limit - 1 - head;
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - tail).join('')}`;
}
