/** Runs in plain Node, in the labels' worker. The field under which the registry indexes an element of a label. */
import { nodeKinds, type LabelTree } from './label-tree.ts';
import type { Name } from './names.ts';

/** Namespaces of PDS4 end in the prefix that the registry uses and the version of the dictionary. */
const dictionary = /\/([a-z][a-z0-9_-]{0,40})\/v\d{1,4}\/?$/i;

/**
 * `ns:Class.ns:attribute`, as `insight:Observation_Information.insight:start_sol_number`. Null for classes, which
 * hold other elements, and for what stands in no class: the registry has no field for them.
 */
export function registryNameOf(tree: LabelTree, node: number): string | null {
  if (tree.kindOf(node) !== nodeKinds.element) return null;
  const parent = tree.parentOf(node);
  if (parent === 0) return null;
  for (let at = node + 1; at < tree.endOf(node); at += 1) {
    if (tree.kindOf(at) === nodeKinds.element) return null;
  }
  const own = fieldPart(tree.nameOf(node));
  const around = fieldPart(tree.nameOf(parent));
  return own === null || around === null ? null : `${around}.${own}`;
}

function fieldPart({ prefix, local, uri }: Name): string | null {
  const known = dictionary.exec(uri)?.[1]?.toLowerCase();
  const used = known ?? (prefix === '' ? null : prefix);
  return used === null ? null : `${used}:${local}`;
}
