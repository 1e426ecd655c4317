/**
 * Runs in the page. Writes a line of XML into an element: plain text with a span for what has a colour. Made by hand,
 * since a jump of the scroll bar brings hundreds of these at once.
 */
import type { Attachment } from 'svelte/attachments';
import type { MarkedToken, XmlTokenKind } from './xml-tokens.ts';

/** Class names of the colours; the others have that of the line. */
const classes: Readonly<Partial<Record<XmlTokenKind, string>>> = {
  text: 'text',
  name: 'name',
  attribute: 'attribute',
  value: 'value',
  entity: 'value',
};

export function paintLine(tokens: readonly MarkedToken[]): Attachment<HTMLElement> {
  return (element) => {
    element.replaceChildren(...tokens.map(nodeOf));
  };
}

function nodeOf({ kind, text, isMatch }: MarkedToken): Node | string {
  const name = classes[kind];
  if (!isMatch && name === undefined) return text;
  const element = document.createElement(isMatch ? 'mark' : 'span');
  if (!isMatch && name !== undefined) element.className = name;
  element.textContent = text;
  return element;
}
