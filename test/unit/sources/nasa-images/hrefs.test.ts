import { describe, expect, test } from 'vitest';
import { encodeSegment, fileNameOf, toAddress } from '#main/sources/nasa-images/hrefs.ts';

const live = new URL('https://images-api.nasa.gov');
const sample = new URL('http://127.0.0.1:4000');
const host = 'https://images-assets.nasa.gov';

describe('an address from an unencoded href', () => {
  test.each([
    ['Moon to Mars', `${host}/image/Moon%20to%20Mars/Moon%20to%20Mars~orig.jpg`],
    [
      'Apollo 14 ‘A Wild Place’',
      `${host}/image/Apollo%2014%20%E2%80%98A%20Wild%20Place%E2%80%99/Apollo%2014%20%E2%80%98A%20Wild%20Place%E2%80%99~orig.jpg`,
    ],
    [
      'Fish & Chips, (1)',
      `${host}/image/Fish%20%26%20Chips%2C%20(1)/Fish%20%26%20Chips%2C%20(1)~orig.jpg`,
    ],
    ['100% Apollo', `${host}/image/100%25%20Apollo/100%25%20Apollo~orig.jpg`],
    ['50%20off', `${host}/image/50%2520off/50%2520off~orig.jpg`],
    ['STS#51', `${host}/image/STS%2351/STS%2351~orig.jpg`],
    ['What is it?', `${host}/image/What%20is%20it%3F/What%20is%20it%3F~orig.jpg`],
    ['a+b', `${host}/image/a%2Bb/a%2Bb~orig.jpg`],
  ])('of %j', (id, expected) => {
    const href = `http://images-assets.nasa.gov/image/${id}/${id}~orig.jpg`;
    const address = toAddress(href, id, live);
    expect(address).toBe(expected);
    expect(fileNameOf(expected)).toBe(`${id}~orig.jpg`);
  });

  test('keeps what is encoded already, also beside what is not', () => {
    expect(toAddress(`${host}/image/Moon%20to%20Mars/x~thumb.jpg`, 'Moon to Mars', live)).toBe(
      `${host}/image/Moon%20to%20Mars/x~thumb.jpg`,
    );
    expect(toAddress(`${host}/image/Moon%20to Mars/x.jpg`, 'Moon to Mars', live)).toBe(
      `${host}/image/Moon%20to%20Mars/x.jpg`,
    );
    expect(toAddress(`${host}/image/100%25 A/x.jpg`, '100% A', live)).toBe(
      `${host}/image/100%25%20A/x.jpg`,
    );
  });

  test('keeps a query and drops a fragment where the id has neither', () => {
    expect(toAddress(`${host}/image/a/a.jpg?v=1#top`, 'a', live)).toBe(`${host}/image/a/a.jpg?v=1`);
  });

  test('upgrades http, but for this computer while the archive is there', () => {
    expect(toAddress('http://images-assets.nasa.gov/a', 'a', live)).toBe(`${host}/a`);
    expect(toAddress('//images-assets.nasa.gov/a', 'a', live)).toBe(`${host}/a`);
    expect(toAddress('http://127.0.0.1:9/a b', 'a b', sample)).toBe('http://127.0.0.1:9/a%20b');
    expect(toAddress('http://localhost:9/a', 'a', sample)).toBe('http://localhost:9/a');
    expect(toAddress('http://127.0.0.1:9/a', 'a', live)).toBe('https://127.0.0.1:9/a');
    expect(toAddress('http://images-assets.nasa.gov/a', 'a', sample)).toBe(`${host}/a`);
  });

  test.each([
    '',
    'x',
    '/image/a.jpg',
    'ftp://x/y',
    'javascript:alert(1)',
    'https://',
    'https://[/x',
    'data:image/png,x',
  ])('is none for %j', (href) => {
    expect(toAddress(href, 'a', live)).toBeNull();
  });
});

test('lone surrogates do not throw', () => {
  expect(encodeSegment('a\ud800b')).toBe('a%EF%BF%BDb');
  expect(toAddress(`${host}/\ud800/x`, '\ud800', live)).toBe(`${host}/%EF%BF%BD/x`);
});

test('a file name that is encoded wrongly is given as it is', () => {
  expect(fileNameOf(`${host}/a/%ff~orig.jpg`)).toBe('%ff~orig.jpg');
});
