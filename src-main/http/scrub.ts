/**
 * Runs in plain Node. What goes back to the caller of a request that carried secrets: answers, words and errors
 * without them. AstroBin repeats key and secret in every list that has a further page.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { ExchangeFailure } from './failures.ts';
import type { BytesAnswer } from './http-client.ts';
import { createScrubber, type SecretQuery } from './secret-query.ts';

/** The answer with bodies and headers masked where they repeat a secret. */
export function scrubAnswer(answer: BytesAnswer, secrets: SecretQuery | undefined): BytesAnswer {
  if (secrets === undefined) return answer;
  const scrub = createScrubber(secrets);
  // As bytes: a body in another encoding comes through as it is but for what is masked.
  const bytes = Buffer.from(scrub(answer.bytes.toString('latin1')), 'latin1');
  return { ...answer, bytes, headers: scrubHeaders(answer.headers, scrub) };
}

function scrubHeaders(
  headers: IncomingHttpHeaders,
  scrub: (text: string) => string,
): IncomingHttpHeaders {
  const clean = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(scrub) : value === undefined ? value : scrub(value),
  ]);
  return Object.fromEntries(clean) as IncomingHttpHeaders;
}

/** The archive's words, masked. */
export function scrubWords(words: string | null, secrets: SecretQuery | undefined): string | null {
  return words === null || secrets === undefined ? words : createScrubber(secrets)(words);
}

/** The failure without what caused it: the transport's own errors hold the address that was sent. */
export function scrubError(
  failure: ExchangeFailure,
  secrets: SecretQuery | undefined,
): ExchangeFailure {
  return secrets === undefined ? failure : new ExchangeFailure(failure.facts);
}
