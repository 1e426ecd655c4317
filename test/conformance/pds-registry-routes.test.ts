/**
 * Walks the registry's own OpenAPI file: every route and every parameter that it has must be known to the client, in
 * both dialects.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ArchiveError } from '#contract/errors.ts';
import {
  matchPath,
  planRequest,
  type Parameters,
  type Place,
} from '#main/sources/pds-registry/routes.ts';
import { routes } from '#main/sources/pds-registry/route-table.ts';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';

const captures = capturesDir();
const file =
  captures === null ? null : join(captures, 'pds-registry', 'PDS_APIs-search-1.3.0-swagger.yaml');
if (file === null) console.log(`pds-registry routes ${capturesAbsent}`);

interface Parameter {
  name: string;
  in: 'path' | 'query';
  schema: { enum?: string[] };
}
interface Reference {
  $ref: string;
}
interface PathItem {
  parameters?: Reference[];
  get: { parameters?: Reference[]; tags: string[] };
}
interface OpenApi {
  paths: Record<string, PathItem>;
  components: { parameters: Record<string, Parameter> };
}

const openApi =
  file === null
    ? { paths: {}, components: { parameters: {} } }
    : (parse(readFileSync(file, 'utf8')) as OpenApi);

interface Case {
  path: string;
  inPath: Parameter[];
  inQuery: Parameter[];
  isDeprecated: boolean;
}

const cases: Case[] = Object.entries(openApi.paths).map(([path, item]) => {
  const all = [...(item.parameters ?? []), ...(item.get.parameters ?? [])].map(({ $ref }) => {
    const parameter = openApi.components.parameters[$ref.split('/').at(-1) ?? ''];
    if (parameter === undefined) throw new Error(`${$ref} is not in the file`);
    return parameter;
  });
  return {
    path,
    inPath: all.filter((parameter) => parameter.in === 'path'),
    inQuery: all.filter((parameter) => parameter.in === 'query'),
    isDeprecated: item.get.tags.some((tag) => tag.includes('deprecated')),
  };
});

const id = 'urn:nasa:pds:mars2020.spice:document:a.mp4::1.0';
const values: Parameters = {
  fields: ['lidvid', 'pds:File/pds:file_size'],
  keywords: ['rock', 'Mars'],
  limit: 7,
  q: '(lid like "urn:nasa:pds:insight*")',
  sort: ['lidvid'],
  start: 0,
};

/** Every combination of what the file allows in the path. */
function placesOf({ inPath }: Case): Place[] {
  let places: Place[] = [{}];
  for (const { name, schema } of inPath) {
    const options = schema.enum ?? [id];
    places = places.flatMap((place) => options.map((value) => ({ ...place, [name]: value })));
  }
  return places;
}

function filled(path: string, place: Place): string {
  return path.replace(/\{(\w+)\}/g, (_, name: keyof Place) => String(place[name]));
}

describe.skipIf(file === null)('the 1.3.0 OpenAPI file', () => {
  test('has 46 routes, and the client the same 46', () => {
    expect(cases).toHaveLength(46);
    expect(routes.map(({ path }) => path).sort()).toEqual(cases.map(({ path }) => path).sort());
    expect(new Set(routes.map(({ name }) => name)).size).toBe(46);
  });

  test.each(cases)('$path: each parameter, in 1.3 as it is', (one) => {
    const known = routes.find(({ path }) => path === one.path);
    if (known === undefined) throw new Error('the client lacks this route');
    expect([...known.query].sort()).toEqual(one.inQuery.map(({ name }) => name).sort());
    expect(known.isDeprecated).toBe(one.isDeprecated);
    for (const place of placesOf(one)) {
      const path = filled(one.path, place);
      const match = matchPath(path);
      expect(match?.route.name).toBe(known.name);
      expect(match?.place).toEqual(place);
      const asked = Object.fromEntries(one.inQuery.map(({ name }) => [name, values[name]]));
      const url = new URL(`http://host/api${planRequest(known, place, asked, '1.3').target}`);
      expect(decodeURIComponent(url.pathname)).toBe(`/api${path}`);
      for (const { name } of one.inQuery) {
        const value = values[name];
        expect(url.searchParams.get(name)).toBe(
          Array.isArray(value) ? value.join(',') : String(value as string),
        );
      }
      expect([...url.searchParams.keys()]).toHaveLength(one.inQuery.length);
    }
  });

  /** What the current service has, and nothing else. */
  const present =
    /^\/(?:health|classes|properties|products|classes\/[a-z-]+|products\/[^/]+(?:\/(?:latest|all|members|members\/members|member-of|member-of\/member-of))?)$/;
  const allowed = ['fields', 'limit', 'q', 'sort', 'search-after', 'facet-fields', 'facet-limit'];

  test.each(cases)(
    '$path: in the current service as it is, mapped, or refused with a reason',
    (one) => {
      const known = routes.find(({ path }) => path === one.path);
      if (known === undefined) throw new Error('the client lacks this route');
      for (const place of placesOf(one)) {
        const asked = Object.fromEntries(one.inQuery.map(({ name }) => [name, values[name]]));
        let target: string;
        let notes: string[];
        try {
          ({ target, notes } = planRequest(known, place, asked, 'current'));
        } catch (error) {
          expect(error).toBeInstanceOf(ArchiveError);
          expect((error as ArchiveError).code).toBe('refused-by-archive');
          expect((error as ArchiveError).message).toMatch(/only the latest version/);
          // Only lists of all versions of relatives are gone for good.
          expect(place.versions === 'all' || one.path.endsWith('/all')).toBe(true);
          continue;
        }
        const url = new URL(`http://host${target}`);
        expect(url.pathname).toMatch(present);
        for (const name of url.searchParams.keys()) expect(allowed).toContain(name);
        const isSame = decodeURIComponent(url.pathname) === filled(one.path, place);
        if (!isSame) expect(notes.join(' ') !== '' || one.path.endsWith('/all')).toBe(true);
        if ('keywords' in asked) {
          expect(url.searchParams.get('q')).toBe(
            '((title like "rock" or description like "rock") and (title like "Mars" or description like "Mars"))',
          );
          expect(notes.join(' ')).toContain('keywords');
        }
        expect(url.searchParams.get('limit')).toBe('limit' in asked ? '7' : null);
      }
    },
  );
});
