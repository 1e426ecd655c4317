import { afterEach, describe, expect, test } from 'vitest';
import { pdsDialects } from '#contract/pds.ts';
import { detectDialect, findRegistry } from '#main/sources/pds-registry/dialect.ts';
import { startFaultServer, type FaultHandler } from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';
import { openPds, type PdsFixture } from '#test/support/pds-client.ts';
import {
  collection,
  idAt,
  startPdsServer,
  type PdsServer,
  type PdsServerOptions,
} from '#test/support/pds-server.ts';

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
const signal = new AbortController().signal;

async function start(options: PdsServerOptions): Promise<PdsFixture & { server: PdsServer }> {
  const server = await startPdsServer(options);
  const fixture = openPds(server.base);
  open.push(fixture, server);
  return { ...fixture, server };
}

describe.each(pdsDialects)('%s', (dialect) => {
  test('a product, its latest version, and what is not there', async () => {
    const { client, server, store } = await start({ dialect, count: 10 });
    const { value } = await client.product(idAt(3), signal);
    expect(value).toMatchObject({
      lidvid: idAt(3),
      level: 'product',
      supersededBy: null,
      title: 'Product 3',
    });
    expect(store.get(server.base)).toEqual({ address: server.base, dialect });
    expect(client.known()).toEqual({ address: server.base, dialect });
    await expect(client.product('urn:nasa:pds:nothing', signal)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('urn:nasa:pds:nothing') as string,
    });
    await expect(client.product('..', signal)).rejects.toMatchObject({ code: 'not-found' });
    expect([...server.accepts]).toEqual(['application/json']);
  });

  test('any part of a list, by position, with as few requests as can be', async () => {
    const { client, server } = await start({ dialect, count: 20_000 });
    const idsAt = async (from: number, count: number) => {
      const page = await client.members(collection, { from, count }, signal);
      expect(page).toMatchObject({ hits: 20_000, unreadable: 0, age: { origin: 'network' } });
      return page.products.map(({ lidvid }) => lidvid);
    };
    const expected = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => idAt(from + at));
    expect(await idsAt(0, 50)).toEqual(expected(0, 50));
    const before = server.paths.length;
    expect(await idsAt(50, 50)).toEqual(expected(50, 50));
    expect(server.paths.length - before).toBe(1);
    expect(await idsAt(19_990, 50)).toEqual(expected(19_990, 10));
    const walked = server.paths.length;
    expect(await idsAt(19_990, 50)).toEqual(expected(19_990, 10));
    expect(server.paths.length - walked).toBe(1);
    expect(await idsAt(20_001, 50)).toEqual([]);
    expect(await idsAt(7, 3)).toEqual(expected(7, 3));
  });

  test('a search: class, keywords, query, and the `or` that 1.3 gets wrong', async () => {
    const { client, server } = await start({ dialect, count: 700 });
    const found = await client.search({ q: '(every eq 7 or every eq 5)' }, { count: 1000 }, signal);
    expect(found.hits).toBe(100 + 140 - 20);
    expect(found.products).toHaveLength(220);
    const plural = await client.search({ class: 'observationals' }, { count: 5 }, signal);
    const single = await client.search({ class: 'Product_Observational' }, { count: 5 }, signal);
    expect(plural.products).toEqual(single.products);
    expect(plural.hits).toBe(700);
    await expect(client.search({ q: 'nonsense' }, {}, signal)).rejects.toMatchObject({
      code: 'refused-by-archive',
      message: expect.stringContaining('cannot be parsed') as string,
    });
    const kernels = client.search({ class: 'spice-kernel' }, {}, signal);
    await kernels.catch(() => undefined);
    const asked = decodeURIComponent(server.paths.at(-1) ?? '');
    expect(asked).toContain(
      dialect === '1.3' ? 'q=product_class eq "Product_SPICE_Kernel"' : '/classes/spice-kernel',
    );
    await client.search({ keywords: ['rock'] }, {}, signal).catch(() => undefined);
    const worded = decodeURIComponent(server.paths.at(-1) ?? '');
    expect(worded).toContain(
      dialect === '1.3' ? 'keywords=rock' : '(title like "rock" or description like "rock")',
    );
  });

  test('versions are numbers: the newest first', async () => {
    const { client } = await start({ dialect, count: 3 });
    const { products, hits } = await client.versions(idAt(1), signal);
    expect(products.map(({ version }) => version)).toEqual(['13.0', '2.0', '1.0']);
    expect(hits).toBe(3);
  });

  test('members of what has none: a wrong question in both dialects', async () => {
    const { client } = await start({ dialect, count: 3 });
    await expect(client.members(idAt(1), {}, signal)).rejects.toMatchObject({
      code: 'refused-by-archive',
    });
    const superseded = client.members(collection, { versions: 'all' }, signal);
    if (dialect === 'current')
      await expect(superseded).rejects.toMatchObject({ code: 'refused-by-archive' });
    else await superseded.catch(() => undefined);
  });

  test('properties, classes and health', async () => {
    const { client } = await start({ dialect, count: 3 });
    expect((await client.properties(signal)).value).toEqual([
      { name: 'lidvid', type: 'string' },
      { name: 'pds:File.pds:file_size', type: 'integer' },
      { name: 'x', type: 'unsupported' },
    ]);
    expect((await client.classes(signal)).value.length).toBeGreaterThan(1);
    const health = await client.health(signal);
    expect(health).toMatchObject(
      dialect === '1.3'
        ? { isWell: false, failures: ['a shard is gone'], documents: 7, dialect }
        : { isWell: true, failures: [], documents: null, dialect },
    );
  });

  test('any route as it comes, and old ones under their new names', async () => {
    const { client, server } = await start({ dialect, count: 300 });
    const get = (path: string, parameters = {}) =>
      client.get(path, parameters, 'application/json', signal);
    const old = await get('/classes/observationals?limit=2&fields=a&fields=b', { start: 200 });
    expect(old.status).toBe(200);
    expect(old.contentType).toBe('application/json');
    const body = JSON.parse(old.body.toString()) as { data: { id: string }[] };
    expect(body.data).toHaveLength(2);
    const asked = decodeURIComponent(server.paths.at(-1) ?? '');
    expect(asked).toContain('fields=a,b');
    if (dialect === 'current') {
      expect(asked).toContain('/classes/observational?');
      expect(body.data.map(({ id }) => id)).toEqual([idAt(200), idAt(201)]);
      expect(old.notes.join(' ')).toContain('search-after');
    } else expect(old.notes).toEqual([]);
    // An error is an answer here.
    const missing = await get('products/urn:nasa:pds:x');
    expect(missing.status).toBe(404);
    expect(missing.body.toString()).toContain('urn:nasa:pds:x');
    expect((await get('/healthcheck')).status).toBe(dialect === '1.3' ? 418 : 200);
    await expect(get('/nonsense/x')).rejects.toMatchObject({ code: 'invalid-arguments' });
  });

  test('an address that speaks another dialect by now is found out by its answers', async () => {
    const { client, server, store } = await start({ dialect, count: 400 });
    const other = dialect === '1.3' ? 'current' : '1.3';
    await client.members(collection, { from: 100, count: 10 }, signal);
    server.options = { ...server.options, dialect: other };
    const page = await client.members(collection, { from: 200, count: 10 }, signal);
    expect(page.products[0]?.lidvid).toBe(idAt(200));
    expect(store.get(server.base)?.dialect).toBe(other);
    await expect(client.product('urn:nasa:pds:x', signal)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('the dialect is found in one request, and through faults', async () => {
    const { client, server } = await start({ dialect, count: 3 });
    await Promise.all([client.registry(signal), client.registry(signal), client.registry(signal)]);
    expect(server.paths).toHaveLength(1);
    const faulty = await start({ dialect, count: 3, failures: 0.4, seed: 11 });
    expect((await faulty.client.registry(signal)).dialect).toBe(dialect);
  });
});

describe('detecting', () => {
  const answer =
    (status: number, type: string, body: string): FaultHandler =>
    (_, response) =>
      void response.writeHead(status, { 'content-type': type }).end(body);

  async function detect(handler: FaultHandler): Promise<string> {
    const server = await startFaultServer(handler);
    const door = openDoor(server.base);
    open.push(door, server);
    return detectDialect(door.http, server.base, signal);
  }

  test('1.4 to 1.6: start is passed over without a word', async () => {
    expect(
      await detect(answer(200, 'application/json', '{"summary":{"hits":5,"limit":0},"data":[]}')),
    ).toBe('current');
  });

  test('an error in the words of 1.3', async () => {
    expect(
      await detect(answer(400, 'application/json', '{"request":"/x","message":"no "x" here"}')),
    ).toBe('1.3');
  });

  test('a fault in the way: the health route tells', async () => {
    const handler: FaultHandler = (request, response) => {
      if (request.url === '/healthcheck') {
        response.writeHead(418).end('{"failures_present":true}');
      } else
        response
          .writeHead(500, { 'content-type': 'application/json' })
          .end('{"timestamp":1,"status":500,"error":"Internal Server Error"}');
    };
    expect(await detect(handler)).toBe('1.3');
    const later: FaultHandler = (request, response) =>
      void response.writeHead(request.url === '/health' ? 200 : 500).end();
    expect(await detect(later)).toBe('current');
  });

  test.each([
    ['a web page', answer(200, 'text/html', '<html>hello</html>'), 'bad-answer'],
    ['other JSON', answer(200, 'application/json', '{"collection":{}}'), 'bad-answer'],
    ['nothing there', answer(404, 'text/html', '<html><title>404</title></html>'), 'not-found'],
    ['nothing but faults', answer(503, 'text/plain', 'down'), 'unavailable'],
  ])('%s is no registry', async (_, handler, code) => {
    await expect(detect(handler)).rejects.toMatchObject({ code });
  });

  test('known addresses are tried in order, and the first that answers is taken', async () => {
    const dead = await startFaultServer(answer(404, 'text/html', '<html></html>'));
    const alive = await startPdsServer({ dialect: 'current', count: 1 });
    const door = openDoor(dead.base);
    open.push(door, dead, alive);
    expect(await findRegistry(door.http, [dead.base, alive.base], signal)).toEqual({
      address: alive.base,
      dialect: 'current',
    });
    expect(dead.requests.length).toBe(1);
    await expect(findRegistry(door.http, [dead.base], signal)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
