import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const size = 1_000_000;
const large = 'urn:nasa:pds:sample_photometer:data_photometry';
const harvest = 'ops:Harvest_Info.ops:harvest_date_time';

interface List {
  summary: { hits: number };
  data: { id: string; properties: Record<string, string[]> }[];
}

let archive: SampleArchive;

beforeAll(async () => {
  archive = await startSampleArchive({ size, seed: 8, workerUrl });
});

afterAll(() => archive.close());

async function ask<T>(base: string, path: string, query: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(`${base}${path}?${new URLSearchParams(query).toString()}`, {
    headers: { accept: 'application/json' },
  });
  const text = await answer.text();
  expect(answer.status, `${path} ${text.slice(0, 200)}`).toBe(200);
  return JSON.parse(text) as T;
}

describe('a million products', () => {
  test('give a page, a member list and a lidvid in both dialects', async () => {
    for (const base of [archive.pdsBase, archive.pdsCurrentBase]) {
      const all = await ask<List>(base, '/products', { limit: '5' });
      expect(all.summary.hits).toBeGreaterThan(size);
      expect(all.data).toHaveLength(5);
      const members = await ask<List>(base, `/products/${large}/members`, {
        limit: '3',
        fields: 'lid',
      });
      expect(members.summary.hits).toBe(size);
      const id = `${large}:phot_0999999_20230706::1.0`;
      expect((await ask<{ id: string }>(base, `/products/${id}`)).id).toBe(id);
    }
  }, 60_000);

  test('the last member of the largest node is reached by start', async () => {
    const { data } = await ask<List>(archive.pdsBase, `/products/${large}/members`, {
      start: String(size - 1),
      fields: 'lidvid',
    });
    expect(data.map((item) => item.id)).toEqual([`${large}:phot_0999999_20230706::1.0`]);
  });

  test('queries by lid, class, target and time are counted', async () => {
    const hits = async (q: string): Promise<number> =>
      (await ask<List>(archive.pdsBase, '/products', { q, limit: '0' })).summary.hits;
    expect(await hits('(product_class eq "Product_Bundle")')).toBe(13);
    expect(await hits(`(lid like "${large}:phot_00*")`)).toBe(100_000);
    expect(
      await hits(`((lid ge "${large}:phot_0500000") and (lid lt "${large}:phot_0600000"))`),
    ).toBe(100_000);
    expect(
      await hits('(ref_lid_target eq "urn:nasa:pds:context:target:satellite.saturn.enceladus")'),
    ).toBeGreaterThanOrEqual(size);
    expect(await hits(`(${harvest} eq "2022-11-01T22:30:14.054640500Z")`)).toBe(250_000);
  }, 60_000);

  test('search-after walks on in the order of lidvids', async () => {
    const query = { sort: 'lidvid', fields: 'lidvid', limit: '2' };
    const after = `${large}:phot_0500007_20140102::0.0`;
    const { data } = await ask<List>(archive.pdsCurrentBase, '/products', {
      ...query,
      'search-after': after,
    });
    expect(data[0]?.id).toMatch(/phot_0500007_\d{8}::2\.0$/);
    expect(data[1]?.id).toMatch(/phot_0500008_\d{8}::1\.0$/);
  }, 60_000);

  test('other requests are answered while a slow search goes on', async () => {
    const done: string[] = [];
    // Titles have to be looked at one by one.
    const slow = ask<List>(archive.pdsBase, '/products', {
      q: '(title like "phot_09999*")',
      limit: '0',
    }).then(({ summary }) => {
      done.push('slow');
      return summary.hits;
    });
    await ask(archive.pdsBase, `/products/${large}/members`, { limit: '1', fields: 'lid' });
    done.push('quick');
    expect(await slow).toBe(100);
    expect(done).toEqual(['quick', 'slow']);
  }, 120_000);

  test('the inventory of the largest node is what its properties say', async () => {
    const { properties } = await ask<List['data'][0]>(archive.pdsBase, `/products/${large}`);
    const part = (name: string): string => properties[`ops:Data_File_Info.ops:${name}`]?.[0] ?? '';
    const answer = await fetch(part('file_ref'));
    const hash = createHash('md5');
    let length = 0;
    let lines = 0;
    for await (const piece of answer.body ?? []) {
      hash.update(piece);
      length += piece.length;
      for (const byte of piece) if (byte === 10) lines += 1;
    }
    expect(lines).toBe(size);
    expect(String(length)).toBe(part('file_size'));
    expect(hash.digest('hex')).toBe(part('md5_checksum'));
    expect(properties['pds:Inventory.pds:records']).toEqual([String(size)]);
  }, 120_000);
});
