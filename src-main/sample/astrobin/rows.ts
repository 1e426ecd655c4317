/**
 * Runs in plain Node, any thread; pure. Rows as the service writes them: names, strings of decimals, moments without
 * zone, URIs. Keys are sorted when they are written.
 */
import { mix } from '../random.ts';
import { collectionOf } from './collections.ts';
import { receptionOf } from './counts.ts';
import { isSolved } from './images.ts';
import type { Images } from './images.ts';
import { dayPick, revisionLabel, revisionOf, revisionsOfImage } from './picks.ts';
import type { Choice } from './picks.ts';
import { placeOf, placesOfUser } from './places.ts';
import { skyObjects } from './sky-objects.ts';
import { dayText, momentText, share } from './timeline.ts';
import { titleText } from './titles.ts';
import { describe } from './words.ts';

export type Row = Record<string, unknown>;

/** `licence 0` is the service's deprecated number of the first. */
const licences: readonly string[] = [
  'ALL_RIGHTS_RESERVED',
  'ATTRIBUTION_NON_COMMERCIAL_SHARE_ALIKE',
  'ATTRIBUTION_NON_COMMERCIAL',
  'ATTRIBUTION_NON_COMMERCIAL_NO_DERIVS',
  'ATTRIBUTION',
  'ATTRIBUTION_SHARE_ALIKE',
  'ATTRIBUTION_NO_DERIVS',
];

export const aliases = [
  'duckduckgo',
  'duckduckgo_small',
  'gallery',
  'hd',
  'histogram',
  'real',
  'regular',
  'thumb',
] as const;
export type Alias = (typeof aliases)[number] | 'regular_sharpened' | 'hd_sharpened';

export interface RowMaker {
  images: Images;
  /** Where the site's pages are: `http://127.0.0.1:PORT/astrobin`. */
  site(): string;
}

const thousandths = (value: number): string => value.toFixed(3);

export const imageUri = (id: number): string => `/api/v1/image/${id}/`;

/** What stands for an image in the site's addresses. */
export const pageId = (images: Images, index: number): string =>
  images.hashOf(index) ?? String(index + 1);

/** As other resources name an image: without a slash at the end. */
const hashUri = (images: Images, index: number): string => `/api/v1/image/${pageId(images, index)}`;

const cdnOf = (site: string, folder: string, name: string): string =>
  `${site}/cdn/${folder}/${name}`;

/** A list whose order means nothing, as that of a set: another one at every answer. */
function unordered<T>(list: T[]): T[] {
  return Math.random() < 0.5 ? list : list.toReversed();
}

function urls(maker: RowMaker, index: number, label: string, names: readonly Alias[]): Row {
  const page = `${maker.site()}/${pageId(maker.images, index)}/${label}/rawthumb`;
  return Object.fromEntries(names.map((alias) => [`url_${alias}`, `${page}/${alias}/`]));
}

/** What a solver said, of an image or of its revision. */
function solutionFields(maker: RowMaker, index: number, label: string): Row {
  const { images } = maker;
  const status = images.statusOf(index);
  const solution = images.solutionOf(index);
  const file = (folder: string, extension: string): string | null =>
    solution === null
      ? null
      : cdnOf(maker.site(), folder, `${pageId(images, index)}_${label}.${extension}`);
  const isAdvanced = status === 'ADVANCED_SUCCESS';
  return {
    is_solved: isSolved(status),
    solution_status: status,
    ra: solution === null ? null : thousandths(solution.ra),
    dec: solution === null ? null : thousandths(solution.dec),
    pixscale: solution === null ? null : thousandths(solution.pixelScale),
    orientation: solution === null ? null : thousandths(solution.orientation),
    radius: solution === null ? null : thousandths(solution.radius),
    url_solution: file('solutions', 'jpg'),
    url_skyplot: file('skyplots', 'png'),
    url_advanced_skyplot: isAdvanced ? file('advanced-skyplots', 'png') : null,
    url_advanced_skyplot_small: isAdvanced ? file('advanced-skyplots-small', 'png') : null,
    url_advanced_solution: isAdvanced ? file('advanced-solutions', 'svg') : null,
  };
}

const collator = new Intl.Collator('en', { numeric: true });

/** Words for the objects in a solved field, sorted as people count: M 32 before M 110. */
export function subjectsOf(images: Images, index: number): string[] {
  return images
    .objectsIn(index)
    .flatMap((at) => skyObjects[at]?.names ?? [])
    .sort(collator.compare);
}

function cameras(images: Images, index: number): string[] {
  const { camera } = images.exposureOf(index);
  const hasSecond = share(mix(images.seed, 0x801), index) < 0.12;
  return unordered(hasSecond ? [camera.name, '24 MP DSLR, unmodified'] : [camera.name]);
}

function telescopes(images: Images, index: number): string[] {
  const { telescope } = images.exposureOf(index);
  const hasSecond = share(mix(images.seed, 0x802), index) < 0.12;
  return unordered(hasSecond ? [telescope.name, '90mm f/6 doublet refractor'] : [telescope.name]);
}

export function imageRow(maker: RowMaker, index: number): Row {
  const { images } = maker;
  const { timeline, people, seed } = images;
  const { width, height } = images.exposureOf(index);
  const owner = people.ownerOf(index);
  const words = describe(images, index);
  const draw = mix(mix(seed, 0x803), index);
  const license = draw % 3 === 0 ? (draw >>> 4) % licences.length : 0;
  const published = timeline.publishedAt(index);
  const revisions = revisionsOfImage(index);
  return {
    ...receptionOf(seed, index),
    ...solutionFields(maker, index, '0'),
    ...urls(maker, index, '0', aliases),
    animated: images.targetOf(index).family === 'planet' && draw % 23 === 0,
    data_source: images.dataSourceOf(index),
    description: words.bbcode ?? words.plain,
    h: height,
    hash: images.hashOf(index),
    id: index + 1,
    imaging_cameras: cameras(images, index),
    imaging_telescopes: telescopes(images, index),
    is_final: revisions.length === 0,
    license,
    license_name: licences[license],
    link: draw % 11 === 0 ? 'https://example.org' : null,
    link_to_fits: draw % 97 === 0 ? 'https://example.org/light.fits' : null,
    locations: placesOfUser(seed, owner)
      .slice(0, 1 + (draw % 2))
      .map((id) => `/api/v1/location/${id}/`),
    published: published === null ? null : momentText(published),
    remote_source: images.remoteSourceOf(index),
    resource_uri: imageUri(index + 1),
    revisions: revisions.map(({ id }) => `/api/v1/imagerevision/${id}/`),
    subjects: subjectsOf(images, index),
    title: titleText(images.titleNumberOf(index)),
    updated: momentText(timeline.updatedAt(index)),
    uploaded: momentText(timeline.uploadedAt(index)),
    user: people.nameOf(owner),
    w: width,
  };
}

export function revisionRow(maker: RowMaker, id: number): Row | null {
  const { images } = maker;
  const revision = revisionOf(images, id);
  if (revision === null) return null;
  const { image, order } = revision;
  const label = revisionLabel(order);
  const { width, height } = images.exposureOf(image);
  return {
    ...solutionFields(maker, image, label),
    ...urls(maker, image, label, [...aliases, 'regular_sharpened', 'hd_sharpened']),
    description: order === 0 ? '' : 'Less noise reduction, colours closer to nature.',
    h: height,
    id,
    image: imageUri(image + 1),
    is_final: order === revisionsOfImage(image).length - 1,
    label,
    resource_uri: `/api/v1/imagerevision/${id}/`,
    title: order === 0 ? '' : 'Reprocessed',
    uploaded: momentText(images.timeline.updatedAt(image) + order * 86_400_000_000),
    w: width,
  };
}

export function dayRow({ images }: RowMaker, id: number): Row {
  const pick = dayPick(images, id);
  const [first, second] = pick.runnersUp.map((one) => (one === null ? null : imageUri(one + 1)));
  return {
    date: dayText(pick.day),
    image: hashUri(images, pick.image),
    resource_uri: `/api/v1/imageoftheday/${id}/`,
    runnerup_1: first ?? null,
    runnerup_2: second ?? null,
  };
}

export function choiceRow({ images }: RowMaker, resource: string, choice: Choice, id: number): Row {
  const index = choice.imageOf(id);
  const published = images.timeline.publishedAt(index);
  return {
    date: published === null ? null : momentText(published),
    image: hashUri(images, index),
    resource_uri: `/api/v1/${resource}/${id}/`,
  };
}

export function collectionRow({ images }: RowMaker, id: number): Row | null {
  const found = collectionOf(images, id);
  if (found === null) return null;
  return {
    cover_thumbnail: null,
    date_created: dayText(found.created),
    date_updated: dayText(found.updated),
    description: found.description,
    id,
    images: found.images.map((index) => hashUri(images, index)),
    name: found.name,
    resource_uri: `/api/v1/collection/${id}/`,
    square_cropping: '',
    user: images.people.nameOf(found.user),
  };
}

export function locationRow(id: number): Row | null {
  const place = placeOf(id);
  return place === null ? null : { ...place, resource_uri: `/api/v1/location/${id}/` };
}
