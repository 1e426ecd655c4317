import { describe, expect, test } from 'vitest';
import { createImages } from '#main/sample/astrobin/images.ts';
import { createAstrobinService } from '#main/sample/astrobin/service.ts';
import { astrobinCredentials } from '#test/support/astrobin-sample.ts';
import type { AstrobinList } from '#test/support/astrobin-sample.ts';

const size = 1_000_000;

interface Image {
  id: number;
  hash: string;
  user: string;
  title: string;
  uploaded: string;
}

// The service without its server, whose other archives would prepare a million records too.
const service = createAstrobinService({
  images: createImages(8, size),
  site: () => 'http://127.0.0.1/astrobin',
  today: () => 20_000,
});

async function json<T>(path: string, query = ''): Promise<T> {
  const { status, body } = await service.answer({
    method: 'GET',
    path,
    search: `?${astrobinCredentials}&format=json&${query}`,
    accept: undefined,
  });
  expect(status, body.slice(0, 200)).toBe(200);
  return JSON.parse(body) as T;
}

const images = (query: string): Promise<AstrobinList<Image>> => json('/image/', query);

describe('a million images', () => {
  test('are paged to the last, and each is found by its hash', async () => {
    const first = await images('limit=1');
    expect(first.meta.total_count).toBe(size);
    const last = await images(`limit=1&offset=${size - 1}`);
    expect(last.objects[0]?.id).toBe(1);
    expect((await json<Image>(`/image/${first.objects[0]?.hash ?? ''}/`)).id).toBe(size);
  });

  test('are found by user, day and object at once', async () => {
    const [one] = (await images('limit=1&offset=123456')).objects;
    const own = await images(`user=${one?.user ?? ''}&limit=25`);
    expect(own.objects.every(({ user }) => user === one?.user)).toBe(true);
    const [profile] = (await json<AstrobinList>('/userprofile/', `username=${one?.user ?? ''}`))
      .objects;
    expect(profile?.['image_count']).toBe(own.meta.total_count);
    const day = one?.uploaded.slice(0, 10) ?? '';
    const daily = await images(`uploaded__date=${day}&limit=25`);
    expect(daily.objects.every(({ uploaded }) => uploaded.startsWith(day))).toBe(true);
    expect((await images('subjects=M31')).meta.total_count).toBe(100);
  });

  test('are searched by title and put into another order', async () => {
    const found = await images('title__icontains=andromeda&order_by=title&limit=5');
    expect(found.meta.total_count).toBeGreaterThan(5000);
    expect(found.objects.every(({ title }) => title.includes('Andromeda'))).toBe(true);
    const further = await images('title__icontains=andromeda&order_by=title&limit=5&offset=4000');
    expect((further.objects[0]?.title ?? '') >= (found.objects[0]?.title ?? '')).toBe(true);
  });

  test('leave other requests their turn while a slow search goes on', async () => {
    const done: string[] = [];
    // Descriptions have to be written to be looked at.
    const slow = images(
      'uploaded__year=2025&description__icontains=nowhere%20to%20be%20found&limit=1',
    ).then(({ meta }) => {
      done.push('slow');
      return meta.total_count;
    });
    await images('user=stargazer&limit=1');
    done.push('quick');
    expect(await slow).toBe(0);
    expect(done).toEqual(['quick', 'slow']);
  });
});
