/** Runs in plain Node, any thread; pure. Dates as the service's framework reads them in filters. */
import { Refused } from './refused.ts';

const dayForm = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const momentForm =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;

const refuse = (value: string, what: string): Refused =>
  new Refused(`['“${value}” value ${what}']`);

const zoneMinutes = (zone: string | undefined): number => {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.replace(':', '').slice(3) || 0);
  return zone.startsWith('-') ? -minutes : minutes;
};

/** Microseconds since 1970 of a date or a moment, UTC where it does not say. Throws Refused. */
export function parseMoment(text: string): number {
  const match = dayForm.exec(text) ?? momentForm.exec(text);
  if (match === null)
    throw refuse(
      text,
      'has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.',
    );
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const millis = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(millis);
  const isReal =
    read.getUTCMonth() === month - 1 &&
    read.getUTCDate() === day &&
    read.getUTCHours() === hour &&
    read.getUTCMinutes() === minute &&
    read.getUTCSeconds() === second;
  if (!isReal)
    throw dayForm.test(text)
      ? refuse(text, 'has the correct format (YYYY-MM-DD) but it is an invalid date.')
      : refuse(
          text,
          'has the correct format (YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]) but it is an invalid date/time.',
        );
  const micros = Number((match[7] ?? '').padEnd(6, '0'));
  return (millis - zoneMinutes(match[8]) * 60_000) * 1000 + micros;
}

/** Parts of a moment that can be asked for, such as `uploaded__year`. Weeks begin with Sunday as day 1. */
export const momentParts: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  month: (date) => date.getUTCMonth() + 1,
  day: (date) => date.getUTCDate(),
  week_day: (date) => date.getUTCDay() + 1,
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds(),
};

/** As the database writes a moment when it is searched as text. */
export function databaseText(micros: number): string {
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19).replace('T', ' ');
  const rest = micros % 1_000_000;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`;
  return `${seconds}${fraction}+00`;
}
