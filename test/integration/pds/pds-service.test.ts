/** The registry for the shells, over the sample archive: what is opened, and where it is in the tree. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toRef } from '#contract/domain.ts';
import { pdsDialects } from '#contract/pds.ts';
import { PdsRegistryService } from '#main/pds/pds-service.ts';
import { startSampleArchive, type SampleArchive } from '#main/sample/sample-archive.ts';
import { openPds, type PdsFixture } from '#test/support/pds-client.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const { signal } = new AbortController();
const bundle = 'urn:nasa:pds:sample_radiometer';
const ref = (id: string) => toRef('pds-registry', id);

let archive: SampleArchive;
beforeAll(async () => {
  archive = await startSampleArchive({ size: 300, seed: 3, workerUrl });
});
afterAll(() => archive.close());

describe.each(pdsDialects)('%s', (dialect) => {
  let pds: PdsFixture;
  let service: PdsRegistryService;
  beforeAll(() => {
    pds = openPds(dialect === '1.3' ? archive.pdsBase : archive.pdsCurrentBase);
    service = new PdsRegistryService({ client: pds.client, ready: () => Promise.resolve() });
  });
  afterAll(() => {
    service.dispose();
    pds.close();
  });

  test.each(['urn:nasa:pds:sample_rad', `${bundle}:docum`, `${bundle}:data_derived:rad_der`])(
    'the beginning of an identifier, %s, opens nothing else in its place',
    async (id) => {
      await expect(service.product(ref(id), signal)).rejects.toMatchObject({ code: 'not-found' });
    },
  );

  test('a product is in every bundle that holds its collection, its own first, by the newest version', async () => {
    const { products } = await pds.client.members(`${bundle}:document`, {}, signal);
    const [first] = products;
    if (first === undefined) throw new Error('the sample has no documents');
    const { chains } = await service.product(first.ref, signal);
    const holders = chains.map(([one]) => one?.lid);
    expect(holders[0]).toBe(bundle);
    expect(new Set(holders).size).toBe(holders.length);
    const { products: parents } = await pds.client.parents(`${bundle}:document`, signal);
    expect(holders.length).toBe(new Set(parents.map(({ lid }) => lid)).size);
    expect(holders.length).toBeGreaterThan(1);
    const { products: versions } = await pds.client.versions(bundle, signal);
    expect(chains[0]?.[0]?.lidvid).toBe(versions[0]?.lidvid);
  });
});
