import { expect, test } from 'vitest';
import { parseBytes, parseRule } from '#main/downloads/renditions/rendition-rule.ts';

test.each([
  ['largest', { kind: 'largest' }],
  [' Original ', { kind: 'original' }],
  ['all', { kind: 'all' }],
  ['data + label', { kind: 'data-and-label' }],
  ['label and data', { kind: 'data-and-label' }],
  ['largest under 20 MB', { kind: 'largest-under', maxBytes: 20_000_000 }],
  ['largest<1.5GiB', { kind: 'largest-under', maxBytes: 1_610_612_736 }],
  ['orig, large', { kind: 'named', names: ['orig', 'large'] }],
  ['large.jpg', { kind: 'named', names: ['large.jpg'] }],
  ['constructor', { kind: 'named', names: ['constructor'] }],
])('%j is a rule', (text, rule) => {
  expect(parseRule(text)).toEqual({ ok: true, rule });
});

test.each(['', '  ', 'largest under', 'largest under 0', 'largest under 20 parsecs', 'a,,b'])(
  '%j is none, and says so',
  (text) => {
    const parsed = parseRule(text);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.message.length).toBeGreaterThan(10);
  },
);

test.each([
  ['4096', 4096],
  ['20 mb', 20_000_000],
  ['2KiB', 2048],
  ['1e3', null],
  ['-1', null],
  ['9999999 TB', null],
])('%j is %j bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});
