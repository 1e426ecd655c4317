/**
 * The secrets' bar in the window: the built app, asked for everything that knows AstroBin's key, over a service that repeats
 * key and secret wherever it can. Neither is in what the screen ever showed, on the clipboard, in what the app writes on
 * its outputs and into `logs/main.log`, in the profile, in a download or in what a terminal prints on the same profile; but
 * for `secrets.json`, where the person agreed to plain text. In `npm run endurance` alone: `npm test` has its short form at
 * the terminal (../terminal/astrobin-secrets.test.ts).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSampleServer } from '#main/sample/sample-server.ts';
import { startAstrobinServer, type AstrobinServer } from '#test/support/astrobin-server.ts';
import { echoesOf, poison, secretPairs } from '#test/support/careless-astrobin.ts';
import { inShortOrLong } from '#test/support/endurance.ts';
import { launchApp, type LaunchedApp } from '#test/support/launch/launch-app.ts';
import { sampleAddresses } from '#test/support/launch/launch-environment.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { everSeen, readScreen, screenIsQuiet, watchScreen } from '#test/support/screen-record.ts';
import { huntSecrets } from '#test/support/secret-hunt.ts';
import { findSecrets } from '#test/support/secret-search.ts';
import { runCommand } from '#test/support/terminal-core.ts';

const entry = resolve(import.meta.dirname, '../../..', 'out', 'main', 'index.js');
const isRun = inShortOrLong(0, 1) === 1 && existsSync(entry);
const fast = { ALMAGEST_RATE_ASTROBIN: '10000,1000,8,100000' };

/** Views, by the commands that lead to them. */
const places = [
  ...['AstroBin: image of the day', 'AstroBin: top picks', 'AstroBin: top pick nominations'],
  ...['AstroBin: search', 'AstroBin: users', 'AstroBin: collections', 'Archive health'],
  ...['Downloads', 'Library', 'Captions', 'NASA Images', 'PDS Registry', 'PDS query', 'Settings'],
];
/** What can be done with an image. */
const acts = [
  ...['Show the revisions', 'Next revision on the stage', 'Show the histogram'],
  ...['Show image and solution', 'Save the file', 'Keep in the library', 'Copy credit line'],
  ...['Copy identifier', 'Open on the archive’s site'],
];
const settingsPages = ['Files', 'Archives', 'Appearance', 'Shortcuts', 'Cache and data'];

type Guard = 'session' | 'plain-text';

let temp: ReturnType<typeof makeTempDir>;
let server: AstrobinServer;
let sample: Awaited<ReturnType<typeof startSampleServer>>;
let app: LaunchedApp | null = null;
beforeEach(async () => {
  temp = makeTempDir();
  const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
  sample = await startSampleServer({ size: 300, seed: 7, workerUrl });
});
afterEach(async () => {
  await app?.kill();
  app = null;
  await server.close();
  await sample.close();
  temp.remove();
});

async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill(title);
  const row = palette.getByRole('option', { name: title }).first();
  await row.waitFor();
  // What can't be done now says why, which the screen shows too.
  if ((await row.getAttribute('aria-disabled')) === 'true') await page.keyboard.press('Escape');
  else await row.click();
  await palette.waitFor({ state: 'detached' });
}

async function goTo(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+g');
  const dialog = page.getByRole('dialog', { name: 'Go to' });
  await dialog.getByRole('combobox').fill(text);
  await dialog.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+l');
  await page.getByRole('searchbox').first().fill(text);
  await page.keyboard.press('Enter');
}

describe.skipIf(!isRun).each(secretPairs)('in the window, a key such as $key', (pair) => {
  const values = [pair.key, pair.secret];
  /** What was read at each place, under its name. */
  const said: [where: string, text: string][] = [];
  let looks = 0;

  async function look(page: Page, where: string): Promise<void> {
    await screenIsQuiet(page);
    looks += 1;
    for (const text of await readScreen(page)) said.push([where, text]);
  }

  async function enterKey(page: Page, guard: Guard): Promise<void> {
    await command(page, 'Enter the AstroBin key…');
    const dialog = page.getByRole('dialog', { name: 'Enter the AstroBin key' });
    await dialog.getByLabel('API key').fill(pair.key);
    await dialog.getByLabel('API secret').fill(pair.secret);
    if (guard === 'plain-text') {
      await dialog.getByText('As plain text in your profile').click();
      await dialog.getByText('Store them as plain text').click();
    } else await dialog.getByText('Until Almagest is closed').click();
    await dialog.getByRole('button', { name: 'Save and check' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  async function visit(page: Page): Promise<void> {
    for (const place of places) {
      await command(page, place);
      await look(page, place);
    }
    for (const section of settingsPages) {
      await page
        .getByRole('navigation', { name: 'Sections of the settings' })
        .getByText(section)
        .first()
        .click();
      await look(page, `Settings: ${section}`);
    }
  }

  async function useImages(page: Page, round: number): Promise<void> {
    await command(page, 'AstroBin: search');
    for (const text of [`frame ${String(round)}`, 'user:anna', 'M31', pair.key.slice(0, 2)]) {
      await search(page, text);
      await look(page, `Search for ${text}`);
    }
    await goTo(page, 'astrobin:zzzzz9');
    await look(page, 'an image that is not there');
    for (const ref of ['astrobin:h00001', 'astrobin:h00002']) {
      await goTo(page, ref);
      await look(page, ref);
      for (const act of acts) {
        await command(page, act);
        await look(page, `${ref}: ${act}`);
      }
    }
    for (const address of ['users/anna/', 'users/anna/collections/4/', 'h00003/']) {
      await goTo(page, `https://www.astrobin.com/${address}`);
      await look(page, address);
    }
  }

  async function fail(page: Page, round: number): Promise<void> {
    for (const [at, echo] of echoesOf(pair).entries()) {
      server.failWith(echo);
      await command(page, 'AstroBin: search');
      await search(page, `other ${String(round)} ${String(at)}`);
      await look(page, `a search that fails, ${String(at)}`);
      await goTo(page, `astrobin:${String(round)}q${String(at)}aaa`.padEnd(15, 'a').slice(0, 15));
      await look(page, `an image that fails, ${String(at)}`);
      await command(page, 'Check the AstroBin key');
      await look(page, `a check that fails, ${String(at)}`);
    }
    await command(page, 'Archive health');
    await look(page, 'health after failures');
    server.failWith(null);
  }

  /** One run of the app, from its start to its end. */
  async function run(guard: Guard, round: number): Promise<void> {
    const profileDir = join(temp.dir, 'profile');
    const env = { ...sampleAddresses(sample.base), ALMAGEST_ASTROBIN_API: server.base, ...fast };
    app = await launchApp({ profileDir, downloadsDir: join(temp.dir, 'files'), env });
    const { page } = app;
    page.on('console', (message) => said.push(['the console', message.text()]));
    await page.getByRole('searchbox').first().waitFor();
    await watchScreen(page);
    await enterKey(page, guard);
    await visit(page);
    await useImages(page, round);
    await fail(page, round);
    for (const text of await everSeen(page)) said.push(['the screen at some time', text]);
    for (const call of await app.control.calls()) said.push(['the desktop', JSON.stringify(call)]);
    await app.close();
    said.push(['its outputs', app.log()]);
    app = null;
  }

  async function asTerminal(): Promise<void> {
    const profileDir = join(temp.dir, 'profile');
    const commands = [
      ...[
        ['astrobin', 'get', 'image', '--limit', '3'],
        ['health', '--json'],
        ['settings', 'list'],
      ],
      ...[
        ['show', 'astrobin:h00001', '--json'],
        ['search', 'astrobin', 'frame', '--ndjson'],
      ],
      ['settings', 'get', 'astrobin.key'],
    ];
    for (const argv of commands) {
      const at = { profileDir, base: server.base, environment: fast };
      const { out, err } = await runCommand(argv, at);
      said.push([argv.join(' '), out], [argv.join(' '), err]);
    }
  }

  const leaks = (): string[] => [
    ...new Set(
      said.filter(([, text]) => findSecrets(text, values).length > 0).map(([where]) => where),
    ),
  ];

  test('is on no screen, and nowhere but where plain text was agreed to', async () => {
    server = await startAstrobinServer({ ...pair, images: 60 });
    poison(server, pair);
    const profile = join(temp.dir, 'profile');
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'settings.json'), JSON.stringify({ welcomed: true }));
    await run('session', 0);
    // Held until the end of the app, it was written nowhere at all.
    expect(leaks()).toEqual([]);
    expect(huntSecrets(temp.dir, values).found).toEqual([]);
    await run('plain-text', 1);
    await asTerminal();
    const sent = server.server.requests.filter(({ url }) => findSecrets(url, values).length > 0);
    expect(sent.length).toBeGreaterThan(50);
    const kept = join('profile', 'secrets.json');
    const hunt = huntSecrets(temp.dir, values, [kept]);
    const log = readFileSync(join(profile, 'logs', 'main.log'), 'utf8');
    console.log(
      `secrets in the window: 2 runs, ${String(looks)} looks, ${String(sent.length)} requests with ` +
        `the key; ${String(said.length)} texts of ${String(said.reduce((sum, [, text]) => sum + text.length, 0))} letters, ` +
        `main.log of ${String(log.length)} letters, ${String(hunt.files)} files of ${String(hunt.bytes)} bytes, ` +
        `${String(hunt.values)} values of databases, ${String(hunt.unpacked)} compressed parts; ` +
        `found ${String(hunt.found.length + leaks().length)}`,
    );
    expect(leaks()).toEqual([]);
    expect(hunt.found).toEqual([]);
    expect(log.length).toBeGreaterThan(0);
    // The same searches find it where it has to be.
    expect(huntSecrets(temp.dir, values).found).toEqual([kept]);
    expect(findSecrets(`value=${pair.key}`, values).length).toBeGreaterThan(0);
  }, 1_800_000);
});
