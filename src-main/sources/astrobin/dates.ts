/** Runs in plain Node. The service's dates: UTC, without saying so. */

const moment =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** "2022-02-03T22:06:41.530320" as ISO 8601 with zone; null for what is no date of the calendar. */
export function toIsoMoment(value: unknown): string | null {
  const match = moment.exec(typeof value === 'string' ? value.trim() : '');
  if (match === null) return null;
  const [, day = '', time = '00:00:00', fraction = '', zone = 'Z'] = match;
  const isUtc = zone.toUpperCase() === 'Z';
  const named = isUtc ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const text = `${day}T${time}${fraction}${named}`;
  return toDay(day) === null || Number.isNaN(Date.parse(text)) ? null : text;
}

/** The day alone, `YYYY-MM-DD`; null for what is no day of the calendar. */
export function toDay(value: unknown): string | null {
  const day = typeof value === 'string' ? value.trim().slice(0, 10) : '';
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? null : day;
}
