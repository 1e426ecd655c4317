/**
 * Runs in plain Node. Which processes are open on a profile and which groups they want fetched. The owner of the queue
 * works on what a living process wants, so that a terminal's one file does not set off yesterday's ten thousand.
 */
import { hostname } from 'node:os';
import type { Database, Query } from '../db/database.ts';
import { processExists } from './lease.ts';

/** True while a process of that name exists. One of another host takes the queue itself once it is free. */
export function isAlive(name: string, self: string): boolean {
  if (name === self) return true;
  const [host = '', pid = ''] = name.split('/');
  const ownPid = self.split('/')[1] ?? '';
  const isHere = host === encodeURIComponent(hostname());
  return isHere && pid !== ownPid && processExists(Number(pid));
}

export class WatchersRepo {
  readonly #db: Database;
  readonly #self: string;
  readonly #add: Query<[string, number], unknown>;
  readonly #watch: Query<[string, number], unknown>;
  readonly #drop: Query<[string], unknown>;
  readonly #watchers: Query<[], { process: string; wants_all: number }>;
  readonly #watched: Query<[], { group_id: number }>;

  constructor(db: Database, self: string) {
    this.#db = db;
    this.#self = self;
    this.#add = db.prepare(
      'INSERT INTO queue_watchers (process, wants_all) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#watch = db.prepare(
      'INSERT INTO queue_watched (process, group_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#drop = db.prepare('DELETE FROM queue_watchers WHERE process = ?');
    this.#watchers = db.prepare('SELECT process, wants_all FROM queue_watchers');
    this.#watched = db.prepare('SELECT DISTINCT group_id FROM queue_watched');
  }

  /** This process wants every group. */
  wantAll(): void {
    this.#add.run(this.#self, 1);
  }

  /** This process wants this group, or all and names this one as its own. */
  want(groupSeq: number, isAll: boolean): void {
    this.#db.transaction(() => {
      this.#add.run(this.#self, isAll ? 1 : 0);
      this.#watch.run(this.#self, groupSeq);
    });
  }

  /** This process wants nothing more. */
  leave(): void {
    this.#drop.run(this.#self);
  }

  /** What living processes want: `seq` of groups, or null for all. */
  wanted(): ReadonlySet<number> | null {
    return this.#living().some((one) => one.wants_all === 1) ? null : this.#watchedGroups();
  }

  /** `seq` of the groups that living processes named. */
  named(): ReadonlySet<number> {
    this.#living();
    return this.#watchedGroups();
  }

  #watchedGroups(): ReadonlySet<number> {
    return new Set(this.#watched.all().map(({ group_id: seq }) => seq));
  }

  /** Forgets the processes that are gone. */
  #living(): { process: string; wants_all: number }[] {
    const watchers = this.#watchers.all();
    const isHere = watchers.map(({ process }) => isAlive(process, this.#self));
    const gone = watchers.filter((_one, at) => isHere[at] !== true);
    if (gone.length > 0) {
      this.#db.transaction(() => gone.forEach(({ process }) => this.#drop.run(process)));
    }
    return watchers.filter((_one, at) => isHere[at] === true);
  }
}
