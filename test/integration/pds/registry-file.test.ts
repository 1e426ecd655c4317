import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRegistryFile } from '#main/pds/registry-file.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

const configured = 'https://pds.nasa.gov/api/registry/1';
const found = { address: 'https://pds.nasa.gov/api/search/1', dialect: 'current' } as const;
const log = (): void => undefined;
let temp: ReturnType<typeof makeTempDir>;

beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => temp.remove());

describe('where the registry was found', () => {
  test('is known after a restart, and no draft is left', () => {
    openRegistryFile(temp.dir, log).set(configured, found);
    expect(openRegistryFile(temp.dir, log).get(configured)).toEqual(found);
    expect(readdirSync(temp.dir)).toEqual(['registry.json']);
  });

  test('is forgotten when it is told to be', () => {
    const file = openRegistryFile(temp.dir, log);
    file.set(configured, found);
    file.set(configured, null);
    expect(openRegistryFile(temp.dir, log).get(configured)).toBeNull();
  });

  const broken: Record<string, string> = {
    'no JSON': '{',
    'a list': '[]',
    'another dialect': JSON.stringify({ [configured]: { ...found, dialect: '9' } }),
    'no address': JSON.stringify({ [configured]: { ...found, address: 'nowhere' } }),
    'more than it can be': JSON.stringify({ [configured]: found, x: 'y'.repeat(70_000) }),
  };
  for (const [name, text] of Object.entries(broken)) {
    test(`is found out anew where the file holds ${name}`, () => {
      writeFileSync(join(temp.dir, 'registry.json'), text);
      const file = openRegistryFile(temp.dir, log);
      expect(file.get(configured)).toBeNull();
      file.set(configured, found);
      expect(openRegistryFile(temp.dir, log).get(configured)).toEqual(found);
    });
  }

  test('is known while the process runs where it can’t be written', () => {
    const file = openRegistryFile(join(temp.dir, 'not', 'there'), log);
    file.set(configured, found);
    expect(file.get(configured)).toEqual(found);
  });
});
