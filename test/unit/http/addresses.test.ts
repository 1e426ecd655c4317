import { describe, expect, test } from 'vitest';
import { isLoopbackAddress, isLoopbackHost, isPublicAddress } from '#main/http/addresses.ts';

describe('public addresses', () => {
  test.each(['8.8.8.8', '52.85.1.9', '2600:9000:20a::1', '64:ff9b::808:808'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::ffff:127.0.0.1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    '64:ff9b::a00:1',
    '64:ff9b::1',
    'not an address',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('this computer', () => {
  test.each([
    'localhost',
    'LOCALHOST.',
    'almagest.localhost',
    '127.0.0.1',
    '127.9.9.9',
    '[::1]',
    '::1',
  ])('%s is', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  test.each([
    'localhost.example.org',
    'notlocalhost',
    '128.0.0.1',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '',
  ])('%s is not', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });

  test('a name is not an address', () => {
    expect(isLoopbackAddress('localhost')).toBe(false);
  });
});
