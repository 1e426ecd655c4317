import { describe, expect, test } from 'vitest';
import { readErrorBody, statusOf, toPdsError } from '#main/sources/pds-registry/errors.ts';

const read = (text: string) => readErrorBody(Buffer.from(text));

describe('the registry’s own words', () => {
  test.each([
    [
      'JSON of 1.3',
      '{"request":"https://pds.nasa.gov/api/registry/1/products/urn:x","message":"The lidvid urn:x was not found"}',
      'The lidvid urn:x was not found',
      '1.3',
    ],
    [
      'JSON of 1.3 that a quote breaks',
      '{"request":"https://host/products?q=(lid eq "urn:x")","message":"The given search string \'(lid eq "urn:x")\' cannot be parsed."}',
      'The given search string \'(lid eq "urn:x")\' cannot be parsed.',
      '1.3',
    ],
    [
      'broken JSON with the message first',
      '{"message":"The string "a" cannot be parsed.","request":"https://host/?q="a""}',
      'The string "a" cannot be parsed.',
      '1.3',
    ],
    [
      'Spring’s',
      '{"timestamp":1690000000000,"status":500,"error":"Internal Server Error","path":"/products"}',
      'Internal Server Error',
      null,
    ],
    [
      'Spring’s with a message',
      '{"timestamp":"2026-01-01","status":400,"error":"Bad Request","message":"Failed to convert","path":"/"}',
      'Failed to convert',
      null,
    ],
    [
      'XML',
      '<?xml version="1.0"?><error><request>https://host/?a=b&amp;c</request><message>Unknown group &apos;x&apos;.</message></error>',
      "Unknown group 'x'.",
      '1.3',
    ],
    [
      'CSV',
      'request,message\nhttps://host/products?fields=a,b,The lidvid urn:x, of type y, was not found',
      'The lidvid urn:x, of type y, was not found',
      '1.3',
    ],
    [
      'text of 1.5 and later',
      '404 NOT_FOUND\n Request uri=/products/urn:x failed with message:\nNotFoundException: No product found with identifier urn:x(ref:1b2c-3d)\nFor assistance, forward this error message to pds-operator@jpl.nasa.org',
      'No product found with identifier urn:x',
      'current',
    ],
    [
      'text without an exception’s name',
      '400 BAD_REQUEST\n Request uri=/products failed with message:\nQuery parameter not enumerated: start(ref:9)\nFor assistance, ask',
      'Query parameter not enumerated: start',
      'current',
    ],
    [
      'a proxy’s page',
      '<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center><p>Try &amp; wait</p></body></html>',
      '504 Gateway Time-out. Try & wait',
      null,
    ],
    ['plain text', 'Service Unavailable', 'Service Unavailable', null],
    ['nothing', '', null, null],
    ['an array', '[1,2]', null, null],
  ])('%s', (_, body, words, dialect) => {
    expect(read(body)).toEqual({ words, dialect });
  });

  test('a hostile body neither throws nor takes long', () => {
    for (const body of [
      '{',
      '<',
      '"message"',
      '{"message"',
      '<'.repeat(60_000),
      '{"request":'.repeat(9000),
    ]) {
      expect(() => read(body)).not.toThrow();
    }
  });
});

describe('one error', () => {
  test.each([
    [404, 'not-found', false],
    [400, 'refused-by-archive', false],
    [406, 'refused-by-archive', false],
    [500, 'unavailable', true],
    [501, 'unavailable', false],
    [504, 'unavailable', true],
    [403, 'forbidden', false],
    [429, 'rate-limited', true],
  ])('%i', (status, code, retryable) => {
    const body = Buffer.from('{"request":"x","message":"Its own words."}');
    const error = toPdsError(status, body, 'GET /');
    expect(error.code).toBe(code);
    expect(error.retryable).toBe(retryable);
    expect(error.message).toContain('Its own words.');
    expect(error.message).toContain('PDS registry');
    expect(statusOf(error)).toBe(status);
  });
});
