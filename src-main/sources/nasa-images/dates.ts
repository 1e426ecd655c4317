/** Runs in plain Node. The library's dates: ISO in searches, free forms elsewhere. */

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * A date as ISO 8601 with zone, or null. Reads ISO with and without time and zone, EXIF ("2014:08:20
 * 17:50:04"), "21 April 2021" and a bare year. A date without a zone counts as UTC, as the library means it.
 */
export function toIsoDate(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const numeric =
    /^(\d{4})(?:[-:](\d{2})(?:[-:](\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;
  const match = numeric.exec(text);
  if (match !== null) {
    const [, year = '', month = '01', day = '01', time = '00:00:00', zone = 'Z'] = match;
    const fullTime = time.length === 5 ? `${time}:00` : time;
    return checked(year, month, day, `T${fullTime}${isoZone(zone)}`);
  }
  const worded = /^(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})$/.exec(text);
  if (worded === null) return null;
  const [, day = '', name = '', year = ''] = worded;
  const month = months.findIndex((full) => full.startsWith(name.toLowerCase()));
  if (month < 0) return null;
  return checked(year, String(month + 1).padStart(2, '0'), day.padStart(2, '0'), 'T00:00:00Z');
}

function isoZone(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z';
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

/** The date if the calendar has it: "2015-02-30" parses in JavaScript and means nothing. */
function checked(year: string, month: string, day: string, rest: string): string | null {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().slice(8, 10) === day;
  const text = `${year}-${month}-${day}${rest}`;
  return isReal && !Number.isNaN(Date.parse(text)) ? text : null;
}
