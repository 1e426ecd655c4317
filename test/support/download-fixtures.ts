/** Runs in plain Node, for tests only. Downloads over a real library, a real folder and a real server. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DownloadItem, RecordRef, Rendition } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { openCache } from '#main/db/open-cache.ts';
import type { Library } from '#main/db/open-library.ts';
import type { DownloadDeps, DownloadService } from '#main/downloads/download-ports.ts';
import { createDownloadService } from '#main/downloads/download-service.ts';
import { PlanStore } from '#main/downloads/plan/plan-store.ts';
import { createQueueLock } from '#main/downloads/queue-lock.ts';
import { createSystemClock } from '#main/http/clock.ts';
import { makeSeen } from './library-fixtures.ts';
import { createPlainHttpClient } from './plain-http-client.ts';

export const hashWorkerUrl = new URL('../../src-main/downloads/hash-worker.ts', import.meta.url);

/** Bytes that look like a JPEG at the front and repeat nowhere, so that a mixed file cannot pass. */
export function makePicture(bytes: number, seed = 1): Buffer {
  const picture = Buffer.alloc(bytes);
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  for (let at = 0; at < bytes; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    picture[at] = state & 0xff;
  }
  Buffer.from([0xff, 0xd8, 0xff, 0xe0]).copy(picture);
  return picture;
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
export const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

export interface Offer {
  url: string;
  /** Archive and exactness follow the ref: `pds:` states exact sizes. */
  rendition?: Partial<Rendition>;
  title?: string;
}

/** What the records feature would say, by ref. */
export class Offers {
  readonly byRef = new Map<string, Offer>();
  asked = 0;

  async rendition(ref: RecordRef, name: string) {
    this.asked += 1;
    const offer = this.byRef.get(ref);
    if (offer === undefined) {
      throw new ArchiveError({ code: 'not-found', message: 'No such record.', retryable: false });
    }
    const isPds = ref.startsWith('pds:');
    const id = ref.slice(ref.indexOf(':') + 1);
    const { record } = makeSeen(id, {
      ref,
      archive: isPds ? 'pds-registry' : 'nasa-images',
      ...(offer.title === undefined ? {} : { title: offer.title }),
    });
    const rendition: Rendition = {
      name,
      url: offer.url,
      bytes: null,
      width: null,
      height: null,
      mime: null,
      checksum: null,
      ...offer.rendition,
    };
    return { record, rendition, creditLine: 'Credit: Observer 12', licenceNote: 'Free to use' };
  }
}

export interface Bench {
  service: DownloadService;
  offers: Offers;
  folder: string;
  /** Every item told of, in order. */
  told: DownloadItem[];
  removed: string[];
  shown: string[];
  save(ref: string, rendition?: string): Promise<DownloadItem>;
  /** Resolves with the item once it satisfies `wanted`; rejects when it ends in another way. */
  until(id: string, wanted: (item: DownloadItem) => boolean): Promise<DownloadItem>;
  /** Resolves once the download has ended, whatever the end. */
  ended(id: string): Promise<DownloadItem>;
  item(id: string): DownloadItem;
  /** Names in the download folder, sorted. */
  files(): string[];
  read(name: string): Buffer;
}

const endStates = ['done', 'failed', 'cancelled', 'quarantined'];

export function makeBench(
  library: Library,
  folder: string,
  more: Partial<DownloadDeps> = {},
  offers = new Offers(),
): Bench {
  const told: DownloadItem[] = [];
  const removed: string[] = [];
  const shown: string[] = [];
  const watchers = new Set<(changed: DownloadItem) => void>();
  const cache = openCache({ profileDir: dirname(library.file), log: () => {} }).db;
  const service = createDownloadService({
    db: library.db,
    lock: createQueueLock(dirname(library.file), () => {}),
    planStore: new PlanStore(cache),
    cache,
    http: createPlainHttpClient(),
    records: offers,
    downloadFolder: () => folder,
    emit: (name, payload) => {
      if (name === 'downloadChanged' && 'item' in payload) told.push(payload.item);
      if (name === 'downloadRemoved' && 'id' in payload) removed.push(payload.id);
      if (!('item' in payload)) return;
      for (const watcher of [...watchers]) watcher(payload.item);
    },
    showInFolder: async (path) => void shown.push(path),
    hashWorkerUrl,
    clock: createSystemClock(),
    log: () => {},
    random: () => 0.5,
    retryPolicy: { maxAttempts: 4, baseMs: 20, capMs: 100 },
    ...more,
  });
  const item = (id: string) => {
    const found = service.list().items.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no download ${id}`);
    return found;
  };
  const until: Bench['until'] = (id, wanted) =>
    new Promise((resolve, reject) => {
      const look = (now: DownloadItem) => {
        if (now.id !== id) return;
        if (wanted(now)) {
          watchers.delete(look);
          resolve(now);
        } else if (endStates.includes(now.state)) {
          watchers.delete(look);
          reject(new Error(`it ended: ${JSON.stringify(now)}`));
        }
      };
      watchers.add(look);
      look(item(id));
    });
  return {
    service,
    offers,
    folder,
    told,
    removed,
    shown,
    item,
    until,
    ended: (id) => until(id, (now) => endStates.includes(now.state)),
    save: (ref, rendition = 'orig') =>
      service.save({ ref: ref as RecordRef, rendition }, new AbortController().signal),
    files: () => readdirSync(folder).sort(),
    read: (name) => readFileSync(join(folder, name)),
  };
}
