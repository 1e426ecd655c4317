import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExportFormat } from '#contract/downloads.ts';
import { writeExport } from '#main/downloads/exports/write-export.ts';
import {
  awkwardPaths,
  exportAbout,
  makePlanned,
  planOf,
  startPlanServer,
  type PlanServer,
} from '#test/support/planned-files.ts';
import { hasTool, runTool } from '#test/support/tools.ts';

const tools = {
  aria2c: hasTool('aria2c'),
  curl: hasTool('curl'),
  wget: hasTool('wget'),
  wget2: hasTool('wget2'),
  md5sum: hasTool('md5sum'),
};

let server: PlanServer;
let folder: string;
const signal = new AbortController().signal;

beforeAll(async () => {
  server = await startPlanServer(awkwardPaths);
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almagest-exports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const exportAs = (format: ExportFormat, name: string) =>
  writeExport({
    format,
    plan: planOf(server.files),
    out: join(folder, name),
    about: exportAbout,
    signal,
  });

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Every file of the plan is there under its name, byte for byte, and nothing else is. */
async function expectPlanIn(root: string, nameOf = (path: string) => path): Promise<void> {
  expect(await filesIn(root)).toEqual(awkwardPaths.map(nameOf).sort());
  for (const path of awkwardPaths) {
    expect((await readFile(join(root, nameOf(path)))).equals(server.contentOf(path)), path).toBe(
      true,
    );
  }
}

describe('the real tools fetch the plan', () => {
  test.skipIf(!tools.aria2c)('aria2 by its input file', async () => {
    expect(await exportAs('aria2', 'plan.txt')).toMatchObject({
      items: awkwardPaths.length,
      leftOut: 0,
    });
    const into = join(folder, 'got');
    const run = await runTool('aria2c', ['--no-conf', '-q', '-i', 'plan.txt', '-d', into], folder);
    expect(run).toMatchObject({ status: 0 });
    await expectPlanIn(into);
  });

  test.skipIf(!tools.aria2c)('aria2 by Metalink, and it checks the checksums', async () => {
    await exportAs('metalink', 'plan.meta4');
    const into = join(folder, 'got');
    const run = await runTool(
      'aria2c',
      ['--no-conf', '-q', '-M', 'plan.meta4', '-d', into],
      folder,
    );
    expect(run).toMatchObject({ status: 0 });
    // Its reader of XML leaves this one as it is written.
    await expectPlanIn(into, (path) => path.replaceAll('&', '&#38;'));
  });

  test.skipIf(!tools.curl)('curl by its config', async () => {
    await exportAs('curl', 'plan.curl');
    const into = join(folder, 'got');
    await mkdir(into);
    const run = await runTool('curl', ['-q', '-sS', '-K', '../plan.curl'], into);
    expect(run).toMatchObject({ status: 0 });
    await expectPlanIn(into);
  });

  test.skipIf(!tools.wget2)('wget2 by Metalink, as far as it reads one', async () => {
    const [file] = server.files;
    if (file === undefined) throw new Error('no files');
    const out = join(folder, 'plan.meta4');
    await writeExport({
      format: 'metalink',
      plan: planOf([file]),
      out,
      about: exportAbout,
      signal,
    });
    await runTool('wget2', ['--no-config', '-q', '--force-metalink', '-i', out], folder);
    expect((await readFile(join(folder, file.path))).equals(server.contentOf(file.path))).toBe(
      true,
    );
  });

  test.each([
    ['wget', tools.wget, ['--no-config']],
    ['wget2', tools.wget2, ['--no-config']],
  ] as const)('%s by its list, under names of its own', async (tool, isThere, args) => {
    if (!isThere) return;
    await exportAs('wget', 'urls.txt');
    const into = join(folder, 'got');
    const run = await runTool(
      tool,
      [...args, '-q', '-x', '-nc', '-i', 'urls.txt', '-P', into],
      folder,
    );
    expect(run).toMatchObject({ status: 0 });
    const got = await Promise.all(
      (await filesIn(into)).map((name) => readFile(join(into, name), 'hex')),
    );
    const wanted = awkwardPaths.map((path) => server.contentOf(path).toString('hex'));
    expect(got.sort()).toEqual(wanted.sort());
  });
});

/** Reads a bag by the rules of RFC 8493, written apart from the code that makes one. */
async function readBag(root: string, algorithm: 'md5' | 'sha256') {
  const lines = async (name: string) =>
    (await readFile(join(root, name), 'utf8')).split('\n').filter((line) => line !== '');
  const decode = (path: string) =>
    path.replace(/%(25|0A|0D)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const manifest = (await lines(`manifest-${algorithm}.txt`)).map((line) => {
    const [, sum = '', path = ''] = /^([0-9a-f]+)[ \t]+(.*)$/.exec(line) ?? [];
    return { sum, path: decode(path) };
  });
  const fetches = (await lines('fetch.txt')).map((line) => {
    const [, url = '', length = '', path = ''] = /^(\S+)[ \t]+(\d+|-)[ \t]+(.*)$/.exec(line) ?? [];
    return { url, length, path: decode(path) };
  });
  const tags = (await lines(`tagmanifest-${algorithm}.txt`)).map((line) => line.split(/\s+/));
  return { manifest, fetches, tags };
}

describe('a bag', () => {
  test('is complete once what fetch.txt names is fetched', async () => {
    const result = await exportAs('bagit', 'bag');
    const bag = join(folder, 'bag');
    expect(result).toMatchObject({ items: awkwardPaths.length, leftOut: 0 });
    expect(result.written.map((path) => relative(bag, path))).toContain('fetch.txt');
    const { manifest, fetches, tags } = await readBag(bag, 'sha256');
    expect(fetches.map(({ path }) => path)).toEqual(awkwardPaths.map((path) => `data/${path}`));
    for (const { url, length, path } of fetches) {
      const body = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(body.length).toBe(Number(length));
      await mkdir(dirname(join(bag, path)), { recursive: true });
      await writeFile(join(bag, path), body);
    }
    const sumOf = async (path: string) =>
      createHash('sha256')
        .update(await readFile(join(bag, path)))
        .digest('hex');
    expect(manifest).toHaveLength(awkwardPaths.length);
    for (const { sum, path } of manifest) expect(await sumOf(path), path).toBe(sum);
    for (const [sum, name = ''] of tags) expect(await sumOf(name), name).toBe(sum);
    const oxum = awkwardPaths.reduce((all, path) => all + server.contentOf(path).length, 0);
    expect(await readFile(join(bag, 'bag-info.txt'), 'utf8')).toContain(
      `Payload-Oxum: ${String(oxum)}.${String(awkwardPaths.length)}\n`,
    );
  });

  test.skipIf(!tools.md5sum)('has a manifest that md5sum reads', async () => {
    const plan = planOf(
      server.files
        .filter(({ path }) => !path.includes('%'))
        .map((file) => ({
          ...file,
          checksums: file.checksums.filter(({ algorithm }) => algorithm === 'md5'),
        })),
    );
    const bag = join(folder, 'bag');
    await writeExport({ format: 'bagit', plan, out: bag, about: exportAbout, signal });
    for await (const { path } of plan()) {
      await mkdir(dirname(join(bag, 'data', path)), { recursive: true });
      await writeFile(join(bag, 'data', path), server.contentOf(path));
    }
    for (const name of ['manifest-md5.txt', 'tagmanifest-md5.txt']) {
      const { status, output } = await runTool('md5sum', ['-c', '--strict', name], bag);
      expect(status, output).toBe(0);
    }
  });

  test('needs checksums', async () => {
    const plan = planOf([makePlanned('a.jpg')]);
    const bag = writeExport({
      format: 'bagit',
      plan,
      out: join(folder, 'b'),
      about: exportAbout,
      signal,
    });
    await expect(bag).rejects.toMatchObject({ code: 'invalid-arguments' });
  });
});

describe('writing', () => {
  test('never overwrites, and leaves nothing half done', async () => {
    await writeFile(join(folder, 'plan.csv'), 'mine');
    await expect(exportAs('csv', 'plan.csv')).rejects.toMatchObject({ code: 'name-taken' });
    expect(await readFile(join(folder, 'plan.csv'), 'utf8')).toBe('mine');
    expect(await filesIn(folder)).toEqual(['plan.csv']);
    await mkdir(join(folder, 'bag'));
    await writeFile(join(folder, 'bag', 'mine.txt'), '');
    await expect(exportAs('bagit', 'bag')).rejects.toMatchObject({ code: 'name-taken' });
  });

  test('a plan that breaks off leaves no file', async () => {
    const plan = async function* () {
      yield makePlanned('a.jpg');
      throw new Error('the table is gone');
    };
    const request = {
      format: 'json',
      plan,
      out: join(folder, 'p.json'),
      about: exportAbout,
      signal,
    } as const;
    await expect(writeExport(request)).rejects.toThrow('the table is gone');
    expect(await filesIn(folder)).toEqual([]);
  });

  test('cancelled: nothing is left', async () => {
    const request = {
      format: 'json',
      plan: planOf(server.files),
      out: join(folder, 'p.json'),
    } as const;
    const cancelled = writeExport({ ...request, about: exportAbout, signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await filesIn(folder)).toEqual([]);
  });
});
