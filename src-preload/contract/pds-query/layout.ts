/** Runs anywhere; pure. How a query is shown: one condition a line, and where each part of it stands in the text. */
import type { NodeRange } from './parse-query.ts';

/** What is laid out. `Key` is how the caller knows its own nodes: the node itself, or an id. */
export type LayoutNode<Key> = LayoutCondition<Key> | LayoutGroup<Key>;

export interface LayoutCondition<Key> {
  kind: 'condition';
  key: Key;
  /** What stands before and after the parts, such as `exists `; usually empty. */
  before: string;
  field: string;
  operator: string;
  value: string;
  after: string;
}

export interface LayoutGroup<Key> {
  kind: 'group';
  key: Key;
  isNegated: boolean;
  joint: 'and' | 'or';
  terms: readonly LayoutNode<Key>[];
}

export interface QueryLine<Key> {
  /** From 1. */
  number: number;
  /** UTF-16 offset of the line in the whole text. */
  start: number;
  text: string;
  /** The condition on this line; of an empty group the group. */
  key: Key;
}

export interface LaidOut<Key> {
  /** All lines, joined by \n. */
  text: string;
  lines: QueryLine<Key>[];
  /** Conditions with their parts, groups with their parentheses. */
  ranges: Map<Key, NodeRange>;
}

/** Columns by which a group within a group stands further right. */
const indent = 2;

/** Lays a query out, in one walk. The depth is the caller's to bound. */
export function layOut<Key>(root: LayoutNode<Key>): LaidOut<Key> {
  const sheet = new Sheet<Key>();
  sheet.node(root, '', 0, 0);
  return sheet.done();
}

class Sheet<Key> {
  readonly #lines: QueryLine<Key>[] = [];
  readonly #ranges = new Map<Key, NodeRange>();
  #start = 0;
  #line = '';
  #key: Key | null = null;

  /** `lead` stands before the node on its first line, which is indented to `lineLevel`. */
  node(node: LayoutNode<Key>, lead: string, level: number, lineLevel: number): void {
    if (node.kind === 'condition') this.#condition(node, lead, lineLevel);
    else this.#group(node, lead, level, lineLevel);
  }

  done(): LaidOut<Key> {
    this.#endLine();
    const text = this.#lines.map((line) => line.text).join('\n');
    return { text, lines: this.#lines, ranges: this.#ranges };
  }

  #group(group: LayoutGroup<Key>, lead: string, level: number, lineLevel: number): void {
    const open = lead + (group.isNegated ? 'not (' : '(');
    const start = this.#nextStart() + indentation(lineLevel).length + lead.length;
    group.terms.forEach((term, at) => {
      // The opening parentheses of a group stand on the line of its first condition.
      if (at === 0) this.node(term, open, level + 1, lineLevel);
      else this.node(term, `${group.joint} `, level + 1, level);
    });
    if (group.terms.length === 0) this.#begin(open, lineLevel, group.key);
    this.#line += ')';
    this.#ranges.set(group.key, { start, end: this.#at() });
  }

  #condition(condition: LayoutCondition<Key>, lead: string, lineLevel: number): void {
    this.#begin(lead, lineLevel, condition.key);
    const start = this.#at();
    this.#line += `(${condition.before}`;
    const field = this.#part(condition.field);
    const operator = this.#part(condition.operator);
    const value = this.#part(condition.value);
    this.#line += `${condition.after})`;
    this.#ranges.set(condition.key, { start, end: this.#at(), field, operator, value });
  }

  #part(text: string): { start: number; end: number } {
    if (text !== '' && !/[(\s]$/.test(this.#line)) this.#line += ' ';
    const start = this.#at();
    this.#line += text;
    return { start, end: this.#at() };
  }

  #begin(lead: string, lineLevel: number, key: Key): void {
    this.#endLine();
    this.#key = key;
    this.#line = indentation(lineLevel) + lead;
  }

  #endLine(): void {
    if (this.#key === null) return;
    const number = this.#lines.length + 1;
    this.#lines.push({ number, start: this.#start, text: this.#line, key: this.#key });
    this.#start = this.#nextStart();
    this.#key = null;
  }

  /** Where the line after the one that is written now will start. */
  #nextStart(): number {
    return this.#key === null ? this.#start : this.#at() + 1;
  }

  #at(): number {
    return this.#start + this.#line.length;
  }
}

/** The outermost group stands at the margin, and so do its conditions. */
function indentation(level: number): string {
  return ' '.repeat(level * indent);
}
