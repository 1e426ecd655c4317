/**
 * Runs in plain Node, in the labels' worker. A label as numbers: one node of XPath's data model is 20 bytes, not an
 * object, so a million elements with the blanks between them stay under 60 MB. Nodes are numbered in document order;
 * 0 is the document.
 */
import { GrowingRecords } from './growing-records.ts';
import { Names, type Name } from './names.ts';
import { TextStore } from './text-store.ts';

export const nodeKinds = {
  document: 0,
  element: 1,
  text: 2,
  /** Text of white space alone. */
  blank: 3,
  comment: 4,
  instruction: 5,
} as const;
export type NodeKind = (typeof nodeKinds)[keyof typeof nodeKinds];

/** A prefix that an element declares; `uri` is empty where the default is taken back. */
export interface Declaration {
  element: number;
  prefix: string;
  uri: string;
}

/** Numbers of a node. */
const ofNode = {
  /** Kind in the lowest 3 bits, name above. */
  tag: 0,
  parent: 1,
  /** First node that is not within; 0 while the element is open. */
  end: 2,
  /** Element: its first attribute. Others: where their text begins. */
  start: 3,
  /** Element: its place in the source, in UTF-16 units. Others: length of their text. */
  size: 4,
} as const;

/** Numbers of an attribute. */
const ofAttribute = { name: 0, owner: 1, start: 2, size: 3 } as const;

export class LabelTree {
  readonly names = new Names();
  readonly texts = new TextStore();
  /** In document order. */
  readonly declarations: Declaration[] = [];
  elements = 0;
  readonly #nodes = new GrowingRecords(5);
  readonly #attributes = new GrowingRecords(4);

  constructor() {
    this.#push(nodeKinds.document, 0, 0, 0, 0);
  }

  /** Nodes so far, the document included. */
  get length(): number {
    return this.#nodes.length;
  }

  get attributeCount(): number {
    return this.#attributes.length;
  }

  addElement(parent: number, name: number, sourceAt: number): number {
    this.elements += 1;
    return this.#push(nodeKinds.element, name, parent, this.#attributes.length, sourceAt);
  }

  /** Belongs to the element that was added last. */
  addAttribute(element: number, name: number, value: string): void {
    this.#attributes.push(name, element, this.texts.add(value), value.length);
  }

  addText(parent: number, text: string): number {
    const isBlank = isAllBlank(text);
    const start = isBlank ? this.texts.addUnsearched(text) : this.texts.add(text);
    return this.#pushLeaf(isBlank ? nodeKinds.blank : nodeKinds.text, 0, parent, start, text);
  }

  /** Comments are stored as blanks are: the tree does not search them. */
  addComment(parent: number, text: string): number {
    return this.#pushLeaf(nodeKinds.comment, 0, parent, this.texts.addUnsearched(text), text);
  }

  addInstruction(parent: number, name: number, body: string): number {
    return this.#pushLeaf(
      nodeKinds.instruction,
      name,
      parent,
      this.texts.addUnsearched(body),
      body,
    );
  }

  closeElement(element: number): void {
    this.#nodes.set(element, ofNode.end, this.length);
  }

  kindOf(node: number): NodeKind {
    return (this.#nodes.get(node, ofNode.tag) & 7) as NodeKind;
  }

  isText(node: number): boolean {
    const kind = this.kindOf(node);
    return kind === nodeKinds.text || kind === nodeKinds.blank;
  }

  nameIdOf(node: number): number {
    return this.#nodes.get(node, ofNode.tag) >>> 3;
  }

  nameOf(node: number): Name {
    return this.names.get(this.nameIdOf(node));
  }

  parentOf(node: number): number {
    return this.#nodes.get(node, ofNode.parent);
  }

  /** First node behind this one that is not within it; of an element still open, the end of what is read. */
  endOf(node: number): number {
    const end = this.#nodes.get(node, ofNode.end);
    return end === 0 ? this.length : end;
  }

  /** 0 where there is none. */
  nextSibling(node: number): number {
    if (node === 0) return 0;
    const next = this.endOf(node);
    return next < this.endOf(this.parentOf(node)) ? next : 0;
  }

  /** Where the element's tag begins in the source, in UTF-16 units. */
  sourceOf(element: number): number {
    return this.#nodes.get(element, ofNode.size);
  }

  /** Text of a text, comment or instruction itself. */
  textOf(node: number): string {
    return this.texts.read(this.textStart(node), this.textLength(node));
  }

  textStart(node: number): number {
    return this.#nodes.get(node, ofNode.start);
  }

  textLength(node: number): number {
    return this.#nodes.get(node, ofNode.size);
  }

  /** XPath's string-value of a document or element: all texts within, at most so many units. */
  stringOf(node: number, mostUnits = Number.MAX_SAFE_INTEGER): string {
    const end = this.endOf(node);
    let only = '';
    let parts: string[] | null = null;
    let units = 0;
    for (let at = node + 1; at < end && units < mostUnits; at += 1) {
      if (!this.isText(at)) continue;
      const text = this.textOf(at);
      units += text.length;
      if (parts !== null) parts.push(text);
      else if (only === '') only = text;
      else parts = [only, text];
    }
    return parts === null ? only : parts.join('');
  }

  /** First attribute of an element, and behind its last. */
  attributesOf(element: number): { from: number; to: number } {
    if (this.kindOf(element) !== nodeKinds.element) return { from: 0, to: 0 };
    const from = this.#nodes.get(element, ofNode.start);
    let to = from;
    while (to < this.attributeCount && this.#attributes.get(to, ofAttribute.owner) === element)
      to += 1;
    return { from, to };
  }

  attributeName(attribute: number): Name {
    return this.names.get(this.attributeNameId(attribute));
  }

  attributeNameId(attribute: number): number {
    return this.#attributes.get(attribute, ofAttribute.name);
  }

  attributeOwner(attribute: number): number {
    return this.#attributes.get(attribute, ofAttribute.owner);
  }

  attributeValue(attribute: number): string {
    return this.texts.read(this.attributeStart(attribute), this.attributeLength(attribute));
  }

  attributeStart(attribute: number): number {
    return this.#attributes.get(attribute, ofAttribute.start);
  }

  attributeLength(attribute: number): number {
    return this.#attributes.get(attribute, ofAttribute.size);
  }

  #pushLeaf(kind: NodeKind, name: number, parent: number, start: number, text: string): number {
    const end = this.length + 1;
    return this.#push(kind, name, parent, start, text.length, end);
  }

  #push(
    kind: NodeKind,
    name: number,
    parent: number,
    start: number,
    size: number,
    end = 0,
  ): number {
    return this.#nodes.push((name << 3) | kind, parent, end, start, size);
  }
}

/** Nothing but the white space of XML. */
export function isAllBlank(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 10 && unit !== 9 && unit !== 13) return false;
  }
  return true;
}

/** Without the white space of XML at both ends. */
export function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && ' \n\t\r'.includes(text.charAt(from))) from += 1;
  while (to > from && ' \n\t\r'.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}
