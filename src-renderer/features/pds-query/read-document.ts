/** Runs in the page, pure. A builder's document as it was kept over a restart; the file may hold anything. */
import { comparisonOperators } from '#contract/pds-query/ast.ts';
import type {
  ConditionOperator,
  DocumentItem,
  GroupItem,
  QueryDocument,
} from '#contract/pds-query/document.ts';

const operators: readonly ConditionOperator[] = [
  ...comparisonOperators,
  'like',
  'not like',
  'exists',
  'not exists',
];
/** Far beyond what anyone builds by hand. */
const most = { items: 2000, depth: 50, text: 10_000 };

/** Null where it is none. */
export function readDocument(value: unknown): QueryDocument | null {
  if (!isPlain(value) || !Number.isSafeInteger(value['nextId'])) return null;
  const reader = new Reader();
  const root = reader.item(value['root'], 0);
  if (root?.kind !== 'group') return null;
  return { root, nextId: Math.max(value['nextId'] as number, reader.highest + 1) };
}

class Reader {
  /** The highest number of an id. */
  highest = 0;
  readonly #ids = new Set<string>();

  item(value: unknown, depth: number): DocumentItem | null {
    if (!isPlain(value) || depth > most.depth || this.#ids.size >= most.items) return null;
    const { id } = value;
    if (typeof id !== 'string' || !/^i\d{1,9}$/.test(id) || this.#ids.has(id)) return null;
    this.#ids.add(id);
    this.highest = Math.max(this.highest, Number(id.slice(1)));
    return value['kind'] === 'group' ? this.#group(id, value, depth) : this.#condition(id, value);
  }

  #group(id: string, value: Plain, depth: number): GroupItem | null {
    const { isNegated, joint, items } = value;
    if (typeof isNegated !== 'boolean' || (joint !== 'and' && joint !== 'or')) return null;
    if (!Array.isArray(items)) return null;
    const read = (items as unknown[]).map((inner) => this.item(inner, depth + 1));
    const whole = read.filter((item) => item !== null);
    return whole.length === read.length
      ? { kind: 'group', id, isNegated, joint, items: whole }
      : null;
  }

  #condition(id: string, value: Plain): DocumentItem | null {
    const { kind, field, operator, value: text, isNumber } = value;
    if (kind !== 'condition' || !isShort(field) || !isShort(text)) return null;
    const known = operators.find((one) => one === operator);
    if (known === undefined || typeof isNumber !== 'boolean') return null;
    return { kind, id, field, operator: known, value: text, isNumber };
  }
}

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= most.text && !/[\r\n]/.test(value);
}
