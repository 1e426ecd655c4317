/**
 * The registry's own reference data through the routes of the sample registry: what reads generated products reads
 * real ones, and the other way round. The routes themselves beside the published description.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';
import { routes13 } from '#test/support/pds-routes.ts';
import { refDataDir, startRefDataRegistry } from '#test/support/ref-data-registry.ts';
import type { RefDataRegistry } from '#test/support/ref-data-registry.ts';

const folder = refDataDir();
const captures = capturesDir();
if (folder === null) console.log(`reference data of the registry ${capturesAbsent}`);

interface Item {
  id: string;
  type: string;
  properties: Record<string, string[]>;
}

describe.skipIf(folder === null)('the reference data', () => {
  let registry: RefDataRegistry;
  beforeAll(async () => {
    registry = await startRefDataRegistry(folder ?? '');
  });
  afterAll(() => registry.close());

  async function ask<T>(path: string, base = registry.pdsBase): Promise<T> {
    const answer = await fetch(base + path, { headers: { accept: 'application/json' } });
    expect(answer.status, path).toBe(200);
    return (await answer.json()) as T;
  }
  const ids = async (path: string): Promise<string[]> =>
    (await ask<{ data: Item[] }>(path)).data.map((item) => item.id).sort();

  test('has bundles, members and parents as their labels and inventories say', async () => {
    const rad = 'urn:nasa:pds:insight_rad';
    expect(await ids(`/products/${rad}/members`)).toEqual([
      `${rad}:data_calibrated::7.0`,
      `${rad}:data_derived::7.0`,
      `${rad}:data_raw::8.0`,
    ]);
    const [product = ''] = await ids(`/products/${rad}:data_derived/members`);
    expect(await ids(`/products/${product}/member-of`)).toEqual([`${rad}:data_derived::7.0`]);
    expect(await ids(`/products/${product}/member-of/member-of`)).toEqual([`${rad}::2.1`]);
    const kernels = await ids('/products/urn:nasa:pds:mars2020.spice:spice_kernels/all');
    expect(kernels.map((id) => id.split('::')[1])).toEqual(['1.0', '2.0', '3.0']);
  });

  test('gives every product in both dialects, with files as they are', async () => {
    const { data } = await ask<{ data: Item[] }>('/products?limit=1000');
    expect(data.length).toBeGreaterThan(50);
    for (const item of data) {
      const current = await ask<Item>(`/products/${item.id}`, registry.pdsCurrentBase);
      expect(current.properties).toEqual(item.properties);
      for (const [at, ref] of (
        item.properties['ops:Data_File_Info.ops:file_ref'] ?? []
      ).entries()) {
        const bytes = Buffer.from(await (await fetch(ref)).arrayBuffer());
        expect(createHash('md5').update(bytes).digest('hex'), ref).toBe(
          item.properties['ops:Data_File_Info.ops:md5_checksum']?.[at],
        );
      }
    }
  });
});

describe.skipIf(captures === null)('the routes', () => {
  test('are those of the 1.3.0 description, no more and no fewer', () => {
    const file = join(captures ?? '', 'pds-registry', 'PDS_APIs-search-1.3.0-swagger.yaml');
    const paths = [...readFileSync(file, 'utf8').matchAll(/^ {2}(\/[^:\s]*):\s*$/gm)].map(
      (match) => match[1] ?? '',
    );
    expect([...routes13].sort()).toEqual(paths.sort());
  });
});
