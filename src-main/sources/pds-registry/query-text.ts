/**
 * Runs in plain Node. Small pieces of the registry's query language as text. The language itself (parser, printer)
 * is src-preload/contract/pds-query.
 */
import { ArchiveError } from '#contract/errors.ts';

/** A string literal. The language has no escape: what it can't say is refused. */
export function literal(text: string): string {
  if (/["\r\n]/.test(text)) {
    throw new ArchiveError({
      code: 'refused-by-archive',
      message:
        'The registry’s query language has no way to write a quotation mark or a line break inside a text. Nothing was sent. Leave it out, or put * in its place with like.',
      retryable: false,
    });
  }
  return `"${text}"`;
}

/** Everything that all of these demand; each is a whole query. Null where none demands anything. */
export function joinAnd(queries: readonly (string | null | undefined)[]): string | null {
  const given = queries.filter((query) => query !== null && query !== undefined && query !== '');
  if (given.length === 0) return null;
  return given.length === 1 ? (given[0] ?? null) : `(${given.join(' and ')})`;
}

/** What `keywords` mean in 1.3, as a query: each word in the title or in the description. */
export function keywordsToQuery(keywords: readonly string[]): string {
  const words = keywords.flatMap((keyword) => keyword.split(/\s+/)).filter((word) => word !== '');
  const terms = words.map((word) => {
    const text = literal(word);
    return `(title like ${text} or description like ${text})`;
  });
  return joinAnd(terms) ?? '';
}

/** What lies after `after`, up to and with `upTo`, in the order of lidvid; null for no bound. */
export interface IdRange {
  after: string | null;
  upTo: string | null;
}

/** Those whose lidvid lies in a range; null for all. */
export function rangeQuery({ after, upTo }: IdRange): string | null {
  return joinAnd([
    after === null ? null : `lidvid gt ${literal(after)}`,
    upTo === null ? null : `lidvid le ${literal(upTo)}`,
  ]);
}
