/**
 * For tests only. An archive in memory that searches as the NASA library does, its wall included, over records of
 * a test's own making: undated ones, nameless ones, lumps. What it is asked can be counted and spoilt.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { liesIn } from '#main/results/slice.ts';
import type { Search } from '#main/results/page-source.ts';
import { parseItem, type JsonObject, type WirePage } from '#main/sources/nasa-images/wire.ts';

export const madeBase = new URL('http://127.0.0.1:9/');

export interface MadeArchive {
  search: Search;
  records: JsonObject[];
  /** What was asked, oldest first. */
  asked: { query: NasaSearchQuery; page: number; size: number }[];
  /** Requests past the wall: there must be none. */
  pastWall: number;
  /** Called before each answer; may throw, wait, or give another page. */
  spoil:
    ((query: NasaSearchQuery, page: number) => Promise<WirePage | null> | WirePage | null) | null;
}

/** Fields of a record of a made archive, from its number. */
export function madeFields(number: number, more: JsonObject = {}): JsonObject {
  return {
    nasa_id: `made-${number}`,
    media_type: number % 13 === 0 ? 'video' : 'image',
    title: `Plate ${number % 97} of ${number % 31}`,
    date_created: `${1960 + (number % 60)}-03-0${1 + (number % 9)}T00:00:00Z`,
    center: ['JPL', 'GSFC', 'MSFC', 'JSC', 'KSC'][number % 5],
    keywords: [`moon ${number % 7}`, `sun ${number % 11}`],
    photographer: `Observer ${number % 17}`,
    ...more,
  };
}

export function makeArchive(records: JsonObject[], wall = 10_000): MadeArchive {
  const found = new Map<string, JsonObject[]>();
  const archive: MadeArchive = {
    records,
    asked: [],
    pastWall: 0,
    spoil: null,
    search: async (query, page, size, signal) => {
      archive.asked.push({ query, page, size });
      if (page * size > wall) {
        archive.pastWall += 1;
        throw new ArchiveError({
          code: 'refused-by-archive',
          message: 'Too far.',
          retryable: false,
        });
      }
      await Promise.resolve();
      signal.throwIfAborted();
      const spoilt = await archive.spoil?.(query, page);
      if (spoilt !== undefined && spoilt !== null) return spoilt;
      return archive.answer(query, page, size);
    },
    answer: (query, page, size) => {
      const key = JSON.stringify(query);
      let hits = found.get(key);
      if (hits === undefined) {
        const { q: _q, ...fields } = query;
        hits = records.filter((data) => liesIn(data, fields));
        found.set(key, hits);
      }
      return toPage(
        hits.slice((page - 1) * size, page * size),
        hits.length,
        page * size < hits.length,
      );
    },
    forget: () => found.clear(),
  };
  return archive;
}

export interface MadeArchive {
  answer(query: NasaSearchQuery, page: number, size: number): WirePage;
  /** To be called when `records` have changed. */
  forget(): void;
}

export function toPage(
  records: readonly JsonObject[],
  total: number,
  hasNextLink: boolean,
): WirePage {
  const items = records.map((data) =>
    parseItem({
      href: `${madeBase.origin}/assets/image/${String(data['nasa_id'])}/collection.json`,
      data: [data],
      links: [
        {
          href: `${madeBase.origin}/assets/image/${String(data['nasa_id'])}/${String(data['nasa_id'])}~thumb.jpg`,
          rel: 'preview',
          render: 'image',
          width: 640,
          height: 480,
        },
      ],
    }),
  );
  return {
    version: '1.1',
    items: items.filter((item) => item !== null),
    unreadable: items.filter((item) => item === null).length,
    totalHits: total,
    hasNextLink,
  };
}
