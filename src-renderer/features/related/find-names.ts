/** What a record's words name: bodies, missions, objects of the catalogues, pictures by number. Pure. */
import { designationOf, objectNamed, skyObjects, type SkyObject } from '../sky/sky-objects.ts';
import { bodies, type Body } from './bodies.ts';
import { missions, type Mission } from './missions.ts';

export interface Words {
  /** Running text: title and description. */
  text: string;
  /** Single terms that an archive gives: keywords, subjects. */
  terms: readonly string[];
}

export interface Names {
  bodies: Body[];
  missions: Mission[];
  objects: NamedObject[];
  /** `PIA24439`. */
  pictures: string[];
}

/** An object by its usual name, `M 31`; `object` where our table has it. */
export interface NamedObject {
  name: string;
  object: SkyObject | null;
}

/** More text than this is not looked through. */
const longest = 20_000;

export function namesIn({ text, terms }: Words): Names {
  const whole = text.slice(0, longest);
  const objects = objectsIn(whole, terms);
  const bare = withoutTitles(whole);
  return {
    bodies: bodies.filter((body) => isNamed(body, bare, terms)),
    missions: distinct(
      missions.filter((mission) => isMeant(mission, bare, terms)),
      ({ name }) => name,
    ),
    objects,
    pictures: picturesIn([whole, ...terms].join('\n')),
  };
}

const joined = (text: string, terms: readonly string[]): string => [text, ...terms].join('\n');

function isNamed({ name, written, others, company }: Body, text: string, terms: readonly string[]) {
  const rest = others === null ? text : text.replaceAll(others, ' ');
  const hasOthers = rest !== text;
  // A keyword says no more than the word; where the text means something else by it, so does the keyword.
  const isTerm = !hasOthers && terms.some((term) => term.trim() === name);
  if (!written.test(rest) && !isTerm) return false;
  return company === null || company.test(joined(text, terms));
}

function isMeant({ written, company }: Mission, text: string, terms: readonly string[]): boolean {
  const all = joined(text, terms);
  return written.test(all) && (company === null || company.test(all));
}

/** A text with these words is about the sky, so that "M 16" is no rifle and "IC 555" no circuit. */
const aboutSky =
  /\b(?:galax(?:y|ies)|nebulae?|nebulas|globular|star cluster|open cluster|supernova|Messier|light[- ]years?|constellation|starburst|quasar)\b/i;
const catalogued = /\b(Messier|M|NGC|IC)[ -]?(\d{1,4})\b(?![-./]?\d|-[A-Z])/g;

function objectsIn(text: string, terms: readonly string[]): NamedObject[] {
  const found: NamedObject[] = [];
  const add = (name: string): void => {
    const designation = designationOf(name);
    const object = objectNamed(name);
    const usual = object?.names[0] ?? designation;
    if (usual !== null && usual !== undefined) found.push({ name: usual, object });
  };
  for (const term of terms) if (isSafeTerm(term, text)) add(term);
  for (const [, catalogue = '', number = ''] of text.matchAll(catalogued)) {
    const isCertain = catalogue === 'Messier' || catalogue === 'NGC';
    if (isCertain || aboutSky.test(text)) add(`${catalogue} ${number}`);
  }
  for (const { title, names } of skyObjects) {
    if (title !== null && titleOf(title).test(text)) add(names[0] ?? '');
  }
  return distinct(found, ({ name }) => name);
}

/** "M5" as a keyword may be anything; with blanks, as catalogues have it, or about the sky, it is not. */
function isSafeTerm(term: string, text: string): boolean {
  if (designationOf(term) === null) return objectNamed(term) !== null;
  return /^(?:Messier|NGC)/i.test(term) || /^M \d/.test(term) || aboutSky.test(text);
}

const titles = new Map<string, RegExp>();

/** As it is written, with either apostrophe; the Pleiades are a computer too. */
function titleOf(title: string): RegExp {
  const known = titles.get(title);
  if (known !== undefined) return known;
  const pattern = title.replaceAll('’', "['’]");
  const made = new RegExp(`\\b${pattern}\\b(?! (?:super)?computer| system| node)`);
  titles.set(title, made);
  return made;
}

/** Without objects that are called after a planet: the Saturn Nebula is not Saturn. */
function withoutTitles(text: string): string {
  let rest = text;
  for (const { title } of skyObjects) {
    if (title !== null && /Saturn|Jupiter/.test(title)) rest = rest.replaceAll(title, ' ');
  }
  return rest;
}

function picturesIn(text: string): string[] {
  const found = [...text.matchAll(/\bPIA[ -]?(\d{5})\b/g)].map(([, number]) => `PIA${number}`);
  return [...new Set(found)];
}

export function distinct<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const one of all) if (!seen.has(keyOf(one))) seen.set(keyOf(one), one);
  return [...seen.values()];
}
