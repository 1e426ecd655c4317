import { describe, expect, test } from 'vitest';
import { coverBy } from '#main/results/cover.ts';
import { takePagesInOrder } from '#main/results/pages-in-order.ts';
import { setsToGive } from '#main/results/set-keeper.ts';
import type { SetRow } from '#main/results/sets-repo.ts';
import {
  liesIn,
  mediaTypesLeft,
  narrowed,
  plainQuery,
  splitYears,
  valuesOf,
  yearOf,
  yearParameters,
} from '#main/results/slice.ts';
import { dataOfStoredItem, fromStoredItem, toStoredItem } from '#main/results/stored-item.ts';
import { toSeenRecord } from '#main/sources/nasa-images/map.ts';
import { parseItem, type WireItem } from '#main/sources/nasa-images/wire.ts';
import { encodeRatio } from '#contract/ratios.ts';

describe('years', () => {
  test('a cut leaves no year out and none in both halves', () => {
    const ranges = [
      { range: { from: null, to: null }, seen: [] },
      { range: { from: null, to: null }, seen: [1969, 1969, 1970] },
      { range: { from: 2025, to: null }, seen: [2025, 2025] },
      { range: { from: null, to: 1958 }, seen: [1958] },
      { range: { from: 1990, to: 1991 }, seen: [1990] },
      { range: { from: 9998, to: null }, seen: [] },
      { range: { from: 1999, to: 2005 }, seen: [1900, 2100] },
    ];
    for (const { range, seen } of ranges) {
      const halves = splitYears(range, seen);
      expect(halves).not.toBeNull();
      const [low, high] = halves ?? [];
      expect(low?.from).toBe(range.from);
      expect(high?.to).toBe(range.to);
      expect(high?.from).toBe((low?.to ?? 0) + 1);
      expect(low?.to).toBeGreaterThanOrEqual(range.from ?? 0);
      expect(high?.from).toBeLessThanOrEqual(range.to ?? 9999);
    }
  });

  test('a single year is not cut', () => {
    expect(splitYears({ from: 2020, to: 2020 }, [2020])).toBeNull();
    expect(splitYears({ from: 9999, to: null }, [])).toBeNull();
    expect(splitYears({ from: null, to: 0 }, [])).toBeNull();
  });

  test('every range comes down to single years in a few cuts', () => {
    let range: { from: number | null; to: number | null } | undefined = { from: null, to: null };
    let cuts = 0;
    while (range !== undefined) {
      // Whatever was seen was seen in 2025.
      const halves: ReturnType<typeof splitYears> = splitYears(range, [2025, 2025]);
      range = halves?.find(({ from, to }) => (from ?? 0) <= 2025 && (to ?? 9999) >= 2025);
      cuts += 1;
    }
    expect(cuts).toBeLessThan(20);
  });

  test('are written with four digits', () => {
    expect(yearParameters({ from: 5, to: 1899 })).toEqual({ year_start: '0005', year_end: '1899' });
    expect(yearParameters({ from: null, to: null })).toEqual({});
  });

  test('are read from what dates begin with', () => {
    expect(yearOf({ date_created: '1969-07-20T00:00:00Z' })).toBe(1969);
    for (const date of [undefined, null, '', 'July 1969', 1969])
      expect(yearOf({ date_created: date })).toBeNull();
  });
});

describe('slices', () => {
  const data = {
    nasa_id: 'x',
    title: 'Moon over the Sea, Moon again',
    center: ' JPL ',
    keywords: ['Moon; Night', 'Sea, calm'],
    photographer: 7,
    media_type: 'image',
    date_created: '1999-01-01',
  };

  test('hold a record by its own fields, whatever the capitals', () => {
    expect(liesIn(data, { center: 'jpl', keywords: 'NIGHT', year_start: '1999' })).toBe(true);
    expect(liesIn(data, { title: 'moon' })).toBe(true);
    expect(liesIn(data, { title: 'moo' })).toBe(false);
    expect(liesIn(data, { year_end: '1998' })).toBe(false);
    expect(liesIn(data, { photographer: '7' })).toBe(false);
    expect(liesIn({ ...data, date_created: null }, { year_start: '0000' })).toBe(false);
  });

  test('values: one by one, each once, none that would mean two', () => {
    expect(valuesOf(data, 'keywords')).toEqual(['Moon', 'Night']);
    expect(valuesOf(data, 'title')).toEqual(['moon', 'over', 'the', 'sea', 'again']);
    expect(valuesOf(data, 'center')).toEqual(['JPL']);
    expect(valuesOf({ center: 'x'.repeat(300) }, 'center')).toEqual([]);
    expect(valuesOf({ title: null }, 'title')).toEqual([]);
  });

  test('queries: blanks go, the order of parameters is one', () => {
    expect(JSON.stringify(plainQuery({ title: ' b ', q: 'a', center: ' ' }))).toBe(
      '{"q":"a","title":"b"}',
    );
    expect(narrowed({ q: 'a', year_start: '1900' }, { year_start: '1950' })).toEqual({
      q: 'a',
      year_start: '1950',
    });
  });

  test('media types: those that a query leaves open', () => {
    expect(mediaTypesLeft({})).toEqual(['image', 'video', 'audio']);
    expect(mediaTypesLeft({ media_type: 'Image, video' })).toEqual(['image', 'video']);
    expect(mediaTypesLeft({ media_type: 'image' })).toEqual([]);
  });
});

describe('covers', () => {
  const sample = Array.from({ length: 1000 }, (_, at) => ({
    title: `Plate ${at % 40} of all`,
    ...(at % 100 === 0 ? {} : { center: ['JPL', 'GSFC', 'KSC'][at % 3] }),
  }));

  test('hold every record that has a value, in slices that fit', () => {
    const cover = coverBy('title', { sample, hits: 30_000, wall: 10_000 }, new Set());
    expect(cover?.values).toHaveLength(40);
    // "plate", "of" and "all" are in every title: they tell nothing apart.
    expect(cover?.values).not.toContain('plate');
  });

  test('leave out what was tried, and are none when nothing is new', () => {
    expect(
      coverBy('center', { sample, hits: 20_000, wall: 10_000 }, new Set(['jpl']))?.values,
    ).toEqual(['GSFC', 'KSC']);
    expect(
      coverBy('center', { sample, hits: 20_000, wall: 10_000 }, new Set(['jpl', 'gsfc', 'ksc'])),
    ).toBeNull();
    expect(coverBy('location', { sample, hits: 20_000, wall: 10_000 }, new Set())).toBeNull();
  });

  test('a value that all share is no cover', () => {
    const alike = sample.map(() => ({ center: 'JPL', title: 'One' }));
    expect(coverBy('center', { sample: alike, hits: 12_000, wall: 10_000 }, new Set())).toBeNull();
  });
});

describe('stored items', () => {
  const base = new URL('http://127.0.0.1:4711/');
  const elsewhere = new URL('http://127.0.0.1:9999/');
  const item = (more: object = {}): WireItem => {
    const parsed = parseItem({
      href: `${base.origin}/assets/image/A B/collection.json`,
      data: [{ nasa_id: 'A B', title: 'T', media_type: ' Image ', date_created: '2001-02-03' }],
      links: [
        {
          href: `${base.origin}/assets/image/A B/A B~thumb.jpg`,
          rel: 'preview',
          width: 640,
          height: 480,
        },
        { href: 'https://example.org/x~large.jpg', rel: 'alternate', width: 1280, height: 960 },
      ],
      ...more,
    });
    if (parsed === null) throw new Error('not an item');
    return parsed;
  };

  test('come back as they were, at the address that the archive has now', () => {
    const stored = toStoredItem(item(), base);
    expect(stored).toMatchObject({
      nasaId: 'A B',
      year: 2001,
      mediaType: 'image',
      ratio: encodeRatio(640, 480),
    });
    expect(stored.body).not.toContain('4711');
    expect(fromStoredItem(stored.body, base)).toEqual(item());
    expect(fromStoredItem(stored.body, elsewhere)?.links[0]?.href).toContain(
      '127.0.0.1:9999/assets',
    );
    expect(dataOfStoredItem(stored.body)).toEqual(item().data);
  });

  test('the shape is that of the picture that the card shows', () => {
    const links = [
      [{ href: 'http://a/x~orig.tif', rel: 'canonical', width: 4000, height: 1000 }],
      [
        { href: 'http://a/x~medium.jpg', rel: 'alternate', width: 900, height: 300 },
        { href: 'http://a/x~small.png', rel: 'alternate', width: 600, height: 300 },
        { href: 'http://a/x~tiny.png', rel: 'alternate', width: 60, height: 300 },
      ],
      [{ href: 'http://a/x~thumb.jpg', rel: 'preview' }],
      [{ href: 'http://a/x.srt', rel: 'captions', width: 2, height: 1 }],
      [],
    ];
    for (const some of links) {
      const one = item({ links: some });
      const { thumb } = toSeenRecord(one, base);
      expect(toStoredItem(one, base).ratio).toBe(
        encodeRatio(thumb?.width ?? null, thumb?.height ?? null),
      );
    }
  });

  test('a record of megabytes is shortened, and still one', () => {
    const huge = item({
      data: [
        {
          nasa_id: 'A B',
          title: 'T',
          description: 'x'.repeat(1_000_000),
          keywords: Array.from({ length: 100_000 }, (_, at) => `word ${at}`),
          date_created: '2001-02-03',
        },
      ],
    });
    const stored = toStoredItem(huge, base);
    expect(stored.body.length).toBeLessThan(70_000);
    expect(fromStoredItem(stored.body, base)).toMatchObject({
      id: 'A B',
      data: { title: 'T', date_created: '2001-02-03' },
    });
  });

  test('a damaged row is no item', () => {
    expect(fromStoredItem('{"data":[', base)).toBeNull();
    expect(fromStoredItem('{}', base)).toBeNull();
    expect(dataOfStoredItem('nonsense')).toEqual({});
  });
});

describe('pages in order', () => {
  test('are taken one by one, however they come, and no more than allowed are under way', async () => {
    const taken: number[] = [];
    const waiting = new Map<number, () => void>();
    let most = 0;
    const done = takePagesInOrder<number>({
      first: 3,
      last: () => 12,
      atOnce: 4,
      fetch: (page) =>
        new Promise((resolve) => {
          waiting.set(page, () => resolve(page));
          most = Math.max(most, waiting.size);
          // The latest is answered first.
          if (waiting.size === 4 || page === 12) release();
        }),
      take: (page, value) => {
        expect(value).toBe(page);
        return taken.push(page) > 0;
      },
      signal: new AbortController().signal,
    });
    function release(): void {
      for (const [page, answer] of [...waiting].reverse()) {
        waiting.delete(page);
        answer();
      }
    }
    const pump = setInterval(release, 1);
    await done;
    clearInterval(pump);
    expect(taken).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(most).toBeLessThanOrEqual(4);
  });

  test('end early: what is under way is aborted, and a failure behind the end is nobody’s', async () => {
    const aborted: number[] = [];
    await takePagesInOrder<number>({
      first: 1,
      last: () => 100,
      atOnce: 4,
      fetch: (page, signal) =>
        page === 1
          ? Promise.resolve(1)
          : new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                aborted.push(page);
                reject(new Error('aborted'));
              });
            }),
      take: () => false,
      signal: new AbortController().signal,
    });
    expect(aborted).toEqual([2, 3, 4]);
  });
});

test('what leaves the disk: used longest ago first, never the newest, none that is listed', () => {
  const row = (seq: number, more: Partial<SetRow> = {}): SetRow =>
    ({ seq, bytes: 100, state: 'complete', isReplaced: false, usedAtMs: 0, ...more }) as SetRow;
  const given = (rows: SetRow[], budget: number): number[] =>
    setsToGive(rows, budget, 10_000_000).map(({ seq }) => seq);
  expect(given([row(4), row(3), row(2), row(1)], 250)).toEqual([2, 1]);
  expect(given([row(1, { bytes: 1e9 })], 250)).toEqual([]);
  expect(given([row(3), row(2, { state: 'listing' }), row(1)], 130)).toEqual([1]);
  expect(
    given(
      [row(3), row(2, { isReplaced: true }), row(1, { isReplaced: true, usedAtMs: 9_999_000 })],
      1e9,
    ),
  ).toEqual([2]);
});
