/** Runs in plain Node, pure. How a product asks to be cited, from its label's own Citation_Information. */
import type { PdsProduct } from '#contract/pds.ts';

/**
 * `Authors (year). Title. Planetary Data System. https://doi.org/…`; null where the label names neither author nor
 * editor: nothing is made up.
 */
export function citationOf({ title, doi, properties }: PdsProduct): string | null {
  const said = (name: string): string => {
    const full = `pds:Citation_Information.pds:${name}`;
    const [first = ''] = properties.find((property) => property.name === full)?.values ?? [];
    return first.replace(/\s+/g, ' ').trim();
  };
  const authors = said('author_list');
  const editors = said('editor_list');
  if (authors === '' && editors === '') return null;
  const who = authors === '' ? `${editors} (eds.)` : authors;
  const year = /^\d{4}/.exec(said('publication_year'))?.[0];
  const parts = [
    `${who}${year === undefined ? '' : ` (${year})`}`,
    title.replace(/\s+/g, ' ').trim(),
    'Planetary Data System',
    doi === null
      ? ''
      : `https://doi.org/${doi.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, '')}`,
  ];
  return parts
    .filter((part) => part !== '')
    .map((part) => part.replace(/\.$/, ''))
    .join('. ');
}
