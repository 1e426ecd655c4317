/**
 * Runs in plain Node, in the thread that serves. The eight resources: how each of them lists its rows and finds one.
 */
import {
  collectionCount,
  collectionDescription,
  collectionName,
  collectionsOfUser,
  collectionUser,
} from './collections.ts';
import { ImageSearch } from './image-search.ts';
import type { Selection } from './image-search.ts';
import { readConditions, readOrder } from './list-query.ts';
import type { Condition } from './list-query.ts';
import { cellTest } from './lookups.ts';
import { dayCount, nominations, revisionCount, topPicks } from './picks.ts';
import type { Choice } from './picks.ts';
import { placeCount } from './places.ts';
import { profileRow } from './profiles.ts';
import { choiceRow, collectionRow, dayRow, imageRow, locationRow, revisionRow } from './rows.ts';
import type { Row, RowMaker } from './rows.ts';
import { schemas } from './schemas.ts';
import type { ResourceName } from './schemas.ts';
import { Turns } from './turns.ts';

export interface Resource {
  /** Numbers of rows that a query selects, in its order. Throws Refused. */
  list(query: URLSearchParams): Promise<Selection>;
  /** By its number; null where there is none. */
  row(id: number): Row | null;
  /** By what stands in the address of a detail. */
  detail(key: string): Row | null;
}

export interface ResourceOptions extends RowMaker {
  /** Days since 1970, now. */
  today(): number;
}

/** Rows from 1 up to a count. */
const rising = (count: number): Selection => ({ count, at: (place) => place + 1 });
const falling = (count: number): Selection => ({ count, at: (place) => count - place });

const numberOf = (key: string): number | null => (/^\d{1,9}$/.test(key) ? Number(key) : null);

function byNumber(row: Resource['row']): Pick<Resource, 'row' | 'detail'> {
  return {
    row,
    detail(key) {
      const id = numberOf(key);
      return id === null ? null : row(id);
    },
  };
}

/** A resource that can neither be filtered nor sorted: its query is only checked. */
function fixed(name: ResourceName, all: () => Selection, row: Resource['row']): Resource {
  return {
    ...byNumber(row),
    list(query) {
      readConditions(query, schemas[name], []);
      readOrder(query, schemas[name]);
      return Promise.resolve(all());
    },
  };
}

function chosen(options: ResourceOptions, name: ResourceName, choice: Choice): Resource {
  const count = choice.count(options.images);
  return fixed(
    name,
    () => falling(count),
    (id) => (id >= 1 && id <= count ? choiceRow(options, name, choice, id) : null),
  );
}

/** Parameters of images that are not fields, or are read otherwise. */
const imageSpecials = ['subjects', 'ids', 'user'];

function specialsOf(query: URLSearchParams): Condition[] {
  return [...new Set(query.keys())]
    .filter((name) => imageSpecials.includes(name))
    .map((field) => ({ field, lookup: 'exact', values: query.getAll(field) }));
}

function imageResource(options: ResourceOptions): Resource {
  const { images } = options;
  const search = new ImageSearch(images);
  const row = (id: number): Row | null =>
    id >= 1 && id <= images.size ? imageRow(options, id - 1) : null;
  return {
    row,
    detail(key) {
      const index = images.find(key);
      if (index !== null) return imageRow(options, index);
      const id = numberOf(key);
      // A number is no name of an image that has a hash.
      return id === null || images.hashOf(id - 1) !== null ? null : row(id);
    },
    async list(query) {
      const selection = await search.select({
        conditions: readConditions(query, schemas.image, imageSpecials),
        special: specialsOf(query),
        order: readOrder(query, schemas.image),
      });
      return { count: selection.count, at: (place) => selection.at(place) + 1 };
    },
  };
}

function profileResource(options: ResourceOptions): Resource {
  const { people } = options.images;
  return {
    ...byNumber((id) => profileRow(options, id)),
    list(query) {
      readConditions(query, schemas.userprofile, ['username']);
      readOrder(query, schemas.userprofile);
      const name = query.getAll('username').at(-1) ?? '';
      if (name === '') return Promise.resolve(rising(people.count));
      const user = people.find(name);
      return Promise.resolve({ count: user === null ? 0 : 1, at: () => (user ?? 0) + 1 });
    },
  };
}

/** Collections looked at between two pauses. */
const stride = 256;

function collectionResource(options: ResourceOptions): Resource {
  const { images } = options;
  const total = collectionCount(images);
  const candidates = (name: string): number[] | null => {
    if (name === '') return null;
    const user = images.people.find(name);
    return user === null ? [] : collectionsOfUser(user);
  };
  return {
    ...byNumber((id) => collectionRow(options, id)),
    async list(query) {
      const conditions = readConditions(query, schemas.collection, ['user']);
      readOrder(query, schemas.collection);
      const own = candidates(query.getAll('user').at(-1) ?? '');
      if (own === null && conditions.length === 0) return rising(total);
      const tests = conditions.map(({ field, lookup, values }) => {
        const test = cellTest('text', lookup, values);
        const cell = field === 'name' ? collectionName : collectionDescription;
        return (id: number): boolean => test(cell(images, id));
      });
      const found: number[] = [];
      const turns = new Turns();
      for (let at = 0; at < (own?.length ?? total); at += 1) {
        if (at % stride === 0) await turns.pass();
        const id = own === null ? at + 1 : (own[at] ?? 0);
        if (collectionUser(id) < images.people.count && tests.every((test) => test(id)))
          found.push(id);
      }
      return { count: found.length, at: (place) => found[place] ?? 0 };
    },
  };
}

export function createResources(
  options: ResourceOptions,
): Readonly<Record<ResourceName, Resource>> {
  const { images } = options;
  const days = (): number => dayCount(options.today());
  const revisions = revisionCount(images);
  return {
    image: imageResource(options),
    imagerevision: fixed(
      'imagerevision',
      () => rising(revisions),
      (id) => revisionRow(options, id),
    ),
    imageoftheday: fixed(
      'imageoftheday',
      () => falling(days()),
      (id) => (id >= 1 && id <= days() ? dayRow(options, id) : null),
    ),
    toppick: chosen(options, 'toppick', topPicks),
    toppicknomination: chosen(options, 'toppicknomination', nominations),
    collection: collectionResource(options),
    location: fixed('location', () => rising(placeCount), locationRow),
    userprofile: profileResource(options),
  };
}
