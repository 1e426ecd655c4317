/**
 * Runs in plain Node, in the sample archive's thread. Which products a search selects. A million of them are not
 * looked at one by one: whole blocks are decided by what their products share or by where a rising property stands,
 * the rest is looked at in turns, so that other requests go on meanwhile.
 */
import type { Comparison, Like, QueryNode } from '#contract/pds-query/ast.ts';
import { emptyBits, keepCommon, setBit } from '../bits.ts';
import type { Bits } from '../bits.ts';
import type { Block, Catalogue } from './catalogue.ts';
import { queryTest } from './evaluate-query.ts';
import type { EvaluateOptions } from './evaluate-query.ts';

/** Conditions that all have to hold, each read in its own way. */
export interface Condition {
  query: QueryNode;
  /** The service up to 1.4.1 takes `or` for `and`. */
  orFault: boolean;
}

/** A search that took too long: the gateway before the registry gives up. */
export class SearchTimeout extends Error {}

/** Milliseconds of work after which a search is given up. */
const longestSearchMs = 90_000;
/** Milliseconds of work between two pauses. */
const turnMs = 8;
/** Products that are looked at one by one rather than divided further. */
const smallest = 64;

export class Turns {
  #since = performance.now();
  #worked = 0;

  /** To be called often: pauses when a turn is over. Throws SearchTimeout when all of them are. */
  async pass(): Promise<void> {
    const now = performance.now();
    if (now - this.#since < turnMs) return;
    this.#worked += now - this.#since;
    if (this.#worked > longestSearchMs) throw new SearchTimeout();
    await new Promise((done) => void setImmediate(done));
    this.#since = performance.now();
  }
}

type Verdict = boolean | null;

const inDots = (name: string): string => name.replaceAll('/', '.');

/** Stored nulls, which are shown as this word, can't be searched for. */
function searchable(values: readonly string[] | undefined): readonly string[] {
  return values === undefined || (values.length === 1 && values[0] === 'null') ? [] : values;
}

/** Decides for stretches of a block. */
class Judge {
  readonly #catalogue: Catalogue;
  readonly #options: EvaluateOptions;

  constructor(catalogue: Catalogue, options: EvaluateOptions) {
    this.#catalogue = catalogue;
    this.#options = options;
  }

  /** Whether all listed products from `first` up to `end` are selected (true), none (false), or it isn't sure. */
  decide(node: QueryNode, block: Block, first: number, end: number): Verdict {
    if (node.kind === 'group') return this.#group(node, block, first, end);
    if (node.kind === 'exists') return this.#shared(node, block);
    const name = inDots(node.field);
    if (node.kind === 'comparison' && (node.operator === 'eq' || node.operator === 'ne')) {
      const known = this.#equal(node, block, name);
      if (known !== null) return known;
    } else {
      const known = this.#shared(node, block);
      if (known !== null) return known;
    }
    if (!block.ascends(name)) return null;
    return node.kind === 'like'
      ? this.#prefix(node, name, first, end)
      : this.#range(node, name, first, end);
  }

  #group(
    node: Extract<QueryNode, { kind: 'group' }>,
    block: Block,
    first: number,
    end: number,
  ): Verdict {
    const isAny = node.joint === 'or' && !this.#options.orFault;
    let isSure = true;
    for (const term of node.terms) {
      const verdict = this.decide(term, block, first, end);
      if (verdict === null) isSure = false;
      else if (verdict === isAny) return isAny !== node.isNegated;
    }
    return isSure ? isAny === node.isNegated : null;
  }

  #shared(node: QueryNode, block: Block): Verdict {
    let isSure = true;
    const verdict = queryTest(
      node,
      this.#options,
    )((name) => {
      const values = block.values(name);
      if (values === null || values.sometimes.length > 0) isSure = false;
      return searchable(values?.always);
    });
    return isSure ? verdict : null;
  }

  #equal(node: Comparison, block: Block, name: string): Verdict {
    const values = block.values(name);
    if (values === null) return null;
    const holds = queryTest({ ...node, operator: 'eq' }, this.#options);
    const isNegated = node.operator === 'ne';
    if (holds(() => searchable(values.always))) return !isNegated;
    if (!holds(() => values.sometimes)) return isNegated;
    return null;
  }

  #test(node: QueryNode, index: number): boolean {
    const product = this.#catalogue.product(index);
    return queryTest(node, this.#options)((name) => searchable(product.values(name)));
  }

  /** Of a rising property: what holds at one end of a stretch may hold throughout. */
  #range(node: Comparison, name: string, first: number, end: number): Verdict {
    const last = end - 1;
    const at = (operator: Comparison['operator'], index: number): boolean =>
      this.#test({ ...node, field: name, operator }, index);
    switch (node.operator) {
      case 'ge':
      case 'gt':
        if (at(node.operator, first)) return true;
        return at(node.operator, last) ? null : false;
      case 'le':
      case 'lt':
        if (at(node.operator, last)) return true;
        return at(node.operator, first) ? null : false;
      case 'eq':
      case 'ne': {
        const isNegated = node.operator === 'ne';
        if (at('gt', first) || at('lt', last)) return isNegated;
        return at('eq', first) && at('eq', last) ? !isNegated : null;
      }
    }
  }

  /** `like "begins so*"`. */
  #prefix(node: Like, name: string, first: number, end: number): Verdict {
    const prefix = /^([A-Za-z0-9_.:]+)\*$/.exec(node.pattern)?.[1];
    if (prefix === undefined || this.#options.typeOf(name) !== 'string') return null;
    const value = (index: number): string => this.#catalogue.product(index).values(name)?.[0] ?? '';
    const [low, high] = [value(first), value(end - 1)];
    if (low.startsWith(prefix) && high.startsWith(prefix)) return !node.isNegated;
    if (high < prefix || (low > prefix && !low.startsWith(prefix))) return node.isNegated;
    return null;
  }
}

function setRange(bits: Bits, first: number, end: number): void {
  let at = first;
  while (at < end && at % 32 !== 0) setBit(bits, at++);
  const words = Math.floor((end - at) / 32);
  if (words > 0) bits.fill(0xffff_ffff, at >>> 5, (at >>> 5) + words);
  for (at += Math.max(0, words) * 32; at < end; at += 1) setBit(bits, at);
}

function clearBit(bits: Bits, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] as number) & ~(1 << (index & 31));
}

export function hasBit(bits: Bits, index: number): boolean {
  return ((bits[index >>> 5] as number) & (1 << (index & 31))) !== 0;
}

const listedKept = new WeakMap<Catalogue, Bits>();

/** Products that lists show: released, and not superseded. */
export function listedProducts(catalogue: Catalogue): Bits {
  const known = listedKept.get(catalogue);
  if (known !== undefined) return known;
  const bits = emptyBits(catalogue.count);
  for (const block of catalogue.blocks) {
    const unlisted = block.unlisted();
    if (unlisted === null) {
      for (let index = block.first; index < block.first + block.count; index += 1) {
        const { isReleased, isSuperseded } = catalogue.brief(index);
        if (isReleased && !isSuperseded) setBit(bits, index);
      }
      continue;
    }
    setRange(bits, block.first, block.first + block.count);
    for (const index of unlisted) clearBit(bits, index);
  }
  listedKept.set(catalogue, bits);
  return bits;
}

export function evaluateOptions(catalogue: Catalogue, orFault: boolean): EvaluateOptions {
  const kinds = catalogue.properties();
  return {
    orFault,
    typeOf: (name) => kinds.get(name) ?? 'string',
    names: [...kinds.keys()],
  };
}

/** Whether a verdict may change along a block: some leaf asks for a property that rises there. */
function dependsOnPlace(node: QueryNode, block: Block): boolean {
  if (node.kind === 'group') return node.terms.some((term) => dependsOnPlace(term, block));
  return block.ascends(inDots(node.field));
}

async function select(catalogue: Catalogue, condition: Condition): Promise<Bits> {
  const options = evaluateOptions(catalogue, condition.orFault);
  const judge = new Judge(catalogue, options);
  const test = queryTest(condition.query, options);
  const listed = listedProducts(catalogue);
  const bits = emptyBits(catalogue.count);
  const turns = new Turns();
  const look = async (block: Block, first: number, end: number): Promise<void> => {
    await turns.pass();
    const verdict = judge.decide(condition.query, block, first, end);
    if (verdict !== null) {
      if (verdict) setRange(bits, first, end);
      return;
    }
    if (end - first > smallest && dependsOnPlace(condition.query, block)) {
      const middle = (first + end) >>> 1;
      await look(block, first, middle);
      await look(block, middle, end);
      return;
    }
    for (let index = first; index < end; index += 1) {
      if (!hasBit(listed, index)) continue;
      if (index % smallest === 0) await turns.pass();
      const product = catalogue.product(index);
      if (test((name) => searchable(product.values(name)))) setBit(bits, index);
    }
  };
  for (const block of catalogue.blocks) await look(block, block.first, block.first + block.count);
  keepCommon(bits, listed);
  return bits;
}

/** Results that stay: a million products take 125 kB each. */
const keptResults = 24;

export interface Selector {
  /** All listed products for which every condition holds. Throws SearchTimeout. */
  select(conditions: readonly Condition[]): Promise<Bits>;
}

export function createSelector(catalogue: Catalogue): Selector {
  const kept = new Map<string, Promise<Bits>>();
  const one = (condition: Condition): Promise<Bits> => {
    const key = JSON.stringify(condition);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = select(catalogue, condition);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    const oldest = kept.keys().next();
    if (kept.size > keptResults && oldest.done !== true) kept.delete(oldest.value);
    return made;
  };
  return {
    async select(conditions) {
      const bits = listedProducts(catalogue).slice();
      for (const condition of conditions) keepCommon(bits, await one(condition));
      return bits;
    },
  };
}
