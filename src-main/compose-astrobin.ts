/** Runs in plain Node. The part of compose.ts that builds AstroBin's services, in explicit order. */
import { AstrobinRecords } from './astrobin/astrobin-records.ts';
import { AstrobinShellService } from './astrobin/astrobin-service.ts';
import { UsersMet } from './astrobin/users-met.ts';
import type { AstrobinAccess } from '#contract/astrobin.ts';
import type { DayBudget } from '#contract/day-budget.ts';
import type { RecordCard } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { ArchivesService } from './archives/archives-service.ts';
import type { MediaKeys } from './cache/media-keys.ts';
import type { Database } from './db/database.ts';
import type { Log } from './db/log.ts';
import type { Documents } from './http/documents.ts';
import type { HttpClient } from './http/http-client.ts';
import type { ComposeOptions } from './ports.ts';
import type { SeenRecord } from './records/seen-record.ts';
import { sampleAstrobinKey, sampleAstrobinSecret } from './sample/astrobin/credentials.ts';
import { SecretsService } from './secrets/secrets-service.ts';
import type { AstrobinClient } from './sources/astrobin/astrobin-client.ts';
import { createAstrobinClient } from './sources/astrobin/client.ts';

export interface AstrobinParts {
  client: AstrobinClient;
  records: AstrobinRecords;
  astrobin: AstrobinShellService;
}

/** AstroBin's client, and the services over it. */
export function openAstrobin(
  options: ComposeOptions,
  parts: {
    http: HttpClient;
    documents: Documents;
    archives: ArchivesService;
    keys: MediaKeys;
    toCard: (seen: SeenRecord) => RecordCard;
    budget: () => DayBudget | null;
    nowMs: () => number;
    db: Database;
    log: Log;
  },
): AstrobinParts {
  const { http, documents, archives, keys, toCard, budget, nowMs, db, log } = parts;
  const secrets = new SecretsService({
    profileDir: options.profileDir,
    vault: options.vault ?? null,
    environment: options.environment,
  });
  const isSample = (): boolean => options.settings.get().archiveMode === 'sample';
  const address = (): URL => archives.baseOf('astrobin');
  const ready = (): Promise<void> => archives.ready();
  const sampleKeys = { key: sampleAstrobinKey, secret: sampleAstrobinSecret };
  const client = createAstrobinClient({
    http,
    address,
    documents,
    nowMs,
    secrets: async () => (isSample() ? sampleKeys : secrets.keys()),
  });
  const records = new AstrobinRecords({
    client,
    ready,
    toCard,
    sign: (url) => keys.sign('astrobin', url),
  });
  const astrobin = new AstrobinShellService({
    client,
    records,
    secrets,
    users: new UsersMet({ db, source: () => address().href, nowMs, log }),
    isSample,
    budget,
    address,
    ready,
  });
  return { client, records, astrobin };
}

/** What the answers are written in, once the key was accepted. Throws 'key-needed' for want of one. */
export function astrobinWords(access: Exclude<AstrobinAccess, 'unchecked'>): string {
  if (access === 'accepted') return 'API 1, key accepted';
  throw new ArchiveError({
    code: 'key-needed',
    message:
      access === 'no-key'
        ? 'AstroBin needs a key of your own, so nothing was sent. What you have kept still opens. Enter one in the settings.'
        : 'AstroBin did not accept the key. What you have kept still opens; new searches don’t. Check the key in the settings.',
    retryable: false,
  });
}
