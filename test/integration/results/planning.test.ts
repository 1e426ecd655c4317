/** The plan by which a query is listed past the wall, over archives in memory and a real cache.db. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import type { ResultSet } from '#contract/results.ts';
import type { JsonObject } from '#main/sources/nasa-images/wire.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import {
  madeBase,
  madeFields,
  makeArchive,
  toPage,
  type MadeArchive,
} from '#test/support/made-archive.ts';
import {
  idsOf,
  isEnded,
  listAll,
  openResults,
  type OpenedResults,
} from '#test/support/results-fixtures.ts';

/** Lower than the real one, so that a few thousand records are past it; the sample's is the real one. */
const wall = 1000;

let temp: ReturnType<typeof makeTempDir>;
let opened: OpenedResults;
let archive: MadeArchive;

beforeEach(() => {
  temp = makeTempDir();
});
afterEach(async () => {
  await opened.close();
  temp.remove();
  expect(archive.pastWall).toBe(0);
});

function begin(records: JsonObject[]): void {
  archive = makeArchive(records, wall);
  opened = openResults(temp.dir, { search: archive.search, base: () => madeBase }, { wall });
}

const many = (count: number, more: (number: number) => JsonObject = () => ({})): JsonObject[] =>
  Array.from({ length: count }, (_, number) => madeFields(number, more(number)));

const everything = { q: 'made' };

function expectWhole(set: ResultSet, count: number): void {
  expect(set).toMatchObject({
    state: 'complete',
    total: count,
    stored: count,
    missing: 0,
    gaps: [],
  });
  expect(new Set(idsOf(opened, set)).size).toBe(count);
}

test('up to the wall, results are listed in the archive’s own order, with no request too many', async () => {
  begin(many(934));
  const set = await listAll(opened, everything);
  expectWhole(set, 934);
  expect(idsOf(opened, set)).toEqual(archive.records.map((data) => data['nasa_id']));
  expect(archive.asked).toHaveLength(10);
  expect(set.requests).toBe(10);
});

test('nothing found is complete', async () => {
  begin([]);
  expectWhole(await listAll(opened, everything), 0);
  expect(archive.asked).toHaveLength(1);
});

test('past the wall: every record once, the first thousand in the archive’s order', async () => {
  begin(many(4_567));
  const set = await listAll(opened, everything);
  expectWhole(set, 4_567);
  expect(idsOf(opened, set).slice(0, wall)).toEqual(
    archive.records.slice(0, wall).map((data) => data['nasa_id']),
  );
  // 46 pages hold them all; the first 1,000 are listed twice, and cuts are counted.
  expect(archive.asked.length).toBeLessThan(120);
});

test('years before 1900 and far ahead are reached: no bound is assumed', async () => {
  begin(
    many(3100, (number) => ({
      date_created: `${['0900', '1899', '2026', '9999'][number % 4]}-01-01T00:00:00Z`,
    })),
  );
  expectWhole(await listAll(opened, everything), 3100);
});

test('records without a usable date are found by their other fields', async () => {
  begin(many(2600, (number) => (number % 300 === 7 ? { date_created: 'long ago' } : {})));
  const set = await listAll(opened, everything);
  expectWhole(set, 2600);
  expect(archive.asked.length).toBeLessThan(300);
});

test('one year past the wall, with records that name no centre', async () => {
  begin(
    many(3400, (number) => ({
      date_created: '2024-05-05T00:00:00Z',
      ...(number % 100 === 3 ? { center: null } : {}),
    })),
  );
  const set = await listAll(opened, everything);
  expectWhole(set, 3400);
});

test('an archive that heeds no years and no media types is listed by what it does heed', async () => {
  begin(many(1700));
  archive.spoil = ({ year_start: _start, year_end: _end, media_type: _type, ...rest }, page) =>
    archive.answer(rest, page, 100);
  expectWhole(await listAll(opened, everything), 1700);
});

const lumpFields = {
  date_created: '2020-02-02T00:00:00Z',
  media_type: 'image',
  title: 'Frame of the survey',
  center: 'GSFC',
  keywords: ['survey', 'strip'],
  photographer: 'Observer 3',
};

test('a lump that nothing tells apart is said exactly, and everything else is there', async () => {
  begin([
    ...many(1800, (number) => (number % 3 === 0 ? { date_created: '2020-02-02T00:00:00Z' } : {})),
    ...Array.from({ length: 1234 }, (_, at) => ({ ...lumpFields, nasa_id: `lump-${at}` })),
  ]);
  const set = await listAll(opened, everything);
  expect(set).toMatchObject({ state: 'partial', total: 3034, stored: 2800, missing: 234 });
  expect(set.gaps).toHaveLength(1);
  expect(set.gaps[0]).toMatchObject({ hits: 1234, listed: 1000, reason: 'indistinguishable' });
  expect(set.gaps[0]?.message).toContain('234 results can’t be reached');
  const ids = idsOf(opened, set);
  expect(new Set(ids).size).toBe(2800);
  expect(ids.filter((id) => id.startsWith('made-'))).toHaveLength(1800);
  expect(archive.asked.length).toBeLessThan(400);
});

test('a slice that fails is named, the rest is listed, and resume fills the gap', async () => {
  begin(many(2400));
  // The first slice by years that has more than one page.
  let broken: string | null = null;
  archive.spoil = (query, page) => {
    if (page === 2 && query.year_start !== undefined) broken ??= JSON.stringify(query);
    if (page === 1 || JSON.stringify(query) !== broken) return null;
    throw new ArchiveError({ code: 'unavailable', message: 'NASA stumbled.', retryable: true });
  };
  const set = await listAll(opened, everything);
  expect(set.state).toBe('partial');
  expect(set.gaps).toHaveLength(1);
  expect(set.gaps[0]).toMatchObject({ reason: 'failed' });
  expect(JSON.stringify(set.gaps[0]?.slice)).toBe(broken);
  expect(set.missing).toBe(2400 - set.stored);
  expect((set.gaps[0]?.hits ?? 0) - (set.gaps[0]?.listed ?? 0)).toBe(set.missing + overlap(set));
  const before = idsOf(opened, set);
  archive.spoil = null;
  opened.told.length = 0;
  await opened.service.resume(set.id);
  const whole = await opened.until(isEnded);
  expectWhole(whole, 2400);
  expect(idsOf(opened, whole).slice(0, before.length)).toEqual(before);
});

/** Records of the failed slice that are stored because they are among the first thousand of the whole query. */
function overlap(set: ResultSet): number {
  const gap = set.gaps[0];
  if (gap === undefined) return 0;
  const ids = new Set(idsOf(opened, set));
  const inSlice = archive.records.filter((data) => {
    const year = Number(String(data['date_created']).slice(0, 4));
    return year >= Number(gap.slice.year_start) && year <= Number(gap.slice.year_end ?? 9999);
  });
  return inSlice.filter((data) => ids.has(String(data['nasa_id']))).length - gap.listed;
}

test('records that move between pages are found by listing the slice again', async () => {
  begin(many(900));
  let isFirst = true;
  archive.spoil = (query, page) => {
    if (page !== 3 || !isFirst) return null;
    isFirst = false;
    return archive.answer(query, 2, 100);
  };
  expectWhole(await listAll(opened, everything), 900);
});

test('a count that stays above what the pages hold is told as a change, exactly', async () => {
  begin(many(500));
  archive.spoil = (_query, page) =>
    toPage(archive.records.slice((page - 1) * 100, page * 100), 530, page < 5);
  const set = await listAll(opened, everything);
  expect(set).toMatchObject({ state: 'partial', total: 530, stored: 500, missing: 30 });
  expect(set.gaps).toMatchObject([{ hits: 530, listed: 500, reason: 'changed' }]);
});

test('records that can’t be read are counted, not looked for again and again', async () => {
  begin(many(300, (number) => (number % 100 === 50 ? { nasa_id: '' } : {})));
  const set = await listAll(opened, everything);
  expect(set).toMatchObject({ state: 'partial', stored: 297, missing: 3 });
  expect(set.gaps[0]?.message).toContain('3 results');
  expect(archive.asked.length).toBeLessThan(6);
});

test('the archive grows while it is listed: nothing is doubled, the total is the newest', async () => {
  begin(many(1200));
  let asked = 0;
  archive.spoil = () => {
    asked += 1;
    if (asked === 14) {
      archive.records.push(...many(1240).slice(1200));
      archive.forget();
    }
    return null;
  };
  const set = await listAll(opened, everything);
  expectWhole(set, 1240);
});
