/** Runs in tests. Plans for exports, with everything in them that a careless format would trip over. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toRef } from '#contract/domain.ts';
import { serveFile } from '#test/support/fault-server.ts';
import type { PlannedFile, PlanSource } from '#main/downloads/exports/planned-file.ts';

export const exportAbout = {
  generator: 'Almagest/test',
  writtenAtMs: Date.UTC(2026, 10, 22, 12),
  description: 'Moons of Mars, all files',
};

export function makePlanned(path: string, other: Partial<PlannedFile> = {}): PlannedFile {
  return {
    ref: toRef('nasa-images', path),
    archive: 'nasa-images',
    rendition: 'orig',
    url: `https://files.example/${encodeURIComponent(path)}`,
    path,
    bytes: null,
    isExact: false,
    checksums: [],
    title: path,
    credit: null,
    licence: null,
    ...other,
  };
}

/** A source that can be gone through as often as one likes. */
export function planOf(files: readonly PlannedFile[]): PlanSource {
  return async function* () {
    yield* files;
  };
}

export async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

/** Safe names, and yet each of them breaks some format that does not quote. */
export const awkwardPaths = [
  'plain.jpg',
  'with blanks/in each  name.jpg',
  "quotes ' and ’/it's.jpg",
  'hash #1 and #2.jpg',
  '100%25 %2F %0A.jpg',
  'amp & semi; $HOME `id` $(id).jpg',
  'brackets [1-3] {a,b}.jpg',
  'Größe/日本語 ☾.jpg',
  '=1+1.tab',
  '@SUM(A1).tab',
  'equals=out=x,comma.jpg',
  '~tilde!bang^caret.jpg',
] as const;

export interface PlanServer {
  files: PlannedFile[];
  contentOf(path: string): Buffer;
  /** `METHOD /path` of every request so far. */
  requests: string[];
  close(): Promise<void>;
}

/** Serves a plan of small files on loopback, under addresses as awkward as their names. */
export async function startPlanServer(paths: readonly string[]): Promise<PlanServer> {
  const contents = new Map<string, Buffer>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    // Tools differ in what of an address they encode; it is one address all the same.
    const content = contents.get(decodeURIComponent(request.url ?? ''));
    if (content === undefined) response.writeHead(404).end('no such file');
    else void serveFile(content, { contentType: 'application/octet-stream' })(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const byPath = new Map<string, Buffer>();
  const files = paths.map((path, at) => {
    const url = new URL(
      // The first one is as plain as its name.
      `${base}/f/${path.split('/').map(encodeURIComponent).join('/')}${at === 0 ? '' : `?n=[${at}]&x='{1}|`}`,
    );
    const content = Buffer.from(`${path}\n${'x'.repeat(at * 37)}`);
    contents.set(decodeURIComponent(`${url.pathname}${url.search}`), content);
    byPath.set(path, content);
    const checksums = (['md5', 'sha256'] as const).map((algorithm) => ({
      algorithm,
      value: createHash(algorithm).update(content).digest('hex'),
    }));
    return makePlanned(path, { url: url.href, bytes: content.length, isExact: true, checksums });
  });
  return {
    files,
    requests,
    contentOf: (path) => byPath.get(path) ?? Buffer.alloc(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
