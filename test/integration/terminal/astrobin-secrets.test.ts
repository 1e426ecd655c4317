/**
 * The secrets' bar: after a run of everything that knows AstroBin's key, neither key nor secret is anywhere but in
 * `secrets.json`. One round in `npm test`, many in `npm run endurance`, which also goes through the window
 * (../shell/window-secrets.test.ts).
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordRef } from '#contract/domain.ts';
import { startAstrobinServer, type AstrobinServer } from '#test/support/astrobin-server.ts';
import { echoesOf, poison, secretPairs } from '#test/support/careless-astrobin.ts';
import { inShortOrLong } from '#test/support/endurance.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { huntSecrets } from '#test/support/secret-hunt.ts';
import { findSecrets } from '#test/support/secret-search.ts';
import { openTestCore, runCommand } from '#test/support/terminal-core.ts';

const rounds = inShortOrLong(1, 5);
const formats = [['--json'], [], ['--ndjson']].slice(0, inShortOrLong(1, 3));

let temp: ReturnType<typeof makeTempDir>;
let server: AstrobinServer;
beforeEach(() => {
  temp = makeTempDir();
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

describe.each(secretPairs.slice(inShortOrLong(1, 0)))('a key such as $key', (pair) => {
  const values = [pair.key, pair.secret];
  const asked = `?api_key=${encodeURIComponent(pair.key)}&api_secret=${encodeURIComponent(pair.secret)}`;
  const said: string[] = [];
  let commands = 0;
  let profileDir: string;
  let folder: string;

  const run = async (argv: readonly string[], input?: string): Promise<number> => {
    const { code, out, err } = await runCommand(argv, {
      ...{
        profileDir,
        base: server.base,
        environment: { ALMAGEST_RATE_ASTROBIN: '10000,1000,8,100000' },
      },
      log: (...entry) => void said.push(JSON.stringify(entry)),
      ...(input === undefined ? {} : { input }),
    });
    commands += 1;
    said.push(out, err);
    return code;
  };

  const echoes = echoesOf(pair);

  async function asTerminals(round: number): Promise<void> {
    const word = `frame ${String(round)}`;
    for (const format of formats) {
      await run(['search', 'astrobin', word, '--limit', '30', ...format]);
      await run(['search', 'astrobin', 'M31', '--all', '--user', 'anna', ...format]);
      await run(['search', 'astrobin', '--titel', pair.key.slice(0, 2), ...format]);
    }
    const part = ['--limit', '3', '--offset', String(round)];
    expect(await run(['astrobin', 'get', 'image', ...part])).toBe(0);
    await run(['astrobin', 'get', 'image', '--format', 'xml']);
    await run(['astrobin', 'get', 'image', '1;2;999']);
    await run(['astrobin', 'get', 'imageoftheday', '--limit', '2']);
    await run(['astrobin', 'get', 'image', 'schema']);
    await run(['astrobin']);
    await run(['astrobin', 'today', '--json']);
    await run(['astrobin', 'user', 'anna']);
    await run(['astrobin', 'collection', '4', '--json']);
    for (const ref of ['astrobin:h00001', 'astrobin:h00002', 'astrobin:3', 'astrobin:zzzzz9']) {
      await run(['show', ref, '--json']);
      await run(['show', ref]);
    }
    await run(['go', 'https://www.astrobin.com/h00003/']);
    await run(['go', `https://www.astrobin.com/api/v1/location/${asked}`]);
    const both = ['astrobin:h00001', 'astrobin:h00002'];
    expect(await run(['download', ...both, '--rendition', 'hd', '--to', folder])).toBe(0);
    await run(['download', 'astrobin:h00002', '--rendition', 'all', '--to', folder, '--ndjson']);
    await run(['health', '--json']);
    await run(['settings', 'list', '--json']);
    await run(['settings', 'get', 'astrobin.key']);
    await run(['settings', 'set-secret', 'astrobin.key', pair.key]);
    await run(['settings', 'set-secret', pair.secret]);
    await run(['settings', 'set', 'astrobin.secret', pair.secret]);
    await run(['cache', 'info', '--json']);
  }

  async function asFailures(round: number): Promise<void> {
    for (const echo of echoes) {
      server.failWith(echo);
      await run(['search', 'astrobin', `other ${String(round)}`, '--json']);
      await run(['astrobin', 'get', 'collection']);
      await run(['show', `astrobin:${String(round).padStart(2, '0')}aaaa`]);
      // What may mend itself is tried again for long.
      if ([401, 403, 404].includes(echo.status)) {
        await run(['download', 'astrobin:h00004', '--to', folder, '--json']);
      }
    }
    await run(['health']);
    server.failWith(null);
  }

  async function asWindow(): Promise<void> {
    const environment = { ALMAGEST_RATE_ASTROBIN: '10000,1000,8,100000' };
    const log = (...entry: unknown[]): void => void said.push(JSON.stringify(entry));
    const core = await openTestCore(profileDir, server.base, folder, server.base, environment, log);
    const refs = ['astrobin:h00001', 'astrobin:h00002'] as RecordRef[];
    await core.api.library.keep({ refs });
    said.push(JSON.stringify(await core.api.library.list({})));
    said.push(JSON.stringify(await core.api.astrobin.service()));
    for (const ref of refs) {
      const detail = await core.api.astrobin.image({ ref });
      said.push(JSON.stringify([detail, await core.api.astrobin.revisions({ ref })]));
      for (const key of Object.values(detail.pictures)) {
        const { signal } = new AbortController();
        const { body } = await core.media.respond({ key, method: 'GET', range: null, signal });
        for await (const piece of body ?? []) said.push(String(piece));
      }
    }
    await core.close();
  }

  test('is in no profile, log, download or output but in secrets.json', async () => {
    server = await startAstrobinServer({ ...pair, images: 60 });
    poison(server, pair);
    profileDir = join(temp.dir, 'profile');
    folder = join(temp.dir, 'files');
    expect(await run(['settings', 'set-secret', 'astrobin.key'], pair.key)).toBe(0);
    expect(await run(['settings', 'set-secret', 'astrobin.secret'], pair.secret)).toBe(0);
    for (let round = 0; round < rounds; round += 1) {
      await asTerminals(round);
      await asWindow();
      await asFailures(round);
      if (round % 2 === 1) await run(['cache', 'clear']);
    }
    const sent = server.server.requests.filter(({ url }) => findSecrets(url, values).length > 0);
    expect(sent.length).toBeGreaterThan(20);
    const kept = join('profile', 'secrets.json');
    const hunt = huntSecrets(temp.dir, values, [kept]);
    console.log(
      `secrets: ${String(commands)} commands, ${String(sent.length)} requests with the key; looked through ` +
        `${String(hunt.files)} files of ${String(hunt.bytes)} bytes, ${String(hunt.values)} values of databases, ` +
        `${String(hunt.unpacked)} compressed parts and ${String(said.join('').length)} letters of output and log; found ${String(hunt.found.length)}`,
    );
    expect(said.filter((text) => findSecrets(text, values).length > 0)).toEqual([]);
    expect(hunt.found).toEqual([]);
    // The same search finds it where it has to be.
    expect(huntSecrets(temp.dir, values).found).toEqual([kept]);
    const path = join(temp.dir, kept);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      'astrobin.key': pair.key,
      'astrobin.secret': pair.secret,
    });
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await run(['settings', 'forget-secrets'])).toBe(0);
    expect(huntSecrets(temp.dir, values).found).toEqual([]);
  }, 600_000);
});
