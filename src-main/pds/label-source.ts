/**
 * Runs in plain Node. Where the bytes of a product's label come from: the archive's own file, else the copy that the
 * registry keeps. Small labels go through the cache, so that what was seen is there without a network.
 */
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { PdsFile, PdsProduct } from '#contract/pds.ts';
import type { LabelBytes } from '../formats/label/label-feed.ts';
import type { Documents } from '../http/documents.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { PdsRegistryClient } from '../sources/pds-registry/client.ts';
import { pdsIdOf } from './listing-target.ts';

export interface LabelSourceDeps {
  http: HttpClient;
  documents: Documents;
  client: PdsRegistryClient;
}

/** Larger ones stream past the cache. */
const keptMaxBytes = 8 * 1024 * 1024;

/**
 * The label of a product, on its way. Throws `ArchiveError` ('not-found') where the registry knows no label, and the
 * file's own error where neither file nor copy can be had.
 */
export async function openLabelSource(
  deps: LabelSourceDeps,
  ref: RecordRef,
  signal: AbortSignal,
): Promise<LabelBytes> {
  const { value: product } = await deps.client.product(pdsIdOf(ref), signal);
  const file = product.files.find(({ role }) => role === 'label');
  let failure: unknown = null;
  if (file !== undefined && file.reach !== 'dead') {
    try {
      return await fromFile(deps, file, product, signal);
    } catch (error) {
      if (!(error instanceof ArchiveError) || isCancelled(error)) throw error;
      failure = error;
    }
  }
  try {
    return await fromRegistry(deps, product, signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    throw failure ?? error;
  }
}

async function fromFile(
  { http, documents }: LabelSourceDeps,
  { url, name, bytes, reach }: PdsFile,
  product: PdsProduct,
  signal: AbortSignal,
): Promise<LabelBytes> {
  // http is only tried as https: a label that anyone could change on its way is not shown as the archive's.
  const address = reach === 'ok' ? url : url.replace(/^http:/i, 'https:');
  if (bytes !== null && bytes <= keptMaxBytes) {
    const question = {
      url: address,
      lane: 'pds-files',
      kind: 'record',
      subject: product.ref,
      format: 'bytes',
      maxBytes: keptMaxBytes,
      absence: { thing: 'label', hint: 'The registry names a file that is not there any more.' },
      read: (body: Buffer) => body,
    } as const;
    const { value, age } = await documents.ask(question, signal);
    return { fileName: name, bytesPromised: value.length, age, chunks: [value] };
  }
  const answer = await http.open({ url: address, lane: 'pds-files', signal });
  if (answer.status !== 200) {
    answer.body.destroy();
    throw new ArchiveError({
      code: answer.status === 404 ? 'not-found' : 'unavailable',
      message: `The label’s file answered with status ${String(answer.status)}. Nothing was lost. Try again in a while.`,
      retryable: answer.status !== 404,
    });
  }
  const promised = Number(answer.headers['content-length'] ?? Number.NaN);
  return {
    fileName: name,
    bytesPromised: Number.isSafeInteger(promised) ? promised : null,
    chunks: answer.body as AsyncIterable<Buffer>,
  };
}

async function fromRegistry(
  { client }: LabelSourceDeps,
  { lidvid, lid }: PdsProduct,
  signal: AbortSignal,
): Promise<LabelBytes> {
  const { value, age } = await client.label(lidvid, signal);
  const bytes = Buffer.from(value);
  const fileName = `${lid.slice(lid.lastIndexOf(':') + 1)}.xml`;
  return { fileName, bytesPromised: bytes.length, age, chunks: [bytes] };
}
