import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SecretsService } from '#main/secrets/secrets-service.ts';
import type { Vault } from '#main/secrets/vault.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

const keys = { key: 'k3yOfSomebody', secret: 's3cretOfSomebody' };

/** A keyring that really hides: what it gives back is not the text in any plain form. */
function makeVault(): Vault & { state: 'open' | 'locked' | 'none' | 'newer'; sealed: number } {
  const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    state: 'open',
    sealed: 0,
    async isAvailable() {
      return this.state !== 'none';
    },
    async encrypt(text) {
      this.sealed += 1;
      return flip(Buffer.from(text, 'utf8'));
    },
    async decrypt(bytes) {
      if (this.state === 'locked' || this.state === 'none') throw new Error('no key');
      return { text: flip(bytes).toString('utf8'), isStale: this.state === 'newer' };
    },
  };
}

let temp: ReturnType<typeof makeTempDir>;
let vault: ReturnType<typeof makeVault>;
beforeEach(() => {
  temp = makeTempDir();
  vault = makeVault();
});
afterEach(() => temp.remove());

const open = (given: Partial<ConstructorParameters<typeof SecretsService>[0]> = {}) =>
  new SecretsService({ profileDir: temp.dir, vault, environment: {}, ...given });
const pathOf = (name: string) => join(temp.dir, name);
const modeOf = (name: string) => statSync(pathOf(name)).mode & 0o777;
const all = () =>
  readdirSync(temp.dir)
    .map((name) => readFileSync(pathOf(name), 'utf8'))
    .join('\n');

describe('by the keyring', () => {
  test('kept over a restart, and nowhere to be read', async () => {
    await open().store(keys, 'keyring');
    const again = open();
    expect(await again.keys()).toEqual(keys);
    expect(await again.state()).toEqual({ from: 'keyring', hasKeyring: true, isLost: false });
    for (const text of [keys.key, keys.secret])
      for (const form of [text, Buffer.from(text).toString('base64').slice(0, 12)])
        expect(all()).not.toContain(form);
    expect(modeOf('keyring.json')).toBe(0o600);
  });

  test('a locked keyring asks again and loses nothing', async () => {
    await open().store(keys, 'keyring');
    const before = readFileSync(pathOf('keyring.json'), 'utf8');
    vault.state = 'locked';
    const locked = open();
    expect(await locked.keys()).toBeNull();
    expect(await locked.state()).toEqual({ from: null, hasKeyring: true, isLost: true });
    expect(readFileSync(pathOf('keyring.json'), 'utf8')).toBe(before);
    vault.state = 'open';
    expect(await locked.keys()).toEqual(keys);
    expect((await locked.state()).isLost).toBe(false);
  });

  test('a newer key of the keyring seals anew', async () => {
    await open().store(keys, 'keyring');
    vault.state = 'newer';
    expect(await open().keys()).toEqual(keys);
    expect(vault.sealed).toBe(2);
  });

  test('without one, nothing is stored unless the user agrees to plain text', async () => {
    vault.state = 'none';
    await expect(open().store(keys, 'keyring')).rejects.toMatchObject({ code: 'forbidden' });
    expect(readdirSync(temp.dir)).toEqual([]);
    await open().store(keys, 'plain-text');
    expect(modeOf('secrets.json')).toBe(0o600);
    expect(await open().state()).toEqual({ from: 'plain-text', hasKeyring: false, isLost: false });
  });

  test('another place takes the keys from the first one', async () => {
    const service = open();
    await service.store(keys, 'plain-text');
    await service.store(keys, 'keyring');
    expect(existsSync(pathOf('secrets.json'))).toBe(false);
    await service.store(keys, 'session');
    expect(readdirSync(temp.dir)).toEqual([]);
    expect(await service.keys()).toEqual(keys);
    expect(await open().keys()).toBeNull();
  });
});

describe('in plain text, as the terminal keeps them', () => {
  test('one by one; half of them is none', async () => {
    const terminal = open({ vault: null });
    terminal.storeOne('astrobin.key', ` ${keys.key}\n`);
    expect(await terminal.keys()).toBeNull();
    terminal.storeOne('astrobin.secret', keys.secret);
    expect(await open({ vault: null }).keys()).toEqual(keys);
    expect(modeOf('secrets.json')).toBe(0o600);
    expect(readdirSync(temp.dir)).toEqual(['secrets.json']);
  });

  test('a file that others could read is the owner’s alone after the first look', async () => {
    writeFileSync(
      pathOf('secrets.json'),
      JSON.stringify({ 'astrobin.key': keys.key, 'astrobin.secret': keys.secret }),
    );
    chmodSync(pathOf('secrets.json'), 0o644);
    expect(await open({ vault: null }).keys()).toEqual(keys);
    expect(modeOf('secrets.json')).toBe(0o600);
  });

  test.each([
    ['no JSON', () => writeFileSync(pathOf('secrets.json'), '{')],
    ['numbers', () => writeFileSync(pathOf('secrets.json'), '{"astrobin.key":1}')],
    ['a folder', () => mkdirSync(pathOf('secrets.json'))],
    ['a link', () => symlinkSync('/etc/passwd', pathOf('secrets.json'))],
  ])('%s in its place is no keys', async (_name, put) => {
    put();
    expect(await open({ vault: null }).keys()).toBeNull();
  });
});

test('the environment’s are used first and never stored', async () => {
  const environment = { ALMAGEST_ASTROBIN_KEY: 'envKey', ALMAGEST_ASTROBIN_SECRET: 'envSecret' };
  await open().store(keys, 'plain-text');
  const service = open({ environment });
  expect(await service.keys()).toEqual({ key: 'envKey', secret: 'envSecret' });
  expect((await service.state()).from).toBe('environment');
  expect(all()).not.toContain('env');
});

test('what no key can be is refused, and nothing changes', async () => {
  await open().store(keys, 'plain-text');
  for (const key of ['', 'two words', 'ключ-ключ', 'x'.repeat(201)]) {
    await expect(open().store({ ...keys, key }, 'plain-text')).rejects.toMatchObject({
      code: 'invalid-arguments',
    });
  }
  expect(await open().keys()).toEqual(keys);
});

test('forgotten, they are nowhere', async () => {
  const service = open();
  await service.store(keys, 'keyring');
  service.forget();
  expect(await service.keys()).toBeNull();
  expect(readdirSync(temp.dir)).toEqual([]);
});
