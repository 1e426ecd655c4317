/**
 * Runs in the page. One query on the desk: the builder's document and the text beside it, kept in step, with what is
 * wrong in either and the way back. Text that cannot be read yet stays as it is typed, and the builder with it as it was.
 */
import { untrack } from 'svelte';
import type { PdsDialect } from '#contract/pds.ts';
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { hasOr, withoutOr } from '#contract/pds-query/branches.ts';
import {
  emptyDocument,
  type ConditionOperator,
  type QueryDocument,
} from '#contract/pds-query/document.ts';
import * as edit from '#contract/pds-query/document.ts';
import {
  documentFromText,
  queryOfDocument,
  textOfDocument,
} from '#contract/pds-query/document-text.ts';
import { problemsOf, type DocumentProblem } from '#contract/pds-query/document-problems.ts';
import { printQuery } from '#contract/pds-query/print-query.ts';
import { findProperty, type PropertyIndex } from '#contract/pds-query/property-index.ts';
import { textProblems, type TextProblem } from './text-problems.ts';
import { UndoStack } from './undo-stack.ts';

/** What undoing brings back. */
export interface DeskState {
  document: QueryDocument;
  text: string;
  /** The text is as someone wrote it, not as the builder prints it. */
  isTyped: boolean;
  /** It could be read, so that document and text say the same. */
  isRead: boolean;
}

export interface RegistryKnowledge {
  readonly dialect: PdsDialect;
  readonly index: PropertyIndex | null;
}

const blank: DeskState = { document: emptyDocument(), text: '', isTyped: false, isRead: true };

export class QueryDesk {
  readonly #facts: RegistryKnowledge;
  readonly #undo = new UndoStack<DeskState>();
  /** By which the present state was read. */
  #dialect: PdsDialect;
  #state = $state.raw<DeskState>(blank);
  #undoRevision = $state(0);
  /** The condition whose property is being typed and may still become one. */
  #draft = $state<string | null>(null);

  /** What is wrong, by the items of the builder; nothing is told of a text that cannot be read. */
  readonly itemProblems: readonly DocumentProblem[] = $derived.by(() =>
    this.#state.isRead || !this.#state.isTyped
      ? problemsOf(this.#state.document, this.#facts.dialect, this.#facts.index)
      : [],
  );
  /** The same in the text, in its order, and whatever keeps the text from being read. */
  readonly problems: readonly TextProblem[] = $derived.by(() =>
    textProblems(this.#state, this.itemProblems, this.#facts),
  );
  /** The tree, where document and text say the same. */
  readonly query: QueryNode | null = $derived.by(() =>
    this.#state.isRead ? queryOfDocument(this.#state.document) : null,
  );
  /** The one line that is sent; null while there is nothing that can be sent. */
  readonly sent: string | null = $derived.by(() => {
    if (this.query === null) return null;
    const printed = printQuery(this.query, this.#facts.dialect);
    return printed.ok ? printed.text : null;
  });
  /** How a 1.3 service is asked for what holds an “or”, which it would answer wrongly; null where it holds none. */
  readonly askedAround: string | null = $derived.by(() => {
    const { query } = this;
    if (query === null || this.sent === null) return null;
    if (this.#facts.dialect !== '1.3' || !hasOr(query)) return null;
    const printed = printQuery(withoutOr(query), '1.3');
    return printed.ok ? printed.text : null;
  });

  constructor(facts: RegistryKnowledge, text = '', document: QueryDocument | null = null) {
    this.#facts = facts;
    this.#dialect = untrack(() => facts.dialect);
    this.#state = untrack(() => this.#opened(text, document));
  }

  get document(): QueryDocument {
    return this.#state.document;
  }
  get text(): string {
    return this.#state.text;
  }
  /** False while the text cannot be read: the builder then shows the query as it was before. */
  get isRead(): boolean {
    return this.#state.isRead;
  }
  /** True where the text cannot be read because the builder holds something unfinished. */
  get isUnfinished(): boolean {
    return !this.#state.isRead && !this.#state.isTyped;
  }
  get isEmpty(): boolean {
    return this.#state.text.trim() === '' && this.#state.document.root.items.length === 0;
  }
  /** The first thing that keeps the query from being sent; null where nothing does. */
  get mistake(): TextProblem | null {
    return this.problems.find(({ severity }) => severity === 'error') ?? null;
  }
  /** What is shown of the problems: nothing of a name that is still being typed. */
  get shownProblems(): readonly TextProblem[] {
    const draft = this.#draft;
    return this.problems.filter(
      ({ id, part }) => draft === null || id !== draft || part === 'value',
    );
  }
  /** Spares a name that is being typed; null when nobody types one. */
  draft(id: string | null): void {
    this.#draft = id;
  }
  get canUndo(): boolean {
    void this.#undoRevision;
    return this.#undo.canUndo;
  }
  get canRedo(): boolean {
    void this.#undoRevision;
    return this.#undo.canRedo;
  }

  /** Someone typed in the text, or pasted, or chose a query. */
  typeText(text: string, isTyping = true): void {
    if (text === this.#state.text) return;
    this.#push(this.#opened(text, null), isTyping ? 'text' : null);
  }

  setField(id: string, field: string, isTyping = true): void {
    const document = edit.setField(this.document, id, field, this.#isNumeric(field));
    this.#change(document, isTyping ? `field ${id}` : null);
  }

  setValue(id: string, value: string): void {
    const item = edit.itemOf(this.document, id);
    const isNumeric = item?.kind === 'condition' && this.#isNumeric(item.field) === true;
    this.#change(edit.setValue(this.document, id, value, isNumeric), `value ${id}`);
  }

  /** Whether a property holds numbers; null where it is not known. */
  #isNumeric(field: string): boolean | null {
    const { index } = this.#facts;
    const type = index === null ? undefined : findProperty(index, field)?.type;
    return type === undefined ? null : type === 'integer' || type === 'float';
  }

  setOperator(id: string, operator: ConditionOperator): void {
    this.#change(edit.setOperator(this.document, id, operator));
  }

  setJoint(id: string, joint: 'and' | 'or'): void {
    this.#change(edit.setJoint(this.document, id, joint));
  }

  setNegated(id: string, isNegated: boolean): void {
    this.#change(edit.setNegated(this.document, id, isNegated));
  }

  /** The id of the new condition; null where groups are nested too deep for it. */
  addCondition(groupId: string = this.document.root.id): string | null {
    const { document, id } = edit.addCondition(this.document, groupId);
    this.#change(document);
    return id;
  }

  /** The id of the one condition in the new group. */
  addGroup(groupId: string = this.document.root.id): string | null {
    const { document, id } = edit.addGroup(this.document, groupId);
    this.#change(document);
    const group = id === null ? null : edit.itemOf(document, id);
    return group?.kind === 'group' ? (group.items[0]?.id ?? null) : null;
  }

  remove(id: string): void {
    this.#change(edit.removeItem(this.document, id));
  }

  /** Before the item that is at `index` in the group now. True where it moved. */
  move(id: string, groupId: string, index: number): boolean {
    const document = edit.moveItem(this.document, id, groupId, index);
    const moved = document !== this.document;
    this.#change(document);
    return moved;
  }

  undo(): void {
    this.#restore(this.#undo.undo(this.#state));
  }

  redo(): void {
    this.#restore(this.#undo.redo(this.#state));
  }

  /** Another service may answer now: what the builder made is printed in its words, what was typed is read by them. */
  readFor(dialect: PdsDialect): void {
    if (dialect === this.#dialect) return;
    this.#dialect = dialect;
    const { document, text, isTyped } = this.#state;
    this.#state = isTyped ? this.#opened(text, null) : this.#built(document);
  }

  #opened(text: string, document: QueryDocument | null): DeskState {
    const before = document ?? this.#state.document;
    const read = documentFromText(text, this.#facts.dialect, before);
    if (read.ok) return { document: read.document, text, isTyped: true, isRead: true };
    // A builder that was left unfinished wrote a text that nobody can read.
    const isTyped = document === null || this.#built(document).text !== text;
    return { document: before, text, isTyped, isRead: false };
  }

  #built(document: QueryDocument): DeskState {
    const { dialect } = this.#facts;
    const { text } = textOfDocument(document, dialect);
    const query = queryOfDocument(document);
    const isRead = query === null || printQuery(query, dialect).ok;
    return { document, text, isTyped: false, isRead };
  }

  #change(document: QueryDocument, typing: string | null = null): void {
    if (document !== this.#state.document) this.#push(this.#built(document), typing);
  }

  #push(next: DeskState, typing: string | null): void {
    this.#undo.push(this.#state, typing);
    this.#undoRevision += 1;
    this.#state = next;
  }

  #restore(state: DeskState | null): void {
    if (state === null) return;
    this.#undoRevision += 1;
    this.#state = state;
  }
}
