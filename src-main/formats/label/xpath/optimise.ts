/** Runs in plain Node, in the labels' worker. Spares an expression most of its work without changing its value. */
import { signatures } from './functions.ts';
import type { Expression, Step } from './syntax.ts';

/** `//x` as one walk over all descendants, where positions do not matter. */
export function joinSteps(steps: readonly Step[]): Step[] {
  const joined: Step[] = [];
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at];
    const next = steps[at + 1];
    if (step === undefined) continue;
    if (next === undefined || !isAnyBelow(step)) joined.push(step);
    else if (next.axis === 'child' && !next.predicates.some(isPositional)) {
      joined.push({ ...next, axis: 'descendant' });
      at += 1;
    } else if (next.axis === 'attribute') {
      // Only elements have attributes.
      joined.push({ ...step, test: { kind: 'name', uri: null, local: null } });
    } else joined.push(step);
  }
  return joined;
}

function isAnyBelow({ axis, test, predicates }: Step): boolean {
  return axis === 'descendant-or-self' && test.kind === 'node' && predicates.length === 0;
}

/** Whether a predicate may look at the position: it is a number, or asks for it. */
export function isPositional(predicate: Expression): boolean {
  return givesNumber(predicate) || asksPosition(predicate);
}

function givesNumber(expression: Expression): boolean {
  if (expression.kind === 'number' || expression.kind === 'negate') return true;
  if (expression.kind === 'binary')
    return ['+', '-', '*', 'div', 'mod'].includes(expression.operator);
  return expression.kind === 'call' && signatures[expression.name]?.[2] === 'number';
}

/** Predicates within have positions of their own; taking those for this one's only costs time. */
function asksPosition(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return false;
    case 'negate':
      return asksPosition(expression.of);
    case 'binary':
      return asksPosition(expression.left) || asksPosition(expression.right);
    case 'call':
      return ['position', 'last'].includes(expression.name) || expression.args.some(asksPosition);
    case 'filter':
      return asksPosition(expression.base) || expression.predicates.some(asksPosition);
    case 'path':
      return (
        (typeof expression.from !== 'string' && asksPosition(expression.from)) ||
        expression.steps.some(({ predicates }) => predicates.some(asksPosition))
      );
  }
}
