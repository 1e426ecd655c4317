/** Runs in plain Node. The part of compose.ts that builds the PDS registry's services, in explicit order. */
import type { ArchivesService } from './archives/archives-service.ts';
import type { Log } from './db/log.ts';
import { createLabelsService } from './formats/label/labels-service.ts';
import type { Documents } from './http/documents.ts';
import type { HttpClient } from './http/http-client.ts';
import { openLabelSource } from './pds/label-source.ts';
import { PdsRegistryService } from './pds/pds-service.ts';
import { openRegistryFile } from './pds/registry-file.ts';
import type { PdsParts } from './pds-handlers.ts';
import type { ComposeOptions } from './ports.ts';
import { createPdsRegistryClient, type PdsRegistryClient } from './sources/pds-registry/client.ts';
import type { RegistryHealth } from './sources/pds-registry/health.ts';

/** How the registry is, for people. */
export function registryWords({ dialect, isWell }: RegistryHealth): string {
  const name = dialect === '1.3' ? 'Registry API 1.3' : 'Registry API, current';
  return isWell ? name : `${name}, says it is not well`;
}

/** The registry's client, and the services over it. */
export function openRegistry(
  options: ComposeOptions,
  parts: {
    http: HttpClient;
    documents: Documents;
    archives: ArchivesService;
    nowMs: () => number;
    log: Log;
  },
): { pdsClient: PdsRegistryClient; registry: PdsParts } {
  const { http, documents, archives, nowMs, log } = parts;
  const client = createPdsRegistryClient({
    http,
    address: () => archives.baseOf('pds-api'),
    documents,
    dialectStore: openRegistryFile(options.profileDir, log),
    nowMs,
  });
  const registry: PdsParts = {
    pds: new PdsRegistryService({ client, ready: () => archives.ready() }),
    labels: createLabelsService({ workerUrl: options.workers.label }),
    openLabel: async (ref, signal) => {
      await archives.ready();
      return openLabelSource({ http, documents, client }, ref, signal);
    },
  };
  return { pdsClient: client, registry };
}
