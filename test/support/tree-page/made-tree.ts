/**
 * Runs in a page of the tests. A made archive: bundles with collections with so many members. Knobs: `members`,
 * `way` = direct | onward, `failing` (a part of the members that fails until told otherwise), `held` = yes (answers
 * wait until released), `snapshot` and `place` (JSON, as after a restart), `known` = yes (counts before opening).
 */
import type { ChildrenAnswer } from '#renderer/lib/tree/child-list.ts';
import { LoadedTree, type LoadChildren } from '#renderer/lib/tree/loaded-tree.svelte.ts';
import { parseTreeSnapshot } from '#renderer/lib/tree/tree-snapshot.ts';

export interface MadeNode {
  id: string;
  title: string;
  identifier: string;
  level: 'bundle' | 'collection' | 'product';
  members: number | null;
  version: string;
  size: string;
}

const bundles = [
  ['InSight Radiometer Bundle', 'insight_rad', '14.0'],
  ['Mars InSight Lander Document Archive', 'insight_documents', '20.0'],
  ['EDLCAM Raw Video and Audio Bundle', 'm2020_edlcam_raw', '1.1'],
  ['Mars 2020 Perseverance Rover PIXL MCC Data', 'mars2020_pixl', '4.0'],
  ['Mars 2020 Rover PLACES', 'mars2020_rover_places', '4.0'],
  ['MESSENGER GRS Derived Data', 'mess_grs_derived', '1.0'],
  ['Trang 2020 Lunar Space Weathering Maps', 'trang2020_moon_space_weathering', '1.0'],
  ['LCROSS MMT CCD47 Images', 'lcross_mmt_ccd47', '1.0'],
  ['Chandrayaan-1 mini-RF Mosaics', 'chand1-orb_mini_rf', '1.0'],
] as const;
const collections = [
  ['InSight RAD Raw Data Collection', 'data_raw'],
  ['InSight RAD Calibrated Data Collection', 'data_calibrated'],
  ['InSight RAD Derived Data Collection', 'data_derived'],
] as const;

export type MadeKnobs = Readonly<Record<string, string | undefined>>;

export class MadeTree {
  readonly tree: LoadedTree<MadeNode>;
  readonly asked: string[] = [];
  readonly #members: number;
  readonly #way: string;
  #failing: string | undefined;
  #held: (() => void)[] | null;

  constructor(knobs: MadeKnobs) {
    this.#members = Number(knobs['members'] ?? 1206);
    this.#way = knobs['way'] ?? 'direct';
    this.#failing = knobs['failing'];
    this.#held = knobs['held'] === 'yes' ? [] : null;
    this.tree = new LoadedTree<MadeNode>({
      keyOf: ({ id }) => id,
      titleOf: ({ title }) => title,
      isExpandable: ({ level }) => level !== 'product',
      ...(knobs['known'] === 'yes' ? { countOf: ({ members }) => members } : {}),
      describe: (error) => (error instanceof Error ? error.message : String(error)),
      load: this.#load,
    });
    const snapshot = knobs['snapshot'];
    const parsed = snapshot === undefined ? null : parseTreeSnapshot(JSON.parse(snapshot));
    if (parsed !== null) this.tree.restore(parsed);
  }

  /** From now on answers wait. */
  hold(): void {
    this.#held = [];
  }

  /** Answers what waits, and no longer holds anything back. */
  release(): void {
    const waiting = this.#held ?? [];
    this.#held = null;
    for (const answer of waiting) answer();
  }

  mend(): void {
    this.#failing = undefined;
  }

  readonly #load: LoadChildren<MadeNode> = async ({ path, from, count, cursor }, signal) => {
    const begin = cursor === null ? from : Number(cursor);
    this.asked.push(`${path.join('/')}:${begin}`);
    if (this.#held !== null) {
      await new Promise<void>((resolve) => this.#held?.push(resolve));
    }
    signal.throwIfAborted();
    if (this.#failing === String(begin) && path.length === 2) {
      throw new Error('The registry did not answer.');
    }
    return this.#answer(path, begin, count);
  };

  #answer(path: readonly string[], from: number, count: number): ChildrenAnswer<MadeNode> {
    const total = this.#totalOf(path);
    const nodes = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_none, at) =>
      this.#node(path, from + at),
    );
    if (this.#way === 'direct' || path.length < 2) return { nodes, total };
    return { nodes, total, next: from + count < total ? String(from + count) : null };
  }

  #totalOf(path: readonly string[]): number {
    if (path.length === 0) return bundles.length;
    return path.length === 1 ? collections.length : this.#members;
  }

  #node(path: readonly string[], at: number): MadeNode {
    const bundle = bundles[at];
    if (path.length === 0 && bundle !== undefined) {
      const [title, identifier, version] = bundle;
      return { id: identifier, title, identifier, level: 'bundle', members: 3, version, size: '' };
    }
    const collection = collections[at];
    if (path.length === 1 && collection !== undefined) {
      const [title, identifier] = collection;
      return {
        id: identifier,
        title,
        identifier,
        level: 'collection',
        members: this.#members,
        version: '14.0',
        size: '',
      };
    }
    const sol = String(at).padStart(5, '0');
    return {
      id: `p${at}`,
      title: `hp3_rad_der_${sol}_2019${String(1 + (at % 12)).padStart(2, '0')}01_1232${10 + (at % 49)}`,
      identifier: `sol ${sol}`,
      level: 'product',
      members: null,
      version: '1.0',
      size: `${(7 + (at % 13) / 10).toFixed(1)} MB`,
    };
  }
}
