/**
 * Runs in plain Node, in the labels' worker. Text of an XML file, as it comes, becomes a tree and its rows. The parser
 * knows the five entities of XML and no others, and looks nothing up; what is too large or not well-formed ends the
 * reading with words, and what came before it stays.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { LabelPlace } from '#contract/labels.ts';
import { LabelFault, labelLimits, placeWords, type LabelLimits } from './label-limits.ts';
import { LabelTree, nodeKinds } from './label-tree.ts';
import { faultOf } from './parser-words.ts';
import { refuseOther } from './recognise-label.ts';
import { RowIndex } from './row-index.ts';

/** An element that is not closed yet. */
interface OpenElement {
  node: number;
  row: number;
  hasElements: boolean;
  /** Texts before its first element became rows. */
  hasWords: boolean;
}

const pdsNamespace = 'http://pds.nasa.gov/pds4/pds/v1';
/** Labels of the years before 2013. */
const earlyPds = /^http:\/\/pds\.nasa\.gov\/(schema\/pds4\/pds|pds4\/pds\/v0)/;
const schemaUri = 'http://www.w3.org/2000/xmlns/';
/** Not the beginning of a reference. */
const loneAmpersand = /&(?!#\d{1,7};|#x[\da-fA-F]{1,6};|[\p{L}_:][\p{L}\p{N}_.:-]{0,200};)/u;
/** Stands for the namespace of a prefix that is not declared. */
const undeclared = '\0undeclared';

export class LabelReader {
  readonly tree = new LabelTree();
  readonly rows = new RowIndex(this.tree);
  readonly notes: string[] = [];
  readonly #limits: LabelLimits;
  readonly #parser: SaxesParser<{ xmlns: true }>;
  readonly #open: OpenElement[] = [];
  #pending = '';
  #isBegun = false;
  #tagAt = 0;
  #attributes = 0;
  /** Where the last tag, text or comment ended, to bound the next. */
  #lastAt = 0;
  #lastPlace = { line: 1, column: 0 };
  /** What was written since, or somewhat more. */
  #tail = '';
  #given = 0;

  constructor(limits: LabelLimits = labelLimits) {
    this.#limits = limits;
    const parser = new SaxesParser({
      xmlns: true as const,
      resolvePrefix: (prefix: string) => this.#resolve(prefix),
    });
    parser.on('error', (error) => {
      throw faultOf(error, this.place);
    });
    parser.on('doctype', (text) => this.#onDoctype(text));
    parser.on('opentagstart', (tag) => this.#onTagStart(tag.name));
    parser.on('attribute', (attribute) => this.#onAttribute(attribute.name));
    parser.on('opentag', (tag) => this.#onOpen(tag));
    parser.on('closetag', () => this.#onClose());
    parser.on('text', (text) => this.#onText(text));
    parser.on('cdata', (text) => this.#onText(text));
    parser.on('comment', (text) => this.#onComment(text));
    parser.on('processinginstruction', ({ target, body }) => this.#onInstruction(target, body));
    keepQuick(parser);
    this.#parser = parser;
  }

  /** Takes the next text in. Throws a LabelFault, and only that; nothing may be written after it. */
  write(text: string): void {
    if (text === '') return;
    this.#guard(() => {
      this.#begin(text);
      this.#given += text.length;
      this.#tail += text;
      this.#parser.write(text);
      this.#tail = this.#tail.slice(this.#tail.length - (this.#given - this.#lastAt));
      if (this.#given - this.#lastAt > this.#limits.runUnits) this.#tooLarge('one of its texts');
    });
  }

  /** No text will come. Throws a LabelFault where the label is not complete. */
  end(): void {
    this.#guard(() => {
      this.#begin('');
      const innermost = this.#open.at(-1);
      if (innermost !== undefined) {
        const name = this.tree.nameOf(innermost.node).qualified;
        const { place } = this;
        this.#pushOut();
        throw new LabelFault(
          'cut',
          `The label ends within ${name} (${placeWords(place)}): the file is cut short. What came before is shown; fetch it again to have it whole.`,
          place,
        );
      }
      this.#parser.close();
    });
  }

  #begin(text: string): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    const refusal = refuseOther(text);
    if (refusal !== null) throw refusal;
  }

  /** Whatever goes wrong, the tree is left as a tree. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      try {
        this.#flushText();
      } catch {
        // The limit that was met is the reason already.
      }
      for (const { node } of this.#open.splice(0).reverse()) this.tree.closeElement(node);
      throw this.#loneAmpersand(error) ?? faultOf(error, this.place);
    }
  }

  /** The parser holds a text back until a tag follows. */
  #pushOut(): void {
    try {
      this.#parser.write('<');
    } catch {
      // It ended within something else.
    }
  }

  /**
   * The most common mistake in labels: the parser takes all up to the next semicolon for the name of an entity. Null
   * where that is not what went wrong.
   */
  #loneAmpersand(error: unknown): LabelFault | null {
    const mayBe = error instanceof LabelFault && ['cut', 'malformed'].includes(error.kind);
    const tail = this.#tail.slice(Math.max(0, this.#tail.length - (this.#given - this.#lastAt)));
    const at = mayBe ? tail.search(loneAmpersand) : -1;
    // In a comment or in CDATA it may stand alone.
    if (at < 0 || /^\s*<!/.test(tail)) return null;
    const before = tail.slice(0, at).split(/\r\n|\r|\n/);
    const { line, column } = this.#lastPlace;
    const place = {
      line: line + before.length - 1,
      column: (before.at(-1)?.length ?? 0) + 1 + (before.length === 1 ? column : 0),
    };
    return faultOf(new Error('lone ampersand'), place);
  }

  #mark(): void {
    this.#lastAt = this.#parser.position;
    this.#lastPlace.line = this.#parser.line;
    this.#lastPlace.column = this.#parser.column;
  }

  /** Where the parser is now. Its columns count characters, the one just read included. */
  get place(): LabelPlace {
    return { line: this.#parser.line, column: Math.max(1, this.#parser.column) };
  }

  #onTagStart(name: string): void {
    this.#tagAt = this.#parser.position - name.length - 2;
    this.#attributes = 0;
    if (name.length > this.#limits.nameUnits) this.#tooLarge('one of its names');
  }

  #onAttribute(name: string): void {
    this.#attributes += 1;
    if (this.#attributes > this.#limits.attributesPerElement) {
      this.#tooLarge('the number of attributes of one element');
    }
    if (name.length > this.#limits.nameUnits) this.#tooLarge('one of its names');
  }

  #onOpen(tag: SaxesTagNS): void {
    this.#flushText();
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#checkRoot(tag);
    if (this.#open.length >= this.#limits.depth) this.#tooLarge('its depth');
    if (this.tree.elements >= this.#limits.elements) this.#tooLarge('the number of its elements');
    if (parent?.hasElements === false) {
      parent.hasElements = true;
      if (parent.hasWords) this.#showWords(parent);
    }
    const { names } = this.tree;
    const name = names.add(tag.name, tag.prefix, tag.local, declaredUri(tag.uri));
    const node = this.tree.addElement(parent?.node ?? 0, name, Math.max(0, this.#tagAt));
    this.#addAttributes(node, tag);
    const row = this.rows.add(node, parent?.row ?? -1);
    this.#open.push({ node, row, hasElements: false, hasWords: false });
    this.#mark();
    this.#checkSize();
  }

  #addAttributes(node: number, tag: SaxesTagNS): void {
    for (const key in tag.attributes) {
      const attribute = tag.attributes[key];
      if (attribute === undefined) continue;
      const { name, prefix, local, value } = attribute;
      if (attribute.uri === schemaUri) {
        const declared = name === 'xmlns' ? '' : local;
        this.tree.declarations.push({ element: node, prefix: declared, uri: value.trim() });
      } else {
        const uri = declaredUri(attribute.uri);
        this.tree.addAttribute(node, this.tree.names.add(name, prefix, local, uri), value);
      }
    }
  }

  #onClose(): void {
    this.#flushText();
    const closed = this.#open.pop();
    if (closed !== undefined) this.tree.closeElement(closed.node);
    this.#mark();
  }

  /** Text and CDATA are one text to XPath, however often they take turns. */
  #onText(text: string): void {
    if (this.#open.length === 0) return;
    this.#pending = this.#pending === '' ? text : this.#pending + text;
    if (this.#pending.length > this.#limits.runUnits) this.#tooLarge('one of its texts');
    this.#mark();
  }

  #flushText(): void {
    const parent = this.#open.at(-1);
    if (this.#pending === '' || parent === undefined) return;
    const text = this.#pending;
    this.#pending = '';
    const node = this.tree.addText(parent.node, text);
    if (this.tree.kindOf(node) === nodeKinds.text) {
      parent.hasWords = true;
      if (parent.hasElements) this.rows.add(node, parent.row);
    }
    this.#checkSize();
  }

  /** Words before the first element of their parent: only now it is known that they need rows. */
  #showWords(parent: OpenElement): void {
    for (let node = parent.node + 1; node < this.tree.length; node += 1) {
      if (this.tree.kindOf(node) === nodeKinds.text) this.rows.add(node, parent.row);
    }
  }

  #onComment(text: string): void {
    this.#flushText();
    this.tree.addComment(this.#open.at(-1)?.node ?? 0, text);
    this.#mark();
    this.#checkSize();
  }

  #onInstruction(target: string, body: string): void {
    this.#flushText();
    const name = this.tree.names.add(target, '', target, '');
    this.tree.addInstruction(this.#open.at(-1)?.node ?? 0, name, body);
    this.#mark();
    this.#checkSize();
  }

  #onDoctype(text: string): void {
    this.#mark();
    this.#note(
      text.includes('<!ENTITY')
        ? 'The label declares entities of its own (DOCTYPE). Almagest expands none: where the label uses one, reading ends.'
        : 'The label has a DOCTYPE, which Almagest does not look at; PDS4 has no use for it.',
    );
  }

  #resolve(prefix: string): string {
    this.#note(`The prefix "${prefix}" is used, but no namespace is declared for it.`);
    // Each its own: two such attributes of one local name are not the same.
    return undeclared + prefix;
  }

  #checkRoot({ local, uri, name }: SaxesTagNS): void {
    if (local.toLowerCase() === 'html') {
      const page = refuseOther('<html');
      if (page !== null) throw page;
    }
    if (earlyPds.test(uri)) {
      this.#note(`This label is of an early draft of PDS4: its namespace is ${uri}.`);
    } else if (uri !== pdsNamespace) {
      const where = declaredUri(uri) === '' ? 'no namespace' : `the namespace ${uri}`;
      this.#note(`This is XML, but no PDS4 label: its root is ${name}, in ${where}.`);
    }
  }

  #checkSize(): void {
    const { tree } = this;
    if (tree.length > this.#limits.nodes) this.#tooLarge('the number of its parts');
    if (tree.attributeCount > this.#limits.attributes)
      this.#tooLarge('the number of its attributes');
    if (tree.declarations.length > this.#limits.declarations) {
      this.#tooLarge('the number of its namespaces');
    }
    if (tree.names.all.length > this.#limits.names) this.#tooLarge('the number of its names');
  }

  #tooLarge(what: string): never {
    const place = this.place;
    throw new LabelFault(
      'too-large',
      `The label is larger than Almagest reads: ${what} goes beyond the bound at ${placeWords(place)}. What came before is shown; the file can be downloaded as it is.`,
      place,
    );
  }

  #note(words: string): void {
    if (this.notes.length < this.#limits.notes && !this.notes.includes(words)) {
      this.notes.push(words);
    }
  }
}

/**
 * With more than six handlers V8 keeps the parser's fields in a hash table, and reading takes three times as long. It
 * lays out an object anew, and well, when another inherits from it and is asked for something.
 */
function keepQuick(parser: SaxesParser<{ xmlns: true }>): void {
  void (Object.create(parser) as typeof parser).closed;
}

function declaredUri(uri: string): string {
  return uri.startsWith(undeclared) ? '' : uri;
}
