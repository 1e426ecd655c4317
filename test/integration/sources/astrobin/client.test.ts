import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { openAstrobin, type AstrobinFixture } from '#test/support/astrobin-client.ts';
import { startAstrobinServer, type AstrobinServer } from '#test/support/astrobin-server.ts';

const secrets = { key: 'k3y-0123456789', secret: 's3cret-9876543210' };
const signal = new AbortController().signal;
let server: AstrobinServer;
let astrobin: AstrobinFixture;

beforeEach(async () => {
  server = await startAstrobinServer({ ...secrets });
  astrobin = openAstrobin(server.base, { secrets: async () => secrets });
});
afterEach(async () => {
  astrobin.close();
  await server.close();
});

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    (value) => new Error(`answered ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ArchiveError)) throw new Error('not an ArchiveError', { cause: error });
  return error;
}

describe('images', () => {
  test('come in pages of at most 25, rebuilt from limit and offset', async () => {
    const first = (await astrobin.client.images([], { limit: 100 }, signal)).value;
    expect(first).toMatchObject({ limit: 25, offset: 0, total: 60, hasNext: true, unreadable: 0 });
    expect(first.items).toHaveLength(25);
    expect(first.ceiling).toBeNull();
    const last = (await astrobin.client.images([], { limit: 25, offset: 50 }, signal)).value;
    expect(last.items).toHaveLength(10);
    expect(last.hasNext).toBe(false);
    const beyond = (await astrobin.client.images([], { offset: 500 }, signal)).value;
    expect(beyond).toMatchObject({ items: [], total: 60, hasNext: false });
    expect(server.asked()[0]).toBe('/api/v1/image/?limit=25&offset=0&format=json');
  });

  test('are filtered as the service spells it', async () => {
    const found = await astrobin.client.images(
      [
        ['title__icontains', 'frame 1'],
        ['uploaded__gte', '2012-04-10 0:00:00'],
        ['user', 'bert'],
      ],
      {},
      signal,
    );
    expect(found.value.items.every(({ user }) => user === 'bert')).toBe(true);
    expect(server.asked()[0]).toContain('uploaded__gte=2012-04-10%200%3A00%3A00&user=bert');
  });

  test('with a name that the service would leave out are not asked for', async () => {
    const error = await failure(astrobin.client.images([['title_icontains', 'x']], {}, signal));
    expect(error.code).toBe('invalid-arguments');
    expect(error.message).toContain('title__icontains');
    expect(server.server.requests).toHaveLength(0);
  });

  test('one row that is none spoils no other', async () => {
    server.images[58] = 'nonsense' as never;
    server.images[57] = { title: 'neither hash nor number' };
    const { value } = await astrobin.client.images([], {}, signal);
    expect(value.items).toHaveLength(23);
    expect(value.unreadable).toBe(2);
  });
});

describe('one image', () => {
  test('by hash', async () => {
    const { value } = await astrobin.client.image('h00001', signal);
    expect(value).toMatchObject({ hash: 'h00001', id: 2, ref: 'astrobin:h00001' });
    expect(server.asked()).toEqual(['/api/v1/image/h00001/?format=json']);
  });

  test('by number where it has no hash', async () => {
    const { value } = await astrobin.client.image('1', signal);
    expect(value).toMatchObject({ hash: null, id: 1, ref: 'astrobin:1' });
    expect(server.asked()).toHaveLength(1);
  });

  test('by a number that the service does not answer, found in the list', async () => {
    const { value } = await astrobin.client.image('2', signal);
    expect(value.ref).toBe('astrobin:h00001');
    expect(server.asked()[1]).toContain('ids=2');
  });

  test('that is not there: the reason why a number may not be known', async () => {
    const number = await failure(astrobin.client.image('999999', signal));
    expect(number.code).toBe('not-found');
    expect(number.message).toContain('by their hash and not by their number');
    const hash = await failure(astrobin.client.image('zzzzzz', signal));
    expect(hash.message).toContain('Check the hash');
  });

  test('whose name is none is not asked for', async () => {
    for (const id of ['', '../users', 'a b', 'x'.repeat(40)]) {
      expect((await failure(astrobin.client.image(id, signal))).code).toBe('not-found');
    }
    expect(server.server.requests).toHaveLength(0);
  });

  test('has its first state and its revisions', async () => {
    const { value: image } = await astrobin.client.image('h00001', signal);
    const { value } = await astrobin.client.revisions(image, signal);
    expect(value.revisions.map(({ label, isFinal }) => [label, isFinal])).toEqual([
      ['0', false],
      ['B', true],
    ]);
    expect(server.asked()[1]).toBe('/api/v1/imagerevision/set/7/?format=json');
    const plain = await astrobin.client.revisions({ ...image, revisions: [] }, signal);
    expect(plain.value.revisions).toHaveLength(1);
    const gone = await astrobin.client.revisions({ ...image, revisions: [7, 8] }, signal);
    expect(gone.value.missing).toEqual([8]);
  });

  test('its pictures lie behind redirects', async () => {
    const { value: image } = await astrobin.client.image('h00001', signal);
    const gallery = image.renditions.find(({ name }) => name === 'gallery');
    const request = { url: gallery?.url ?? '', lane: 'astrobin', signal } as const;
    const { bytes, url } = await astrobin.http.getBytes(request);
    expect(bytes.subarray(4).toString()).toBe('picture');
    expect(url).toBe(`${server.base}/cdn/h00001-0-gallery.jpg`);
    expect(server.server.requests.slice(1).every(({ url: path }) => !path.includes('api_'))).toBe(
      true,
    );
  });
});

describe('everything else', () => {
  test('the image of the day, and earlier ones', async () => {
    const today = await astrobin.client.imageOfTheDay({ back: 0 }, signal);
    expect(today.value).toEqual({ date: '2022-03-01', image: 'astrobin:1', runnersUp: [] });
    const before = await astrobin.client.imageOfTheDay({ back: 1 }, signal);
    expect(before.value).toEqual({
      date: '2022-02-28',
      image: 'astrobin:h00001',
      runnersUp: ['astrobin:3'],
    });
    expect(server.asked()[1]).toBe('/api/v1/imageoftheday/?limit=1&offset=1&format=json');
    const none = await failure(astrobin.client.imageOfTheDay({ back: 400 }, signal));
    expect(none.code).toBe('not-found');
    const many = await astrobin.client.picks('imageoftheday', { limit: 10 }, signal);
    expect(many.value.items).toHaveLength(10);
    expect((await astrobin.client.picks('toppick', {}, signal)).value.items).toEqual([]);
  });

  test('a user by the exact name', async () => {
    const { value } = await astrobin.client.user('anna', signal);
    expect(value).toMatchObject({ id: 5, realName: 'Anna', website: 'https://anna.example/' });
    expect(value.page).toBe('https://www.astrobin.com/users/anna/');
    expect((await failure(astrobin.client.user('Anna', signal))).code).toBe('not-found');
  });

  test('collections, a place, a schema', async () => {
    const { value } = await astrobin.client.collections([['user', 'anna']], {}, signal);
    expect(value.items[0]).toMatchObject({ id: 4, images: ['astrobin:h00001'] });
    expect((await astrobin.client.collection(4, signal)).value.name).toBe('Messier');
    expect((await astrobin.client.location(1, signal)).value.country).toBe('CH');
    expect((await failure(astrobin.client.location(9, signal))).message).toContain('no such place');
    expect((await astrobin.client.schema('image', signal)).value).toHaveProperty('fields');
    expect(
      (await failure(astrobin.client.collections([['order_by', 'date_created']], {}, signal))).code,
    ).toBe('invalid-arguments');
  });

  test('any part as it is, for the terminal', async () => {
    const { client } = astrobin;
    const list = await client.get({ resource: 'image', params: [['limit', '3']] }, signal);
    expect(list.url).toBe(`${server.base}/api/v1/image/?limit=3&offset=0&format=json`);
    expect(list.value).toMatchObject({ meta: { total_count: 60 } });
    expect(list.text).toContain('api_key=***&api_secret=***');
    const { value } = await client.get({ resource: 'image', id: '1;2;900' }, signal);
    expect(value).toMatchObject({ not_found: ['900'] });
    expect((await client.get({ resource: null }, signal)).value).toHaveProperty('image');
    expect((await client.get({ resource: 'image', id: 'schema' }, signal)).value).toHaveProperty(
      'fields',
    );
    for (const wish of [
      { resource: 'image', params: [['bogus', '1']] },
      { resource: 'image', params: [['limit', 'abc']] },
      { resource: 'image', params: [['api_key', 'x']] },
      { resource: 'image', id: '1', params: [['title', 'x']] },
      { resource: 'image', id: '../x' },
      { resource: 'image', params: [['format', 'yaml']] },
    ] as const) {
      expect((await failure(client.get(wish, signal))).code).toBe('invalid-arguments');
    }
  });
});

describe('errors in the service’s own words', () => {
  test.each([
    [
      400,
      '{"error": "Invalid limit &#x27;-1&#x27; &gt;= 0."}',
      'refused-by-archive',
      "Invalid limit '-1' >= 0.",
    ],
    [405, 'GET', 'refused-by-archive', 'GET'],
    [404, '<html><head><title>Not here</title></head></html>', 'not-found', 'Not here'],
    [403, '<!DOCTYPE html><h1>Just a moment</h1>', 'forbidden', 'Just a moment'],
    [
      400,
      '<?xml version="1.0"?><response><error>Bad &amp;gt; worse</error></response>',
      'refused-by-archive',
      'Bad > worse',
    ],
  ] as const)('%i %s', async (status, body, code, words) => {
    server.failWith({ status, body, type: 'text/html' });
    const error = await failure(astrobin.client.images([], {}, signal));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`“${words}”`);
  });

  test('500 is asked again, then told', async () => {
    server.failWith({
      status: 500,
      body: '{"error_message": "Sorry, this request could not be processed."}',
    });
    const error = await failure(astrobin.client.images([], {}, signal));
    expect(error).toMatchObject({ code: 'unavailable', retryable: true });
    expect(error.message).toContain('Sorry, this request');
    expect(server.server.requests).toHaveLength(3);
  });

  test.each(['', '<html></html>', '[]', '{"objects": 3}', '{"meta":{}'])(
    '200 with %j is a bad answer',
    async (body) => {
      server.failWith({ status: 200, body });
      expect((await failure(astrobin.client.images([], {}, signal))).code).toBe('bad-answer');
    },
  );
});

describe('access', () => {
  test('without a key nothing is sent', async () => {
    const none = openAstrobin(server.base, { secrets: async () => null });
    const half = openAstrobin(server.base, { secrets: async () => ({ key: 'k', secret: '' }) });
    for (const { client } of [none, half]) {
      expect((await failure(client.images([], {}, signal))).code).toBe('key-needed');
      expect((await failure(client.get({ resource: null }, signal))).code).toBe('key-needed');
      expect(await client.checkAccess(signal)).toBe('no-key');
    }
    expect(server.server.requests).toHaveLength(0);
    none.close();
    half.close();
  });

  test('a wrong key is said to be one', async () => {
    const wrong = { key: 'not-this-one', secret: 'nor-this-one' };
    const other = openAstrobin(server.base, { secrets: async () => wrong });
    const error = await failure(other.client.images([], {}, signal));
    expect(error).toMatchObject({ code: 'key-needed', retryable: false });
    expect(error.message).toMatch(/^AstroBin didn’t accept the key\./);
    expect(await other.client.checkAccess(signal)).toBe('bad-key');
    expect(await astrobin.client.checkAccess(signal)).toBe('accepted');
    server.failWith({ status: 502, body: '' });
    expect((await failure(other.client.checkAccess(signal))).code).toBe('unavailable');
    other.close();
  });
});

describe('a search by subject', () => {
  const plan = async (ceiling: 'first' | 'last', images: number, mostRequests = 40) => {
    const many = await startAstrobinServer({ ...secrets, images, ceiling });
    const { client, close } = openAstrobin(many.base, { secrets: async () => secrets });
    const params = [['subjects', 'M31']] as const;
    const planned = await client.planSubjects(params, signal, { mostRequests });
    const listed = await client.images(params, {}, signal);
    close();
    await many.close();
    return { planned, listed: listed.value };
  };

  test('says where it stops', async () => {
    const { listed } = await plan('last', 60);
    expect(listed).toMatchObject({ ceiling: 100, total: 45 });
  });

  test('is sliced by dates until every slice is below it', async () => {
    const { planned } = await plan('last', 350);
    expect(planned).toMatchObject({ isComplete: true, reason: null, full: [], walk: null });
    expect(planned.slices.every(({ total }) => total < 100)).toBe(true);
    expect(planned.slices.reduce((sum, { total }) => sum + total, 0)).toBe(263);
  });

  test('says so where slices gain nothing', async () => {
    const { planned } = await plan('first', 350);
    expect(planned).toMatchObject({
      ...{ isComplete: false, reason: 'ceiling-first', walk: { images: 350, requests: 14 } },
    });
  });

  test('finds the rest by looking through the dates', async () => {
    const params = [
      ['subjects', 'NGC1976'],
      ['uploaded__lt', '2012-04-15'],
    ] as const;
    const { value } = await astrobin.client.walkSubject(params, { limit: 10 }, signal);
    expect(value).toMatchObject({ total: 15, ceiling: null, limit: 10, hasNext: true });
    expect(value.items.map(({ subjects }) => subjects)).toEqual([['NGC 1976'], ['NGC 1976']]);
    expect(server.asked()[0]).not.toContain('subjects');
  });

  test('spends no more requests than it may', async () => {
    const { planned } = await plan('last', 350, 5);
    expect(planned).toMatchObject({ isComplete: false, reason: 'requests' });
    expect(planned.requests).toBeLessThanOrEqual(5);
  });
});
