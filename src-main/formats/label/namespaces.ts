/** Runs in plain Node, in the labels' worker. The prefixes of a label, as paths and expressions use them. */
import type { LabelNamespace } from '#contract/labels.ts';
import type { LabelTree } from './label-tree.ts';

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
/** The prefix that stands for the label's default namespace, whichever that is. */
const defaultPrefix = 'pds';
/** Namespaces that are listed, at most. */
const mostListed = 200;

/**
 * The prefixes that the label declares, the first declaration of each, and `pds` for the default namespace: that of
 * the root, else the first that is declared anywhere. A label may declare `pds` itself; it then means that, unless
 * there is a default namespace.
 */
export function namespacesOf(tree: LabelTree): LabelNamespace[] {
  const declared = tree.declarations.find(({ prefix, uri }) => prefix === '' && uri !== '');
  const found = new Map<string, LabelNamespace>();
  if (declared !== undefined) {
    found.set(defaultPrefix, { prefix: defaultPrefix, uri: declared.uri, isDefault: true });
  }
  for (const { prefix, uri } of tree.declarations) {
    if (found.size >= mostListed) break;
    if (prefix === '' || uri === '' || found.has(prefix)) continue;
    found.set(prefix, { prefix, uri, isDefault: false });
  }
  return [...found.values()];
}

/** What a prefix means in an expression; undefined where it means nothing. */
export function resolverOf(
  namespaces: readonly LabelNamespace[],
): (prefix: string) => string | undefined {
  const known = new Map(namespaces.map(({ prefix, uri }) => [prefix, uri]));
  known.set('xml', xmlNamespace);
  return (prefix) => known.get(prefix);
}

/** Prefixes in scope at an element, `xml` included; the default namespace has the prefix "". */
export function inScope(tree: LabelTree, element: number): Map<string, string> {
  const around: number[] = [];
  for (let at = element; at !== 0; at = tree.parentOf(at)) around.push(at);
  const scope = new Map([['xml', xmlNamespace]]);
  for (const at of around.reverse()) {
    for (const { prefix, uri } of declarationsOf(tree, at)) {
      if (uri === '') scope.delete(prefix);
      else scope.set(prefix, uri);
    }
  }
  return scope;
}

/** Declarations are in document order, so an element's are found by halving. */
function declarationsOf(tree: LabelTree, element: number): { prefix: string; uri: string }[] {
  const all = tree.declarations;
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.element ?? 0) < element) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let at = low; all[at]?.element === element; at += 1) found.push(all[at]);
  return found.filter((declaration) => declaration !== undefined);
}
