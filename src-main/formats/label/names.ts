/** Runs in plain Node, in the labels' worker. The names of a label's elements and attributes, each kept once. */

export interface Name {
  /** As in the label, with its prefix. */
  qualified: string;
  prefix: string;
  local: string;
  /** Empty for none. */
  uri: string;
}

const nameless: Name = { qualified: '', prefix: '', local: '', uri: '' };

export class Names {
  /** The first is that of nodes without a name. */
  readonly all: Name[] = [nameless];
  readonly #byQualified = new Map<string, number[]>();

  /** Number of a name, which is the same whenever the same name comes in the same namespace. */
  add(qualified: string, prefix: string, local: string, uri: string): number {
    const known = this.#byQualified.get(qualified);
    // One prefix nearly always stands for one namespace: the first is it.
    const found = known?.find((id) => this.all[id]?.uri === uri);
    if (found !== undefined) return found;
    const id = this.all.length;
    this.all.push({ qualified, prefix, local, uri });
    if (known === undefined) this.#byQualified.set(qualified, [id]);
    else known.push(id);
    return id;
  }

  get(id: number): Name {
    return this.all[id] ?? nameless;
  }
}
