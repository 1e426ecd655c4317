/**
 * Runs in plain Node, for tests only. The least that downloads need of the network, straight over node:http:
 * no governor, no policy, no redirects. What a test proves with it, it proves of the downloads alone.
 */
import { request } from 'node:http';
import { ArchiveError } from '#contract/errors.ts';
import type { BodyAnswer, HttpClient, HttpRequest } from '#main/http/http-client.ts';

function open(wanted: HttpRequest, limits: { stallMs?: number } = {}): Promise<BodyAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(
        new ArchiveError(
          {
            code: 'unavailable',
            message: 'The archive didn’t answer.',
            retryable: true,
            detail: error.message,
          },
          { cause: error },
        ),
      );
    const outgoing = request(wanted.url, {
      headers: wanted.headers ?? {},
      method: wanted.method ?? 'GET',
      signal: wanted.signal,
      agent: false,
    });
    outgoing.on('error', fail);
    outgoing.on('response', (body) => {
      outgoing.off('error', fail);
      outgoing.on('error', () => {});
      body.setTimeout(limits.stallMs ?? 1000, () => body.destroy(new Error('stalled')));
      resolve({ status: body.statusCode ?? 0, headers: body.headers, url: wanted.url, body });
    });
    outgoing.end();
  });
}

export function createPlainHttpClient(): HttpClient {
  return {
    open,
    getJson: () => Promise.reject(new Error('downloads ask for no JSON')),
    getBytes: () => Promise.reject(new Error('downloads ask for no documents')),
  };
}
