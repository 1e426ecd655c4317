/** Runs in plain Node. How the registry says it is: /healthcheck in 1.3, /health since. */
import type { HttpClient } from '../../http/http-client.ts';
import type { KnownRegistry } from './dialect.ts';
import { toPdsError } from './errors.ts';
import { askRaw } from './passthrough.ts';
import { wireText } from './wire.ts';

export interface RegistryHealth extends KnownRegistry {
  isWell: boolean;
  /** What is wrong, in the service's own words; empty where it is well, or doesn't say. */
  failures: string[];
  /** Products in the registry; null where it doesn't say (it counts other documents too). */
  documents: number | null;
  /** From the question to the whole answer. */
  latencyMs: number;
}

const mostBytes = 1024 * 1024;
const mostFailures = 50;

/** Asks. Throws `ArchiveError` where no health can be told: no answer, or an error of another kind. */
export async function askHealth(
  http: HttpClient,
  known: KnownRegistry,
  nowMs: () => number,
  signal: AbortSignal,
): Promise<RegistryHealth> {
  const startedMs = nowMs();
  const route = known.dialect === '1.3' ? '/healthcheck' : '/health';
  const answer = await askRaw(http, known.address + route, 'application/json', signal, mostBytes);
  const latencyMs = nowMs() - startedMs;
  // 418: the service is there and says what is wrong with it.
  if (answer.status !== 200 && answer.status !== 418) {
    throw toPdsError(answer.status, answer.body, `GET ${route} ${String(answer.status)}`);
  }
  const said = objectIn(answer.body);
  const messages = Array.isArray(said['failure_messages'])
    ? (said['failure_messages'] as unknown[])
    : [];
  const failures = messages
    .flatMap((message) => wireText(message) ?? [])
    .slice(0, mostFailures)
    .map((message) => message.slice(0, 500));
  const count = said['registry_document_count'];
  const isWell = answer.status === 200 && said['failures_present'] !== true;
  const documents =
    typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
  return { ...known, isWell, failures, documents, latencyMs };
}

/** Since 1.6 the body is empty. */
function objectIn(body: Buffer): Record<string, unknown> {
  try {
    const value = JSON.parse(body.toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
