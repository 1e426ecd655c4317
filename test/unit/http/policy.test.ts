import { describe, expect, test } from 'vitest';
import { createPolicy } from '#main/http/policy.ts';
import type { Lane } from '#main/http/http-client.ts';

function policyFor(base: string) {
  return createPolicy({ baseOf: () => new URL(base) });
}

function outcome(base: string, address: string, lane: Lane = 'nasa-files'): string {
  try {
    return policyFor(base).check(address, lane).scope;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other';
  }
}

describe('a real archive', () => {
  const live = 'https://images-api.nasa.gov';

  test.each([
    'https://images-api.nasa.gov/search?q=x',
    'https://images-assets.nasa.gov/image/a%20b/a%20b~thumb.jpg',
    'https://IMAGES-ASSETS.NASA.GOV./x',
  ])('may be asked at %s', (address) => {
    expect(outcome(live, address)).toBe('public');
  });

  test.each([
    'http://images-assets.nasa.gov/x',
    'https://user:secret@images-api.nasa.gov/',
    'https://user@images-api.nasa.gov/',
    'file:///etc/passwd',
    'ftp://images-api.nasa.gov/',
    'data:text/plain,hello',
    'javascript:alert(1)',
    'https://example.org/',
    'https://evilnasa.gov/',
    'https://nasa.gov.example.org/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://017700000001/',
    'https://localhost/',
    'https://api.localhost/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://8.8.8.8/',
    'not a url',
    '',
  ])('is never asked at %j', (address) => {
    expect(outcome(live, address)).toBe('forbidden');
  });

  test('of the PDS may send us to any public host, and to no other', () => {
    const pds = 'https://pds.mcp.nasa.gov/api/search/1';
    expect(outcome(pds, 'https://pds-geosciences.wustl.edu/x.img', 'pds-files')).toBe('public');
    expect(outcome(pds, 'https://8.8.8.8/x', 'pds-files')).toBe('public');
    expect(outcome(pds, 'https://192.168.0.1/x', 'pds-files')).toBe('forbidden');
    expect(outcome(pds, 'https://[fd00::1]/x', 'pds-files')).toBe('forbidden');
  });

  test('must resolve to the public internet', () => {
    expect(policyFor(live).allowsAddress('52.1.2.3', 'public')).toBe(true);
    expect(policyFor(live).allowsAddress('127.0.0.1', 'public')).toBe(false);
    expect(policyFor(live).allowsAddress('10.0.0.1', 'public')).toBe(false);
  });
});

describe('an archive on this computer', () => {
  const sample = 'http://127.0.0.1:4000';

  test.each([
    'http://127.0.0.1:4000/search',
    'http://127.0.0.1:5000/a.jpg',
    'http://localhost:1/',
    'http://[::1]:9/',
  ])('may be asked at %s', (address) => {
    expect(outcome(sample, address)).toBe('loopback');
  });

  test.each([
    'https://images-assets.nasa.gov/x',
    'http://192.168.1.1/',
    'http://0.0.0.0:4000/',
    'http://a:b@127.0.0.1/',
  ])('is never asked at %s', (address) => {
    expect(outcome(sample, address)).toBe('forbidden');
  });

  test('must resolve to this computer', () => {
    expect(policyFor(sample).allowsAddress('127.0.0.1', 'loopback')).toBe(true);
    expect(policyFor(sample).allowsAddress('::1', 'loopback')).toBe(true);
    expect(policyFor(sample).allowsAddress('8.8.8.8', 'loopback')).toBe(false);
  });
});

test('an http address that is not on this computer makes no archive', () => {
  expect(outcome('http://mirror.example.org', 'http://mirror.example.org/x')).toBe('forbidden');
});
