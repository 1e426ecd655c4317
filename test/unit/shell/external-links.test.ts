import { describe, expect, test } from 'vitest';
import { createExternalOpener, toExternalAddress } from '#main/shell/external-links.ts';

test('an https address may be opened, in its normal form', () => {
  expect(toExternalAddress('https://Images.NASA.gov/details/PIA12348')).toBe(
    'https://images.nasa.gov/details/PIA12348',
  );
});

test.each([
  'http://images.nasa.gov/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://host/share',
  'app://almagest/',
  'ms-msdt:/id',
  'https://nasa.gov@evil.example/',
  'https://user:word@evil.example/',
  'https://',
  'nasa.gov',
  '',
  `https://example.org/${'a'.repeat(3000)}`,
  `https://example.org/${'\u00e9'.repeat(800)}`,
])('%s may not', (text) => {
  expect(toExternalAddress(text)).toBeNull();
});

describe('the way out', () => {
  test('refuses what may not be opened', async () => {
    const opened: string[] = [];
    const open = createExternalOpener(async (address) => void opened.push(address));
    await expect(open('http://example.org/')).rejects.toMatchObject({ code: 'forbidden' });
    await open('https://example.org/');
    expect(opened).toEqual(['https://example.org/']);
  });

  test('opens ten addresses in ten seconds and no more', async () => {
    let nowMs = 0;
    let count = 0;
    const open = createExternalOpener(
      async () => void (count += 1),
      () => nowMs,
    );
    for (let at = 0; at < 10; at += 1) await open('https://example.org/');
    await expect(open('https://example.org/')).rejects.toMatchObject({ code: 'rate-limited' });
    nowMs = 10_000;
    await open('https://example.org/');
    expect(count).toBe(11);
  });
});
