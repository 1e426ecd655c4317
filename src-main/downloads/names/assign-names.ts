/**
 * Runs in plain Node; pure. Gives every file of a plan a path that no other has, on a system that knows no case as well as
 * on one that does. What is given depends on the files alone, not on the order in which they come.
 */
import { createHash } from 'node:crypto';
import { foldName, safeFileName, safeFolderName } from './safe-name.ts';

/** Tells a file from every other, whatever archive it is of. */
export function fileKey(ref: string, rendition: string): string {
  return `${ref}\n${rendition}`;
}

export interface NamedFile {
  /** From `fileKey`. */
  key: string;
  /** As `renderName` gave it. */
  path: string;
  /**
   * Files that refer to each other by name, such as a label and its data: they keep their names, and move into a
   * folder of their own together. Null for a file that stands alone.
   */
  unit: string | null;
}

interface Placed extends NamedFile {
  /** How often it had to give way. */
  level: number;
}

/** Hex digits of the marks, one after the other; the last is as good as the key itself. */
const markLengths = [0, 8, 16, 32, 48] as const;
const lastLevel = markLengths.length - 1;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Files looked at between two pauses: some milliseconds. */
const filesAtOnce = 500;

/**
 * Paths by key. Files that would have one name, or the name of another's folder or sidecar (`<name>.json`), are all
 * marked with a digest of their key. A key that comes twice is one file, at the path that sorts first. 100,000 files
 * take a second or two: where something waits meanwhile, `assignNamesInTurns` does the same.
 */
export function assignNames(files: Iterable<NamedFile>): Map<string, string> {
  const work = assigning(files);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** The same, with a pause every few milliseconds. Rejects with the signal's reason. */
export async function assignNamesInTurns(
  files: Iterable<NamedFile>,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const work = assigning(files);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
}

type Work<T> = Generator<undefined, T>;

/** Hands on one after the other, and pauses now and then. */
function* inTurns<T>(items: Iterable<T>, look: (item: T) => void): Work<void> {
  let count = 0;
  for (const item of items) {
    look(item);
    count += 1;
    if (count % filesAtOnce === 0) yield;
  }
}

function* assigning(files: Iterable<NamedFile>): Work<Map<string, string>> {
  const placed = yield* withOneSpelling(yield* distinct(files));
  // Each round lifts at least one file, and none beyond the last level, so this ends.
  for (let isDone = false; !isDone;) {
    const clashing = yield* findClashes(placed);
    const giving = [...clashing].filter(({ level }) => level < lastLevel);
    for (const file of giving) file.level += 1;
    yield* moveTogether(placed, giving);
    isDone = giving.length === 0;
  }
  const paths = new Map<string, string>();
  yield* inTurns(placed, (file) => paths.set(file.key, pathOf(file)));
  return paths;
}

function* distinct(files: Iterable<NamedFile>): Work<Iterable<NamedFile>> {
  const byKey = new Map<string, NamedFile>();
  yield* inTurns(files, (file) => {
    const known = byKey.get(file.key);
    if (known === undefined || file.path < known.path) byKey.set(file.key, file);
  });
  return byKey.values();
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Folders that differ in case alone are one folder on half of all systems, so they are spelled one way. */
function* withOneSpelling(files: Iterable<NamedFile>): Work<Placed[]> {
  const placed: Placed[] = [];
  const folders = new Set<string>();
  yield* inTurns(files, (file) => {
    placed.push({ ...file, level: 0 });
    folders.add(folderOf(file.path));
  });
  const spellings = new Map<string, string>();
  yield* inTurns(folders, (folder) => {
    let folded = '';
    for (const name of folder.split('/')) {
      folded += `${foldName(name)}/`;
      const known = spellings.get(folded);
      if (known === undefined || name < known) spellings.set(folded, name);
    }
  });
  const spelled = new Map<string, string>([['', '']]);
  yield* inTurns(folders, (folder) => {
    if (folder === '') return;
    let folded = '';
    const names = folder.split('/').map((name) => {
      folded += `${foldName(name)}/`;
      return spellings.get(folded) ?? name;
    });
    spelled.set(folder, `${names.join('/')}/`);
  });
  yield* inTurns(placed, (file) => {
    file.path = `${spelled.get(folderOf(file.path)) ?? ''}${nameOf(file.path)}`;
  });
  return placed;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Every file that has to give way to another. */
function* findClashes(files: readonly Placed[]): Work<Set<Placed>> {
  const owners = new Map<string, Placed>();
  const folders = new Map<string, string>();
  const clashing = new Set<Placed>();
  const claim = (name: string, file: Placed): void => {
    const other = owners.get(name);
    if (other === undefined) owners.set(name, file);
    else if (other !== file) clashing.add(other).add(file);
  };
  yield* inTurns(files, (file) => {
    const path = pathOf(file);
    const folder = folderOf(path);
    const folded = folders.get(folder) ?? foldName(folder);
    folders.set(folder, folded);
    const name = `${folded}/${foldName(nameOf(path))}`;
    claim(name, file);
    claim(`${name}.json`, file);
  });
  const parents = new Set<string>();
  for (const folded of folders.values()) {
    for (let parent = folded; parent !== '' && !parents.has(parent); parent = folderOf(parent)) {
      parents.add(parent);
      // A file in the download folder itself is claimed with a slash before its name.
      const file = owners.get(parent.includes('/') ? parent : `/${parent}`);
      if (file !== undefined) clashing.add(file);
    }
  }
  return clashing;
}

/** When one file of a unit moves into the unit's own folder, all do. */
function* moveTogether(files: readonly Placed[], giving: readonly Placed[]): Work<void> {
  const units = new Set(giving.map(({ unit }) => unit));
  units.delete(null);
  if (units.size === 0) return;
  yield* inTurns(files, (file) => {
    if (units.has(file.unit)) file.level = Math.max(file.level, 1);
  });
}

function pathOf({ key, path, unit, level }: Placed): string {
  if (level === 0) return path;
  const slash = path.lastIndexOf('/') + 1;
  const [folder, name] = [path.slice(0, slash), path.slice(slash)];
  if (unit === null) return `${folder}${marked(name, key, level)}`;
  // Files of one unit with one name stay together in its folder, and only they are marked.
  const own = level === 1 ? name : marked(name, key, level - 1);
  return `${folder}${folderFor(unit)}/${own}`;
}

function marked(name: string, key: string, level: number): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : [name, 'bin'];
  const tail = `-${hashOf(key).slice(0, markLengths[level])}`;
  return safeFileName({ stem, tail, ending });
}

/** `urn:nasa:pds:bundle:collection:product::1.0` -> `product__1.0-1a2b3c4d`. */
function folderFor(unit: string): string {
  const readable = safeFolderName(unit.replace(/^.*[^:]:(?=[^:])/s, ''), 40);
  return `${readable}-${hashOf(unit).slice(0, markLengths[1])}`;
}
