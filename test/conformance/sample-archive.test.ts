/**
 * The sample archive beside the recorded answers of the live one: the same code reads both, so what it
 * sends must have the shapes that were recorded, no key or type of its own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';
import { toMetadataFields } from '#main/sources/nasa-images/metadata.ts';
import { parseManifest, parseMetadataDocument, parsePage } from '#main/sources/nasa-images/wire.ts';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';

const captures = capturesDir();
if (captures === null) console.log(`sample archive conformance ${capturesAbsent}`);

const workerUrl = new URL('../../src-main/sample/sample-worker.ts', import.meta.url);

type Json = Record<string, unknown>;

function recorded(name: string): Json {
  return JSON.parse(readFileSync(join(captures ?? '', 'nasa-images', name), 'utf8')) as Json;
}

/** Every path in a value with the type that stands there; places in lists are one. */
function shapesOf(value: unknown, path = '', into = new Set<string>()): Set<string> {
  if (Array.isArray(value)) {
    into.add(`${path}: list`);
    for (const one of value) shapesOf(one, `${path}[]`, into);
  } else if (typeof value === 'object' && value !== null) {
    into.add(`${path}: object`);
    for (const [key, one] of Object.entries(value)) shapesOf(one, `${path}.${key}`, into);
  } else {
    into.add(`${path}: ${value === null ? 'null' : typeof value}`);
  }
  return into;
}

function union(...sets: Set<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function strange(ours: Set<string>, theirs: Set<string>): string[] {
  return [...ours].filter((shape) => !theirs.has(shape));
}

const archives = new Map<string, SampleArchive>();

async function ask(dialect: '1.0' | '1.1', path: string): Promise<{ status: number; body: Json }> {
  const base = archives.get(dialect)?.nasaImagesApi ?? '';
  const answer = await fetch(`${base}${path}`);
  return { status: answer.status, body: (await answer.json()) as Json };
}

describe.skipIf(captures === null)('the sample archive', () => {
  beforeAll(async () => {
    for (const dialect of ['1.0', '1.1'] as const) {
      archives.set(dialect, await startSampleArchive({ size: 4000, seed: 9, workerUrl, dialect }));
    }
  });

  afterAll(async () => {
    for (const one of archives.values()) await one.close();
  });

  test('has searches of 1.1 with the recorded keys and types', async () => {
    const theirs = union(
      shapesOf(recorded('search.q.apollo.json')),
      shapesOf(recorded('search.nasa-id.PIA24439.json')),
      shapesOf(recorded('album.Apollo-at-50.json')),
      // Optional fields that the documentation names and these three recordings happen not to hold.
      new Set(['album[]: string'].map((rest) => `.collection.items[].data[].${rest}`)),
    );
    for (const path of ['/search?q=star&page_size=100', '/search?media_type=video', '/album/HST']) {
      const { body } = await ask('1.1', path);
      expect(strange(shapesOf(body), theirs)).toEqual([]);
    }
  });

  test('has searches of 1.0 with the recorded keys and types', async () => {
    const theirs = union(
      shapesOf(recorded('search.q-stars.page_size-100.2024.json')),
      shapesOf(recorded('search.q.apollo.json')),
    );
    const { body } = await ask('1.0', '/search?q=star&page_size=100');
    const ours = shapesOf(body);
    expect(strange(ours, theirs)).toEqual([]);
    for (const key of ['width', 'height', 'size']) {
      expect(ours.has(`.collection.items[].links[].${key}: number`)).toBe(false);
    }
  });

  test('refuses with the recorded bodies', async () => {
    const theirs = recorded('album.invalid-album.error.json');
    const { status, body } = await ask('1.1', '/album/invalid-album');
    expect([status, body]).toEqual([404, theirs]);
    for (const path of ['/asset/none', '/metadata/none', '/captions/none', '/search']) {
      const refused = await ask('1.1', path);
      expect([path, refused.status >= 400, shapesOf(refused.body)]).toEqual([
        path,
        true,
        shapesOf(theirs),
      ]);
    }
  });

  test('lists assets in the recorded shapes and under names of the recorded kinds', async () => {
    const theirs = shapesOf(recorded('asset-manifests/asset.PIA12348.excerpt.json'));
    const ending = (href: string): string =>
      (/(~[^/]*|\.[a-z0-9]+)$/.exec(href)?.[0] ?? href).replace(/\d{5}/, 'N');
    const recordedEndings = new Set(
      [
        'asset-manifests/collection.json.video.GRC-2022-CM-0123.excerpt.json',
        'asset-manifests/collection.json.video.NHQ_2017_0523.2017.json',
      ].flatMap((name) => parseManifest(recorded(name)).map(ending)),
    );
    const page = parsePage((await ask('1.1', '/search?media_type=video&page_size=60')).body);
    const ours = new Set<string>();
    for (const { id, href } of page.items) {
      const listed = await ask('1.1', `/asset/${encodeURIComponent(id)}`);
      expect(strange(shapesOf(listed.body), theirs)).toEqual([]);
      parseManifest(listed.body)
        .map(ending)
        .forEach((one) => ours.add(one));
      expect(href).toMatch(/\/collection\.json$/);
    }
    for (const one of recordedEndings) expect([...ours]).toContain(one);
  });

  test('has metadata in the three recorded shapes, read by the same code', async () => {
    const page = parsePage((await ask('1.1', '/search?media_type=image&page_size=100')).body);
    const seen = new Set<string>();
    for (const { id } of page.items) {
      const { body } = await ask('1.1', `/metadata/${encodeURIComponent(id)}`);
      const place = String(body['location']);
      const folder = place.slice(0, place.lastIndexOf(`/${id}/`));
      const answer = await fetch(`${folder}/${encodeURIComponent(id)}/metadata.json`);
      const document = parseMetadataDocument(await answer.json());
      const isFlat = 'AVAIL:NASAID' in document;
      seen.add(isFlat ? ('File' in document ? 'mixed' : 'flat') : 'nested');
      const fields = JSON.stringify(toMetadataFields(document).filter((one) => !one.isPrivate));
      expect(fields).toContain(JSON.stringify(id));
      expect(fields).not.toContain('sample-login-');
      expect(fields).not.toContain('made-up');
    }
    expect(seen).toEqual(new Set(['flat', 'nested', 'mixed']));
  });
});
