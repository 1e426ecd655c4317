/**
 * Runs in plain Node, in the sample archive's thread or in tests. The registry in both dialects and the hosts of its
 * files, below paths of one server. Nothing is made before the first request.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveBytes } from '../serve-bytes.ts';
import type { Catalogue } from './catalogue.ts';
import { frameworkError } from './reply.ts';
import type { Reply } from './reply.ts';
import { createRegistry13 } from './service-1-3.ts';
import type { Registry } from './registry.ts';
import { createCurrentRegistry } from './service-current.ts';

/** Path of the service that speaks 1.3. */
export const registryPath = '/pds/registry/1';
/** Path of the service that speaks as the one of 2026. */
export const searchPath = '/pds/search/1';
/** Path of the hosts of files. */
export const filesPath = '/pds/files';

export interface PdsDoor {
  /** Answers a request below `/pds/`; false for one that is none of its own. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

export interface PdsDoorOptions {
  /** Made at the first request. */
  catalogue(): Catalogue;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  base(): string;
  /** What the health check of 1.3 reports: with any, it answers 418. */
  failures?: readonly string[];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': body.length,
    'access-control-allow-origin': '*',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function below(path: string, base: string): string | null {
  return path === base || path.startsWith(`${base}/`) ? path.slice(base.length) : null;
}

const segmentsOf = (path: string): string[] =>
  path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);

async function answerFile(
  catalogue: Catalogue,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = catalogue.file(segmentsOf(path));
  if (file !== null) {
    await serveBytes(request, response, file);
    return;
  }
  // As the web servers of the nodes answer what they no longer have.
  const body = '<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>';
  send(request, response, { status: 404, type: 'text/html', body });
}

export function createPdsDoor(options: PdsDoorOptions): PdsDoor {
  let made: { catalogue: Catalogue; registries: readonly (readonly [string, Registry])[] } | null =
    null;
  const inside = (): NonNullable<typeof made> => {
    if (made !== null) return made;
    const catalogue = options.catalogue();
    made = {
      catalogue,
      registries: [
        [registryPath, createRegistry13(catalogue, options.failures)],
        [searchPath, createCurrentRegistry(catalogue, () => options.base() + searchPath)],
      ],
    };
    return made;
  };
  return {
    async answer(request, response) {
      const target = request.url ?? '/';
      const mark = target.indexOf('?');
      const path = mark < 0 ? target : target.slice(0, mark);
      const search = mark < 0 ? '' : target.slice(mark);
      if (below(path, '/pds') === null) return false;
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      const { catalogue, registries } = inside();
      const file = below(path, filesPath);
      if (file !== null && isRead) {
        await answerFile(catalogue, file, request, response);
        return true;
      }
      for (const [base, registry] of registries) {
        const rest = below(path, base);
        if (rest === null) continue;
        const reply = isRead
          ? await registry.answer({
              segments: segmentsOf(rest),
              path: rest,
              search,
              query: new URLSearchParams(search),
              accept: request.headers.accept,
            })
          : frameworkError(405, rest);
        send(request, response, reply);
        return true;
      }
      send(request, response, frameworkError(404, path));
      return true;
    },
  };
}
