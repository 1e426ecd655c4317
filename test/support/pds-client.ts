/** Runs in plain Node, for tests only. The real client of the registry towards a server on this computer. */
import {
  createPdsRegistryClient,
  type PdsRegistryClient,
} from '#main/sources/pds-registry/client.ts';
import { createMemoryDialectStore, type DialectStore } from '#main/sources/pds-registry/dialect.ts';
import { openDoor } from './http-door.ts';

export interface PdsFixture {
  client: PdsRegistryClient;
  store: DialectStore;
  close(): void;
}

export function openPds(base: string | (() => string)): PdsFixture {
  const door = openDoor(base);
  const store = createMemoryDialectStore();
  const client = createPdsRegistryClient({
    http: door.http,
    address: () => new URL(typeof base === 'string' ? base : base()),
    dialectStore: store,
    nowMs: Date.now,
    // Half of each pause, and always the same hashes.
    random: () => 0,
  });
  return { client, store, close: door.close };
}
