/**
 * Runs in plain Node. The one door to the network: every source, the cache and the downloads go through
 * it, so that no caller can forget the governor, the policy, the limits or the redaction.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** A pace of the governor: one archive's API, or its file hosts (architecture, section 5). */
export type Lane = 'nasa-api' | 'nasa-files' | 'pds-api' | 'pds-files' | 'astrobin';

export interface HttpRequest {
  url: string;
  lane: Lane;
  signal: AbortSignal;
  headers?: Record<string, string>;
  method?: 'GET' | 'HEAD';
}

export interface JsonAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Address after redirects. */
  url: string;
  body: unknown;
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
    request: HttpRequest,
    limits?: { maxBytes?: number; timeoutMs?: number },
  ): Promise<JsonAnswer>;
  /**
   * Opens a body without retries: redirects are followed by hand and checked at every hop; any status
   * comes back as it is. Throws `ArchiveError` when no answer comes. The body errors when it stalls.
   */
  open(request: HttpRequest, limits?: { stallMs?: number }): Promise<BodyAnswer>;
}
