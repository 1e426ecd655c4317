/**
 * A page that was taken over sends random messages to every channel of the real bridge (500 each; 10,000 each in
 * `npm run endurance`): errors only, nothing changed, nothing crashed.
 */
import { contract } from '#contract/contract.ts';
import { inShortOrLong } from '../support/endurance.ts';
import { expect, test } from './flows.ts';

const messagesPerChannel = inShortOrLong(500, 10_000);

const channels = Object.entries(contract).flatMap(([domain, group]) =>
  Object.keys(group).map((method) => ({ domain, method })),
);

/** Runs in the page: fires random arguments at one endpoint and tells how they were answered. */
async function bombard({
  domain,
  method,
  count,
  seed,
}: {
  domain: string;
  method: string;
  count: number;
  seed: number;
}): Promise<{ errors: number; values: number; codes: string[] }> {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const texts = [
    '',
    '\u0000',
    '../../etc/passwd',
    'nasa:',
    '__proto__',
    '\ud800',
    'x'.repeat(3000),
  ];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  // Never a plain object that fits: every top level below is wrong for every endpoint.
  const value = (depth: number): unknown => {
    const kind = Math.floor(random() * 12);
    if (kind === 0) return random() * 2 ** 60 - 2 ** 59;
    if (kind === 1) return pick([NaN, Infinity, -0, -1, 2 ** 53]);
    if (kind === 2) return pick(texts);
    if (kind === 3) return random() < 0.5;
    if (kind === 4) return null;
    if (kind === 5) return new Date(random() * 1e13);
    if (kind === 6) return 2n ** 70n;
    if (kind === 7) return new Map([[pick(texts), 1]]);
    if (kind === 8) return new Uint8Array(Math.floor(random() * 64));
    if (kind === 9 && depth > 0) return [value(depth - 1), value(depth - 1)];
    if (depth > 0) {
      const object: Record<string, unknown> = {
        [`odd${Math.floor(random() * 9)}`]: value(depth - 1),
      };
      for (const name of ['ref', 'refs', 'id', 'patch', 'json', 'query', 'url', 'text']) {
        if (random() < 0.3) object[name] = value(depth - 1);
      }
      return object;
    }
    return new Set([pick(texts)]);
  };
  const api = (
    window as unknown as {
      almagest: Record<
        string,
        Record<
          string,
          (a: unknown, id?: unknown) => Promise<{ ok: boolean; error?: { code: string } }>
        >
      >;
    }
  ).almagest;
  const call = api[domain]?.[method];
  if (call === undefined) throw new Error(`no ${domain}.${method}`);
  let errors = 0;
  let values = 0;
  const codes = new Set<string>();
  const size = 250;
  for (let sent = 0; sent < count; sent += size) {
    const answers = Array.from({ length: Math.min(size, count - sent) }, async () => {
      try {
        const answer = await call(value(3), random() < 0.2 ? value(1) : undefined);
        if (answer.ok) values += 1;
        else {
          errors += 1;
          codes.add(answer.error?.code ?? 'none');
        }
      } catch {
        // What can't be cloned never leaves the page.
        errors += 1;
        codes.add('not-sent');
      }
    });
    await Promise.all(answers);
  }
  return { errors, values, codes: [...codes] };
}

test(`${messagesPerChannel} random messages to every channel change nothing`, async ({ begin }) => {
  test.setTimeout(420_000);
  const { app, person } = await begin('mouse');
  await expect(person.searchField).toBeVisible();
  const state = (): Promise<unknown> =>
    app.page.evaluate(async () => {
      const api = (
        window as unknown as {
          almagest: Record<string, Record<string, (a: object) => Promise<unknown>>>;
        }
      ).almagest;
      return [
        await api['settings']?.['get']?.({}),
        await api['library']?.['list']?.({}),
        await api['downloads']?.['list']?.({}),
      ];
    });
  const before = await state();
  for (const [index, { domain, method }] of channels.entries()) {
    const result = await app.page.evaluate(bombard, {
      domain,
      method,
      count: messagesPerChannel,
      seed: index + 1,
    });
    expect(result, `${domain}.${method}`).toMatchObject({ values: 0, errors: messagesPerChannel });
    expect(result.codes, `${domain}.${method}`).not.toContain('unexpected');
  }
  expect(await state()).toEqual(before);
  expect(app.log()).not.toMatch(/failed unexpectedly/);
  expect(await app.control.calls('shell.openExternal')).toEqual([]);
  await person.search('saturn');
  await person.seesResults();
});
