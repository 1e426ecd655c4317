/** Runs in plain Node. Which version of the information model a label of PDS4 was written for. */
import { nodeKinds, trimBlanks, type LabelTree } from './label-tree.ts';

/** Of the Identification_Area, where PDS4 has it in every label; null where it is not said. */
export function informationModelOf(tree: LabelTree, root: number): string | null {
  const area = root === 0 ? 0 : childNamed(tree, root, 'Identification_Area');
  const version = area === 0 ? 0 : childNamed(tree, area, 'information_model_version');
  if (version === 0) return null;
  const text = trimBlanks(tree.stringOf(version, 200));
  return text === '' ? null : text.slice(0, 40);
}

/** First child of this name; it stands near the beginning, so no more than some are looked at. 0 for none. */
function childNamed(tree: LabelTree, parent: number, local: string): number {
  let at = parent + 1 < tree.endOf(parent) ? parent + 1 : 0;
  for (let looked = 0; at !== 0 && looked < 100; looked += 1) {
    if (tree.kindOf(at) === nodeKinds.element && tree.nameOf(at).local === local) return at;
    at = tree.nextSibling(at);
  }
  return 0;
}
