/** `almagest pds …` on the sample archive, in both dialects of the registry. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSampleArchive, type SampleArchive } from '#main/sample/sample-archive.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { runCommand, type Ended } from '#test/support/terminal-core.ts';

let sample: SampleArchive;
let temp: ReturnType<typeof makeTempDir>;

beforeAll(async () => {
  const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
  sample = await startSampleArchive({ size: 2000, seed: 7, workerUrl });
});
afterAll(() => sample.close());
beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => temp.remove());

interface Listed {
  total: number;
  count: number;
  complete: boolean;
  missing: number;
  records: { ref: string; id: string; kind: string; title: string }[];
}

const dialects = ['1.3', 'current'] as const;

describe.each(dialects)('the registry in the terminal, dialect %s', (dialect) => {
  const run = (...argv: string[]): Promise<Ended> =>
    runCommand(argv, {
      profileDir: temp.dir,
      base: sample.nasaImagesApi,
      pdsBase: dialect === '1.3' ? sample.pdsBase : sample.pdsCurrentBase,
    });
  const list = async (...argv: string[]): Promise<Listed> => {
    const { code, out, err } = await run(...argv, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return JSON.parse(out) as Listed;
  };

  test('walks from a bundle down to its products and back', async () => {
    const bundles = await list('search', 'pds-registry', '--class', 'bundles', '--all');
    expect(bundles.count).toBe(bundles.total);
    expect(bundles.count).toBeGreaterThan(3);
    expect(new Set(bundles.records.map(({ kind }) => kind))).toEqual(new Set(['bundle']));
    const [bundle] = bundles.records;
    const collections = await list('pds', 'members', bundle?.ref ?? '', '--all');
    expect(collections.count).toBeGreaterThan(0);
    const [collection] = collections.records;
    const products = await list('pds', 'members', collection?.ref ?? '', '--limit', '5');
    expect(products.count).toBe(Math.min(5, products.total));
    const [product] = products.records;
    const parents = await list('pds', 'parents', product?.ref ?? '');
    expect(parents.records.map(({ id }) => id)).toContain(collection?.id);
    const versions = await list('pds', 'versions', product?.ref ?? '', '--all');
    expect(versions.records.map(({ id }) => id)).toContain(product?.id);
  });

  test('all of a query is all that the registry counts, each once', async () => {
    const q = '(product_class eq "Product_Context")';
    const all = await list('search', 'pds-registry', '--q', q, '--all');
    expect(all.total).toBeGreaterThan(5);
    expect(all).toMatchObject({ complete: true, missing: 0 });
    expect(new Set(all.records.map(({ id }) => id)).size).toBe(all.total);
  });

  test('a product is shown, by lidvid and by lid, with its files', async () => {
    const [product] = (await list('search', 'pds-registry', '--class', 'observationals')).records;
    const lid = product?.id.split('::')[0] ?? '';
    for (const argv of [
      ['show', product?.ref ?? ''],
      ['go', lid],
    ]) {
      const { code, out, err } = await run(...argv, '--json');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const shown = JSON.parse(out) as { record: { id: string }; renditions: { url: string }[] };
      expect(shown.record.id.startsWith(lid)).toBe(true);
      expect(shown.renditions.length).toBeGreaterThan(0);
    }
  });

  test('the label is read, and an expression selects in it', async () => {
    const [product] = (await list('search', 'pds-registry', '--class', 'observationals')).records;
    const { code, out, err } = await run(
      ...['pds', 'label', product?.ref ?? '', '--xpath', '//pds:logical_identifier', '--json'],
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { matches } = JSON.parse(out) as { matches: { path: string; value: string }[] };
    expect(matches[0]?.value).toBe(product?.id.split('::')[0]);
    const whole = await run('pds', 'label', product?.ref ?? '');
    expect(whole.out).toContain('<logical_identifier>');
  });

  test('any route gives its body as it came', async () => {
    const { code, out } = await run('pds', 'get', '/products', '--limit', '1');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toHaveProperty('summary.hits');
    const wrong = await run('pds', 'get', '/products', '--q', 'no query', '--json');
    expect(wrong.code).toBe(2);
    const last: unknown = JSON.parse(wrong.err.trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ error: { code: 'refused-by-archive' } });
    expect((await run('pds', 'get', '/products/urn:nasa:pds:nothing::1.0')).code).toBe(4);
  });

  test('what is not there and what is no identifier are told apart', async () => {
    expect((await run('show', 'pds:urn:nasa:pds:nothing::1.0')).code).toBe(4);
    expect((await run('pds', 'members', 'insight')).code).toBe(2);
  });
});

describe('pds check', () => {
  const check = (...argv: string[]): Promise<Ended> =>
    runCommand(['pds', 'check', ...argv], { profileDir: temp.dir, base: sample.nasaImagesApi });

  test('prints what the registry would read', async () => {
    const { code, out } = await check('( lid  like "urn:nasa:pds:*" )', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true });
  });

  test('names the place of a mistake', async () => {
    const { code, out } = await check('lid = "x"', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ ok: false, position: 4 });
  });
});
