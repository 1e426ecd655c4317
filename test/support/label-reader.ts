/**
 * Runs in plain Node, for tests only. Reads a label into the tree that the sample registry writes labels from. Apart
 * from Almagest's own reader of labels, which is tested with what this one serves.
 */
import { SaxesParser } from 'saxes';
import type { LabelElement } from '#main/sample/pds/label-tree.ts';

interface Open {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: LabelElement[];
}

function closed(open: Open): LabelElement {
  const attributes = Object.keys(open.attributes).length > 0 ? { attributes: open.attributes } : {};
  return open.children.length > 0
    ? { name: open.name, ...attributes, children: open.children }
    : { name: open.name, ...attributes, text: open.text.trim() };
}

/** The root of a label. Throws for what is not well-formed. */
export function readLabelTree(xml: string): LabelElement {
  const parser = new SaxesParser({ xmlns: true });
  const stack: Open[] = [];
  const roots: LabelElement[] = [];
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const [name, attribute] of Object.entries(tag.attributes))
      attributes[name] = typeof attribute === 'string' ? attribute : attribute.value;
    stack.push({ name: tag.name, attributes, text: '', children: [] });
  });
  const addText = (text: string): void => {
    const top = stack.at(-1);
    if (top !== undefined) top.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const open = stack.pop();
    if (open === undefined) return;
    const element = closed(open);
    const parent = stack.at(-1);
    if (parent === undefined) roots.push(element);
    else parent.children.push(element);
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  const [root] = roots;
  if (root === undefined) throw new Error('A label without a root');
  return root;
}

/** Text of the first element at a path of names below another; null when there is none. */
export function textAt(root: LabelElement, ...path: readonly string[]): string | null {
  let here: LabelElement | undefined = root;
  for (const name of path) here = here?.children?.find((child) => child.name === name);
  return here === undefined
    ? null
    : typeof here.text === 'function'
      ? here.text()
      : (here.text ?? '');
}

/** All elements of a name, at any depth, in the order of the label. */
export function elementsNamed(root: LabelElement, name: string): LabelElement[] {
  return (root.children ?? []).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsNamed(child, name),
  ]);
}
