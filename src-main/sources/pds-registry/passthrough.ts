/**
 * Runs in plain Node. One request of which every answer is wanted as it is: any status, any type, bounded. No retries
 * and no cache: for detection, health, and the terminal's `pds get`.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';

export interface RawAnswer {
  status: number;
  contentType: string | null;
  body: Buffer;
  /** Address after redirects. */
  url: string;
}

/** The largest answer that is taken: a full page of products with blobs. */
const mostBytes = 64 * 1024 * 1024;

/** Asks. Throws `ArchiveError` when no answer comes, or it is longer than allowed. */
export async function askRaw(
  http: HttpClient,
  url: string,
  accept: string,
  signal: AbortSignal,
  maxBytes = mostBytes,
): Promise<RawAnswer> {
  const headers = { accept };
  const answer = await http.open({ url, lane: 'pds-api', signal, headers });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      answer.body.destroy();
      throw new ArchiveError({
        code: 'bad-answer',
        message: `The PDS registry sent more than ${String(Math.round(maxBytes / 1024 / 1024))} MB. Nothing was lost. Ask for fewer products at a time, with limit.`,
        retryable: false,
      });
    }
    chunks.push(chunk);
  }
  return {
    status: answer.status,
    contentType: answer.headers['content-type'] ?? null,
    body: Buffer.concat(chunks),
    url: answer.url,
  };
}
