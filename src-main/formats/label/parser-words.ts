/** Runs in plain Node, in the labels' worker. What the XML parser complains of, in words for the user. */
import type { LabelPlace } from '#contract/labels.ts';
import { LabelFault, placeWords } from './label-limits.ts';

/** The parser's own words, and ours. */
const translations: readonly (readonly [RegExp, string])[] = [
  [/^lone ampersand/, 'an "&" stands alone, which XML writes as &amp;'],
  [/^unexpected close tag/, 'an element is closed that is not the innermost open one'],
  [/^unmatched closing tag: (.{1,80})/, 'the closing tag of $1 has no opening tag'],
  [
    /^undefined entity/,
    'it uses an entity that XML itself does not know, and Almagest expands no others',
  ],
  [/^duplicate attribute: (?:\{.*\})?(.{1,80}?)\.?$/, 'the attribute $1 is there twice in one tag'],
  [/^disallowed character in/, 'a name holds a character that XML does not allow'],
  [/^disallowed character/, 'it holds a character that XML does not allow'],
  [/^malformed character entity/, 'a character reference is not one that XML allows'],
  [/^(attribute without value|unquoted attribute value)/, 'an attribute has no value in quotes'],
  [/^no whitespace between attributes/, 'there is no blank between two attributes'],
  [/^documents may contain only one root/, 'a second root element follows the first'],
  [/^text data outside of root/, 'there is text outside of the root element'],
  [/^document must contain a root/, 'it holds no element'],
  [/^unexpected end/, 'it ends within a tag or a comment'],
  [/^malformed comment/, 'a comment holds two hyphens'],
];

/** The parser's complaint as a fault of the label. Anything it throws is taken for one. */
export function faultOf(error: unknown, place: LabelPlace): LabelFault {
  if (error instanceof LabelFault) return error;
  const raw = error instanceof Error ? error.message : String(error);
  const reason = translate(raw.replace(/^\d+:\d+: /, '').slice(0, 300));
  return new LabelFault(
    'malformed',
    `The label is not well-formed XML: ${reason} (${placeWords(place)}). What came before is shown; ask the archive for a correct file.`,
    place,
  );
}

function translate(raw: string): string {
  for (const [pattern, words] of translations) {
    const found = pattern.exec(raw);
    if (found !== null) return words.replace('$1', () => found[1] ?? '');
  }
  return raw.replace(/\.$/, '');
}
