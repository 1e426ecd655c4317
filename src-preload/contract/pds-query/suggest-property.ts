/** Runs anywhere; pure. Names of the registry that a mistyped one was most likely meant for. */
import type { PdsPropertyType } from '../pds.ts';
import { editDistance, mayBeNear } from './edit-distance.ts';
import type { IndexedProperty, NamePart, NameParts, PropertyIndex } from './property-index.ts';
import { namePartsOf } from './property-index.ts';

/** The attribute says what is asked for, the class only where it stands. */
const attributeShare = 0.7;
/** A name that costs more has too little in common; 0 is the same name. Less than an attribute with nothing shared. */
const mostCost = 0.65;
/** Nobody means a name by so long a text; UTF-16 units. */
const longestWanted = 300;

/** Up to `limit` names, the nearest first: by shared class and attribute, by letters apart, by common words. */
export function suggestProperties(
  name: string,
  index: PropertyIndex,
  limit = 3,
): PdsPropertyType[] {
  if (name.length > longestWanted) return [];
  const wanted = namePartsOf(name);
  const attributes = new Map<NamePart, number>();
  const classes = new Map<NamePart, number>();
  const near: { property: IndexedProperty; cost: number }[] = [];
  for (const property of index.properties) {
    const attribute =
      attributeShare *
      kept(attributes, property.attribute, (part) => costOf(wanted.attribute, part));
    if (attribute > mostCost) continue;
    const total =
      attribute + kept(classes, property.className, (part) => classCost(wanted.className, part));
    if (total <= mostCost) near.push({ property, cost: total + namespaceCost(wanted, property) });
  }
  near.sort((a, b) => a.cost - b.cost || a.property.whole.length - b.property.whole.length);
  return near.slice(0, limit).map(({ property }) => property.property);
}

/** Classes and attributes come again and again; each is looked at once. */
function kept(
  costs: Map<NamePart, number>,
  part: NamePart,
  make: (part: NamePart) => number,
): number {
  let cost = costs.get(part);
  if (cost === undefined) costs.set(part, (cost = make(part)));
  return cost;
}

function classCost(wanted: NamePart, known: NamePart): number {
  // Who writes the attribute only leaves the class open.
  if (wanted.text === '') return known.text === '' ? 0 : 0.1;
  return (1 - attributeShare) * costOf(wanted, known);
}

/** Names that differ in their namespaces or capitals only are nearly the same. */
function namespaceCost(wanted: NameParts, known: NameParts): number {
  return wanted.whole === known.whole ? 0 : 0.01;
}

/** 0 for the same word, up to 1 for one that has nothing in common. */
function costOf(wanted: NamePart, known: NamePart): number {
  if (wanted.text === known.text) return 0;
  if (wanted.text === '' || known.text === '') return 1;
  const longer = Math.max(wanted.text.length, known.text.length);
  const most = Math.floor(longer / 3);
  const letters = mayBeNear(wanted.letters, known.letters, most)
    ? editDistance(wanted.text, known.text, most)
    : most + 1;
  const byLetters = letters > most ? 1 : (letters / longer) * 1.5;
  return Math.min(byLetters, costByWords(wanted, known));
}

/** By words between underscores: `start_time` and `start_date_time` differ by one, `md5` begins `md5_checksum`. */
function costByWords(wanted: NamePart, known: NamePart): number {
  const { text } = wanted;
  const isPart = known.text.endsWith(`_${text}`) || known.text.startsWith(`${text}_`);
  if (text.length >= 3 && isPart) return 0.3;
  const shared = wanted.words.filter(
    (word) => word.length > 1 && known.words.includes(word),
  ).length;
  if (shared === 0) return 1;
  const total = Math.max(wanted.words.length, known.words.length);
  const sameEnd = wanted.words.at(-1) === known.words.at(-1) ? 0.1 : 0;
  return Math.max(0.2, 1 - shared / total - sameEnd);
}
