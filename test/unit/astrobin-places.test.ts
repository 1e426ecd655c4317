/** The pure parts of AstroBin's places in the window: words, filters, routes, troubles. */
import { describe, expect, test } from 'vitest';
import { toRef } from '#contract/domain.ts';
import { astrobinPlaceOf } from '#renderer/app/astrobin-place.ts';
import { parseRoute } from '#renderer/app/history-state.ts';
import {
  daysOf,
  parseDays,
  parseSizes,
  typedEnds,
} from '#renderer/features/astrobin/filter-ends.ts';
import {
  describeField,
  describeParams,
  hashOf,
  subjectOf,
  typedStill,
  withField,
  wordsOfParams,
} from '#renderer/features/astrobin/search-params.ts';
import { isLifted, troubleOf } from '#renderer/features/astrobin/trouble.ts';
import { plainWords } from '#renderer/lib/plain-words.ts';
import { routeOfPlace } from '#renderer/lib/place-route.ts';

describe('words of the search field', () => {
  test.each([
    ['M31', 'M 31'],
    ['messier 31', 'M 31'],
    ['ngc7000', 'NGC 7000'],
    ['IC 434', 'IC 434'],
    ['sh 2-155', 'Sh2-155'],
    ['Barnard 33', 'BARNARD 33'],
  ])('%j is a subject', (text, subject) => {
    expect(subjectOf(text)).toBe(subject);
  });

  test.each(['Orion Nebula', 'moon', 'galaxy', '31', 'M', 'M31 and friends'])(
    '%j is none',
    (text) => expect(subjectOf(text)).toBeNull(),
  );

  test('six characters with a digit are a hash, unless they name an object', () => {
    expect(hashOf('yx76x9')).toBe('yx76x9');
    expect(hashOf('ngc253')).toBeNull();
    expect(hashOf('galaxy')).toBeNull();
    expect(hashOf('659781')).toBeNull();
    expect(astrobinPlaceOf('yx76x9', [])).toEqual({
      view: 'record',
      ref: toRef('astrobin', 'yx76x9'),
      from: null,
    });
    expect(astrobinPlaceOf('hash:galaxy', [])).toMatchObject({ ref: 'astrobin:galaxy' });
  });

  test('names part the words; filters that are on stay', () => {
    const filters = [
      ['uploaded__gte', '2021-01-01'],
      ['subjects', 'M 31'],
      ['user', 'alice'],
    ] as const;
    expect(astrobinPlaceOf('title:"wide field" user:Observer 3', filters)).toEqual({
      view: 'astrobin',
      params: [
        ['title__icontains', 'wide field'],
        ['user', 'Observer 3'],
        ['uploaded__gte', '2021-01-01'],
      ],
      typed: ['user'],
    });
    expect(astrobinPlaceOf('', filters)).toEqual({
      view: 'astrobin',
      params: [
        ['uploaded__gte', '2021-01-01'],
        ['user', 'alice'],
      ],
    });
  });

  test('other words take the place of all that was typed; what a filter set stays', () => {
    const before = astrobinPlaceOf('user:nobody_at_all', [['uploaded__gte', '2021-01-01']]);
    if (before.view !== 'astrobin') throw new Error(before.view);
    expect(wordsOfParams(before.params, before.typed)).toBe('user:nobody_at_all');
    const m31 = {
      view: 'astrobin',
      params: [
        ['subjects', 'M 31'],
        ['uploaded__gte', '2021-01-01'],
      ],
    };
    expect(astrobinPlaceOf('M31', before.params, before.typed)).toEqual(m31);
    expect(typedStill(['user'], before.params, [['user', 'nobody_at_all']])).toEqual(['user']);
    expect(typedStill(['user'], before.params, [['user', 'alice']])).toEqual([]);
  });

  test('signs that nobody sees are blanks', () => {
    expect(plainWords('\u0000M\u000031\u007f\n')).toBe('M 31');
    expect(plainWords('Étoile 星')).toBe('Étoile 星');
  });

  test('what a search shows in the field means the same search again', () => {
    for (const params of [
      [['subjects', 'M 31']],
      [['subjects', 'Pelican']],
      [['title__icontains', 'Pelican']],
      [['title__icontains', 'M31']],
    ] as [string, string][][]) {
      expect(astrobinPlaceOf(wordsOfParams(params), [])).toEqual({ view: 'astrobin', params });
    }
  });
});

describe('filters', () => {
  test('both days of a span count', () => {
    expect(daysOf('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
    expect(daysOf('2023')).toEqual({ first: '2023-01-01', last: '2023-12-31' });
    expect(daysOf('2023-02-29')).toBeNull();
    const result = parseDays('uploaded', '2022-03-01', '2022-03');
    expect(result).toEqual({
      ok: true,
      params: [
        ['uploaded__gte', '2022-03-01'],
        ['uploaded__lt', '2022-04-01'],
      ],
    });
    expect(result.ok && typedEnds(result.params, true)).toEqual(['2022-03-01', '2022-03-31']);
    expect(parseDays('uploaded', '2022', '2021')).toMatchObject({ ok: false, from: null });
  });

  test('sizes are whole numbers in order', () => {
    expect(parseSizes('w', '1,000', '')).toEqual({ ok: true, params: [['w__gte', '1000']] });
    expect(parseSizes('w', 'wide', '10')).toMatchObject({ ok: false, until: null });
    expect(parseSizes('w', '20', '10')).toMatchObject({ ok: false, from: null });
  });

  test('read as a person would say them; what has no words stays as it is', () => {
    const params: [string, string][] = [
      ['uploaded__gte', '2022-03-01'],
      ['uploaded__lt', '2022-04-01'],
      ['data_source__in', 'BACKYARD,MIX'],
      ['title__istartswith', 'Orion'],
      ['published__year', '2021'],
    ];
    expect(describeField(params, 'uploaded')).toBe('Uploaded: 1 March 2022 to 31 March 2022');
    expect(describeField(params, 'data_source')).toBe('Data source: Backyard, Mix');
    expect(describeField(params, 'title')).toBe('Title: begins with “Orion”');
    expect(describeField(params, 'published')).toBe('Published: published__year=2021');
    expect(withField(params, 'title', [])).toHaveLength(4);
    expect(describeParams([])).toBe('');
    expect(describeParams([['subjects', 'Orion Nebula']])).toBe('Orion Nebula');
  });
});

describe('routes', () => {
  test.each([
    { view: 'astrobin', params: [['user', 'alice']], typed: ['user'] },
    { view: 'astrobin-day', kind: 'toppick', at: 'astrobin:yx76x9' },
    { view: 'astrobin', params: [['subjects', 'M 31']] },
    { view: 'astrobin-user', username: 'alice' },
    { view: 'astrobin-collections', user: null },
    { view: 'astrobin-collection', id: 7 },
  ])('$view is restored', (route) => {
    expect(parseRoute(JSON.parse(JSON.stringify(route)))).toEqual(route);
  });

  test.each([
    { view: 'astrobin-day', kind: 'worst' },
    { view: 'astrobin', params: [['subjects']] },
    { view: 'astrobin', params: 'M31' },
    { view: 'astrobin-user', username: 3 },
    { view: 'astrobin-collection', id: -1 },
    { view: 'astrobin-elsewhere' },
  ])('%j is none', (route) => expect(parseRoute(route)).toBeNull());

  test('a record’s list is restored with it', () => {
    const source = { view: 'astrobin', params: [['user', 'alice']] };
    const route = {
      view: 'record',
      ref: 'astrobin:yx76x9',
      from: { label: 'images of alice', index: 3, source },
    };
    expect(parseRoute(route)).toEqual(route);
  });

  test('places that an address names lead to their views', () => {
    expect(routeOfPlace({ kind: 'astrobin-user', username: 'alice' })).toMatchObject({
      view: 'astrobin-user',
    });
    expect(routeOfPlace({ kind: 'astrobin-day' })).toMatchObject({ kind: 'imageoftheday' });
    expect(routeOfPlace({ kind: 'album', name: 'Apollo' })).toMatchObject({ view: 'album' });
  });
});

test('what is wrong with the key or the day is told apart', () => {
  const keys = { from: null, hasKeyring: true, isLost: false };
  const budget = { perDay: 500, used: 500, renewsAtMs: 0 };
  const service = { keys, access: 'no-key', budget, address: '' } as const;
  expect(troubleOf({ code: 'key-needed' }, service)).toBe('no-key');
  expect(troubleOf({ code: 'key-needed' }, { ...service, keys: { ...keys, isLost: true } })).toBe(
    'lost-key',
  );
  expect(
    troubleOf({ code: 'key-needed' }, { ...service, keys: { ...keys, from: 'session' } }),
  ).toBe('bad-key');
  expect(troubleOf({ code: 'rate-limited' }, service)).toBe('limit');
  expect(troubleOf({ code: 'rate-limited' }, null)).toBe('slow');
  const message = 'AstroBin’s limit for today is used up. Nothing was sent and nothing was lost.';
  const limit = { code: 'rate-limited', message } as const;
  expect(troubleOf(limit, null)).toBe('limit');
  expect(isLifted(limit, service)).toBe(false);
  const raised = { ...service, budget: { perDay: 500, used: 20, renewsAtMs: 0 } };
  expect(isLifted(limit, raised)).toBe(true);
  expect(isLifted({ code: 'rate-limited', message: 'AstroBin asked us to wait.' }, raised)).toBe(
    false,
  );
});
