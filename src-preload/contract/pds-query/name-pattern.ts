/**
 * Runs anywhere; pure. Patterns over property names, as `exists "pds:File.*"` takes them in the current service: regular
 * expressions that match a whole name. Matched in one pass, however hostile: time is at most pattern x name.
 */

/** Longest pattern that is read; UTF-16 units. */
const longestPattern = 500;
const deepestPattern = 50;

type Test = (unit: string) => boolean;

/** A state of the machine: it takes one unit and goes on, splits without taking one, or has matched. */
type State =
  { kind: 'take'; test: Test; next: number } | { kind: 'split'; next: number[] } | { kind: 'done' };

/**
 * Reads a pattern: letters, `.`, `[…]`, `\d \w \s` and escapes, groups, `|`, `*`, `+`, `?`. Null where it is not one of
 * these; the service takes all that Java knows, which no query over names needs.
 */
export function readNamePattern(pattern: string): ((name: string) => boolean) | null {
  if (pattern.length > longestPattern) return null;
  const builder = new MachineBuilder(pattern);
  const start = builder.build();
  return start === null ? null : (name) => run(builder.states, start, name);
}

function run(states: readonly State[], start: number, name: string): boolean {
  let now = new Set<number>();
  enter(states, start, now);
  for (const unit of name) {
    const then = new Set<number>();
    for (const at of now) {
      const state = states[at];
      if (state?.kind === 'take' && state.test(unit)) enter(states, state.next, then);
    }
    if (then.size === 0) return false;
    now = then;
  }
  return [...now].some((at) => states[at]?.kind === 'done');
}

function enter(states: readonly State[], at: number, into: Set<number>): void {
  const open = [at];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (into.has(next)) continue;
    into.add(next);
    const state = states[next];
    if (state?.kind === 'split') open.push(...state.next);
  }
}

/** Builds backwards from what follows: every part is given the state to go on with and answers where it begins. */
type Part = (next: number) => number;

class MachineBuilder {
  readonly states: State[] = [];
  readonly #pattern: string;
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  build(): number | null {
    const part = this.#choice();
    if (part === null || this.#at < this.#pattern.length) return null;
    return part(this.#add({ kind: 'done' }));
  }

  #choice(): Part | null {
    const parts: Part[] = [];
    do {
      const part = this.#sequence();
      if (part === null) return null;
      parts.push(part);
    } while (this.#skip('|'));
    if (parts.length === 1) return parts[0] ?? null;
    return (next) => this.#add({ kind: 'split', next: parts.map((part) => part(next)) });
  }

  #sequence(): Part | null {
    const parts: Part[] = [];
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#peek())) {
      const part = this.#repeated();
      if (part === null) return null;
      parts.push(part);
    }
    return (next) => parts.reduceRight((after, part) => part(after), next);
  }

  #repeated(): Part | null {
    const part = this.#single();
    if (part === null) return null;
    if (this.#skip('*')) return (next) => this.#loop(part, next).split;
    if (this.#skip('+')) return (next) => this.#loop(part, next).start;
    if (this.#skip('?')) return (next) => this.#add({ kind: 'split', next: [part(next), next] });
    return part;
  }

  #loop(part: Part, next: number): { split: number; start: number } {
    const ways = [next];
    const split = this.#add({ kind: 'split', next: ways });
    const start = part(split);
    ways.push(start);
    return { split, start };
  }

  #single(): Part | null {
    const unit = this.#take();
    if ('*+?{}]'.includes(unit) || unit === '^' || unit === '$') return null;
    if (unit === '(') return this.#group();
    if (unit === '[') return this.#class();
    if (unit === '.') return this.#taking(() => true);
    if (unit === '\\') {
      const test = escaped(this.#take());
      return test === null ? null : this.#taking(test);
    }
    return this.#taking((other) => other === unit);
  }

  #group(): Part | null {
    this.#depth += 1;
    if (this.#depth > deepestPattern) return null;
    const part = this.#choice();
    this.#depth -= 1;
    return this.#skip(')') ? part : null;
  }

  #class(): Part | null {
    const isNegated = this.#skip('^');
    const tests: Test[] = [];
    while (this.#at < this.#pattern.length && this.#peek() !== ']') {
      const test = this.#classMember();
      if (test === null) return null;
      tests.push(test);
    }
    if (tests.length === 0 || !this.#skip(']')) return null;
    return this.#taking((unit) => tests.some((test) => test(unit)) !== isNegated);
  }

  #classMember(): Test | null {
    const from = this.#take();
    if (from === '\\') return escaped(this.#take());
    if (this.#peek() !== '-' || [']', ''].includes(this.#pattern[this.#at + 1] ?? ''))
      return (unit) => unit === from;
    this.#take();
    const to = this.#take();
    return to < from ? null : (unit) => unit >= from && unit <= to;
  }

  #taking(test: Test): Part {
    return (next) => this.#add({ kind: 'take', test, next });
  }

  #add(state: State): number {
    return this.states.push(state) - 1;
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? '';
  }

  /** The next unit; '' at the end, which matches nothing. */
  #take(): string {
    const unit = this.#peek();
    this.#at += 1;
    return unit;
  }

  #skip(unit: string): boolean {
    if (this.#peek() !== unit) return false;
    this.#at += 1;
    return true;
  }
}

function escaped(unit: string): Test | null {
  if (unit === 'd') return (other) => /^\d$/.test(other);
  if (unit === 'w') return (other) => /^\w$/.test(other);
  if (unit === 's') return (other) => /^\s$/.test(other);
  return /^[A-Za-z0-9]?$/.test(unit) ? null : (other) => other === unit;
}
