/**
 * Runs in plain Node. Positions in lists of the current service, which has search-after and no start: identifiers that
 * are known to stand at a position, so that a page in the middle of a million rows is found with few requests.
 */

/** A page of identifiers on the way to a position. */
const stride = 5_000;
const mostLists = 64;
const mostPoints = 4_000;

interface Point {
  /** Rows before and with this one. */
  position: number;
  id: string;
}

export interface IdPage {
  /** Identifiers of the rows that could be read, in order. */
  last: string | null;
  rows: number;
}

/** Asks for so many identifiers after one. */
export type AskIds = (after: string | null, count: number) => Promise<IdPage>;

export class Waypoints {
  /** Ascending by position, for each list; the list used last is the last one. */
  readonly #lists = new Map<string, Point[]>();

  /** The row with this identifier is the `position`th of the list (1 is the first). */
  note(list: string, position: number, id: string): void {
    const points = this.#pointsOf(list);
    const at = points.findLastIndex((point) => point.position < position) + 1;
    if (points[at]?.position === position) return;
    points.splice(at, 0, { position, id });
    if (points.length > mostPoints) points.splice(Math.floor(points.length / 2), 1);
  }

  /**
   * The identifier after which position `start` (0 is the first) begins; null for the beginning, undefined where the
   * list ends before it.
   */
  async find(list: string, start: number, ask: AskIds): Promise<string | null | undefined> {
    let near = this.#pointsOf(list).findLast(({ position }) => position <= start) ?? null;
    while ((near?.position ?? 0) < start) {
      const position: number = near?.position ?? 0;
      const page: IdPage = await ask(near?.id ?? null, Math.min(stride, start - position));
      if (page.last === null || page.rows === 0 || page.last === near?.id) return undefined;
      near = { position: position + page.rows, id: page.last };
      this.note(list, near.position, near.id);
    }
    return near?.id ?? null;
  }

  /** Forgets a list: it has changed. */
  forget(list: string): void {
    this.#lists.delete(list);
  }

  #pointsOf(list: string): Point[] {
    const points = this.#lists.get(list) ?? [];
    this.#lists.delete(list);
    this.#lists.set(list, points);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > mostLists && oldest !== undefined) this.#lists.delete(oldest);
    return points;
  }
}
