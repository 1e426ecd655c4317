/**
 * Runs in plain Node, in the thread that serves. Which images a list holds, and in which order. What can be worked out
 * backwards (users, numbers, times of upload) is; the rest is looked at image by image, in turns.
 */
import type { Images } from './images.ts';
import type { Condition, OrderTerm } from './list-query.ts';
import { cellTest, momentBounds } from './lookups.ts';
import type { Cell, CellKind, CellTest } from './lookups.ts';
import { sortImages } from './image-order.ts';
import { Refused } from './refused.ts';
import { skyObjects } from './sky-objects.ts';
import { targets } from './targets.ts';
import { titleText } from './titles.ts';
import { Turns } from './turns.ts';
import { describe } from './words.ts';

export interface ImageQuery {
  conditions: readonly Condition[];
  /** Parameters that the resource reads itself, in the order of the request; `ids` and `subjects` rule one another. */
  special: readonly Condition[];
  order: readonly OrderTerm[];
}

export interface Selection {
  count: number;
  /** The image at a place of the list. */
  at(place: number): number;
}

/** A search by subject sees the first so many solutions, in the order of the database, whatever else is asked. */
export const subjectCeiling = 100;

/** Images between two pauses. */
const stride = 512;

type ImageTest = (index: number) => boolean;

/** Remembers what a test said of the titles: there are far fewer of them than images. */
function titleTest(images: Images, test: CellTest): ImageTest {
  const known = new Map<number, boolean>();
  return (index) => {
    const number = images.titleNumberOf(index);
    let verdict = known.get(number);
    if (verdict === undefined) known.set(number, (verdict = test(titleText(number))));
    return verdict;
  };
}

function descriptionTest(images: Images, lookup: string, values: readonly string[]): ImageTest {
  const test = cellTest('text', lookup, values);
  // These three look at the source of the text too; the others see only the column of old.
  const seesBoth = ['exact', 'contains', 'icontains'].includes(lookup);
  return (index) => {
    const { plain, bbcode } = describe(images, index);
    return test(plain) || (seesBoth && test(bbcode));
  };
}

function conditionTest(images: Images, { field, lookup, values }: Condition): ImageTest {
  if (field === 'description') return descriptionTest(images, lookup, values);
  const on = (kind: CellKind, cell: (index: number) => Cell): ImageTest => {
    const test = cellTest(kind, lookup, values);
    return (index) => test(cell(index));
  };
  switch (field) {
    case 'title':
      return titleTest(images, cellTest('text', lookup, values));
    case 'w':
      return on('number', (index) => images.exposureOf(index).width);
    case 'h':
      return on('number', (index) => images.exposureOf(index).height);
    case 'data_source':
      return on('text', images.dataSourceOf);
    case 'remote_source':
      return on('text', images.remoteSourceOf);
    case 'published':
      return on('moment', images.timeline.publishedAt);
    default:
      return on('moment', images.timeline.uploadedAt);
  }
}

/** M and NGC with a number get the blank that catalogues write, and lose what follows. */
function catalogueName(text: string): string {
  const match = /^(M|NGC)(\d+)/i.exec(text);
  return match === null ? text : `${(match[1] ?? '').toUpperCase()} ${match[2] ?? ''}`;
}

async function bySubject(images: Images, text: string): Promise<number[]> {
  const wanted = catalogueName(text).toLowerCase();
  const hits = new Set(
    skyObjects.flatMap(({ names }, at) =>
      names.some((name) => name.toLowerCase().includes(wanted)) ? [at] : [],
    ),
  );
  const mayHold = targets.map((_, target) => images.near(target).some((at) => hits.has(at)));
  const found: number[] = [];
  const turns = new Turns();
  for (let index = 0; index < images.size && found.length < subjectCeiling; index += 1) {
    if (index % stride === 0) await turns.pass();
    if (mayHold[images.targetNumberOf(index)] !== true) continue;
    if (images.objectsIn(index).some((at) => hits.has(at))) found.push(index);
  }
  return found;
}

function byNumbers(images: Images, text: string): number[] {
  const numbers = text.split(',').map((one) => {
    if (!/^\s*\d+\s*$/.test(one))
      throw new Refused('Invalid resource lookup data provided (mismatched type).');
    return Number(one) - 1;
  });
  return [...new Set(numbers)]
    .filter((index) => index >= 0 && index < images.size)
    .sort((a, b) => a - b);
}

/** Images that are looked at: some of them, rising, or all from one number up to another. */
type Candidates = number[] | null;

const common = (one: Candidates, other: number[]): number[] => {
  if (one === null) return other;
  const kept = new Set(one);
  return other.filter((index) => kept.has(index));
};

async function candidatesOf(images: Images, special: readonly Condition[]): Promise<Candidates> {
  const value = (field: string): string | undefined =>
    special.find((one) => one.field === field)?.values[0];
  // Both name images by number in the service's own query, and the later of them stands.
  const named = special.findLast(({ field }) => field === 'ids' || field === 'subjects');
  let candidates: Candidates = null;
  if (named?.field === 'ids') candidates = byNumbers(images, named.values[0] ?? '');
  if (named?.field === 'subjects') candidates = await bySubject(images, named.values[0] ?? '');
  const user = value('user');
  if (user !== undefined) {
    const found = images.people.find(user);
    candidates = common(candidates, found === null ? [] : images.people.imagesOf(found));
  }
  return candidates;
}

const textOf = ({ conditions, special, order }: ImageQuery): string =>
  JSON.stringify([conditions, special, order]);

/** Searches whose results are kept, so that their further pages cost nothing: 4 bytes an image. */
const keptSearches = 6;

export class ImageSearch {
  readonly #images: Images;
  readonly #kept = new Map<string, Promise<Selection>>();

  constructor(images: Images) {
    this.#images = images;
  }

  /** Throws Refused or DatabaseFault for values that do not fit. */
  select(query: ImageQuery): Promise<Selection> {
    const key = textOf(query);
    const known = this.#kept.get(key);
    const selection = known ?? this.#search(query);
    this.#kept.delete(key);
    this.#kept.set(key, selection);
    selection.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptSearches && oldest !== undefined) this.#kept.delete(oldest);
    return selection;
  }

  async #search(query: ImageQuery): Promise<Selection> {
    const images = this.#images;
    let [from, before] = [0, images.size];
    const tests: ImageTest[] = [];
    for (const condition of query.conditions) {
      const { field, lookup, values } = condition;
      const bounds = field === 'uploaded' ? momentBounds(lookup, values) : null;
      if (bounds === null) {
        tests.push(conditionTest(images, condition));
        continue;
      }
      from = Math.max(from, images.timeline.firstFrom(bounds[0]));
      before = Math.min(before, images.timeline.firstFrom(bounds[1]));
    }
    const candidates = await candidatesOf(images, query.special);
    const [first] = query.order;
    const byUpload = first === undefined || first.field === 'uploaded';
    const isRising = first?.field === 'uploaded' && !first.isDescending;
    if (candidates === null && tests.length === 0 && byUpload) {
      const count = Math.max(0, before - from);
      return { count, at: (place) => (isRising ? from + place : before - 1 - place) };
    }
    const found = await this.#matching(candidates, from, before, tests);
    const sorted = byUpload
      ? isRising
        ? found
        : found.reverse()
      : await sortImages(images, found, query.order);
    return { count: sorted.length, at: (place) => sorted[place] ?? 0 };
  }

  /** Rising. */
  async #matching(
    candidates: Candidates,
    from: number,
    before: number,
    tests: readonly ImageTest[],
  ): Promise<Uint32Array> {
    const count = candidates?.length ?? Math.max(0, before - from);
    const found = new Uint32Array(count);
    const turns = new Turns();
    let length = 0;
    for (let at = 0; at < count; at += 1) {
      if (at % stride === 0) await turns.pass();
      const index = candidates === null ? from + at : (candidates[at] ?? 0);
      if (index < from || index >= before || !tests.every((test) => test(index))) continue;
      found[length] = index;
      length += 1;
    }
    return found.slice(0, length);
  }
}
