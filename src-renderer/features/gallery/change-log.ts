/** Runs in the page. Pure: from which index on a list changed, revision by revision. */

/** Changes remembered; who has not looked for longer reads everything anew. */
const mostChanges = 64;

export class ChangeLog {
  #changes: { revision: number; from: number }[] = [];

  /** In that revision the items from that index on changed. */
  add(revision: number, from: number): void {
    this.#changes.push({ revision, from });
    if (this.#changes.length > mostChanges) this.#changes.shift();
  }

  /** First index that may have changed after a revision; `count` when none did. */
  since(revision: number, count: number): number {
    const oldest = this.#changes[0]?.revision ?? 0;
    if (revision < oldest - 1) return 0;
    let from = count;
    for (const change of this.#changes) {
      if (change.revision > revision) from = Math.min(from, change.from);
    }
    return from;
  }
}
