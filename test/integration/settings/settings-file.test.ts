import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTerminalSettings } from '#main/terminal/settings-store.ts';

let folder: string;
let profileDir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almagest-settings-'));
  profileDir = join(folder, 'new', 'profile');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => openTerminalSettings({ profileDir, downloadFolder: '/home/ada/Pictures' });
const file = (name: string) => join(profileDir, name);
const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(file(name), 'utf8'));

describe('settings', () => {
  test('hold after a restart; only what was chosen is on disk', async () => {
    expect(open().set({ theme: 'dark', shortcuts: { 'go.nasa': 'Mod+9' } }).theme).toBe('dark');
    const again = open().get();
    expect(again).toMatchObject({
      theme: 'dark',
      shortcuts: { 'go.nasa': 'Mod+9' },
      textZoom: 100,
      downloadFolder: '/home/ada/Pictures',
    });
    expect(await readJson('settings.json')).toEqual({
      theme: 'dark',
      shortcuts: { 'go.nasa': 'Mod+9' },
    });
  });

  test('of another process are seen, and not lost by our own writes', () => {
    const window = open();
    const terminal = open();
    window.set({ theme: 'light' });
    terminal.set({ textZoom: 150 });
    expect(window.get()).toMatchObject({ theme: 'light', textZoom: 150 });
  });

  test('are set all together or not at all', () => {
    const settings = open();
    const bad = { theme: 'dark', textZoom: 7 } as const;
    expect(() => settings.set(bad)).toThrow(expect.objectContaining({ code: 'invalid-arguments' }));
    expect(settings.get().theme).toBe('system');
  });

  test('that a newer Almagest wrote stay in the file, also after a reset', async () => {
    open();
    await writeFile(file('settings.json'), '{"theme":"dark","newer":{"a":1}}');
    const settings = open();
    settings.set({ textZoom: 110 });
    expect(settings.reset()).toMatchObject({ theme: 'system', textZoom: 100 });
    expect(await readJson('settings.json')).toEqual({ newer: { a: 1 } });
  });
});

describe('a damaged file', () => {
  test.each(['', '{"theme":"da', 'null', '[]', '"text"', '\u0000\u0000\u0000'])(
    'holding %j is set aside whole, and said so',
    async (text) => {
      open();
      await writeFile(file('settings.json'), text);
      const settings = open();
      expect(settings.get().theme).toBe('system');
      const aside = (await readdir(profileDir)).find((name) =>
        name.startsWith('settings.damaged-'),
      );
      expect(aside).toMatch(/^settings\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.json$/);
      expect(await readFile(file(aside ?? ''), 'utf8')).toBe(text);
      expect(settings.problem?.message).toContain(aside);
      settings.set({ theme: 'dark' });
      expect(open().get().theme).toBe('dark');
      expect(open().problem).toBeUndefined();
    },
  );

  test('is set aside as well when it is damaged while we run', async () => {
    const settings = open();
    settings.set({ theme: 'dark' });
    await writeFile(file('settings.json'), '{"theme"');
    expect(settings.get().theme).toBe('system');
    expect(settings.problem).toBeDefined();
    await writeFile(file('settings.json'), '{"theme"');
    expect(settings.set({ textZoom: 90 })).toMatchObject({ textZoom: 90 });
    const kept = (await readdir(profileDir)).filter((name) => name.includes('.damaged-'));
    expect(kept).toHaveLength(2);
  });

  test('of the window’s view loses the view and nothing else', async () => {
    open().set({ theme: 'dark' });
    await writeFile(file('window.json'), 'oops');
    const settings = open();
    expect(settings.getUiState()).toBeNull();
    expect(settings.get().theme).toBe('dark');
    expect(settings.problem).toBeUndefined();
    expect(await readdir(profileDir)).toContainEqual(expect.stringMatching(/^window\.damaged-/));
  });
});

test('the view and the place of the window are kept apart from the settings', async () => {
  const settings = open();
  expect([settings.getUiState(), settings.getWindowValue('window')]).toEqual([null, undefined]);
  settings.setUiState('{"view":"library"}');
  settings.setWindowValue('window', { maximised: true });
  const again = open();
  expect(again.getUiState()).toBe('{"view":"library"}');
  expect(again.getWindowValue('window')).toEqual({ maximised: true });
  expect(await readJson('window.json')).toHaveProperty('uiState');
});

const isRoot = process.getuid?.() === 0;

test.skipIf(isRoot || process.platform === 'win32')(
  'a folder that may not be written is an error that says so, and changes nothing',
  async () => {
    const settings = open();
    settings.set({ theme: 'dark' });
    await chmod(profileDir, 0o500);
    try {
      expect(() => settings.set({ theme: 'light' })).toThrow(
        expect.objectContaining({ code: 'disk' }),
      );
      expect(settings.get().theme).toBe('dark');
    } finally {
      await chmod(profileDir, 0o700);
    }
  },
);

test('a write that fails is an error that says so', async () => {
  const settings = open();
  settings.set({ theme: 'dark' });
  // A folder in the file's place: no user, root included, can write over it.
  await rm(file('settings.json'));
  await rm(profileDir, { recursive: true });
  await writeFile(profileDir, 'in the way');
  expect(() => settings.set({ theme: 'light' })).toThrow(expect.objectContaining({ code: 'disk' }));
  expect(settings.get().theme).toBe('system');
  expect(settings.problem?.message).toContain('cannot be read');
});

test('a settings file that cannot be read does not stop the start, and is left as it is', async () => {
  open();
  await mkdir(file('settings.json'));
  const settings = open();
  expect(settings.get().theme).toBe('system');
  expect(settings.problem?.message).toContain('cannot be read');
  expect(() => settings.set({ theme: 'light' })).toThrow(expect.objectContaining({ code: 'disk' }));
});
