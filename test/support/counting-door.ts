/**
 * Runs in plain Node, for tests only. A server that passes everything on to an archive and writes down what was
 * asked; in a process of its own, `/counted` tells how often.
 */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingDoor {
  base: string;
  /** Paths with their queries, oldest first. */
  paths: string[];
  /** Those that ask past result 10,000 of a search. */
  pastWall(): string[];
  close(): Promise<void>;
}

function isPastWall(path: string): boolean {
  const params = new URL(path, 'http://archive').searchParams;
  return Number(params.get('page') ?? 1) * Number(params.get('page_size') ?? 100) > 10_000;
}

export async function startCountingDoor(target: string): Promise<CountingDoor> {
  const paths: string[] = [];
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, response) => {
    if (incoming.url === '/counted') {
      const counted = { requests: paths.length, pastWall: paths.filter(isPastWall).length };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(counted));
      return;
    }
    paths.push(incoming.url ?? '/');
    const { method, url: path, headers } = incoming;
    const passedOn = request({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passedOn.on('error', () => response.destroy());
    response.on('close', () => passedOn.destroy());
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    paths,
    pastWall: () => paths.filter(isPastWall),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
