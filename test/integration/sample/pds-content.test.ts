import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexOfLidvid } from '#main/sample/pds/catalogue.ts';
import type { Catalogue } from '#main/sample/pds/catalogue.ts';
import { createGeneratedCatalogue } from '#main/sample/pds/generated-catalogue.ts';
import { quickNames } from '#main/sample/pds/quick-properties.ts';
import { harvestProperties } from '#main/sample/pds/harvest.ts';
import { createLayout } from '#main/sample/pds/layout.ts';
import { filesPath } from '#main/sample/pds/pds-door.ts';
import { listedProducts, hasBit } from '#main/sample/pds/selection.ts';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';
import { elementsNamed, readLabelTree, textAt } from '#test/support/label-reader.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const seed = 11;
const size = 400;

let archive: SampleArchive;
let catalogue: Catalogue;

beforeAll(async () => {
  archive = await startSampleArchive({ size, seed, workerUrl });
  catalogue = createGeneratedCatalogue(seed, size, () => archive.nasaImagesApi + filesPath);
});

afterAll(() => archive.close());

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

function* everyIndex(): Generator<number> {
  for (let index = 0; index < catalogue.count; index += 1) yield index;
}

/** Some of each block: all kinds of products, first and last ones, revised ones. */
function someIndexes(): number[] {
  return catalogue.blocks.flatMap(({ first, count }) =>
    [0, 1, 3, 7, 8, 11, 15, 19, count - 1]
      .filter((at, place, all) => at < count && all.indexOf(at) === place)
      .map((at) => first + at),
  );
}

async function bytesAt(url: string): Promise<{ status: number; bytes: Buffer }> {
  const answer = await fetch(url);
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe('the layout', () => {
  test.each([1, 8, 57, 5000])(
    'of %i numbers every lidvid once, in the order of the texts',
    (of) => {
      const layout = createLayout(of);
      let before = '';
      const wrong: string[] = [];
      for (let index = 0; index < layout.count; index += 1) {
        const { lid, version } = layout.entryAt(index);
        const lidvid = `${lid}::${version}`;
        if (lidvid <= before || layout.indexOf(lid, version) !== index) wrong.push(lidvid);
        before = lidvid;
        expect(layout.indexOf(lid, version)).toBe(index);
      }
    },
  );

  test('has versions that compare as numbers only, oldest first', () => {
    const versions = catalogue
      .versionsOf('urn:nasa:pds:sample_wayfarer.spice')
      .map((index) => catalogue.brief(index));
    expect(versions.map((one) => one.version)).toEqual(['1.9', '1.10', '13.0']);
    expect(versions.map((one) => one.isSuperseded)).toEqual([true, true, false]);
  });

  test('knows nothing of lids that are not', () => {
    for (const lid of ['', 'urn:nasa:pds:none', 'urn:nasa:pds:sample_camera:data_raw:scc_raw_1'])
      expect(catalogue.versionsOf(lid)).toEqual([]);
  });
});

describe('members and parents', () => {
  test('agree, both ways, for every version of everything', () => {
    const parents = new Map<string, Set<string>>();
    const note = (child: string, parent: string): void => {
      parents.set(child, (parents.get(child) ?? new Set()).add(parent));
    };
    const lidvids = [...everyIndex()].map((index) => catalogue.product(index).lidvid);
    for (const index of everyIndex()) {
      const { lidvid, productClass } = catalogue.product(index);
      if (productClass === 'Product_Collection') {
        const inventory = catalogue.inventory(index);
        for (let place = 0; place < inventory.count; place += 1) note(inventory.at(place), lidvid);
      }
      if (productClass === 'Product_Bundle')
        for (const id of catalogue.bundleEntries(index))
          for (const child of id.includes('::')
            ? [id]
            : lidvids.filter((one) => one.startsWith(`${id}::`)))
            note(child, lidvid);
    }
    for (const index of everyIndex()) {
      const product = catalogue.product(index);
      const name =
        product.productClass === 'Product_Collection'
          ? 'ops:Provenance.ops:parent_bundle_identifier'
          : 'ops:Provenance.ops:parent_collection_identifier';
      const stated = [...(product.values(name) ?? [])].sort();
      expect(stated, product.lidvid).toEqual([...(parents.get(product.lidvid) ?? [])].sort());
    }
    // Everything that is listed exists.
    for (const child of parents.keys())
      expect(indexOfLidvid(catalogue, child), child).not.toBeNull();
  });

  test('some are secondary, of another bundle', () => {
    const [index = -1] = catalogue.versionsOf('urn:nasa:pds:sample_radiometer:data_context_images');
    const inventory = catalogue.inventory(index);
    expect(inventory.count).toBe(36);
    const borrowed = catalogue.product(indexOfLidvid(catalogue, inventory.at(0)) ?? -1);
    expect(borrowed.lid).toContain('urn:nasa:pds:sample_camera:data_raw:');
    expect(borrowed.values('ops:Provenance.ops:parent_collection_identifier')).toContain(
      'urn:nasa:pds:sample_radiometer:data_context_images::1.0',
    );
  });

  test('references of labels name products that exist', () => {
    for (const index of someIndexes()) {
      for (const reference of elementsNamed(
        catalogue.product(index).label(),
        'Internal_Reference',
      )) {
        const lid = textAt(reference, 'lid_reference');
        const lidvid = textAt(reference, 'lidvid_reference');
        if (lid !== null) expect(catalogue.versionsOf(lid).length, lid).toBeGreaterThan(0);
        if (lidvid !== null) expect(indexOfLidvid(catalogue, lidvid), lidvid).not.toBeNull();
      }
    }
  });
});

describe('properties', () => {
  test('that are worked out without the label are those of the label', () => {
    for (const index of someIndexes()) {
      const product = catalogue.product(index);
      const slow = new Map(
        [
          ...harvestProperties({
            lid: product.lid,
            version: product.version,
            title: textAt(product.label(), 'Identification_Area', 'title') ?? '',
            productClass: product.label().name,
            label: product.label(),
            labelText: () => product.labelText(),
            labelFile: {
              name: '',
              ref: '',
              sizeBytes: () => 0,
              md5: () => '',
              created: '',
              mime: null,
            },
            dataFiles: [],
            node: '',
            harvestedAt: '',
            status: '',
            supersededBy: null,
            parentBundles: [],
            parentCollections: [],
            packageId: '',
          }),
        ].filter(([name]) => !name.startsWith('ops:')),
      );
      for (const name of quickNames.filter((one) => !one.startsWith('ops:')))
        expect(product.values(name), `${product.lidvid} ${name}`).toEqual(slow.get(name)?.());
      expect(product.names().length).toBe(new Set(product.names()).size);
    }
  });

  test('that a block states are those of each of its listed products', () => {
    const block = catalogue.blocks.find((one) => one.count >= size);
    if (block === undefined) throw new Error('No large collection');
    const listed = listedProducts(catalogue);
    const names = [...catalogue.properties().keys()];
    const stated = names.filter((name) => block.values(name) !== null);
    expect(stated.length).toBeGreaterThan(60);
    const last = new Map<string, string>();
    const wrong: string[] = [];
    for (let index = block.first; index < block.first + block.count; index += 1) {
      if (!hasBit(listed, index)) continue;
      const product = catalogue.product(index);
      for (const name of stated) {
        const { always = [], sometimes = [] } = block.values(name) ?? {};
        const values = product.values(name) ?? [];
        const isSo =
          always.every((value) => values.includes(value)) &&
          values.every((value) => always.includes(value) || sometimes.includes(value));
        if (!isSo) wrong.push(`${product.lidvid} ${name}`);
      }
      for (const name of names.filter((one) => block.ascends(one))) {
        const value = product.values(name)?.[0] ?? '';
        if (value < (last.get(name) ?? '')) wrong.push(`${name} falls at ${product.lidvid}`);
        last.set(name, value);
      }
    }
    expect(wrong).toEqual([]);
    for (const index of block.unlisted() ?? []) expect(hasBit(listed, index)).toBe(false);
  });

  test('names are all in the list of properties, with types that fit', () => {
    const kinds = catalogue.properties();
    const wrong: string[] = [];
    for (const index of someIndexes()) {
      const product = catalogue.product(index);
      for (const name of product.names()) {
        const kind = kinds.get(name);
        const fits = (value: string): boolean =>
          kind === 'integer'
            ? /^\d+$/.test(value)
            : kind !== 'timestamp' || !Number.isNaN(Date.parse(value));
        if (kind === undefined || !(product.values(name) ?? []).every(fits))
          wrong.push(`${product.lidvid} ${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('hold the traps of the registry', () => {
    const all = [...everyIndex()].map((index) => catalogue.product(index));
    const values = (name: string): string[] => all.flatMap((one) => one.values(name) ?? []);
    expect(values('ops:Provenance.ops:superseded_by')).toContain('null');
    expect(values('pds:Time_Coordinates.pds:stop_date_time')).toContain('3000-01-01T00:00:00.000Z');
    const refs = values('ops:Data_File_Info.ops:file_ref');
    expect(refs.some((ref) => ref.startsWith('http://pds-sample-node.example/'))).toBe(true);
    expect(refs.some((ref) => ref.startsWith('/data/'))).toBe(true);
    expect(refs.some((ref) => ref.includes('/moved-away/'))).toBe(true);
    const misaligned = all.filter(
      (one) =>
        one.values('ops:Data_File_Info.ops:file_name')?.length !==
        one.values('ops:Data_File_Info.ops:mime_type')?.length,
    );
    expect(misaligned.length).toBeGreaterThan(3);
    const modified = all.map(
      (one) => one.values('pds:Modification_Detail.pds:modification_date') ?? [],
    );
    expect(modified.some((dates) => dates.length > 1 && (dates[0] ?? '') < (dates[1] ?? ''))).toBe(
      true,
    );
    expect(modified.some((dates) => dates.length > 1 && (dates[0] ?? '') > (dates[1] ?? ''))).toBe(
      true,
    );
    expect(values('ops:Tracking_Meta.ops:archive_status')).toEqual(
      expect.arrayContaining(['archived', 'certified', 'staged']),
    );
    expect(values('description').some((text) => text.includes('\n'))).toBe(true);
  });
});

describe('files', () => {
  test('are what the properties say: size and md5 of label and data', async () => {
    let checked = 0;
    for (const index of someIndexes()) {
      const product = catalogue.product(index);
      if (!product.isReleased) continue;
      for (const kind of ['Label', 'Data']) {
        const part = (name: string): readonly string[] =>
          product.values(`ops:${kind}_File_Info.ops:${name}`) ?? [];
        for (const [at, ref] of part('file_ref').entries()) {
          if (!ref.startsWith(archive.nasaImagesApi) || ref.includes('/moved-away/')) continue;
          const { status, bytes } = await bytesAt(ref);
          expect(status, ref).toBe(200);
          expect(String(bytes.length), ref).toBe(part('file_size')[at]);
          expect(md5(bytes), ref).toBe(part('md5_checksum')[at]);
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThan(300);
  });

  test('that are said to be elsewhere are not there', async () => {
    const gone = [...everyIndex()]
      .flatMap((index) => catalogue.product(index).values('ops:Data_File_Info.ops:file_ref') ?? [])
      .find((ref) => ref.includes('/moved-away/'));
    expect((await fetch(gone ?? '')).status).toBe(404);
  });

  test('are served with HEAD, validators and ranges', async () => {
    const [index = -1] = catalogue.versionsOf('urn:nasa:pds:sample_photometer:data_photometry');
    const ref = catalogue.product(index).values('ops:Data_File_Info.ops:file_ref')?.[0] ?? '';
    const whole = await bytesAt(ref);
    const head = await fetch(ref, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(whole.bytes.length));
    const part = await fetch(ref, { headers: { range: 'bytes=77-200' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.bytes.subarray(77, 201));
    const etag = head.headers.get('etag') ?? '';
    expect((await fetch(ref, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(ref, { headers: { range: 'bytes=99999999-' } })).status).toBe(416);
  });

  test('of an unreleased product are not served', async () => {
    const index = [...everyIndex()].find((one) => !catalogue.brief(one).isReleased) ?? -1;
    const ref = catalogue.product(index).values('ops:Label_File_Info.ops:file_ref')?.[0] ?? '';
    expect((await fetch(ref)).status).toBe(404);
  });
});

describe('labels', () => {
  test('are well-formed, of the right namespace, and read back as they were made', () => {
    for (const index of someIndexes()) {
      const product = catalogue.product(index);
      const root = readLabelTree(product.labelText());
      expect(root.name).toBe(product.productClass);
      expect(root.attributes?.['xmlns']).toBe('http://pds.nasa.gov/pds4/pds/v1');
      expect(textAt(root, 'Identification_Area', 'logical_identifier')).toBe(product.lid);
      expect(textAt(root, 'Identification_Area', 'version_id')).toBe(product.version);
      expect(textAt(root, 'Identification_Area', 'information_model_version')).toMatch(/^1\./);
      for (const one of elementsNamed(root, 'doi'))
        expect(textAt(one)).toMatch(/^10\.5072\/sample/);
    }
  });

  const dataOf = (
    lidPart: string,
    at: number,
  ): { root: ReturnType<typeof readLabelTree>; ref: string } => {
    const found = [...everyIndex()].filter((index) => catalogue.brief(index).lid.includes(lidPart));
    const product = catalogue.product(found[at] ?? -1);
    return {
      root: readLabelTree(product.labelText()),
      ref: product.values('ops:Data_File_Info.ops:file_ref')?.[0] ?? '',
    };
  };
  const number = (root: ReturnType<typeof readLabelTree>, ...path: string[]): number =>
    Number(textAt(root, 'File_Area_Observational', ...path));

  test('describe character tables field by field', async () => {
    for (const part of [':rad_der_', ':phot_']) {
      const { root, ref } = dataOf(part, 5);
      const { bytes } = await bytesAt(ref);
      const records = number(root, 'Table_Character', 'records');
      const length = number(root, 'Table_Character', 'Record_Character', 'record_length');
      expect(bytes.length).toBe(records * length);
      const rows = Array.from({ length: records }, (_, at) =>
        bytes.subarray(at * length, (at + 1) * length).toString('ascii'),
      );
      for (const row of rows) expect(row.endsWith('\r\n')).toBe(true);
      for (const field of elementsNamed(root, 'Field_Character')) {
        const first = Number(textAt(field, 'field_location')) - 1;
        const width = Number(textAt(field, 'field_length'));
        for (const row of rows) {
          const cell = row.slice(first, first + width).trim();
          if (textAt(field, 'data_type') === 'ASCII_Date_Time_YMD_UTC')
            expect(new Date(cell).toISOString()).toBe(cell);
          else expect(cell).toMatch(/^-?\d+(\.\d+)?$/);
        }
      }
    }
  });

  test('describe binary tables behind their headers', async () => {
    const { root, ref } = dataOf(':spec_', 9);
    const { bytes } = await bytesAt(ref);
    const offset = number(root, 'Table_Binary', 'offset');
    expect(offset).toBe(number(root, 'Header', 'object_length'));
    const records = number(root, 'Table_Binary', 'records');
    const length = number(root, 'Table_Binary', 'Record_Binary', 'record_length');
    expect(bytes.length).toBe(offset + records * length);
    expect(bytes.subarray(0, 15).toString('ascii')).toBe('SAMPLE SPECTRUM');
    for (let row = 0; row < records; row += 1)
      expect(bytes.readFloatBE(offset + row * length)).toBeCloseTo(0.4 + row * 0.04, 4);
  });

  test('describe images, and browse pictures show them', async () => {
    const { root, ref } = dataOf('sample_camera:data_raw:', 3);
    const image = elementsNamed(root, 'Array_2D_Image')[0];
    if (image === undefined) throw new Error('No array');
    const sides = elementsNamed(image, 'elements').map((one) => Number(textAt(one)));
    const { bytes } = await bytesAt(ref);
    expect(bytes.length).toBe((sides[0] ?? 0) * (sides[1] ?? 0));
    expect(new Set(bytes).size).toBeGreaterThan(20);
    const browse = dataOf('sample_camera:browse:', 3);
    const picture = await sharp((await bytesAt(browse.ref)).bytes)
      .greyscale()
      .raw()
      .toBuffer();
    expect(picture.equals(bytes)).toBe(true);
  });
});

describe('the seed', () => {
  test('decides everything, byte for byte', () => {
    const again = createGeneratedCatalogue(seed, size, () => archive.nasaImagesApi + filesPath);
    const other = createGeneratedCatalogue(seed + 1, size, () => archive.nasaImagesApi + filesPath);
    let differing = 0;
    for (const index of someIndexes()) {
      const text = catalogue.product(index).labelText();
      expect(again.product(index).labelText()).toBe(text);
      if (other.product(index).labelText() !== text) differing += 1;
    }
    expect(differing).toBeGreaterThan(50);
  });
});
