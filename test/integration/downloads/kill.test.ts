/**
 * kill -9 at random moments. It proves the order of things (nothing partial under a final name, nothing
 * acknowledged lost, nothing fetched twice), not what a power cut would leave: that is what the order of the
 * sync calls is for. The long form is in test/endurance.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDamagedRows } from '#main/db/row-checksum.ts';
import { downloadsTable } from '#main/downloads/download-row.ts';
import { makePicture, sha256 } from '#test/support/download-fixtures.ts';
import { serveFile, startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { makeTempDir, openTestLibrary } from '#test/support/library-fixtures.ts';
import { runChild } from '#test/support/run-child.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
const contents = new Map<string, Buffer>();
for (let i = 0; i < 12; i += 1) contents.set(`small${i}`, makePicture(20_000 + i, 100 + i));
for (let i = 0; i < 2; i += 1) contents.set(`large${i}`, makePicture(3_000_000 + i, 200 + i));
const ids = [...contents.keys()];
/** Seed of the moments; printed with a failure by its expectation. */
const seed = 20_261_121;

beforeEach(async () => {
  temp = makeTempDir();
  server = await startFaultServer((request, response) => {
    const id = (request.url ?? '').slice(1).replace(/\.jpg$/, '');
    const content = contents.get(id) ?? Buffer.alloc(0);
    return serveFile(content, {
      etag: `"${id}"`,
      contentType: 'image/jpeg',
      ...(id.startsWith('large') ? { bytesPerSecond: 4_000_000 } : {}),
    })(request, response);
  });
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

const downloads = () => join(temp.dir, 'downloads');
const filesThere = () => (existsSync(downloads()) ? readdirSync(downloads()) : []);

/** Names of files under a final name that are not whole. */
function partials(mayBeReserved: boolean): string[] {
  return filesThere().filter((name) => {
    if (!name.endsWith('.jpg')) return false;
    const found = readFileSync(join(downloads(), name));
    // Where links do not exist a name is reserved by an empty file, for the moment before the rename.
    if (mayBeReserved && found.length === 0) return false;
    return contents.get(name.replace(/~orig\.jpg$/, ''))?.equals(found) !== true;
  });
}

/** Refs whose row says that they are done, as a second process reads it. */
function doneRefs(): string[] {
  const library = openTestLibrary(temp.dir);
  const rows = library.db
    .prepare<[], { ref: string }>("SELECT ref FROM downloads WHERE state = 'done'")
    .all();
  library.close();
  return rows.map((row) => row.ref.slice('nasa:'.length));
}

const requestsFor = (id: string) =>
  server.requests.filter((each) => each.url === `/${id}.jpg`).length;

/** A small generator of moments, so that a failing run can be repeated. */
function* moments(): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe.each(['links', 'no-links'])('killed again and again, %s', (links) => {
  test('every acknowledged file ends whole, once, and nothing partial is ever seen', async () => {
    const acked = new Set<string>();
    const requestsWhenDone = new Map<string, number>();
    const args = (refs: string[]) => [temp.dir, downloads(), server.base, refs.join(','), links];
    const random = moments();
    for (let round = 0; round < 5; round += 1) {
      const missing = ids.filter((id) => !acked.has(id));
      const child = runChild('./download-child.ts', args(missing.map((id) => `nasa:${id}`)));
      await child.until((lines) => lines.length > 0);
      await delay(random.next().value * 350);
      child.process.kill('SIGKILL');
      await child.ended;
      for (const line of child.lines) {
        const id = /^acked \S+ nasa:(.+)$/.exec(line)?.[1];
        if (id !== undefined) acked.add(id);
      }
      expect(partials(links === 'no-links'), `seed ${seed}, round ${round}`).toEqual([]);
      for (const id of doneRefs()) {
        expect(contents.get(id)?.equals(readFileSync(join(downloads(), `${id}~orig.jpg`)))).toBe(
          true,
        );
        if (!requestsWhenDone.has(id)) requestsWhenDone.set(id, requestsFor(id));
      }
    }
    const last = runChild(
      './download-child.ts',
      args(ids.filter((id) => !acked.has(id)).map((id) => `nasa:${id}`)),
    );
    const end = await last.ended;
    expect(end.errors).toBe('');
    expect(last.lines.at(-1)).toBe('idle');
    expect(doneRefs().sort()).toEqual([...ids].sort());
    for (const [id, content] of contents) {
      expect(sha256(readFileSync(join(downloads(), `${id}~orig.jpg`)))).toBe(sha256(content));
    }
    // Nothing lies about: each file, its sidecar, no parts, no second copies.
    expect(filesThere().sort()).toEqual(
      ids.flatMap((id) => [`${id}~orig.jpg`, `${id}~orig.jpg.json`]).sort(),
    );
    for (const [id, count] of requestsWhenDone) expect(requestsFor(id), `${id} again`).toBe(count);
    const library = openTestLibrary(temp.dir);
    expect(await findDamagedRows(library.db, [downloadsTable])).toEqual([]);
    expect(library.db.pragma('integrity_check')).toBe('ok');
    library.close();
  }, 120_000);
});

test('two processes on one profile fetch each file once', async () => {
  const refs = ids.map((id) => `nasa:${id}`);
  const args = (wanted: string[]) => [
    temp.dir,
    downloads(),
    server.base,
    wanted.join(','),
    'links',
  ];
  const children = [
    runChild('./download-child.ts', args(refs.slice(0, 7))),
    runChild('./download-child.ts', args(refs.slice(7))),
  ];
  for (const child of children) {
    expect(
      await child.until((lines) => lines.filter((line) => line.startsWith('acked')).length >= 7),
    ).toBe(true);
  }
  while (doneRefs().length < ids.length) await delay(50);
  for (const child of children) {
    child.process.kill('SIGKILL');
    await child.ended;
  }
  // On a busy machine a connection may stall and be resumed; nobody may begin a file again.
  const whole = server.requests.filter((each) => each.headers.range === undefined);
  expect(whole.map((each) => each.url).sort()).toEqual(ids.map((id) => `/${id}.jpg`).sort());
  expect(partials(false)).toEqual([]);
}, 120_000);
