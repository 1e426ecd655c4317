import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  assignNames,
  assignNamesInTurns,
  fileKey,
  type NamedFile,
} from '#main/downloads/names/assign-names.ts';
import { renderName } from '#main/downloads/names/render-name.ts';
import { parseTemplate } from '#main/downloads/names/template.ts';
import { breachOfPath, comparable, hostileTexts } from '#test/support/name-rules.ts';
import { makeRecord } from '#test/support/planned-records.ts';
import { createRandom } from '#test/support/random-values.ts';

const alone = (path: string, key = path): NamedFile => ({ key, path, unit: null });
const assigned = (...files: NamedFile[]) => [...assignNames(files).values()];

/** No two are one file, a file never has a folder's name, and sidecars are nobody else's. */
function clashesIn(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  const clashes: string[] = [];
  for (const name of paths.flatMap((path) => [path, `${path}.json`])) {
    if (taken.has(comparable(name))) clashes.push(name);
    taken.add(comparable(name));
  }
  for (const path of paths) {
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      if (taken.has(comparable(folder))) clashes.push(folder);
    }
  }
  return clashes;
}

describe('names of a plan', () => {
  test('what clashes with nothing keeps its name', () => {
    expect(assigned(alone('a/x.jpg'), alone('b/x.jpg'), alone('x.jpg'))).toEqual([
      'a/x.jpg',
      'b/x.jpg',
      'x.jpg',
    ]);
  });

  test.each([
    ['case', 'a/Moon.jpg', 'a/moon.jpg'],
    ['case of the folder', 'A/moon.jpg', 'a/moon.jpg'],
    ['the sharp s', 'straße.jpg', 'STRASSE.jpg'],
    ['a ligature', 'ﬁle.jpg', 'FILE.jpg'],
    ['the last sigma', 'ΟΔΟΣ.jpg', 'οδος.jpg'],
    ['nothing', 'x.jpg', 'x.jpg'],
    ["another's sidecar", 'x.jpg', 'x.jpg.json'],
  ])('files that differ by %s are both marked', (_, first, second) => {
    const paths = assigned(alone(first, 'one'), alone(second, 'two'));
    expect(clashesIn(paths)).toEqual([]);
    for (const path of paths) expect(path).toMatch(/-[0-9a-f]{8}\.\w+$/);
  });

  test('a file gives way to a folder of its name', () => {
    const paths = assigned(alone('a.dat', 'file'), alone('A.dat/x.jpg', 'other'));
    expect(paths[0]).toMatch(/^a-[0-9a-f]{8}\.dat$/);
    expect(paths[1]).toBe('A.dat/x.jpg');
  });

  test('folders that differ by case are spelled one way', () => {
    expect(assigned(alone('mars/a.jpg'), alone('Mars/b.jpg'))).toEqual([
      'Mars/a.jpg',
      'Mars/b.jpg',
    ]);
  });

  test('label and data move together, under their own names', () => {
    const unit = (ref: string, ...names: string[]) =>
      names.map((name) => ({ key: fileKey(ref, name), path: `d/${name}`, unit: ref }));
    const paths = assigned(
      ...unit('pds:urn:nasa:pds:b:c:one::1.0', 'x.xml', 'one.tab'),
      ...unit('pds:urn:nasa:pds:b:c:two::1.0', 'X.XML', 'two.tab'),
      ...unit('pds:urn:nasa:pds:b:c:three::1.0', 'three.xml'),
    );
    expect(paths.map((path) => path.replace(/[0-9a-f]{8}/, '#'))).toEqual([
      'd/one__1.0-#/x.xml',
      'd/one__1.0-#/one.tab',
      'd/two__1.0-#/X.XML',
      'd/two__1.0-#/two.tab',
      'd/three.xml',
    ]);
    expect(clashesIn(paths)).toEqual([]);
  });

  test('two files of one product with one name are told apart as well', () => {
    const of = (name: string) => ({
      key: fileKey('pds:a', name),
      path: `d/${name}`,
      unit: 'pds:a',
    });
    const paths = assigned(of('x.tab'), of('X.tab'), of('x.xml'));
    expect(clashesIn(paths)).toEqual([]);
    expect(paths[2]).toMatch(/\/x\.xml$/);
  });

  test('one key is one file', () => {
    expect(assigned(alone('b.jpg', 'k'), alone('a.jpg', 'k'))).toEqual(['a.jpg']);
  });

  test('a name that pretends to be a mark is found out', () => {
    const [one] = assigned(alone('x.jpg', 'one'), alone('x.jpg', 'two'));
    const paths = assigned(alone('x.jpg', 'one'), alone('x.jpg', 'two'), alone(one ?? '', 'three'));
    expect(clashesIn(paths)).toEqual([]);
  });
});

const templates = [
  '{title}.{ext}',
  '{mission}/{title:8}',
  '{title}/{id}/{rendition}',
  '{year}/{credit}/{id:3}',
];

function hostilePlan(count: number, seed: number): NamedFile[] {
  const random = createRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  return Array.from({ length: count }, (_, at) => {
    const text = random() < 0.2 ? pick(hostileTexts) + pick(hostileTexts) : pick(hostileTexts);
    const archive = pick(['nasa-images', 'pds-registry', 'astrobin'] as const);
    const parsed = parseTemplate(pick(templates));
    if (!parsed.ok) throw new Error(parsed.message);
    const record = makeRecord(archive, random() < 0.5 ? text : `urn:nasa:pds:b:c:${text}::1.0`, {
      title: pick(hostileTexts),
      credit: text,
    });
    const rendition = `${pick(hostileTexts)}${random() < 0.5 ? '.tab' : ''}`;
    const ending = pick(['jpg', 'json', 'exe', 'tab', text]);
    const context = { record, rendition, ending, group: text, index: at + 1, count };
    return {
      key: fileKey(`${record.ref}#${at}`, rendition),
      path: renderName(parsed.template, context),
      unit: archive === 'pds-registry' ? record.ref : null,
    };
  });
}

test('1,000 hostile names: all inside the folder, none collides, none is reserved on any system', () => {
  for (const seed of [1, 2, 3]) {
    const paths = [...assignNames(hostilePlan(1000, seed)).values()];
    expect(paths).toHaveLength(1000);
    for (const path of paths) {
      expect(breachOfPath(path), JSON.stringify(path)).toBeNull();
      expect(posix.normalize(posix.join('/folder', path)).startsWith('/folder/')).toBe(true);
      expect(path).not.toMatch(/\.(exe|com|bat|sh|js|lnk)$/i);
    }
    expect(clashesIn(paths)).toEqual([]);
  }
});

test('the order of arrival changes nothing', () => {
  const plan = hostilePlan(400, 7);
  const random = createRandom(11);
  const shuffled = plan
    .map((file) => ({ file, at: random() }))
    .sort((first, second) => first.at - second.at)
    .map(({ file }) => file);
  const [one, other] = [assignNames(plan), assignNames(shuffled)];
  for (const [key, path] of one) expect(other.get(key)).toBe(path);
});

test('in turns it gives the same, lets others in between, and can be stopped', async () => {
  const plan = hostilePlan(1500, 5);
  let turns = 0;
  const tick = (): void => {
    turns += 1;
    timer = setImmediate(tick);
  };
  let timer = setImmediate(tick);
  const { signal } = new AbortController();
  expect(await assignNamesInTurns(plan, signal)).toEqual(assignNames(plan));
  clearImmediate(timer);
  expect(turns).toBeGreaterThan(3);
  await expect(assignNamesInTurns(plan, AbortSignal.abort())).rejects.toThrow('aborted');
});

test('many files are given names in one go', () => {
  const files = Array.from({ length: 20_000 }, (_, at) =>
    alone(`a/${at % 10_000}.jpg`, String(at)),
  );
  expect(new Set(assignNames(files).values()).size).toBe(20_000);
});
