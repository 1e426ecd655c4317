/** Runs in the page. Pure: what a card says of itself, and what several have in common. */
import type { RecordCard } from '#contract/domain.ts';
import { formatArchiveDate } from '../../i18n/format.ts';
import { galleryText } from '../../i18n/gallery.ts';

/** Facts by the archive's own field names, in the order in which they are shown. */
const factNames = {
  center: galleryText.centre,
  location: galleryText.location,
  photographer: galleryText.photographer,
  secondary_creator: galleryText.secondaryCreator,
  album: galleryText.album,
  imaging_telescopes: galleryText.telescopes,
  imaging_cameras: galleryText.cameras,
  subjects: galleryText.subjects,
} as const;

export interface Fact {
  name: string;
  value: string;
}

/** The values of a field, one by one; anything else than words and numbers is nothing. */
export function fieldValues(card: RecordCard, name: string): string[] {
  const value = card.record.fields[name];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list
    .filter((one): one is string | number => typeof one === 'string' || typeof one === 'number')
    .map((one) => String(one).trim())
    .filter((one) => one !== '');
}

/** A field as text: lists are joined. */
export function fieldText(card: RecordCard, name: string): string | null {
  const words = fieldValues(card, name);
  return words.length === 0 ? null : words.join(', ');
}

/** Keywords one by one; the archive sometimes puts several into one, parted by semicolons. */
export function keywordsOf(card: RecordCard): string[] {
  const value = card.record.fields['keywords'];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const words = list
    .filter((one): one is string => typeof one === 'string')
    .flatMap((one) => one.split(';'))
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return [...new Set(words)];
}

/** Whom to credit: what the archive names, else its centre. */
export function creditOf(card: RecordCard): string {
  const { credit, archive } = card.record;
  if (credit !== null && credit.trim() !== '') return credit.trim();
  const centre = fieldText(card, 'center');
  if (archive === 'nasa-images') return centre === null ? 'NASA' : `NASA/${centre}`;
  return galleryText.noCredit;
}

/** The line to put under the picture, in the form that main gives with the whole record. */
export function creditLineOf(card: RecordCard): string {
  const { archive, id, licence, title } = card.record;
  const named = title === id || title === '' ? [] : [`“${title}”`];
  if (archive !== 'astrobin') return [creditOf(card), ...named, id].join(', ');
  // Whoever passes it on has to know on what terms.
  return [creditOf(card), ...named, `AstroBin ${id}`, ...(licence === null ? [] : [licence])].join(
    ', ',
  );
}

export function factsOf(card: RecordCard): Fact[] {
  const facts: Fact[] = [{ name: galleryText.media, value: galleryText.kinds[card.record.kind] }];
  const date = formatArchiveDate(card.record.date);
  if (date !== '') facts.push({ name: galleryText.created, value: date });
  for (const [field, name] of Object.entries(factNames)) {
    const value = fieldText(card, field);
    if (value !== null) facts.push({ name, value });
  }
  return facts;
}

/** Text of a description without the marks that some hold; it is shown as text in any case. */
export function plainDescription(text: string): string {
  return text
    .replaceAll(/<[^<>]{0,500}>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export interface CommonFacts {
  facts: Fact[];
  /** Keywords that more than one has, most frequent first; `note` where not all have it. */
  keywords: { word: string; note: string | null }[];
  namedCredits: number;
}

const mostKeywords = 12;

/** What these cards share, and how many share it where not all do. */
export function commonFacts(cards: readonly RecordCard[]): CommonFacts {
  const facts: Fact[] = [];
  const kinds = cards.map((card) => galleryText.kinds[card.record.kind]);
  facts.push({ name: galleryText.media, value: countedWords(kinds) });
  const span = dateSpan(cards);
  if (span !== null) facts.push({ name: galleryText.created, value: span });
  for (const [field, name] of Object.entries(factNames)) {
    const values = cards.map((card) => fieldText(card, field));
    if (values.some((value) => value !== null)) {
      facts.push({
        name,
        value: countedWords(
          values.filter((value) => value !== null),
          cards.length,
        ),
      });
    }
  }
  return {
    facts,
    keywords: sharedKeywords(cards),
    namedCredits: cards.filter((card) => (card.record.credit ?? '').trim() !== '').length,
  };
}

/** `GSFC` where all agree; `GSFC (2 of 3)` where most do; else how many there are. */
function countedWords(values: readonly string[], of = values.length): string {
  const counted = [...counts(values)].sort(([, a], [, b]) => b - a);
  const [first, second] = counted;
  if (first === undefined) return '';
  if (first[1] === of) return first[0];
  const shares = counted.map(([word, count]) => galleryText.share(word, count, of));
  if (second === undefined || counted.length === 2) return shares.join(', ');
  return first[1] > second[1]
    ? galleryText.mostly(shares[0] ?? '', counted.length - 1)
    : galleryText.different(counted.length);
}

function counts(values: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1);
  return counted;
}

function dateSpan(cards: readonly RecordCard[]): string | null {
  const known = cards
    .map((card) => card.record.date)
    .filter((date): date is string => date !== null && !Number.isNaN(Date.parse(date)))
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return null;
  const span = galleryText.span(formatArchiveDate(first), formatArchiveDate(last));
  const undated = cards.length - known.length;
  return undated === 0 ? span : `${span}, ${galleryText.unknownDates(undated)}`;
}

function sharedKeywords(cards: readonly RecordCard[]): CommonFacts['keywords'] {
  return [...counts(cards.flatMap((card) => keywordsOf(card)))]
    .filter(([, count]) => count > 1)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostKeywords)
    .map(([word, count]) => ({
      word,
      note: count === cards.length ? null : galleryText.ofAll(count, cards.length),
    }));
}
