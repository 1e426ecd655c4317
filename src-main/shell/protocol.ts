/**
 * Runs in the main process. What `app://almagest/` answers: `/` the built page, `/media/<key>` what the media
 * service gives. Uses only the web's own Request and Response, so it may be tested in plain Node.
 */
import type { MediaService } from '../cache/media-service.ts';
import { isOwnUrl, ownScheme } from './own-origin.ts';
import { emptyHeaders, mediaHeaders, pageHeaders } from './response-headers.ts';
import type { StaticFile } from './static-files.ts';

/** Media need `stream`; nothing else is granted: no CSP bypass, no service workers, no CORS. */
export const ownSchemePrivileges = {
  scheme: ownScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
};

export interface OwnOriginOptions {
  files: Promise<ReadonlyMap<string, StaticFile>>;
  /** May still be on its way: pictures asked for before wait for it. */
  media: Promise<MediaService>;
  onFailure(error: unknown, url: string): void;
}

const mediaPath = '/media/';

const empty = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers: { ...emptyHeaders(), ...headers } });

/**
 * Passes a body on and aborts `controller` when its reader stops: Electron tells of a request that the page
 * gave up only by cancelling the body (protocol.handle has no signal of its own).
 */
function abortOnCancel(
  body: ReadableStream<Uint8Array>,
  controller: AbortController,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(out) {
        const { done, value } = await reader.read();
        if (done) out.close();
        else out.enqueue(value);
      },
      async cancel(reason) {
        controller.abort();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function mediaKeyOf(pathname: string): string | null {
  try {
    const key = decodeURIComponent(pathname.slice(mediaPath.length));
    return key === '' || key.includes('\0') ? null : key;
  } catch {
    return null;
  }
}

async function serveMedia(
  request: Request,
  pathname: string,
  media: MediaService,
): Promise<Response> {
  const key = mediaKeyOf(pathname);
  if (key === null) return empty(404);
  const controller = new AbortController();
  if (request.signal.aborted) controller.abort();
  request.signal.addEventListener('abort', () => controller.abort(), { once: true });
  const answer = await media.respond({
    key,
    method: request.method === 'HEAD' ? 'HEAD' : 'GET',
    range: request.headers.get('range'),
    signal: controller.signal,
  });
  const body = answer.body === null ? null : abortOnCancel(answer.body, controller);
  return new Response(body, { status: answer.status, headers: mediaHeaders(answer.headers) });
}

async function serveFile(request: Request, file: StaticFile): Promise<Response> {
  const bytes = await file.read();
  const headers = pageHeaders(file.contentType, bytes.byteLength);
  return new Response(request.method === 'HEAD' ? null : bytes, { status: 200, headers });
}

/** The handler of our scheme. It never rejects: a failure is an empty 500. */
export function createOwnOrigin(options: OwnOriginOptions) {
  return async (request: Request): Promise<Response> => {
    try {
      if (!isOwnUrl(request.url)) return empty(404);
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        return empty(405, { Allow: 'GET, HEAD' });
      }
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(mediaPath)) {
        return await serveMedia(request, pathname, await options.media);
      }
      const file = (await options.files).get(pathname);
      return file === undefined ? empty(404) : await serveFile(request, file);
    } catch (error) {
      options.onFailure(error, request.url);
      return empty(500);
    }
  };
}
