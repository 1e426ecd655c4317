/**
 * Runs in a page. AstroBin for the fake core. Knobs: `key` = none | bad | lost (no key, one that is not accepted, one that
 * the keyring lost), `keyring` = none, `left` (requests left for today; with 0 nothing is answered), `crawl` = breaks (the
 * first listing of all ends in trouble after 50), `state` and `copy` as for everything else.
 */
import type { Handlers } from '#contract/api.ts';
import type {
  AstrobinImage,
  AstrobinKeyState,
  AstrobinParamProblem,
  AstrobinPick,
  AstrobinRevision,
  AstrobinService,
  AstrobinSolution,
  AstrobinUser,
} from '#contract/astrobin.ts';
import {
  parseRef,
  toRef,
  type MediaKey,
  type RecordCard,
  type RecordDetail,
  type RecordRef,
} from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { justNow } from './fake-records.ts';

interface Context {
  signal: AbortSignal;
}
type Knobs = Readonly<Record<string, string | undefined>>;

export const fakeImageCount = 240;
const dayMs = 86_400_000;
const firstDayMs = Date.UTC(2022, 2, 1);
const scenes = ['nebula', 'stars', 'planet'] as const;
const titles = ['Orion Nebula', 'Andromeda', 'The Veil', 'Saturn at opposition', 'Lagoon'] as const;

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
/** Images that are not as most are: one that moves, one without any file, one from before there were hashes. */
export const fakeOdd = { animated: 230, noFiles: 231, noHash: 232 } as const;
const firstId = 100_000;
const hashOf = (index: number): string =>
  index === fakeOdd.noHash ? String(firstId + index) : `h${String(index).padStart(4, '0')}x`;
export const fakeAstrobinRef = (index: number): RecordRef => toRef('astrobin', hashOf(index));
/** The number of the image; null for a record of another archive. */
export const fakeAstrobinIndexOf = (ref: string): number | null => {
  const { archive, id = '' } = parseRef(ref) ?? {};
  if (archive !== 'astrobin') return null;
  if (id === hashOf(fakeOdd.noHash)) return fakeOdd.noHash;
  const number = /^h(\d{4})x$/.exec(id)?.[1];
  return number === undefined || Number(number) >= fakeImageCount ? null : Number(number);
};
const pictureKey = (index: number, width: number): MediaKey =>
  `${at(scenes, index)}-${index % 30}-${width}x${Math.round(width / 1.5)}.jpg` as MediaKey;
const addressOf = (index: number, name: string): string =>
  `https://www.astrobin.com/${hashOf(index)}/0/rawthumb/${name}/`;

function solutionOf(index: number): AstrobinSolution {
  const isSolved = index % 4 !== 3;
  return {
    status: isSolved ? 'SUCCESS' : 'FAILED',
    isSolved,
    ra: isSolved ? 10.716 : null,
    dec: isSolved ? 41.266 : null,
    radius: isSolved ? 2.545 : null,
    pixelScale: isSolved ? 5.356 : null,
    orientation: isSolved ? 94.436 : null,
    overlayUrl: isSolved ? addressOf(index, 'solution') : null,
    skyPlotUrl: isSolved ? addressOf(index, 'skyplot') : null,
  };
}

const noLicence = {
  name: 'ALL_RIGHTS_RESERVED',
  title: 'All rights reserved',
  url: null,
  mayShare: false,
  maySell: false,
  mayChange: false,
} as const;
const shareAlike = {
  name: 'ATTRIBUTION_NON_COMMERCIAL_SHARE_ALIKE',
  title: 'CC BY-NC-SA',
  url: 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
  mayShare: true,
  maySell: false,
  mayChange: true,
} as const;

const widths = { gallery: 130, thumb: 280, regular: 620, hd: 1824, real: 2848 } as const;

/** The image with this number. */
export function fakeAstrobinImage(index: number): AstrobinImage {
  const uploaded = new Date(firstDayMs - index * dayMs).toISOString();
  return {
    ref: fakeAstrobinRef(index),
    hash: index === fakeOdd.noHash ? null : hashOf(index),
    id: firstId + index,
    title: `${at(titles, index)} #${index}`,
    user: `Observer ${(index % 7) + 1}`,
    description: [{ kind: 'paragraph', children: [{ kind: 'text', text: 'It was a clear sky.' }] }],
    uploaded,
    published: uploaded,
    updated: uploaded,
    width: 2848,
    height: 1896,
    isAnimated: index === fakeOdd.animated,
    telescopes: ['Planewave 17" CDK'],
    cameras: ['FLI Proline 16803'],
    subjects: index % 4 === 3 ? [] : ['M 31', 'M 32', 'NGC 206'],
    dataSource: 'BACKYARD',
    remoteSource: null,
    link: null,
    fitsLink: null,
    likes: 12 + index,
    bookmarks: 3,
    comments: 5,
    views: 812,
    licence: index % 2 === 0 ? shareAlike : noLicence,
    solution: solutionOf(index),
    renditions: (index === fakeOdd.noFiles ? [] : Object.keys(widths)).map((name) => ({
      name,
      url: addressOf(index, name),
      bytes: null,
      width: name === 'real' ? 2848 : null,
      height: name === 'real' ? 1896 : null,
      mime: 'image/jpeg',
      checksum: null,
    })),
    histogramUrl: addressOf(index, 'histogram'),
    revisions: index % 3 === 0 ? [9000 + index] : [],
    locations: [1],
    fields: { is_final: true },
  };
}

/** The same as a gallery shows it. */
export function fakeAstrobinCard(index: number): RecordCard {
  const image = fakeAstrobinImage(index);
  return {
    record: {
      ref: image.ref,
      archive: 'astrobin',
      id: hashOf(index),
      kind: 'image',
      title: image.title,
      description: 'It was a clear sky.',
      date: image.published,
      credit: image.user,
      licence: image.licence.title,
      preview: addressOf(index, 'gallery'),
      page: `https://www.astrobin.com/${hashOf(index)}/`,
      fields: {
        ...{ imaging_telescopes: image.telescopes, imaging_cameras: image.cameras },
        w: image.width,
        h: image.height,
        subjects: image.subjects,
        animated: image.isAnimated,
        solution_status: image.solution.status,
        ra: image.solution.ra,
        dec: image.solution.dec,
      },
    },
    thumb: { key: pictureKey(index, 280), width: null, height: null },
    alt: image.title,
  };
}

const creditLineOf = (index: number): string => {
  const { user, title, licence } = fakeAstrobinImage(index);
  return `${user}, “${title}”, AstroBin ${hashOf(index)}, ${licence.title}`;
};

const picturesOf = (index: number): Record<string, MediaKey> => {
  const named = Object.entries(widths).map(([name, width]) => [
    addressOf(index, name),
    pictureKey(index, width),
  ]);
  const others = ['solution', 'skyplot', 'histogram'].map((name) => [
    addressOf(index, name),
    pictureKey(index + 1, name === 'solution' ? 420 : name === 'skyplot' ? 400 : 260),
  ]);
  return Object.fromEntries([...named, ...others]) as Record<string, MediaKey>;
};

/** The same as the record view reads it; null for records of other archives. `isCopy`: kept two days ago. */
export function fakeAstrobinDetail(ref: string, isCopy: boolean): RecordDetail | null {
  const index = fakeAstrobinIndexOf(ref);
  if (index === null) return null;
  const image = fakeAstrobinImage(index);
  const card = fakeAstrobinCard(index);
  const pictures = picturesOf(index);
  const kept = { fetchedAtMs: Date.now() - 2 * dayMs, origin: 'cache', isStale: true } as const;
  return {
    card,
    description: image.description,
    renditions: image.renditions.map((one) => ({ ...one, key: pictures[one.url] ?? null })),
    metadata: Object.entries(card.record.fields).map(([name, value]) => ({
      name,
      value: String(value),
      isPrivate: false,
    })),
    metadataDocument: card.record.fields,
    captions: [],
    missing: [],
    creditLine: creditLineOf(index),
    licenceNote: image.licence.mayShare === true ? `Keep “${image.user}” with it.` : null,
    age: isCopy ? { ...kept, problem: null } : justNow(),
  };
}

const fakeUser = (username: string): AstrobinUser => ({
  id: 31,
  username,
  realName: 'A made-up name',
  about: [{ kind: 'paragraph', children: [{ kind: 'text', text: 'Under dark skies.' }] }],
  website: 'https://observer.example/',
  job: null,
  hobbies: 'Grinding mirrors',
  language: 'en',
  avatarUrl: 'https://www.astrobin.com/avatar.png',
  imageCount: 34,
  followers: 120,
  following: 14,
  likes: 3021,
  joined: '2012-04-10T00:00:00Z',
  subscription: null,
  page: `https://www.astrobin.com/users/${encodeURIComponent(username)}/`,
});

function keyState(knobs: Knobs): AstrobinKeyState {
  const isLost = knobs['key'] === 'lost';
  const hasKeyring = knobs['keyring'] !== 'none';
  return { from: knobs['key'] === 'none' || isLost ? null : 'keyring', hasKeyring, isLost };
}

function notFound(what: string): ArchiveError {
  const message = `AstroBin has no ${what}. Nothing was changed. Check it.`;
  return new ArchiveError({ code: 'not-found', message, retryable: false });
}

/** A name and a pattern that the service would not heed, as main tells of them. */
function problemOf([param, value]: readonly [string, string]): AstrobinParamProblem[] {
  if (param === 'titel') {
    const message = '“titel” is unknown to AstroBin, which would leave it out without a word.';
    return [{ param, kind: 'unknown', message, suggestions: ['title'] }];
  }
  if (!param.endsWith('regex') || !value.includes('(')) return [];
  const message = `${param}: “${value}” is no regular expression.`;
  return [{ param, kind: 'value', message, suggestions: [] }];
}

/** Builds the handlers; `troubled` makes them slow or fail as the knobs say. */
export function createFakeAstrobin(
  knobs: Knobs,
  troubled: (signal: AbortSignal) => Promise<void>,
): Handlers<Context>['astrobin'] {
  let keys = keyState(knobs);
  let isBad = knobs['key'] === 'bad';
  let crawls = 0;
  /** Images that the present listing of all has given. */
  let listed = 0;
  /** As in main, where what was read once is kept. */
  const read = new Set<string>();
  const service = (): AstrobinService => ({
    keys,
    access: keys.from === null ? 'no-key' : isBad ? 'bad-key' : 'accepted',
    budget: {
      perDay: 500,
      used: 500 - Number(knobs['left'] ?? 439),
      renewsAtMs: (Math.floor(Date.now() / dayMs) + 1) * dayMs,
    },
    address: 'https://www.astrobin.com',
  });
  const asked = async (signal: AbortSignal): Promise<void> => {
    await troubled(signal);
    if (knobs['left'] === '0') {
      throw new ArchiveError({
        code: 'rate-limited',
        message: 'AstroBin’s limit for today is used up. Nothing was sent and nothing was lost.',
        retryable: true,
        retryAfterMs: dayMs,
      });
    }
    if (keys.from !== null && !isBad) return;
    throw new ArchiveError({
      code: 'key-needed',
      message: isBad
        ? 'AstroBin did not accept the key. What you have kept still opens; new searches don’t.'
        : 'AstroBin needs a key of your own, so nothing was sent. What you have kept still opens.',
      retryable: false,
    });
  };
  const part = (total: number, offset: number, limit: number) => {
    const count = Math.max(0, Math.min(limit, total - offset));
    const indexes = Array.from({ length: count }, (_one, place) => offset + place);
    const age = justNow();
    const rest = { total, offset, limit, hasNext: offset + count < total, unreadable: 0, age };
    return { indexes, rest };
  };
  const images = (
    params: readonly (readonly [string, string])[],
    offset: number,
    limit: number,
  ) => {
    const isSubject = params.some(([name]) => name === 'subjects');
    const isNothing = params.some(([, value]) => value.includes('nothing'));
    const total = isNothing || knobs['state'] === 'empty' ? 0 : isSubject ? 100 : fakeImageCount;
    const { indexes, rest } = part(total, offset, limit);
    return { ...rest, cards: indexes.map(fakeAstrobinCard), ceiling: isSubject ? 100 : null };
  };
  const detailOf = (ref: string) => {
    const index = fakeAstrobinIndexOf(ref);
    if (index === null) throw notFound(`image “${ref}”`);
    const image = fakeAstrobinImage(index);
    return {
      image,
      card: fakeAstrobinCard(index),
      pictures: picturesOf(index),
      creditLine: creditLineOf(index),
      age: justNow(),
    };
  };
  const picks = (kind: string, offset: number, limit: number) => {
    const { indexes, rest } = part(kind === 'imageoftheday' ? 60 : 30, offset, limit);
    const pickOf = (index: number): AstrobinPick => {
      const date = new Date(firstDayMs - index * dayMs).toISOString();
      return {
        date: kind === 'imageoftheday' ? date.slice(0, 10) : date,
        image: fakeAstrobinRef(index),
        runnersUp: [],
      };
    };
    return {
      ...rest,
      picks: indexes.map((index) => ({
        pick: pickOf(index),
        card: index % 5 === 4 ? null : fakeAstrobinCard(index),
      })),
    };
  };
  const revisionsOf = (ref: string): AstrobinRevision[] => {
    const { image } = detailOf(ref);
    const state = (label: string): AstrobinRevision => ({
      label,
      title: label === '0' ? null : 'With darks',
      description: [],
      isFinal: label !== '0' || image.revisions.length === 0,
      uploaded: image.uploaded,
      width: image.width,
      height: image.height,
      renditions: image.renditions,
      solution: image.solution,
    });
    return ['0', ...(image.revisions.length === 0 ? [] : ['B'])].map(state);
  };
  const collectionOf = (id: number) => ({
    id,
    name: `Collection ${id}`,
    description: 'Made up.',
    user: `Observer ${(id % 7) + 1}`,
    created: '2019-01-01',
    updated: '2020-01-01',
    images: Array.from({ length: 12 }, (_one, place) => fakeAstrobinRef(id * 3 + place)),
  });
  return {
    service: async () => service(),
    checkKeys: async (_args, { signal }) => {
      await troubled(signal);
      return service();
    },
    storeKeys: async ({ key, guard }) => {
      if (guard === 'keyring' && !keys.hasKeyring) {
        throw new ArchiveError({
          code: 'forbidden',
          message: 'This computer has no keyring, so nothing was stored.',
          retryable: false,
        });
      }
      keys = { ...keys, from: guard, isLost: false };
      isBad = key.startsWith('wrong');
      return service();
    },
    storeSecret: async () => service(),
    forgetKeys: async () => {
      keys = { ...keys, from: null };
      return service();
    },
    checkParams: async ({ params }) => ({ problems: params.flatMap(problemOf) }),
    images: async ({ params, offset, limit }, { signal }) => {
      await asked(signal);
      return images(params, offset, limit);
    },
    cachedImages: async ({ params, offset, limit }) => ({
      page: knobs['copy'] === undefined ? null : images(params, offset, limit),
    }),
    image: async ({ ref }, { signal }) => {
      await asked(signal);
      const detail = detailOf(ref);
      read.add(ref);
      return detail;
    },
    cachedImage: async ({ ref }) => {
      const isKept = knobs['copy'] !== undefined || read.has(ref);
      return { detail: isKept && fakeAstrobinIndexOf(ref) !== null ? detailOf(ref) : null };
    },
    revisions: async ({ ref }, { signal }) => {
      await asked(signal);
      const pictures = picturesOf(fakeAstrobinIndexOf(ref) ?? 0);
      return { revisions: revisionsOf(ref), pictures, missing: [], unreadable: 0, age: justNow() };
    },
    picks: async ({ kind, offset, limit }, { signal }) => {
      await asked(signal);
      return picks(kind, offset, limit);
    },
    cachedPicks: async ({ kind, offset, limit }) => ({
      part: knobs['copy'] === undefined ? null : picks(kind, offset, limit),
    }),
    user: async ({ username }, { signal }) => {
      await asked(signal);
      if (username.startsWith('Nobody')) throw notFound(`user named “${username}”`);
      return { user: fakeUser(username), avatar: pictureKey(3, 160), age: justNow() };
    },
    usersMet: async () => ({ names: knobs['met'] === undefined ? [] : [knobs['met']] }),
    collections: async ({ offset, limit }, { signal }) => {
      await asked(signal);
      const { indexes, rest } = part(9, offset, limit);
      return { ...rest, collections: indexes.map((index) => collectionOf(index + 1)) };
    },
    collection: async ({ id }, { signal }) => {
      await asked(signal);
      return { collection: collectionOf(id), age: justNow() };
    },
    place: async ({ id }, { signal }) => {
      await asked(signal);
      const place = { id, name: 'Hilltop', city: null, state: null, country: 'CH', altitude: 1200 };
      return { place, age: justNow() };
    },
    openCrawl: async () => {
      crawls += 1;
      listed = 0;
      return { id: `crawl-${String(crawls)}` };
    },
    nextOfCrawl: async (_args, { signal }) => {
      await asked(signal);
      const isBroken = knobs['crawl'] === 'breaks' && crawls === 1;
      if (isBroken && listed > 0) {
        throw new ArchiveError({
          code: 'unavailable',
          message: 'AstroBin didn’t answer. We tried three times in 40 seconds.',
          retryable: true,
        });
      }
      const from = listed;
      listed = isBroken ? 50 : 120;
      const counts = { listed, total: 120, requests: 9, unreadable: 0 };
      const cards = Array.from({ length: listed - from }, (_one, at) =>
        fakeAstrobinCard(from + at),
      );
      return { cards, isEnded: !isBroken, ...counts, isComplete: !isBroken, gaps: [] };
    },
    closeCrawl: async () => null,
    get: async () => ({
      url: 'https://www.astrobin.com/api/v1/',
      contentType: 'application/json',
      text: '{}',
    }),
  };
}
