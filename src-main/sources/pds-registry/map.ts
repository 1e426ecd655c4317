/** Runs in plain Node. Rows of the registry as products of the domain. */
import { toRef } from '#contract/domain.ts';
import type { PdsProduct, PdsProperty, PdsReference } from '#contract/pds.ts';
import { isOpenEnd, isoOrNull } from './dates.ts';
import { readFiles } from './files.ts';
import { levelOf, parseIdentifier, toLidvid } from './identifiers.ts';
import { firstOf, maybeText, type WireList, type WireRow } from './wire.ts';

const citation = 'pds:Citation_Information.pds:';
const provenance = 'ops:Provenance.ops:';

/** Descriptions that are of the product itself, best first; `description` holds all of the label's. */
const descriptionNames = [
  `${citation}description`,
  'pds:Bundle.pds:description',
  'pds:Collection.pds:description',
  'pds:Document.pds:description',
  'description',
];

export interface MappedList {
  products: PdsProduct[];
  /** Rows that could not be read, or name no product. */
  unreadable: number;
}

/** Maps what can be mapped. `base` is the service's address. */
export function toProducts(list: WireList, base: URL): MappedList {
  const mapped = list.rows.map((row) => toProduct(row, base));
  const products = mapped.filter((product) => product !== null);
  return { products, unreadable: list.unreadable + mapped.length - products.length };
}

/** One product; null where its row has no usable identifier. */
export function toProduct(row: WireRow, base: URL): PdsProduct | null {
  const own = identifierOf(row);
  if (own === null) return null;
  const { lid } = own;
  const lidvid = toLidvid(own);
  const productClass =
    maybeText(row.type) ??
    firstOf(row, 'product_class', 'pds:Identification_Area.pds:product_class');
  const level = levelOf(productClass, lid);
  const stop = maybeText(row.stop) ?? firstOf(row, 'pds:Time_Coordinates.pds:stop_date_time');
  const { files, unpaired } = readFiles(row, base);
  return {
    ref: toRef('pds-registry', lidvid),
    lidvid,
    lid,
    version: own.version,
    productClass,
    level,
    title:
      toProse(
        maybeText(row.title) ?? firstOf(row, 'title', 'pds:Identification_Area.pds:title'),
      )?.replaceAll('\n\n', ' ') ??
      (lid.split(':').at(-1) || lid),
    description: toProse(maybeText(row.description) ?? firstOf(row, ...descriptionNames)),
    start: isoOrNull(
      maybeText(row.start) ?? firstOf(row, 'pds:Time_Coordinates.pds:start_date_time'),
    ),
    stop: isOpenEnd(stop) ? null : isoOrNull(stop),
    isOpenEnded: isOpenEnd(stop),
    references: referencesOf(row),
    files,
    ...(unpaired.length === 0 ? {} : { unpaired }),
    labelUrl: files.find(({ role }) => role === 'label')?.url ?? null,
    supersededBy: identifiersIn(row, `${provenance}superseded_by`)[0] ?? null,
    parents: identifiersIn(
      row,
      `${provenance}${level === 'collection' ? 'parent_bundle' : 'parent_collection'}_identifier`,
    ),
    node: firstOf(row, 'ops:Harvest_Info.ops:node_name'),
    archiveStatus:
      maybeText(row.archiveStatus) ?? firstOf(row, 'ops:Tracking_Meta.ops:archive_status'),
    doi: doiOf(firstOf(row, `${citation}doi`)),
    properties: propertiesOf(row),
  };
}

/** The row's own identifier, else lid and vid put together; a vid that can't be read is dropped, as the registry does. */
function identifierOf(row: WireRow): { lid: string; version: string | null } | null {
  const own = parseIdentifier(row.id);
  if (own === null || own.version !== null) return own;
  if (row.id.includes('::')) return own;
  const stated = row.version ?? firstOf(row, 'vid', 'pds:Identification_Area.pds:version_id') ?? '';
  return parseIdentifier(`${own.lid}::${stated}`) ?? own;
}

function identifiersIn(row: WireRow, name: string): string[] {
  const ids = (row.properties.get(name) ?? []).flatMap((value) => {
    const own = parseIdentifier(maybeText(value) ?? '');
    return own === null ? [] : [toLidvid(own)];
  });
  return [...new Set(ids)];
}

/** Those that the answer lists, else those among the properties (few types list them). */
function referencesOf(row: WireRow): PdsReference[] {
  if (row.references.length > 0) return row.references;
  const listed: [string, PdsReference['role']][] = [
    ['ref_lid_investigation', 'investigation'],
    ['ref_lid_instrument_host', 'component'],
    ['ref_lid_instrument', 'component'],
    ['ref_lid_target', 'target'],
  ];
  return listed.flatMap(([name, role]) => identifiersIn(row, name).map((id) => ({ id, role })));
}

/** A DOI as it is cited: without an address or "doi:" before it. */
function doiOf(text: string | null): string | null {
  const doi = (text ?? '').replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '').trim();
  return /^10\.\d{4,9}\/\S{1,400}$/.test(doi) ? doi : null;
}

function propertiesOf(row: WireRow): PdsProperty[] {
  const properties: PdsProperty[] = [];
  for (const [name, list] of row.properties) {
    const values = list.filter((value) => value !== null);
    if (values.length > 0) properties.push({ name, values });
  }
  return properties.sort((first, second) => (first.name < second.name ? -1 : 1));
}

/** Labels indent their text: lines run on, blank lines part paragraphs. Null for nothing but blanks. */
function toProse(text: string | null): string | null {
  const paragraphs = (text ?? '')
    .split(/\n[^\S\n]*\n/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
  return paragraphs.length === 0 ? null : paragraphs.join('\n\n');
}
