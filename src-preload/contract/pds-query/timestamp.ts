/**
 * Runs anywhere; pure. Timestamps as OpenSearch reads them in its format strict_date_optional_time||epoch_millis: ISO
 * 8601 from the left, as far as it is given; years have four digits, months and days two.
 */

const form =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/;
const epochMillis = /^-?\d{5,15}$/;

/** The first and the last millisecond that a timestamp stands for, since 1970; a whole day where only a day is given. */
export interface TimeSpan {
  firstMs: number;
  lastMs: number;
}

/** Null where OpenSearch would refuse the text. */
export function readTimestamp(text: string): TimeSpan | null {
  if (epochMillis.test(text)) return { firstMs: Number(text), lastMs: Number(text) };
  const parts = form.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second, fraction] = parts.slice(1, 8);
  const first = [month ?? '01', day ?? '01', hour ?? '00', minute ?? '00', second ?? '00'];
  const start = msOf(Number(year), first.map(Number), fraction ?? '');
  if (start === null) return null;
  const shift = offsetMs(parts[8] ?? 'Z');
  if (shift === null) return null;
  const width = widthMs(start, { month, day, hour, minute, second, fraction });
  return { firstMs: start - shift, lastMs: start - shift + width - 1 };
}

function msOf(year: number, rest: readonly number[], fraction: string): number | null {
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = rest;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

function widthMs(startMs: number, parts: Readonly<Record<string, string | undefined>>): number {
  if (parts['second'] !== undefined) return parts['fraction'] === undefined ? 1000 : 1;
  if (parts['minute'] !== undefined) return 60_000;
  if (parts['hour'] !== undefined) return 3_600_000;
  if (parts['day'] !== undefined) return 86_400_000;
  const end = new Date(startMs);
  if (parts['month'] === undefined) end.setUTCFullYear(end.getUTCFullYear() + 1);
  else end.setUTCMonth(end.getUTCMonth() + 1);
  return end.getTime() - startMs;
}

function offsetMs(zone: string): number | null {
  if (zone === 'Z') return 0;
  const digits = zone.replace(/\D/g, '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2) || '0')];
  if (hours > 18 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
