/**
 * Runs anywhere; pure. The names that queries may use, made ready for looking up, suggesting and completing. The registry
 * has up to 20,000 of them.
 */
import type { PdsPropertyType } from '../pds.ts';
import { lettersOf } from './edit-distance.ts';
import { dotted } from './field-name.ts';

/** An attribute or a class in small letters, without its namespace; many properties share one. */
export class NamePart {
  readonly text: string;
  #words: readonly string[] | null = null;
  #letters: number | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** Between underscores. Made when a suggestion first asks: an index is built before the window shows a thing. */
  get words(): readonly string[] {
    return (this.#words ??= this.text.split('_'));
  }

  /** See `lettersOf`. */
  get letters(): number {
    return (this.#letters ??= lettersOf(this.text));
  }
}

/** `pds:Time_Coordinates.pds:start_date_time` has a class and an attribute; of `lid` the class is empty. */
export interface NameParts {
  /** With ".", in small letters. */
  whole: string;
  className: NamePart;
  attribute: NamePart;
}

export interface IndexedProperty extends NameParts {
  property: PdsPropertyType;
}

export interface PropertyIndex {
  /** In the order of their names. */
  properties: readonly IndexedProperty[];
  /** By name with "."; in the letters that the registry uses, as it tells capitals from small letters. */
  byName: ReadonlyMap<string, PdsPropertyType>;
}

/**
 * Every product has these, whether `/properties` lists them or not. Their types are the service's own affair, so nothing
 * is said of values.
 */
const always = [
  'lid',
  'lidvid',
  'vid',
  'title',
  'description',
  'product_class',
  'alternate_ids',
  '_package_id',
  'ref_lid_instrument',
  'ref_lid_instrument_host',
  'ref_lid_investigation',
  'ref_lid_target',
];

/** Longest name that is taken from the registry; UTF-16 units. */
const longestName = 500;

/** Built once per answer of `/properties`, which may be bad: names come once, empty and endless ones not at all. */
export function indexProperties(properties: readonly PdsPropertyType[]): PropertyIndex {
  const byName = new Map<string, PdsPropertyType>();
  for (const name of always) byName.set(name, { name, type: 'unsupported' });
  for (const property of properties) {
    const name = dotted(property.name);
    if (name !== '' && name.length <= longestName) byName.set(name, { name, type: property.type });
  }
  const parts = new Map<string, NamePart>();
  const list: IndexedProperty[] = [];
  for (const name of [...byName.keys()].sort()) {
    const property = byName.get(name);
    if (property !== undefined) list.push({ property, ...namePartsOf(name, parts) });
  }
  return { byName, properties: list };
}

/** Takes a name apart at its last "." or "/", and each part after its ":". `known`: parts that are shared. */
export function namePartsOf(name: string, known = new Map<string, NamePart>()): NameParts {
  const whole = dotted(name).toLowerCase();
  const cut = whole.lastIndexOf('.');
  const part = (text: string): NamePart => {
    const local = text.slice(text.lastIndexOf(':') + 1);
    const kept = known.get(local);
    if (kept !== undefined) return kept;
    const fresh = new NamePart(local);
    known.set(local, fresh);
    return fresh;
  };
  return {
    whole,
    className: part(whole.slice(0, Math.max(0, cut))),
    attribute: part(whole.slice(cut + 1)),
  };
}

/** The registry's entry for a name that is written with "." or "/"; null where it has none. */
export function findProperty(index: PropertyIndex, name: string): PdsPropertyType | null {
  return index.byName.get(dotted(name)) ?? null;
}
