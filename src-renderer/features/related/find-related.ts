/**
 * What a record has to do with the other archives, told from what it says itself: pure. Each offer is a search or a
 * record to open, with its reason in words; no archive is asked before one is opened.
 */
import type { ArchiveId, RecordDetail } from '#contract/domain.ts';
import { toRef } from '#contract/domain.ts';
import { relatedText } from '../../i18n/related.ts';
import type { Route } from '../../lib/deps.ts';
import { routeOfAstrobin } from '../astrobin-image/places.ts';
import { fieldValues, keywordsOf } from '../gallery/record-facts.ts';
import type { NamedReference } from '../pds/product-facts.ts';
import { separation } from '../sky/sky-projection.ts';
import { skyObjects } from '../sky/sky-objects.ts';
import type { Body } from './bodies.ts';
import { distinct, namesIn, type NamedObject, type Names } from './find-names.ts';

export interface Offer {
  archive: ArchiveId;
  label: string;
  reason: string;
  route: Route;
}

const nasa = (words: string, reason: string): Offer => ({
  archive: 'nasa-images',
  label: relatedText.nasaSearch(words),
  reason,
  route: { view: 'nasa', query: { q: words } },
});

function pdsTarget({ name, lid }: Body, reason: string): Offer {
  return {
    archive: 'pds-registry',
    label: relatedText.pdsTarget(name),
    reason,
    route: { view: 'pds', filter: lid === null ? { text: name } : { target: lid } },
  };
}

const pdsWords = (words: string, reason: string): Offer => ({
  archive: 'pds-registry',
  label: relatedText.pdsWords(words),
  reason,
  route: { view: 'pds', filter: { text: words } },
});

const astrobinSubject = ({ name }: NamedObject, reason: string): Offer => ({
  archive: 'astrobin',
  label: relatedText.astrobinSubject(name),
  reason,
  route: routeOfAstrobin({ kind: 'subject', subject: name }),
});

const astrobinTitle = (name: string, reason: string): Offer => ({
  archive: 'astrobin',
  label: relatedText.astrobinTitle(name),
  reason,
  route: routeOfAstrobin({ kind: 'title', text: name }),
});

/** What people search NASA for: `Andromeda Galaxy` rather than `M 31`. */
const wordsFor = ({ name, object }: NamedObject): string => object?.title ?? name;

const picturesOf = ({ pictures }: Names, own: string): Offer[] =>
  pictures
    .filter((id) => id !== own)
    .map((id) => ({
      archive: 'nasa-images',
      label: relatedText.picture(id),
      reason: relatedText.namesPicture(id),
      route: { view: 'record', ref: toRef('nasa-images', id), from: null },
    }));

const finished = (offers: readonly Offer[]): Offer[] =>
  distinct(offers, ({ label }) => label).slice(0, 40);

/** For a record of NASA or of AstroBin. */
export function relatedOf(detail: RecordDetail): Offer[] {
  return detail.card.record.archive === 'astrobin' ? ofImage(detail) : ofNasa(detail);
}

function ofNasa({ card }: RecordDetail): Offer[] {
  const { record } = card;
  const text = `${record.title}\n${record.description ?? ''}`;
  const names = namesIn({ text, terms: keywordsOf(card) });
  return finished([
    ...picturesOf(names, record.id),
    ...names.objects.map((one) => astrobinSubject(one, relatedText.sameObject(one.name))),
    ...names.bodies.flatMap((body) => [
      pdsTarget(body, relatedText.names(body.name)),
      astrobinTitle(body.name, relatedText.names(body.name)),
    ]),
    ...names.missions.map(({ name, words }) => pdsWords(words, relatedText.namesMission(name))),
  ]);
}

/** Objects offered of a field, those nearest to its middle first. */
const mostOfField = 4;

function ofImage({ card }: RecordDetail): Offer[] {
  const { record } = card;
  const text = `${record.title}\n${record.description ?? ''}`;
  const subjects = fieldValues(card, 'subjects');
  const names = namesIn({ text, terms: [] });
  const named = namesIn({ text: '', terms: subjects }).objects;
  const known = new Set([...named, ...names.objects].map(({ name }) => name));
  const field = objectsInField(record.fields).filter(({ name }) => !known.has(name));
  const object = (one: NamedObject, reason: string): Offer[] => [
    nasa(wordsFor(one), reason),
    astrobinSubject(one, reason),
  ];
  const same = distinct([...names.objects, ...named], ({ name }) => name);
  return finished([
    ...picturesOf(names, record.id),
    ...same.flatMap((one) => object(one, relatedText.sameObject(one.name))),
    ...field.slice(0, mostOfField).flatMap((one) => object(one, relatedText.inField(one.name))),
    ...names.bodies.flatMap((body) => [
      nasa(body.name, relatedText.names(body.name)),
      pdsTarget(body, relatedText.names(body.name)),
    ]),
  ]);
}

/** Objects of our table within the radius of a solved image. */
function objectsInField(fields: Record<string, unknown>): NamedObject[] {
  const { ra, dec, radius } = fields;
  if (typeof ra !== 'number' || typeof dec !== 'number' || typeof radius !== 'number') return [];
  const middle = { ra, dec };
  return skyObjects
    .map((object) => ({ object, name: object.names[0] ?? '', away: separation(middle, object) }))
    .filter(({ away }) => away <= radius)
    .sort((one, other) => one.away - other.away);
}

/** Kinds of targets that somebody would look for in a library of pictures: no calibration lamps, no laboratories. */
const bodyKinds =
  /:target:(?:planet|satellite|dwarf_planet|asteroid|comet|ring|star|centaur|trans-neptunian_object)\./;

/** For a product of the registry, by what it names as its targets and missions. */
export function relatedOfProduct(product: {
  text: string;
  targets: readonly NamedReference[];
  missions: readonly NamedReference[];
}): Offer[] {
  const names = namesIn({ text: product.text, terms: [] });
  return finished([
    ...picturesOf(names, ''),
    ...product.targets
      .filter(({ id, name }) => bodyKinds.test(id) && name.trim() !== '')
      .map(({ name }) => name.replace(/^\(\d+\)\s*/, ''))
      .flatMap((name) => [
        nasa(name, relatedText.sameTarget(name)),
        astrobinTitle(name, relatedText.sameTarget(name)),
      ]),
    ...product.missions
      .filter(({ name }) => name.trim() !== '')
      .map(({ name }) => nasa(name, relatedText.sameMission(name))),
  ]);
}
