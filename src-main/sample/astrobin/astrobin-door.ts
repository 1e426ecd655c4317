/**
 * Runs in plain Node, in the sample archive's thread or in tests. AstroBin below a path of the sample's server: its
 * version 1, the redirects of its images and the files they lead to. Nothing is made before the first request.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Painters } from '../painters.ts';
import { serveBytes, whenGone } from '../serve-bytes.ts';
import { createFiles } from './files.ts';
import type { Files } from './files.ts';
import { createImages } from './images.ts';
import { apiPath, createAstrobinService, nowhere } from './service.ts';
import type { ApiReply, AstrobinService } from './service.ts';

/** What stands for the site's address: its pages, redirects and files are below it, the API at `/api/v1/`. */
export const sitePath = '/astrobin';

export interface AstrobinDoor {
  /** Answers a request below the site's path; false for one that is none of its own. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

export interface AstrobinDoorOptions {
  seed: number;
  size: number;
  painters: Painters;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  base(): string;
  /** Part of every ETag. */
  version: number;
  /** Milliseconds since 1970. */
  now(): number;
}

function send(
  response: ServerResponse,
  { status, headers, body }: ApiReply,
  isBodyless: boolean,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    ...headers,
    'content-length': bytes.length,
    'access-control-allow-origin': '*',
  });
  response.end(isBodyless ? undefined : bytes);
}

const moved = (status: 301 | 302, location: string): ApiReply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', location },
  body: '',
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The service names itself from its root; here it stands below a path, or at the root for who follows those names. */
function afterPrefix(path: string): { prefix: string; rest: string } | null {
  const rest = path.startsWith(`${sitePath}/`) ? path.slice(sitePath.length) : null;
  if (rest !== null) return { prefix: sitePath, rest };
  return path === apiPath || path.startsWith(`${apiPath}/`) ? { prefix: '', rest: path } : null;
}

/** A page's redirect, `/{hash or number}/{label}/rawthumb/{alias}/`. */
const thumbForm = /^\/([^/]+)\/([^/]+)\/rawthumb\/([^/]+)(\/?)$/;

function redirectOf(files: Files, prefix: string, path: string, search: string): ApiReply {
  const [, page = '', label = '', alias = '', slash] = thumbForm.exec(path) ?? [];
  if (slash === '') return moved(301, `${prefix}${path}/${search}`);
  const target = files.redirect(page, label, alias);
  return target === null ? nowhere : moved(302, prefix + target);
}

export function createAstrobinDoor(options: AstrobinDoorOptions): AstrobinDoor {
  let made: { service: AstrobinService; files: Files } | null = null;
  const inside = (): NonNullable<typeof made> => {
    if (made !== null) return made;
    const { seed, size, painters, version } = options;
    const images = createImages(seed, size);
    made = {
      service: createAstrobinService({
        images,
        site: () => options.base() + sitePath,
        today: () => Math.floor(options.now() / 86_400_000),
      }),
      files: createFiles({ images, seed, painters, version }),
    };
    return made;
  };

  const replyTo = async (
    request: IncomingMessage,
    { prefix, rest }: { prefix: string; rest: string },
    search: string,
  ): Promise<ApiReply> => {
    const { service, files } = inside();
    if (rest !== apiPath && !rest.startsWith(`${apiPath}/`))
      return redirectOf(files, prefix, rest, search);
    const reply = await service.answer({
      method: request.method ?? 'GET',
      path: decoded(rest.slice(apiPath.length)),
      search,
      accept: request.headers.accept,
    });
    const location = reply.headers['location'];
    return location === undefined ? reply : moved(301, prefix + location);
  };

  return {
    async answer(request, response) {
      const target = request.url ?? '/';
      const mark = target.indexOf('?');
      const path = mark < 0 ? target : target.slice(0, mark);
      const place = afterPrefix(path);
      if (place === null) return false;
      const isBodyless = request.method === 'HEAD';
      const [, cdn, folder, name] = decoded(place.rest).split('/');
      if (cdn === 'cdn') {
        const file = await inside().files.find(folder ?? '', name ?? '', whenGone(response));
        if (file === null) send(response, nowhere, isBodyless);
        else await serveBytes(request, response, file);
        return true;
      }
      send(response, await replyTo(request, place, mark < 0 ? '' : target.slice(mark)), isBodyless);
      return true;
    },
  };
}
