/** Runs in plain Node, for tests only. AstroBin's real client towards a server on this computer. */
import type { HttpClientOptions } from '#main/http/create-http-client.ts';
import type { Documents } from '#main/http/documents.ts';
import type { HttpClient } from '#main/http/http-client.ts';
import type { AstrobinClient, AstrobinSecrets } from '#main/sources/astrobin/astrobin-client.ts';
import { createAstrobinClient } from '#main/sources/astrobin/client.ts';
import { openDoor } from './http-door.ts';

export interface AstrobinFixture {
  client: AstrobinClient;
  http: HttpClient;
  /** Everything that was logged. */
  log: string[];
  close(): void;
}

export interface FixtureOptions {
  secrets: () => Promise<AstrobinSecrets | null>;
  http?: Partial<HttpClientOptions>;
  documents?: (http: HttpClient) => Documents;
}

export function openAstrobin(base: string, options: FixtureOptions): AstrobinFixture {
  const log: string[] = [];
  const door = openDoor(base, { log: ({ text }) => log.push(text), ...options.http });
  const documents = options.documents?.(door.http);
  const client = createAstrobinClient({
    http: door.http,
    address: () => new URL(base),
    secrets: options.secrets,
    nowMs: Date.now,
    ...(documents === undefined ? {} : { documents }),
  });
  return { client, http: door.http, log, close: door.close };
}
