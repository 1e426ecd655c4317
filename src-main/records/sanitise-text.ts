/**
 * Runs in plain Node. Turns a description from outside, which may hold any HTML, into a tree of the few nodes
 * that the window knows. Nothing else passes: no attribute but an https address, no script, no style.
 */
import { Parser } from 'htmlparser2';
import type { TextNode } from '#contract/domain.ts';
import { TextTree, type InlineSpec } from './text-tree.ts';

/** The longest descriptions seen have a few thousand characters. */
const lengthLimit = 100_000;
const depthLimit = 24;
const hrefLimit = 2048;

/** Their content is not text for people. */
const dropped = new Set(
  'script style iframe object embed applet template noscript svg math textarea select title head audio video canvas'.split(
    ' ',
  ),
);
const paragraphs = new Set(
  'p div section article header footer blockquote pre table tr figure figcaption h1 h2 h3 h4 h5 h6 dl dt dd hr center'.split(
    ' ',
  ),
);
const strong = new Set(['b', 'strong']);
const emphasis = new Set(['i', 'em', 'cite']);

/** Parses a description. Any text gives a tree; it never throws. */
export function sanitiseText(text: string | null): TextNode[] {
  if (text === null) return [];
  const tree = new TextTree();
  const reader = new Reader(tree);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        reader.open(name, attributes['href']);
      },
      onclosetag: (name) => {
        reader.close(name);
      },
      ontext: (part) => {
        reader.text(part);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(markParagraphs(text.slice(0, lengthLimit)));
  parser.end();
  reader.flush();
  return tree.finish();
}

interface OpenElement {
  name: string;
  inline: InlineSpec | null;
}

class Reader {
  readonly #tree: TextTree;
  readonly #open: OpenElement[] = [];
  #droppedDepth = 0;
  /** Text comes in pieces (entities); an address may be spread over several. */
  #pending = '';

  constructor(tree: TextTree) {
    this.#tree = tree;
  }

  open(name: string, href: string | undefined): void {
    if (dropped.has(name)) this.#droppedDepth += 1;
    if (this.#droppedDepth > 0) return;
    this.flush();
    if (name === 'br') this.#tree.addBreak();
    else if (name === 'ul' || name === 'ol') this.#tree.openList();
    else if (name === 'li') this.#tree.openItem();
    else if (paragraphs.has(name)) this.#tree.endParagraph();
    const inline = this.#open.length < depthLimit ? this.#inlineOf(name, href) : null;
    if (inline !== null) this.#tree.openInline(inline);
    this.#open.push({ name, inline });
  }

  close(name: string): void {
    if (dropped.has(name)) this.#droppedDepth = Math.max(0, this.#droppedDepth - 1);
    if (this.#droppedDepth > 0 || dropped.has(name)) return;
    this.flush();
    if (name === 'ul' || name === 'ol') this.#tree.closeList();
    else if (name === 'li') this.#tree.closeItem();
    else if (paragraphs.has(name)) this.#tree.endParagraph();
    const at = this.#open.findLastIndex((element) => element.name === name);
    for (const element of at < 0 ? [] : this.#open.splice(at)) {
      if (element.inline !== null) this.#tree.closeInline(element.inline);
    }
  }

  text(part: string): void {
    if (this.#droppedDepth === 0) this.#pending += part;
  }

  flush(): void {
    const text = this.#pending;
    this.#pending = '';
    const [first = '', ...others] = text.split(/\s*\u2029\s*|\s*\n\s*\n\s*/);
    this.#addText(first);
    for (const paragraph of others) {
      this.#tree.endParagraph();
      this.#addText(paragraph);
    }
  }

  #addText(text: string): void {
    const single = text.replace(/[\s\u00a0]+/g, ' ');
    if (this.#tree.isInLink) {
      this.#tree.addText(single);
      return;
    }
    for (const part of single.split(/(https:\/\/[^\s<>"“”]+)/)) {
      const address = part.startsWith('https://') ? part.replace(/[.,;:!?'’)\]}]+$/, '') : '';
      const href = address === '' ? null : safeHref(address);
      if (href === null) this.#tree.addText(part);
      else {
        this.#tree.addLink(href, address);
        this.#tree.addText(part.slice(address.length));
      }
    }
  }

  #inlineOf(name: string, href: string | undefined): InlineSpec | null {
    if (strong.has(name)) return { kind: 'strong' };
    if (emphasis.has(name)) return { kind: 'emphasis' };
    if (name !== 'a' || href === undefined || this.#tree.isInLink) return null;
    const safe = safeHref(upgraded(href.trim()));
    return safe === null ? null : { kind: 'link', href: safe };
  }
}

/** Nearly all links in the library's descriptions are http to hosts that have long been on https. */
function upgraded(href: string): string {
  return /^http:\/\/[^/?#:@]+(?:[/?#]|$)/i.test(href) ? `https${href.slice(4)}` : href;
}

/** The address if it is an absolute https one without a login; null otherwise. */
function safeHref(text: string): string | null {
  if (text.length > hrefLimit || !/^https:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

/** A sentence's end, two blanks or more (a lost line end), and the start of something new. */
const lostBreak =
  /([.!?…:;)\]"”’>])[ \u00a0]{2,}(?=(?:<[^<>]{0,300}>){0,3}["“‘([]?(?:[\p{Lu}\p{N}]|https?:))/gu;
const singleBlankBetweenSentences = /[.!?]["”’)]?[ \u00a0]\p{Lu}/u;
const startsAnew =
  /([^\s])[ \u00a0]{2,}(?=(?:<[^<>]{0,300}>){0,3}(?:https?:|(?:Image |Photo |Video )?Credits?\b|Read more|For more|More info|Follow us|Like us|Find us|Join us))/giu;

/**
 * The library loses line ends and leaves two blanks. They become paragraphs where it reads right: before an
 * address or a credit, and after a sentence in a text that elsewhere has one blank between its sentences.
 * A typist who puts two blanks after every full stop means no paragraphs.
 */
function markParagraphs(text: string): string {
  const marked = text.replace(startsAnew, '$1\u2029');
  return singleBlankBetweenSentences.test(marked) ? marked.replace(lostBreak, '$1\u2029') : marked;
}
