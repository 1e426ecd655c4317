/**
 * The AstroBin part of the sample archive beside recorded exchanges with the service's framework: the same requests are
 * made of it, and its answers have their status, headers, keys and types.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';
import { sampleAstrobinKey, sampleAstrobinSecret } from '#main/sample/astrobin/credentials.ts';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';

const captures = capturesDir();
if (captures === null) console.log(`AstroBin sample conformance ${capturesAbsent}`);
const folder = join(captures ?? '', 'astrobin', 'exchanges');

const workerUrl = new URL('../../src-main/sample/sample-worker.ts', import.meta.url);

interface Exchange {
  request: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
  text?: string;
}

let archive: SampleArchive;
/** What stands in our archive for the recorded rows. */
let hash: string;
let user: string;

/** Every path in a value with the types that stand there; places in lists are one. */
function typesOf(
  value: unknown,
  path = '',
  into = new Map<string, Set<string>>(),
): Map<string, Set<string>> {
  const type = Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
  into.set(path, (into.get(path) ?? new Set()).add(type));
  if (Array.isArray(value)) for (const one of value) typesOf(one, `${path}[]`, into);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) typesOf(one, `${path}.${key}`, into);
  return into;
}

/** The recording framework had fewer resources and fewer fields of users than the service. */
const mayHaveMore = /^(toplevel|userprofile|imagerevision|collection|image\.schema)/;

const replay = (request: string): Promise<Response> => {
  const path = request
    .replace(/^GET /, '')
    .replace('api_key=KEY', `api_key=${sampleAstrobinKey}`)
    .replace('api_secret=SECRET', `api_secret=${sampleAstrobinSecret}`)
    .replace('h01eef', hash)
    // The recorded rows stand close together, ours do not.
    .replace('2012-04-11', '2022-04-11')
    .replace(/(user(?:name)?)=siovene/, `$1=${user}`);
  return fetch(`${archive.astrobinBase}${path}`, { redirect: 'manual' });
};

const names = captures === null ? [] : readdirSync(folder).sort();
const recorded = (name: string): Exchange =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Exchange;

describe.skipIf(captures === null)('the AstroBin sample', () => {
  beforeAll(async () => {
    archive = await startSampleArchive({ size: 2000, seed: 2, workerUrl });
    const credentials = `api_key=${sampleAstrobinKey}&api_secret=${sampleAstrobinSecret}`;
    const ask = async <T>(path: string): Promise<T> =>
      (await (await fetch(`${archive.astrobinBase}/api/v1${path}${credentials}`)).json()) as T;
    const list = await ask<{ objects: { hash: string; is_solved: boolean }[] }>('/image/?');
    hash = list.objects.find((row) => row.is_solved)?.hash ?? '';
    user = (await ask<{ objects: { user: string }[] }>('/collection/?')).objects[0]?.user ?? '';
  });

  afterAll(() => archive.close());

  test.each(names)('%s', async (name) => {
    const exchange = recorded(name);
    const answer = await replay(exchange.request);
    expect(answer.status).toBe(exchange.status);
    for (const [header, value] of Object.entries(exchange.headers)) {
      if (header === 'Content-Length') continue;
      if (header === 'Location') {
        const [path = '', query = ''] = value.split('?');
        const ours = new URL(answer.headers.get('location') ?? '', archive.astrobinBase);
        expect(ours.pathname).toBe(`/astrobin${path.replace('h01eef', hash)}`);
        expect([...ours.searchParams.keys()]).toEqual([...new URLSearchParams(query).keys()]);
      } else expect(answer.headers.get(header), header).toBe(value);
    }
    const text = await answer.text();
    if (exchange.body === undefined) {
      const tags = (xml: string): string[] =>
        [...new Set([...xml.matchAll(/<([a-z_]+)/g)].map(([, tag]) => tag ?? ''))].sort();
      expect(tags(text).filter((tag) => tag !== 'value')).toEqual(
        tags(exchange.text ?? '').filter((tag) => tag !== 'value'),
      );
      return;
    }
    const theirs = typesOf(exchange.body);
    const ours = typesOf(JSON.parse(text));
    const isEmpty = (exchange.body as { objects?: unknown[] }).objects?.length === 0;
    const missing = [...theirs.keys()].filter((path) => !ours.has(path));
    // Lists that happen to be empty with us, or were with them.
    expect(missing.filter((path) => !path.endsWith('[]'))).toEqual([]);
    if (mayHaveMore.test(name) || isEmpty) return;
    const extra = [...ours.keys()].filter((path) => !theirs.has(path));
    expect(extra.filter((path) => !path.endsWith('[]'))).toEqual([]);
    for (const [path, types] of theirs) {
      const own = ours.get(path) ?? new Set();
      const isNullable = types.has('null') || own.has('null');
      const strange = [...own].filter((type) => !types.has(type) && !isNullable);
      expect(strange, path).toEqual([]);
    }
  });
});
