/**
 * Runs anywhere; pure. Gives every file of a plan a path that no other has, on a system that knows no case as well as
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

/**
 * Paths by key. Files that would have one name, or the name of another's folder or sidecar (`<name>.json`), are all
 * marked with a digest of their key. A key that comes twice is one file, at the path that sorts first.
 */
export function assignNames(files: Iterable<NamedFile>): Map<string, string> {
  const placed = withOneSpelling(distinct(files));
  // Each round lifts at least one file, and none beyond the last level, so this ends.
  for (let isDone = false; !isDone;) {
    const giving = [...findClashes(placed)].filter(({ level }) => level < lastLevel);
    for (const file of giving) file.level += 1;
    moveTogether(placed, giving);
    isDone = giving.length === 0;
  }
  return new Map(placed.map((file) => [file.key, pathOf(file)]));
}

function distinct(files: Iterable<NamedFile>): NamedFile[] {
  const byKey = new Map<string, NamedFile>();
  for (const file of files) {
    const known = byKey.get(file.key);
    if (known === undefined || file.path < known.path) byKey.set(file.key, file);
  }
  return [...byKey.values()];
}

/** Folders that differ in case alone are one folder on half of all systems, so they are spelled one way. */
function withOneSpelling(files: readonly NamedFile[]): Placed[] {
  const spellings = new Map<string, string>();
  const foldersOf = (path: string) => path.split('/').slice(0, -1);
  for (const { path } of files) {
    let folded = '';
    for (const folder of foldersOf(path)) {
      folded += `${foldName(folder)}/`;
      const known = spellings.get(folded);
      if (known === undefined || folder < known) spellings.set(folded, folder);
    }
  }
  return files.map((file) => {
    let folded = '';
    const folders = foldersOf(file.path).map((folder) => {
      folded += `${foldName(folder)}/`;
      return spellings.get(folded) ?? folder;
    });
    return { ...file, path: [...folders, nameOf(file.path)].join('/'), level: 0 };
  });
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Every file that has to give way to another. */
function findClashes(files: readonly Placed[]): Set<Placed> {
  const owners = new Map<string, Placed>();
  const folders = new Set<string>();
  const clashing = new Set<Placed>();
  const claim = (name: string, file: Placed): void => {
    const other = owners.get(name);
    if (other === undefined) owners.set(name, file);
    else if (other !== file) clashing.add(other).add(file);
  };
  for (const file of files) {
    const folded = foldName(pathOf(file));
    claim(folded, file);
    claim(`${folded}.json`, file);
    for (let at = folded.indexOf('/'); at >= 0; at = folded.indexOf('/', at + 1)) {
      folders.add(folded.slice(0, at));
    }
  }
  for (const [name, file] of owners) if (folders.has(name)) clashing.add(file);
  return clashing;
}

/** When one file of a unit moves into the unit's own folder, all do. */
function moveTogether(files: readonly Placed[], giving: readonly Placed[]): void {
  const units = new Set(giving.map(({ unit }) => unit));
  units.delete(null);
  if (units.size === 0) return;
  for (const file of files) if (units.has(file.unit)) file.level = Math.max(file.level, 1);
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
