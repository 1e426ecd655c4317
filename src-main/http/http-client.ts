/**
 * Runs in plain Node. The one door to the network: every source, the cache and the downloads go through
 * it, so that no caller can forget the governor, the policy, the limits or the redaction.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { SecretQuery } from './secret-query.ts';

/** A pace of the governor: one archive's API, or its file hosts (architecture, section 5). */
export type Lane = 'nasa-api' | 'nasa-files' | 'pds-api' | 'pds-files' | 'astrobin';

export interface HttpRequest {
  url: string;
  lane: Lane;
  signal: AbortSignal;
  headers?: Record<string, string>;
  method?: 'GET' | 'HEAD';
  /** What a 404 says is not there, and what to check; a record or a file unless told otherwise. */
  absence?: { thing: string; hint: string } | undefined;
  /** True where something kept is shown when no answer comes: it gives up soon, so that it is shown soon. */
  hasStandIn?: boolean;
  /** True where a person asked anew: an archive that did not answer is asked now, not when its pause ends. */
  isAskedAnew?: boolean;
  /** Reads the archive's own words in the body of an error, where they are not in one of the usual places. */
  words?: ReadWords | undefined;
  /** Tries in all; 1 where the caller asks again in its own way (a smaller page after a 504). Usually three. */
  tries?: number | undefined;
}

/** A request for a whole document, which may carry what only the archive may read. */
export interface DocumentRequest extends HttpRequest {
  /**
   * Put on the address at the very last moment and sent to the first address's origin alone. What is answered,
   * thrown and logged has the address without it, and bodies without its values.
   */
  secretQuery?: SecretQuery | undefined;
}

/** The archive's own words in the body of an error; null where it gave none. */
export type ReadWords = (body: Buffer, contentType: string | null) => string | null;

export interface JsonAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Address after redirects. */
  url: string;
  body: unknown;
}

/** A whole body, unpacked but not read. */
export interface BytesAnswer {
  /** 304 only where the request was conditional; the body is then empty. */
  status: 200 | 304;
  headers: IncomingHttpHeaders;
  /** Address after redirects. */
  url: string;
  bytes: Buffer;
  /** For "Copy details": request line, status and duration, redacted. */
  detail: string;
}

/** A body that is still arriving, byte for byte as the server sends it (identity coding, never decompressed). */
export interface BodyAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  url: string;
  body: Readable;
}

export interface HttpClient {
  /**
   * Asks for a JSON document: retries what is worth retrying, bounds the size, and turns every failure
   * into an `ArchiveError` with the archive's own words in it.
   */
  getJson(
    request: DocumentRequest,
    limits?: { maxBytes?: number; timeoutMs?: number },
  ): Promise<JsonAnswer>;
  /** The same for a body of any kind, and for conditional requests: 304 is an answer to those. */
  getBytes(
    request: DocumentRequest,
    limits?: { maxBytes?: number; timeoutMs?: number },
  ): Promise<BytesAnswer>;
  /**
   * Opens a body without retries: redirects are followed by hand and checked at every hop; any status
   * comes back as it is. Throws `ArchiveError` when no answer comes. The body errors when it stalls.
   */
  open(request: HttpRequest, limits?: { stallMs?: number }): Promise<BodyAnswer>;
}
