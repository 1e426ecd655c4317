/**
 * Runs in plain Node, any thread; pure. The part of OpenSearch's simple_query_string that a registry's `like` uses: words
 * joined by OR unless `+` stands between them, `|`, `-` before a word, `*` at a word's end, "phrases", parentheses,
 * backslash before a sign. Source: Lucene's SimpleQueryParser. It joins from left to right, without precedence.
 */

export type LikePattern =
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'word'; text: string; isPrefix: boolean }
  | { kind: 'phrase'; text: string }
  | { kind: 'not'; pattern: LikePattern }
  | { kind: 'and' | 'or'; left: LikePattern; right: LikePattern };

/** Longest pattern that is read whole, in UTF-16 units; addresses are shorter. */
const longestPattern = 10_000;
const deepestPattern = 50;

/** Reads any text: what has no meaning is skipped, as Lucene does. An empty one matches nothing. */
export function readLikePattern(text: string): LikePattern {
  if (text.trim() === '*') return { kind: 'all' };
  return new PatternReader(text.slice(0, longestPattern)).read(0);
}

class PatternReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(depth: number): LikePattern {
    let pattern: LikePattern | null = null;
    let joint: 'and' | 'or' | null = null;
    let nots = 0;
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at] ?? '';
      if (sign === ')') break;
      if (sign === '-') {
        nots += 1;
        this.#at += 1;
        continue;
      }
      if (sign === '+' || sign === '|') {
        // The first joint counts; one before the first word does not.
        if (pattern !== null) joint ??= sign === '+' ? 'and' : 'or';
        this.#at += 1;
      } else if (/\s/.test(sign)) {
        this.#at += 1;
      } else {
        const part = this.#part(sign, depth);
        if (part !== null) {
          const right: LikePattern = nots % 2 === 1 ? { kind: 'not', pattern: part } : part;
          pattern = pattern === null ? right : { kind: joint ?? 'or', left: pattern, right };
          joint = null;
        }
      }
      nots = 0;
    }
    return pattern ?? { kind: 'none' };
  }

  #part(sign: string, depth: number): LikePattern | null {
    if (sign === '(') return this.#inner(depth);
    if (sign === '"') return this.#phrase();
    return this.#word();
  }

  #inner(depth: number): LikePattern | null {
    this.#at += 1;
    if (depth >= deepestPattern) return null;
    const pattern = this.read(depth + 1);
    this.#at += 1;
    return pattern.kind === 'none' ? null : pattern;
  }

  #phrase(): LikePattern | null {
    const end = this.#text.indexOf('"', this.#at + 1);
    const text = this.#text.slice(this.#at + 1, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return text === '' ? null : { kind: 'phrase', text };
  }

  #word(): LikePattern | null {
    const units: string[] = [];
    let isPrefix = false;
    while (this.#at < this.#text.length && !/[\s"|+()]/.test(this.#text[this.#at] ?? '')) {
      let unit = this.#text[this.#at] ?? '';
      const isEscaped = unit === '\\' && this.#at + 1 < this.#text.length;
      if (isEscaped) unit = this.#text[(this.#at += 1)] ?? '';
      isPrefix = unit === '*' && !isEscaped;
      units.push(unit);
      this.#at += 1;
    }
    const word = units.join('');
    if (isPrefix) return { kind: 'word', text: word.slice(0, -1), isPrefix };
    // Fuzziness (`word~1`) is switched off by the registry; the word itself is what it looks for.
    const text = word.replace(/(?<=.)~\d*$/, '');
    return text === '' ? null : { kind: 'word', text, isPrefix };
  }
}
