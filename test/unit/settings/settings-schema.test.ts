import { describe, expect, test } from 'vitest';
import {
  checkPatch,
  defaultSettings,
  isArchiveAddress,
  readSettings,
  settingNames,
} from '#main/settings/settings-schema.ts';

const defaults = defaultSettings('/home/ada/Pictures/Almagest');
const twice = (name: string) => [1, 2].map(() => ({ name, q: '(vid eq 1)' }));
/** Each takes two letters on disk. */
const quotes = '"'.repeat(20_000);

test('every setting has a default that may itself be set', () => {
  expect(Object.keys(defaults).sort()).toEqual([...settingNames].sort());
  expect(checkPatch(defaults)).toEqual(defaults);
  expect(readSettings({}, defaults)).toEqual(defaults);
});

describe('what is on disk', () => {
  test('is taken value by value: a bad one falls back, the rest survives', () => {
    const stored = {
      theme: 'mauve',
      textZoom: 125,
      sampleSize: '10',
      welcomed: true,
      shortcuts: { 'go.nasa': 7 },
      somethingNewer: { kept: true },
    };
    expect(readSettings(stored, defaults)).toEqual({ ...defaults, textZoom: 125, welcomed: true });
  });

  test.each([
    ['theme', null],
    ['textZoom', 79],
    ['textZoom', 100.5],
    ['textZoom', Number.NaN],
    ['downloadFolder', ''],
    ['downloadFolder', 'relative/folder'],
    ['downloadFolder', '/a\0b'],
    ['nasaImagesApi', 'http://images-api.nasa.gov'],
    ['nasaImagesApi', 'ftp://127.0.0.1'],
    ['nasaImagesApi', 'javascript:alert(1)'],
    ['nasaImagesApi', 'https://user:word@example.org'],
    ['cacheBudgetBytes', -1],
    ['nameTemplate', ''],
    ['nameTemplate', '{archive}/{nope}.{ext}'],
    ['nameTemplate', '/{id}'],
    ['downloadsAtOnce', 0],
    ['downloadsAtOnce', 17],
    ['downloadsPerArchive', 9],
    ['bandwidth', 1000],
    ['bandwidthPerHost', -1],
    ['bandwidthTimetable', [{ days: [], from: 0, to: 60, bytesPerSecond: 0 }]],
    ['bandwidthTimetable', [{ days: [7], from: 0, to: 60, bytesPerSecond: 0 }]],
    ['bandwidthTimetable', [{ days: [1], from: 0, to: 1441, bytesPerSecond: 0 }]],
    ['galleryLayout', ['square']],
    ['shortcuts', 'Mod+K'],
    ['savedQueries', [{ name: '', q: '(lid like "urn:nasa:*")' }]],
    ['savedQueries', [{ name: 'Mars', q: '' }]],
    ['savedQueries', [{ name: 'x'.repeat(121), q: 'q' }]],
    ['savedQueries', [{ name: 'Mars', q: 'q'.repeat(20_001) }]],
    ['savedQueries', twice('Mars')],
    ['savedQueries', Array.from({ length: 101 }, (_, at) => ({ name: `${at}`, q: 'q' }))],
    ['savedQueries', Array.from({ length: 90 }, (_, at) => ({ name: `${at}`, q: quotes }))],
  ])('%s cannot be %j', (name, value) => {
    expect(readSettings({ [name]: value }, defaults)).toEqual(defaults);
    expect(() => checkPatch({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'invalid-arguments' }),
    );
  });

  test('does not reach prototypes', () => {
    const stored = JSON.parse('{"__proto__":{"theme":"dark"}}') as Record<string, unknown>;
    expect(readSettings(stored, defaults).theme).toBe('system');
    expect(readSettings(Object.create({ theme: 'dark' }) as never, defaults).theme).toBe('system');
  });
});

test('an unknown setting is refused, an undefined one means no change', () => {
  expect(() => checkPatch({ colour: 'red' } as never)).toThrow();
  expect(checkPatch({ theme: undefined as never, textZoom: 90 })).toEqual({ textZoom: 90 });
});

test('an archive is asked over https, on this computer also over http', () => {
  const good = ['https://example.org', 'http://127.0.0.1:80', 'http://localhost/x', 'http://[::1]'];
  const bad = ['http://example.org', 'http://127.0.0.1.example.org', 'file:///x', 'x'];
  expect(good.map(isArchiveAddress)).toEqual([true, true, true, true]);
  expect(bad.map(isArchiveAddress)).toEqual([false, false, false, false]);
});
