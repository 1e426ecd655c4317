import { describe, expect, test } from 'vitest';
import { compareVersions } from '#contract/pds-versions.ts';
import {
  contextName,
  lidOf,
  NewestVersions,
  readIdentifier,
} from '#renderer/features/pds/identifiers.ts';

describe('an identifier that someone typed', () => {
  test.each([
    ['urn:nasa:pds:insight_rad', null],
    ['urn:nasa:pds:insight_rad:data_raw', null],
    ['urn:esa:psa:em16_tgo_cas:data_raw:name-1.v2~orig.mp4', null],
    ['urn:nasa:pds:insight_rad::14.0', '14.0'],
    ['  urn:nasa:pds:b:c:p::1.10 ', '1.10'],
  ])('%s is read', (text, version) => {
    const reading = readIdentifier(text);
    expect(reading).toMatchObject({ ok: true, id: { version } });
    expect(reading.ok && text.includes(reading.id.lid)).toBe(true);
  });

  test.each([
    ['insight_rad', { kind: 'no-urn' }],
    ['urn:nasa:pds', { kind: 'few-parts', parts: 3 }],
    ['urn:nasa:pds:a:b:c:d', { kind: 'many-parts', parts: 7 }],
    ['urn:nasa:pds:a:', { kind: 'empty-part' }],
    ['urn:nasa::pds:a', { kind: 'few-parts', parts: 2 }],
    ['urn:nasa:pds:a b', { kind: 'sign', sign: ' ' }],
    ['urn:nasa:pds:a/b', { kind: 'sign', sign: '/' }],
    ['urn:nasa:pds:a::', { kind: 'version', text: '' }],
    ['urn:nasa:pds:a::1', { kind: 'version', text: '1' }],
    ['urn:nasa:pds:a::1.0::2.0', { kind: 'version', text: '1.0::2.0' }],
  ])('%s is refused with its reason', (text, mistake) => {
    expect(readIdentifier(text)).toEqual({ ok: false, mistake });
  });
});

test('versions are ordered by their two numbers', () => {
  const mixed = ['13.0', '1.9', null, '2.0', '1.10', 'x'];
  expect(mixed.sort((a, b) => compareVersions(b, a))).toEqual([
    '13.0',
    '2.0',
    '1.10',
    '1.9',
    null,
    'x',
  ]);
});

test('a context product is named by its lid where nobody named it', () => {
  expect(contextName('urn:nasa:pds:context:target:planet.mars::1.0')).toBe('Mars');
  expect(contextName('urn:nasa:pds:context:instrument_host:spacecraft.mars_2020')).toBe(
    'Mars 2020',
  );
  expect(contextName('urn:nasa:pds:context:instrument:rad.insight')).toBe('Rad insight');
  expect(contextName('urn:nasa:pds:context:target:.')).toBe('.');
  expect(lidOf('urn:nasa:pds:a::1.0')).toBe('urn:nasa:pds:a');
});

test('a newer version in the list makes one an older one, whichever came first', () => {
  const newest = new NewestVersions();
  const of = (version: string | null, supersededBy: string | null = null) => ({
    lid: 'urn:nasa:pds:a',
    version,
    supersededBy,
  });
  expect(newest.note(of('1.9'))).toBe(false);
  expect(newest.isOld(of('1.9'))).toBe(false);
  expect(newest.note(of('1.10'))).toBe(true);
  expect(newest.note(of('1.2'))).toBe(false);
  expect([of('1.9'), of('1.10'), of('1.2')].map((one) => newest.isOld(one))).toEqual([
    true,
    false,
    true,
  ]);
  expect(new NewestVersions().isOld(of('3.0', 'urn:nasa:pds:a::4.0'))).toBe(true);
});
