/**
 * Runs in the page, pure. Identifiers of PDS4 as a person types them and as they are shown. What is copied and what is
 * asked for is always the whole.
 */
import { compareVersions, isVersion } from '#contract/pds-versions.ts';

/** What is wrong with a typed identifier, before anything is asked. */
export type IdentifierMistake =
  /** Does not begin with `urn:`. */
  | { kind: 'no-urn' }
  /** Fewer than four parts: `urn:nasa:pds` names no product. */
  | { kind: 'few-parts'; parts: number }
  /** More than six. */
  | { kind: 'many-parts'; parts: number }
  /** Two colons in a row within the lid, or one at its end. */
  | { kind: 'empty-part' }
  | { kind: 'sign'; sign: string }
  /** What follows `::` is not `M.m`. */
  | { kind: 'version'; text: string };

export interface Identifier {
  lid: string;
  /** `M.m`, or null for a lid, which stands for its newest version. */
  version: string | null;
}

export type IdentifierReading =
  { ok: true; id: Identifier } | { ok: false; mistake: IdentifierMistake };

const fewestParts = 4;
const mostParts = 6;
/** The registry's own rule is narrower (small letters); some archived products break it. */
const oddSign = /[^A-Za-z0-9._~-]/;

/** Reads a lid (`urn:nasa:pds:bundle[:collection[:product]]`) or lidvid (`lid::M.m`). */
export function readIdentifier(text: string): IdentifierReading {
  const refuse = (mistake: IdentifierMistake): IdentifierReading => ({ ok: false, mistake });
  const typed = text.trim();
  if (!/^urn:/i.test(typed)) return refuse({ kind: 'no-urn' });
  const at = typed.indexOf('::');
  const lid = at < 0 ? typed : typed.slice(0, at);
  const version = at < 0 ? null : typed.slice(at + 2);
  const parts = lid.split(':');
  if (parts.includes('')) return refuse({ kind: 'empty-part' });
  if (parts.length < fewestParts) return refuse({ kind: 'few-parts', parts: parts.length });
  if (parts.length > mostParts) return refuse({ kind: 'many-parts', parts: parts.length });
  const sign = oddSign.exec(parts.join(''))?.[0];
  if (sign !== undefined) return refuse({ kind: 'sign', sign });
  if (version !== null && !isVersion(version)) {
    return refuse({ kind: 'version', text: version });
  }
  return { ok: true, id: { lid, version } };
}

/** Without its version, where it has one. */
export function lidOf(id: string): string {
  const at = id.indexOf('::');
  return at < 0 ? id : id.slice(0, at);
}

/** The last part of a lid, which is what people call a product. */
export function tailOf(id: string): string {
  const lid = lidOf(id);
  return lid.slice(lid.lastIndexOf(':') + 1);
}

/** What nearly every identifier of the registry begins with. */
const sharedPrefix = 'urn:nasa:pds:';

/** Without the prefix that all rows share: `insight_rad:data_derived`. Those of other agencies stay whole. */
export function shortIdentifier(id: string): string {
  return id.startsWith(sharedPrefix) && id.length > sharedPrefix.length
    ? id.slice(sharedPrefix.length)
    : id;
}

/**
 * What is new in an identifier below that of its parent: `hp3_rad_der_00122` in `…:data_derived`. A member that is
 * named after another bundle or collection (a secondary one) keeps all but the shared prefix, and a version that the
 * row shows elsewhere is left out.
 *
 * @param id lid or lidvid
 * @param parent lid or lidvid of the row above; null at the first level
 */
export function identifierIn(id: string, parent: string | null): string {
  const lid = lidOf(id);
  const above = parent === null ? '' : `${lidOf(parent)}:`;
  return above !== '' && lid.startsWith(above) && lid.length > above.length
    ? lid.slice(above.length)
    : shortIdentifier(lid);
}

/** Signs of an ending that stay in sight; with a version, a number or an extension in it. */
const endingSigns = 12;
const longestEnding = 20;

/** Where an identifier is cut when there is little room: its beginning gives way, its ending stays. */
export function splitIdentifier(text: string): { head: string; tail: string } {
  const signs = [...text];
  if (signs.length <= endingSigns + 4) return { head: text, tail: '' };
  const versionAt = text.lastIndexOf('::');
  const version = versionAt === -1 ? 0 : [...text.slice(versionAt)].length;
  const wanted = Math.min(longestEnding, endingSigns + Math.min(version, longestEnding));
  const tail = Math.min(wanted, Math.floor(signs.length / 2));
  return {
    head: signs.slice(0, signs.length - tail).join(''),
    tail: signs.slice(signs.length - tail).join(''),
  };
}

/**
 * The name in a context product's lid: `…:context:target:planet.mars` -> `Mars`. An instrument's holds its host
 * before or after a dot, which nothing tells apart, so both stay.
 */
export function contextName(id: string): string {
  const tail = tailOf(id);
  const isInstrument = lidOf(id).split(':').at(-2) === 'instrument';
  const bare = isInstrument ? tail : tail.slice(tail.indexOf('.') + 1);
  const name = bare.replaceAll(/[_.]+/g, ' ').trim();
  return name === '' ? tail : name.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

/**
 * Which versions are not the newest, as far as rows told: a registry that lists all versions does not always say
 * what superseded which.
 */
export class NewestVersions {
  readonly #newest = new Map<string, string>();

  /** Learns of a row. True where that makes another row, seen before, an older one. */
  note({ lid, version }: { lid: string; version: string | null }): boolean {
    if (version === null) return false;
    const known = this.#newest.get(lid);
    if (known !== undefined && compareVersions(version, known) <= 0) return false;
    this.#newest.set(lid, version);
    return known !== undefined;
  }

  isOld(product: { lid: string; version: string | null; supersededBy: string | null }): boolean {
    if (product.supersededBy !== null) return true;
    const newest = this.#newest.get(product.lid);
    return newest !== undefined && compareVersions(product.version, newest) < 0;
  }
}
