/** Runs anywhere; pure. Which of a record's files are wanted, said once for thousands of records. */

export type RenditionRule =
  /** The largest file of the record's own medium. */
  | { kind: 'largest' }
  /** What the archive was given: `orig` of NASA, `real` of AstroBin, label and data of the PDS. */
  | { kind: 'original' }
  | { kind: 'all' }
  /** The largest that is known to have no more bytes. */
  | { kind: 'largest-under'; maxBytes: number }
  /** By the archive's own names. */
  | { kind: 'named'; names: readonly string[] }
  /** Label and data of a PDS product; the original elsewhere. */
  | { kind: 'data-and-label' };

export interface RenditionWish {
  rule: RenditionRule;
  /** Caption files too, where there are any. */
  withCaptions: boolean;
  /** No file with more bytes, whatever the rule; null where any size will do. */
  maxBytes: number | null;
}

export type ParsedRule = { ok: true; rule: RenditionRule } | { ok: false; message: string };

const plainRules: Readonly<Record<string, RenditionRule>> = {
  largest: { kind: 'largest' },
  original: { kind: 'original' },
  all: { kind: 'all' },
  'data+label': { kind: 'data-and-label' },
  'label+data': { kind: 'data-and-label' },
};

/** Powers of ten, as the window shows sizes; `KiB` and its like are powers of two. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  bytes: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * Reads `largest`, `original`, `all`, `data + label`, `largest under 20 MB`, or names of renditions with commas
 * between them, so that what a terminal is given and what a window shows are the same words.
 */
export function parseRule(text: string): ParsedRule {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words === '') return { ok: false, message: 'No rendition is named. Try “largest”.' };
  const plain = words.toLowerCase().replace(/ ?(?:\+|&|and) ?/g, '+');
  if (Object.hasOwn(plainRules, plain)) {
    const rule = plainRules[plain];
    if (rule !== undefined) return { ok: true, rule };
  }
  const bound = /^largest ?(?:under|below|<=?|up to) ?(.*)$/i.exec(words);
  if (bound !== null) return boundedRule(bound[1] ?? '');
  const names = [...new Set(words.split(',').map((name) => name.trim()))];
  if (names.includes('')) {
    return { ok: false, message: `“${words}” has a comma with no rendition beside it.` };
  }
  return { ok: true, rule: { kind: 'named', names } };
}

function boundedRule(size: string): ParsedRule {
  const maxBytes = parseBytes(size);
  return maxBytes === null || maxBytes === 0
    ? { ok: false, message: `“${size}” is no size. Write one such as 20 MB.` }
    : { ok: true, rule: { kind: 'largest-under', maxBytes } };
}

/** `20 MB`, `1.5GiB`, `4096`; null for what is no size. */
export function parseBytes(text: string): number | null {
  const [, digits, unit = ''] = /^(\d{1,15}(?:\.\d{1,9})?) ?([a-z]*)$/i.exec(text.trim()) ?? [];
  const name = unit.toLowerCase();
  if (digits === undefined || !Object.hasOwn(units, name)) return null;
  const bytes = Math.floor(Number(digits) * (units[name] ?? NaN));
  return Number.isSafeInteger(bytes) ? bytes : null;
}
