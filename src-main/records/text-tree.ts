/**
 * Runs in plain Node. Grows the small tree of allowed nodes: paragraphs and lists that hold text, emphasis,
 * links and breaks. Inline elements that run over a paragraph's end go on in the next.
 */
import type { TextNode } from '#contract/domain.ts';

export type InlineSpec = { kind: 'strong' | 'emphasis' } | { kind: 'link'; href: string };

interface Level {
  spec: InlineSpec;
  children: TextNode[];
}

interface ListFrame {
  items: TextNode[];
  /** Blocks of the item that is open; null between items. */
  item: TextNode[] | null;
}

/** More nodes than any description has; a bound for hostile ones. */
const nodeLimit = 5000;
/** Lists in lists in lists: deeper ones go on in the innermost allowed. */
const listDepthLimit = 8;

export class TextTree {
  readonly #root: TextNode[] = [];
  readonly #lists: ListFrame[] = [];
  /** Lists opened beyond the allowed depth. */
  #ignoredLists = 0;
  #specs: InlineSpec[] = [];
  /** The open paragraph's children and the inline elements open in it; null between paragraphs. */
  #paragraph: TextNode[] | null = null;
  #levels: Level[] = [];
  #count = 0;

  /** True inside a link: there, addresses in the text make no links of their own. */
  get isInLink(): boolean {
    return this.#specs.some((spec) => spec.kind === 'link');
  }

  get isFull(): boolean {
    return this.#count >= nodeLimit;
  }

  openInline(spec: InlineSpec): void {
    this.#specs = [...this.#specs, spec];
  }

  closeInline(spec: InlineSpec): void {
    this.#specs = this.#specs.filter((open) => open !== spec);
  }

  /** Adds text whose white space is already single blanks. */
  addText(text: string): void {
    const isBlank = text.trim() === '';
    if (isBlank && this.#paragraph === null) return;
    if (text === '' || this.isFull) return;
    const into = this.#place();
    const last = into.at(-1);
    if (last?.kind === 'text') {
      last.text += last.text.endsWith(' ') ? text.trimStart() : text;
    } else this.#push(into, { kind: 'text', text });
  }

  addLink(href: string, text: string): void {
    const spec: InlineSpec = { kind: 'link', href };
    this.openInline(spec);
    this.addText(text);
    this.closeInline(spec);
  }

  addBreak(): void {
    if (this.#paragraph === null || this.isFull) return;
    const into = this.#place();
    if (into.at(-1)?.kind === 'break') {
      into.pop();
      this.endParagraph();
      return;
    }
    this.#push(into, { kind: 'break' });
  }

  endParagraph(): void {
    const children = this.#paragraph === null ? [] : trimmed(this.#paragraph);
    this.#paragraph = null;
    this.#levels = [];
    if (children.length > 0) this.#push(this.#container(), { kind: 'paragraph', children });
  }

  openList(): void {
    this.endParagraph();
    if (this.#lists.length >= listDepthLimit) this.#ignoredLists += 1;
    else this.#lists.push({ items: [], item: null });
  }

  closeList(): void {
    if (this.#ignoredLists > 0) {
      this.#ignoredLists -= 1;
      this.endParagraph();
      return;
    }
    this.closeItem();
    const list = this.#lists.pop();
    if (list === undefined || list.items.length === 0) return;
    this.#push(this.#container(), { kind: 'list', children: list.items });
  }

  openItem(): void {
    this.closeItem();
    const list = this.#lists.at(-1);
    if (list !== undefined) list.item = [];
  }

  closeItem(): void {
    this.endParagraph();
    const list = this.#lists.at(-1);
    if (list === undefined || list.item === null) return;
    const [only, ...others] = list.item;
    const children = only?.kind === 'paragraph' && others.length === 0 ? only.children : list.item;
    if (children.length > 0) this.#push(list.items, { kind: 'item', children });
    list.item = null;
  }

  /** Ends everything that is open and gives the tree. */
  finish(): TextNode[] {
    this.#ignoredLists = 0;
    while (this.#lists.length > 0) this.closeList();
    this.endParagraph();
    return this.#root;
  }

  #container(): TextNode[] {
    const list = this.#lists.at(-1);
    if (list === undefined) return this.#root;
    list.item ??= [];
    return list.item;
  }

  /** Where text goes now: the innermost open inline element, opened anew in this paragraph where needed. */
  #place(): TextNode[] {
    this.#paragraph ??= [];
    const fits = this.#levels.findIndex((level, at) => level.spec !== this.#specs[at]);
    if (fits >= 0) this.#levels.splice(fits);
    let into = this.#levels.at(-1)?.children ?? this.#paragraph;
    for (const spec of this.#specs.slice(this.#levels.length)) {
      const children: TextNode[] = [];
      this.#push(into, { ...spec, children });
      this.#levels.push({ spec, children });
      into = children;
    }
    return into;
  }

  #push(into: TextNode[], node: TextNode): void {
    this.#count += 1;
    into.push(node);
  }
}

/** Without blanks and breaks at its ends, and without elements that hold nothing. */
function trimmed(nodes: TextNode[]): TextNode[] {
  const kept = nodes.filter((node) => !isEmpty(node));
  while (kept.at(-1)?.kind === 'break') kept.pop();
  const first = kept[0];
  if (first?.kind === 'text') first.text = first.text.trimStart();
  const last = kept.at(-1);
  if (last?.kind === 'text') last.text = last.text.trimEnd();
  return kept.filter((node) => node.kind !== 'text' || node.text !== '');
}

function isEmpty(node: TextNode): boolean {
  if (node.kind === 'break') return false;
  if (node.kind === 'text') return node.text === '';
  return node.children.every(
    (child) => isEmpty(child) || (child.kind === 'text' && child.text.trim() === ''),
  );
}
