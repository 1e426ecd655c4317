/**
 * Runs in plain Node. Products of the registry as records, for what all archives share: everything known of one, its
 * files for the downloads, a snapshot for the library.
 */
import type {
  ArchiveRecord,
  MetadataField,
  RecordCard,
  RecordDetail,
  RecordRef,
  RecordRendition,
  Rendition,
} from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { SavableOptions, SavableRecord } from '../downloads/plan/savable-record.ts';
import type { PdsFile, PdsProduct } from '#contract/pds.ts';
import type { Manner } from '../http/documents.ts';
import type { SeenRecord } from '../records/seen-record.ts';
import type { PdsRegistryClient } from '../sources/pds-registry/client.ts';
import { toRecord } from '../sources/pds-registry/record.ts';
import { citationOf } from './citation.ts';
import { pdsIdOf } from './listing-target.ts';

export interface PdsRecordsDeps {
  client: PdsRegistryClient;
  toCard(seen: SeenRecord): RecordCard;
}

/** The same surface as NASA's records, as far as it is about one record. */
export class PdsRecords {
  readonly #client: PdsRegistryClient;
  readonly #toCard: (seen: SeenRecord) => RecordCard;

  constructor({ client, toCard }: PdsRecordsDeps) {
    this.#client = client;
    this.#toCard = toCard;
  }

  async get(ref: RecordRef, signal: AbortSignal, manner?: Manner): Promise<RecordDetail> {
    const { value, age } = await this.#client.product(pdsIdOf(ref), signal, manner);
    return this.#toDetail(value, age);
  }

  async cached(ref: RecordRef): Promise<RecordDetail | null> {
    const kept = await this.#client.keptProduct(pdsIdOf(ref));
    return kept === null ? null : this.#toDetail(kept.value, kept.age);
  }

  async sizes(ref: RecordRef, signal: AbortSignal): Promise<RecordRendition[]> {
    return (await this.get(ref, signal)).renditions;
  }

  async snapshot(ref: RecordRef, signal: AbortSignal): Promise<SeenRecord> {
    return toSeen((await this.#client.product(pdsIdOf(ref), signal)).value);
  }

  async rendition(
    ref: RecordRef,
    name: string,
    signal: AbortSignal,
  ): Promise<{ record: ArchiveRecord; rendition: Rendition; creditLine: string }> {
    const { value: product } = await this.#client.product(pdsIdOf(ref), signal);
    const files = product.files.filter(({ reach }) => reach !== 'dead');
    const file = files.find((one) => one.name === name);
    if (file === undefined) throw noSuchFile(product, name, files);
    return {
      record: toRecord(product),
      rendition: toRendition(file),
      creditLine: creditLineOf(product),
    };
  }

  /** Files that cannot be had are named all the same, so that a plan can say so. */
  async savable(
    ref: RecordRef,
    _options: SavableOptions,
    signal: AbortSignal,
  ): Promise<SavableRecord> {
    const { value: product } = await this.#client.product(pdsIdOf(ref), signal);
    return {
      record: toRecord(product),
      renditions: product.files.map((file) =>
        file.reach === 'dead' ? { ...toRendition(file), url: '' } : toRendition(file),
      ),
      ...{ captions: [], creditLine: creditLineOf(product), licenceNote: null, refusal: null },
    };
  }

  #toDetail(product: PdsProduct, age: RecordDetail['age']): RecordDetail {
    const { description, properties } = product;
    return {
      card: this.#toCard(toSeen(product)),
      description:
        description === null
          ? []
          : [{ kind: 'paragraph', children: [{ kind: 'text', text: description }] }],
      renditions: product.files.map((file) => ({ ...toRendition(file), key: null })),
      metadata: properties.flatMap<MetadataField>(({ name, values }) =>
        values.map((value) => ({ name, value, isPrivate: false })),
      ),
      metadataDocument: Object.fromEntries(properties.map(({ name, values }) => [name, values])),
      captions: [],
      missing: [],
      creditLine: creditLineOf(product),
      licenceNote: null,
      age,
    };
  }
}

/** The product's own citation, else what identifies it. */
function creditLineOf(product: PdsProduct): string {
  return citationOf(product) ?? `NASA Planetary Data System, ${product.lidvid}`;
}

function toSeen(product: PdsProduct): SeenRecord {
  const record = toRecord(product);
  const { preview, title } = record;
  return {
    record,
    thumb: preview === null ? null : { url: preview, width: null, height: null },
    alt: title,
  };
}

/** An http address is asked as https, except where its md5 is what proves it. */
function toRendition({ name, url, reach, bytes, mime, checksum }: PdsFile): Rendition {
  const address = reach === 'upgraded' ? url.replace(/^http:/i, 'https:') : url;
  return { name, url: address, bytes, width: null, height: null, mime, checksum };
}

function noSuchFile(product: PdsProduct, name: string, files: readonly PdsFile[]): ArchiveError {
  const known = files
    .slice(0, 20)
    .map((file) => file.name)
    .join(', ');
  return new ArchiveError({
    code: 'not-found',
    message: `${product.lidvid} has no file "${name}" that can be had. Nothing was saved. ${known === '' ? 'The registry names none.' : `It has ${known}.`}`,
    retryable: false,
  });
}
