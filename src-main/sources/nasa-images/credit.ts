/** Runs in plain Node. How a record of the library is credited, and under what terms. */
import type { ArchiveRecord } from '#contract/domain.ts';

export const licenceName = 'NASA media guidelines';
export const licenceNote = 'Not copyrighted unless noted. Don’t imply NASA’s endorsement.';

/** What scanners and cameras leave in these fields by themselves is no name. */
const notAName = /all rights?|copyright|©|\binc\b|^(?:unknown|none|n\/?a|null|tbd)$/i;

function nameIn(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:photo |image |video )?credits?\s*:\s*/i, '')
    .replace(/^\((.*)\)$/, '$1')
    .trim();
  return text === '' || text.length > 300 || notAName.test(text) ? null : text;
}

/**
 * The credit as NASA asks for it ("NASA/JPL-Caltech", "NASA/Bill Ingalls"). The library has no field for it:
 * it is `secondary_creator` where given, else the photographer, else the centre, each under NASA's name
 * unless it names NASA itself; for JPL the laboratory's own form.
 */
export function creditOf(fields: Readonly<Record<string, unknown>>): string {
  const name = nameIn(fields['secondary_creator']) ?? nameIn(fields['photographer']);
  const centre = nameIn(fields['center']);
  const who = name ?? (centre === 'JPL' ? 'JPL-Caltech' : centre);
  if (who === null) return 'NASA';
  return /\bNASA\b/i.test(who) ? who : `NASA/${who}`;
}

/** One line to put under a picture: `NASA, “Apollo Footprint”, PIA24439`. */
export function creditLineOf(record: ArchiveRecord): string {
  const title = record.title === record.id ? '' : `“${record.title}”, `;
  return `${record.credit ?? 'NASA'}, ${title}${record.id}`;
}

/** Keywords one by one: an element may itself hold "a; b; c", and now and then it is one comma list. */
export function splitKeywords(value: unknown): string[] {
  const parts = (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((entry) =>
    typeof entry === 'string' ? entry.split(';') : [],
  );
  const single = parts.length === 1 ? (parts[0] ?? '').split(',') : parts;
  return [...new Set(single.map((word) => word.replace(/\s+/g, ' ').trim()))].filter(
    (word) => word !== '',
  );
}
