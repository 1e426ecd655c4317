/**
 * Runs in plain Node. What the shell's protocol handler needs to serve `/media/<key>`.
 */
export interface MediaRequest {
  /** The path below `/media/`, percent-decoded once. */
  key: string;
  method: 'GET' | 'HEAD';
  /** The Range header as sent, or null. */
  range: string | null;
  signal: AbortSignal;
}

export interface MediaResponse {
  status: number;
  headers: Record<string, string>;
  /** Null for HEAD and for errors without a body. */
  body: ReadableStream<Uint8Array> | null;
}

export interface MediaService {
  /** Never throws: an unknown or forged key is 404, an unreachable archive 502, each with an empty body. */
  respond(request: MediaRequest): Promise<MediaResponse>;
}
