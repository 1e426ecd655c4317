/**
 * Runs in plain Node. Which identifiers a crawl has met, as 64-bit hashes in one typed table: about 16 bytes each,
 * where the identifiers themselves as a set would take some 200. Two of a million collide with a chance of 1 in
 * 30 million; the hash is seeded, so that nobody can make them.
 */
const firstSlots = 4096;

export class SeenIds {
  /** Two words a slot; both zero: empty. */
  #table = new Uint32Array(firstSlots * 2);
  #size = 0;
  readonly #seed: number;

  constructor(random: () => number) {
    this.#seed = Math.floor(random() * 0x1_0000_0000) >>> 0;
  }

  get size(): number {
    return this.#size;
  }

  /** Notes an identifier; false when it was noted before. */
  add(id: string): boolean {
    if (this.#size * 4 >= this.#table.length) this.#grow();
    const [high, low] = this.#hash(id);
    const isNew = place(this.#table, high, low);
    if (isNew) this.#size += 1;
    return isNew;
  }

  /** Two independent 32-bit hashes (murmur's mixing); never both zero. */
  #hash(id: string): [number, number] {
    let high = this.#seed ^ 0x9e37_79b9;
    let low = this.#seed ^ 0x85eb_ca6b;
    for (let at = 0; at < id.length; at += 1) {
      const code = id.charCodeAt(at);
      high = Math.imul(high ^ code, 0x85eb_ca6b);
      high = (high << 13) | (high >>> 19);
      low = Math.imul(low ^ code, 0xc2b2_ae35);
      low = (low << 17) | (low >>> 15);
    }
    return [mixed(high ^ id.length), mixed(low + id.length) || 1];
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      const [high = 0, low = 0] = [old[at], old[at + 1]];
      if (high !== 0 || low !== 0) place(this.#table, high, low);
    }
  }
}

function mixed(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85eb_ca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Open addressing; the table is never more than half full. */
function place(table: Uint32Array, high: number, low: number): boolean {
  const mask = table.length / 2 - 1;
  for (let slot = (high ^ low) & mask; ; slot = (slot + 1) & mask) {
    const [one = 0, two = 0] = [table[slot * 2], table[slot * 2 + 1]];
    if (one === high && two === low) return false;
    if (one === 0 && two === 0) {
      table[slot * 2] = high;
      table[slot * 2 + 1] = low;
      return true;
    }
  }
}
