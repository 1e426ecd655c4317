/** Runs in plain Node. AstroBin's images as records: for the library, the downloads, and the view of one record. */
import type { AstrobinImage, AstrobinPictures } from '#contract/astrobin.ts';
import {
  parseRef,
  type MediaKey,
  type MetadataField,
  type RecordCard,
  type RecordDetail,
  type RecordRef,
  type RecordRendition,
} from '#contract/domain.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import type { SavableOptions, SavableRecord } from '../downloads/plan/savable-record.ts';
import type { RenditionToSave } from '../downloads/new-download.ts';
import type { Answered, Manner } from '../http/documents.ts';
import type { SeenRecord } from '../records/seen-record.ts';
import type { AstrobinClient } from '../sources/astrobin/astrobin-client.ts';
import { creditLineOf, toSeenRecord } from '../sources/astrobin/record.ts';
import { licenceNoteOf } from './licence-note.ts';

export interface AstrobinRecordsDeps {
  client: AstrobinClient;
  ready(): Promise<void>;
  toCard(seen: SeenRecord): RecordCard;
  /** The key under which our own origin serves a picture of AstroBin. */
  sign(url: string): MediaKey;
}

/** The same surface as NASA's records, as far as it is about one record. */
export class AstrobinRecords {
  readonly #deps: AstrobinRecordsDeps;

  constructor(deps: AstrobinRecordsDeps) {
    this.#deps = deps;
  }

  async get(ref: RecordRef, signal: AbortSignal, manner?: Manner): Promise<RecordDetail> {
    return this.#toDetail(await this.image(ref, signal, manner));
  }

  async cached(ref: RecordRef): Promise<RecordDetail | null> {
    const kept = await this.keptImage(ref);
    return kept === null ? null : this.#toDetail(kept);
  }

  /** The service states no sizes, and asking for each would take from the day's requests. */
  async sizes(ref: RecordRef, signal: AbortSignal): Promise<RecordRendition[]> {
    return (await this.get(ref, signal)).renditions;
  }

  async snapshot(ref: RecordRef, signal: AbortSignal): Promise<SeenRecord> {
    // What was seen once is enough for a snapshot: each request counts.
    const known = await this.keptImage(ref);
    return toSeenRecord((known ?? (await this.image(ref, signal))).value);
  }

  async rendition(ref: RecordRef, name: string, signal: AbortSignal): Promise<RenditionToSave> {
    const { value: image } = await this.image(ref, signal);
    const { record } = toSeenRecord(image);
    const rendition = image.renditions.find((one) => one.name === name);
    if (rendition === undefined) throw noSuchFile(image, name);
    const licenceNote = licenceNoteOf(image.licence, image.user);
    return { record, rendition, creditLine: creditLineOf(record), licenceNote };
  }

  /** Sizes are never asked for: each request counts. */
  async savable(
    ref: RecordRef,
    _options: SavableOptions,
    signal: AbortSignal,
  ): Promise<SavableRecord> {
    const known = await this.keptImage(ref);
    const { value: image } = known ?? (await this.image(ref, signal));
    const { record } = toSeenRecord(image);
    return {
      ...{ record, renditions: image.renditions, captions: [] },
      creditLine: creditLineOf(record),
      licenceNote: licenceNoteOf(image.licence, image.user),
      refusal: image.licence.mayShare ? null : notInBulk(image),
    };
  }

  async image(
    ref: RecordRef,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinImage>> {
    await this.#deps.ready();
    return this.#deps.client.image(hashOf(ref), signal, manner);
  }

  keptImage(ref: RecordRef): Promise<Answered<AstrobinImage> | null> {
    return this.#deps.client.keptImage(hashOf(ref)).catch(() => null);
  }

  toCard(image: AstrobinImage): RecordCard {
    return this.#deps.toCard(toSeenRecord(image));
  }

  /** Keys for the addresses that are there. */
  pictures(urls: readonly (string | null)[]): AstrobinPictures {
    const given = urls.filter((url) => url !== null);
    return Object.fromEntries(given.map((url) => [url, this.#deps.sign(url)]));
  }

  #toDetail({ value: image, age }: Answered<AstrobinImage>): RecordDetail {
    const card = this.toCard(image);
    const { fields } = card.record;
    return {
      card,
      description: image.description,
      renditions: image.renditions.map((one) => ({ ...one, key: this.#deps.sign(one.url) })),
      metadata: Object.entries(fields).flatMap(([name, value]) => toField(name, value)),
      metadataDocument: fields,
      captions: [],
      missing: [],
      creditLine: creditLineOf(card.record),
      licenceNote: licenceNoteOf(image.licence, image.user),
      age,
    };
  }
}

function toField(name: string, value: unknown): MetadataField[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    const texts = value.filter((one) => one !== null).map(String);
    return texts.length === 0 ? [] : [{ name, value: texts.join(', '), isPrivate: false }];
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string);
  return [{ name, value: text, isPrivate: false }];
}

/** What a reference names. Throws 'not-found' for records of other archives. */
export function hashOf(ref: RecordRef): string {
  const parsed = parseRef(ref);
  if (parsed?.archive === 'astrobin') return parsed.id;
  throw new ArchiveError({
    code: 'not-found',
    message: `"${ref}" is not an image of AstroBin. Nothing was sent. Its reference begins with "astrobin:".`,
    retryable: false,
  });
}

/** AstroBin is for looking at others' work; what its licence does not let be shared is saved one by one. */
function notInBulk({ user, licence }: AstrobinImage): WireError {
  return {
    code: 'forbidden',
    message: `“${licence.title}” does not permit copies, so it is not saved in bulk. Open the image to save it for yourself, or ask ${user}.`,
    retryable: false,
  };
}

function noSuchFile({ title, renditions }: AstrobinImage, name: string): ArchiveError {
  const names = renditions.map((one) => one.name).join(', ');
  return new ArchiveError({
    code: 'not-found',
    message: `"${title}" has no file named "${name}". Nothing was fetched. It has: ${names || 'none'}.`,
    retryable: false,
  });
}
