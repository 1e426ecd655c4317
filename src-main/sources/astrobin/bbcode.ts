/**
 * Runs in plain Node. Descriptions as AstroBin's users write them: BBCode, or HTML of older days, or both. BBCode is
 * made HTML here, and the one sanitiser makes the tree of either. Brackets that are no tags stay: "[OIII]", "[S II]".
 */
import type { TextNode } from '#contract/domain.ts';
import { sanitiseText } from '../../records/sanitise-text.ts';

const longest = 100_000;

/** Tags with an element of HTML in their place. */
const elements: Readonly<Record<string, string>> = {
  b: 'b',
  i: 'i',
  h1: 'h1',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h5',
  h6: 'h6',
  p: 'p',
  list: 'ul',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  quote: 'blockquote',
  code: 'pre',
  table: 'table',
  tr: 'tr',
  td: 'p',
  th: 'p',
  center: 'div',
  left: 'div',
  right: 'div',
  justify: 'div',
};
/** Tags of which only the content is kept. */
const dropped = new Set(
  'u s sub sup size color font img email youtube hr br ltr rtl spoiler background'.split(' '),
);

const tag = /\[(\/?)([a-z][a-z0-9]{0,10}|\*)((?:=|\s+[a-z]+=)[^[\]\n]{0,2048})?\]/gi;

function isKnown(name: string): boolean {
  return Object.hasOwn(elements, name) || dropped.has(name) || name === 'url' || name === '*';
}

/** Parses a description. Any text gives a tree; it never throws. */
export function readDescription(text: string | null): TextNode[] {
  if (text === null) return [];
  const source = text.slice(0, longest);
  const hasTags = holdsTags(source);
  const isMarkup = /<\/?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,2048})?>/i.test(source);
  // In HTML the end of a line is a blank; everywhere else people mean it.
  const lines = isMarkup && !hasTags ? source : withBreaks(source);
  return sanitiseText(hasTags ? toHtml(lines) : lines);
}

/** One end of a line is a break, several end a paragraph. */
function withBreaks(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n\s*/g, (run) => (run.lastIndexOf('\n') > 0 ? '\n\n' : '<br>'));
}

/** True where a known tag is closed further on: "[b]" alone may be a band of a filter. */
function holdsTags(source: string): boolean {
  const open = new Set<string>();
  for (const [, slash, written = ''] of source.matchAll(tag)) {
    const name = written.toLowerCase();
    if (!isKnown(name)) continue;
    if (slash === '/' && open.has(name)) return true;
    if (slash !== '/') open.add(name);
  }
  return false;
}

/** Code is text: what looks like tags in it is none. */
function toHtml(text: string): string {
  const lower = text.toLowerCase();
  let html = '';
  let at = 0;
  for (;;) {
    const start = lower.indexOf('[code]', at);
    const end = start < 0 ? -1 : lower.indexOf('[/code]', start);
    if (end < 0) return html + tagsToHtml(text.slice(at));
    html += `${tagsToHtml(text.slice(at, start))}<pre>${text.slice(start + 6, end)}</pre>`;
    at = end + 7;
  }
}

function tagsToHtml(text: string): string {
  const named = text
    .replace(
      /\[url\]\s*([^[\]\s]{1,2048})\s*\[\/url\]/gi,
      (_, href: string) => link(href) + `${href}</a>`,
    )
    .replace(/\[youtube\]\s*([\w-]{5,20})\s*\[\/youtube\]/gi, 'https://www.youtube.com/watch?v=$1 ')
    .replace(/\[img[^\]\n]{0,100}\]\s*([^[\]\s]{1,2048})\s*\[\/img\]/gi, '$1 ');
  return named.replace(
    tag,
    (whole: string, slash: string, name: string, rest: string | undefined) =>
      elementOf(name.toLowerCase(), slash === '/', rest) ?? whole,
  );
}

/** The HTML of one tag; null for what is none of ours. */
function elementOf(name: string, isEnd: boolean, rest = ''): string | null {
  if (name === 'url') {
    const href = rest
      .replace(/^=/, '')
      .trim()
      .replace(/^["'](.*)["']$/, '$1');
    return isEnd ? '</a>' : link(href);
  }
  if (name === '*') return isEnd ? '</li>' : '<li>';
  if (name === 'hr' || name === 'br') return `<${name}>`;
  if (dropped.has(name)) return '';
  const element = Object.hasOwn(elements, name) ? elements[name] : undefined;
  return element === undefined ? null : `<${isEnd ? '/' : ''}${element}>`;
}

function link(href: string): string {
  const quoted = href
    .replaceAll('&amp;', '&')
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;');
  return `<a href="${quoted}">`;
}

/** The words of a tree as plain text: paragraphs and items on lines of their own. */
export function plainText(nodes: readonly TextNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      if (node.kind === 'break') return '\n';
      const inner = plainText(node.children);
      return node.kind === 'paragraph' || node.kind === 'item' ? `${inner}\n` : inner;
    })
    .join('')
    .replace(/\n{3,}/g, '\n\n');
}
