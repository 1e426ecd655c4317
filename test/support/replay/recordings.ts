/**
 * Runs in plain Node, for tests only. Reads the recorded answers of the NASA Image and Video Library and
 * the records in them.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface RecordedLink {
  href: string;
  rel: string;
  width?: number;
  height?: number;
  size?: number;
}

export interface RecordedItem {
  href: string;
  data: [
    { nasa_id: string; media_type: string; title: string; keywords?: string[] } & Record<
      string,
      unknown
    >,
  ];
  links?: RecordedLink[];
}

export interface RecordedSearch {
  collection: {
    version: string;
    href: string;
    items: RecordedItem[];
    metadata: { total_hits: number };
  };
}

export interface Recordings {
  /** File contents by name below the folder, byte for byte. */
  files: ReadonlyMap<string, Buffer>;
  /** Every record of every search and album, by identifier. */
  items: ReadonlyMap<string, RecordedItem>;
  search(name: string): RecordedSearch;
}

export const recordedNames = {
  apollo: 'search.q.apollo.json',
  stars: 'search.q-stars.page_size-100.2024.json',
  footprint: 'search.nasa-id.PIA24439.json',
  nothing: 'search.no-results.2018.json',
  album: 'album.Apollo-at-50.json',
  noAlbum: 'album.invalid-album.error.json',
} as const;

/** Reads `nasa-images` below the folder of captures. */
export function readRecordings(capturesDir: string): Recordings {
  const root = join(capturesDir, 'nasa-images');
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path));
  }
  const search = (name: string): RecordedSearch => {
    const bytes = files.get(name);
    if (bytes === undefined) throw new Error(`No recording named ${name} below ${root}`);
    return JSON.parse(bytes.toString()) as RecordedSearch;
  };
  const items = new Map<string, RecordedItem>();
  const { album, stars, apollo, footprint } = recordedNames;
  for (const name of [album, stars, apollo, footprint]) {
    for (const item of search(name).collection.items) items.set(item.data[0].nasa_id, item);
  }
  return { files, items, search };
}
