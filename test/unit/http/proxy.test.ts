import { describe, expect, test } from 'vitest';
import { createEnvironmentProxy, parseProxyRule } from '#main/http/proxy.ts';

const api = new URL('https://images-api.nasa.gov/search');

describe('the environment’s proxy', () => {
  test.each([
    [{}, null],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128/'],
    [{ HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128/'],
    [{ HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2' }, 'http://b:2/'],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: '*' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'example.org, .nasa.gov' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'nasa.gov' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'images-api.nasa.gov:443' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'images-api.nasa.gov:8443' }, 'http://proxy:1/'],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'asa.gov' }, 'http://proxy:1/'],
    [{ HTTPS_PROXY: 'socks5://proxy:1' }, null],
    [{ HTTPS_PROXY: 'http://' }, null],
  ])('%j gives %s', (environment, expected) => {
    expect(createEnvironmentProxy(environment)(api)).toBe(expected);
  });
});

test.each([
  ['DIRECT', null],
  ['PROXY proxy:8080;DIRECT', 'http://proxy:8080/'],
  ['HTTPS secure:443', 'https://secure/'],
  ['SOCKS5 old:1080; PROXY proxy:8080', 'http://proxy:8080/'],
  ['DIRECT; PROXY proxy:8080', null],
  ['', null],
])('Chromium’s rule %j gives %s', (rule, expected) => {
  expect(parseProxyRule(rule)).toBe(expected);
});
