/**
 * Runs in a page. As much of XPath as tests of the window need: paths of names and positions, `//`, a last step
 * `@name`, and `count(…)`.
 */
import type { FakeXPath } from './fake-label-model.ts';
import { qualifiedOf, type FakeLabelTree, type FakeNode } from './fake-label-tree.ts';

const step = /^(\/\/?)(?:@([\w:-]+)|(\*|[\w:-]+)(?:\[(\d+)\])?)/;

const nameIn = (one: FakeNode): string =>
  one.prefix === '' ? `pds:${one.name}` : qualifiedOf(one);

export function evaluate(tree: FakeLabelTree, expression: string): FakeXPath {
  const counted = /^count\((.*)\)$/.exec(expression);
  if (counted !== null) {
    const found = evaluate(tree, counted[1] ?? '');
    return 'matches' in found ? { number: found.matches.length } : found;
  }
  let rest = expression;
  let nodes: (FakeNode | null)[] = [null];
  let attribute: string | null = null;
  while (rest !== '') {
    const read = step.exec(rest);
    if (read === null || attribute !== null) {
      const slashes = /^\/*/.exec(rest)?.[0].length ?? 0;
      const position = expression.length - rest.length + slashes;
      return { type: 'error', position, message: 'Here a step was expected, such as /pds:title.' };
    }
    const [whole, axis = '/', named, test = '', place] = read;
    rest = rest.slice(whole.length);
    if (named === undefined) nodes = nodes.flatMap((one) => take(tree, one, axis, test, place));
    else attribute = named;
  }
  const pathOf = (one: FakeNode): string => tree.pathOf(one.node, nameIn);
  const found = nodes.flatMap((one) => {
    if (one === null) return [];
    const { node } = one;
    if (attribute === null) return [{ node, path: pathOf(one), value: one.value ?? '' }];
    const value = attribute === 'unit' ? one.unit : new Map(one.attributes).get(attribute);
    if (value === null || value === undefined) return [];
    return [{ node, path: `${pathOf(one)}/@${attribute}`, value }];
  });
  return { matches: found };
}

function take(
  tree: FakeLabelTree,
  from: FakeNode | null,
  axis: string,
  test: string,
  place: string | undefined,
): FakeNode[] {
  const known = tree.nodes.slice(0, tree.elements);
  const within = known.filter((one) =>
    axis === '/' ? one.parent === (from?.node ?? null) : isWithin(tree, one, from),
  );
  const named = within.filter((one) => test === '*' || nameIn(one) === test);
  return place === undefined ? named : named.slice(Number(place) - 1, Number(place));
}

function isWithin(tree: FakeLabelTree, one: FakeNode, around: FakeNode | null): boolean {
  if (around === null) return true;
  for (let at = one.parent; at !== null; at = tree.nodes[at]?.parent ?? null) {
    if (at === around.node) return true;
  }
  return false;
}
