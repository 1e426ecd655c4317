import { describe, expect, test } from 'vitest';
import { createScrubber, withoutSecrets, withSecrets } from '#main/http/secret-query.ts';

const secrets = { api_key: 'abcdef012345', api_secret: 'x y&z=+%7é-0123' };

describe('on the way out', () => {
  test('the parameters come last, and what was there stays as it was written', () => {
    const url = new URL('https://a.example/api/v1/image/?title=a%20b&limit=1#part');
    const signed = withSecrets(url, secrets);
    expect(
      signed.href.startsWith('https://a.example/api/v1/image/?title=a%20b&limit=1&api_key='),
    ).toBe(true);
    expect(signed.searchParams.get('api_secret')).toBe(secrets.api_secret);
    expect(url.href).not.toContain('api_key');
    expect(withSecrets(new URL('https://a.example/'), secrets).searchParams.get('api_key')).toBe(
      secrets.api_key,
    );
  });
});

describe('where a redirect leads', () => {
  test('is without them, and otherwise the same', () => {
    const place = withSecrets(new URL('https://a.example/x/?b=1%202&c'), secrets);
    expect(withoutSecrets(place.href, secrets)).toBe('https://a.example/x/?b=1%202&c');
    expect(withoutSecrets('https://a.example/x/?API_KEY=other&b=%zz', secrets)).toBe(
      'https://a.example/x/?b=%zz',
    );
  });

  test.each([
    `https://a.example/login/?next=${encodeURIComponent('/x/?api_key=abcdef012345')}`,
    `https://a.example/login/?next=${encodeURIComponent(encodeURIComponent('/x/?api_key=short'))}`,
    'https://a.example/abcdef012345/',
    `https://a.example/?q=${encodeURIComponent(secrets.api_secret)}`,
    `https://abcdef012345.example/`,
  ])('is nowhere to go while it repeats one: %s', (place) => {
    expect(withoutSecrets(place, secrets)).toBeNull();
  });
});

describe('what comes back', () => {
  const scrub = createScrubber(secrets);
  test.each([
    ['/x/?api_key=abcdef012345&limit=1', '/x/?api_key=***&limit=1'],
    ['"?api_secret=any&api_key=thing"', '"?api_secret=***&api_key=***"'],
    ['?format=xml&amp;api_key=any&amp;limit=1', '?format=xml&amp;api_key=***&amp;limit=1'],
    ['next=%2Fx%3Fapi_key%3Dany%26limit%3D1', 'next=%2Fx%3Fapi_key%3D***%26limit%3D1'],
    ['the key abcdef012345.', 'the key ***.'],
    [`quoted ${JSON.stringify(secrets.api_secret)}`, 'quoted "***"'],
    [encodeURIComponent(secrets.api_secret), '***'],
    ['a text about api_key and nothing else', 'a text about api_key and nothing else'],
  ])('%s', (text, clean) => {
    expect(scrub(text)).toBe(clean);
  });

  test('keeps a document what it is', () => {
    const body = JSON.stringify({
      meta: { next: '/x/?api_key=abcdef012345&api_secret=a%20b' },
      n: 1,
    });
    expect(JSON.parse(scrub(body))).toEqual({
      meta: { next: '/x/?api_key=***&api_secret=***' },
      n: 1,
    });
  });
});
