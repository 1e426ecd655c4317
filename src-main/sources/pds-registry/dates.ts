/** Runs in plain Node. The registry's times: ISO 8601, with up to nine digits of a second, mostly with a zone. */

const shape =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?)?)?Z?$/;

/** The registry writes this where an end is open. */
const openEnd = /^3000-01-01(?:T00:00(?::00(?:\.0+)?)?Z?)?$/;

/** True for the time that stands for "still going on". */
export function isOpenEnd(value: string | null): boolean {
  return value !== null && openEnd.test(value.trim());
}

/** The time as ISO 8601 with zone (UTC where none is given, as PDS4 means it), or null for what is none. */
export function isoOrNull(value: string | null | undefined): string | null {
  const match = shape.exec((value ?? '').trim());
  if (match === null) return null;
  const [, year = '', month = '01', day = '01', time = '00:00:00', zone = 'Z'] = match;
  const text = `${year}-${month}-${day}T${time.length === 5 ? `${time}:00` : time}${zone}`;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isReal = !Number.isNaN(Date.parse(text)) && midnight.toISOString().slice(8, 10) === day;
  return isReal ? text : null;
}
