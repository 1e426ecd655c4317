import { describe, expect, test } from 'vitest';
import {
  astrobinResources,
  type AstrobinParam,
  type AstrobinResource,
} from '#contract/astrobin.ts';
import { checkParams, filterNames } from '#main/sources/astrobin/filters.ts';

/** A value that each lookup takes, for text, dates and numbers alike where there is one. */
const everywhere: Record<string, { text: string; moment: string; integer: string }> = {
  exact: { text: 'a', moment: '2012-04-10', integer: '7' },
  iexact: { text: 'a', moment: '2012', integer: '7' },
  contains: { text: 'a', moment: '2012', integer: '7' },
  icontains: { text: 'a', moment: '2012', integer: '7' },
  startswith: { text: 'a', moment: '2012', integer: '7' },
  istartswith: { text: 'a', moment: '2012', integer: '7' },
  endswith: { text: 'a', moment: '00', integer: '7' },
  iendswith: { text: 'a', moment: '00', integer: '7' },
  gt: { text: 'a', moment: '2012-04-10 0:00:00', integer: '7' },
  gte: { text: 'a', moment: '2012-04-10T21:30:00.5', integer: '-7' },
  lt: { text: 'a', moment: '2012-04-10 21:30', integer: '7' },
  lte: { text: 'a', moment: '2012-04-10T21:30:00Z', integer: '7' },
  in: { text: 'a,b', moment: '2012-04-10,2012-04-11', integer: '1,2,3' },
  range: { text: 'a,b', moment: '2012-04-10,2012-05-10', integer: '1,9' },
  isnull: { text: 'true', moment: 'False', integer: 'True' },
  regex: { text: '^M ?31$', moment: '^2012', integer: '^19' },
  iregex: { text: '(?i)m[[:space:]]31', moment: '^2012', integer: '^19' },
};
const ofDates: Record<string, string> = {
  year: '2012',
  iso_year: '2012',
  quarter: '2',
  month: '4',
  week: '52',
  day: '31',
  week_day: '1',
  iso_week_day: '7',
  hour: '0',
  minute: '59',
  second: '59',
  date: '2012-04-10',
  time: '21:30',
};
const never = ['foo', 'username', 'like', 'year__gte', 'icontain', '', 'search', 'exact__exact'];

const kinds: Record<string, 'text' | 'moment' | 'integer'> = {
  ...{ title: 'text', description: 'text', data_source: 'text', remote_source: 'text' },
  ...{ uploaded: 'moment', published: 'moment', w: 'integer', h: 'integer' },
};

const kindsOf = (resource: AstrobinResource, name: string, value: string): string[] =>
  checkParams(resource, [[name, value]]).map(({ kind }) => kind);

describe('images: every filter with every lookup', () => {
  for (const [field, kind] of Object.entries(kinds)) {
    test(field, () => {
      expect(kindsOf('image', field, everywhere['exact']?.[kind] ?? '')).toEqual([]);
      for (const [lookup, values] of Object.entries(everywhere)) {
        expect(kindsOf('image', `${field}__${lookup}`, values[kind]), lookup).toEqual([]);
      }
      for (const [lookup, value] of Object.entries(ofDates)) {
        const refused = kind === 'moment' ? [] : ['unfilterable'];
        expect(kindsOf('image', `${field}__${lookup}`, value), lookup).toEqual(refused);
      }
      for (const lookup of never) {
        expect(kindsOf('image', `${field}__${lookup}`, '1'), lookup).toEqual(['unfilterable']);
      }
    });
  }

  test('user, subjects and ids are taken as they are', () => {
    expect(kindsOf('image', 'user', 'siovene')).toEqual([]);
    expect(kindsOf('image', 'subjects', 'M31')).toEqual([]);
    expect(kindsOf('image', 'ids', '1,2, 3')).toEqual([]);
    for (const lookup of [...Object.keys(everywhere), 'username']) {
      expect(kindsOf('image', `user__${lookup}`, 'true'), lookup).toEqual(['unfilterable']);
      expect(kindsOf('image', `subjects__${lookup}`, 'true'), lookup).toEqual(['unfilterable']);
      // Not a field at all: left out without a word.
      expect(kindsOf('image', `ids__${lookup}`, '1'), lookup).toEqual(['unknown']);
    }
  });

  test('173 names in all', () => {
    const names = filterNames('image');
    expect(names).toHaveLength(6 * 18 + 2 * 31 + 3);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('images: what the service refuses, or leaves out', () => {
  test.each(['hash', 'id', 'views', 'ra', 'license', 'is_solved', 'imaging_cameras', 'url_hd'])(
    '%s is a field, and no filter',
    (name) => {
      expect(kindsOf('image', name, '1')).toEqual(['unfilterable']);
      expect(kindsOf('image', `${name}__gt`, '1')).toEqual(['unfilterable']);
    },
  );

  test.each([
    ['title_icontains', 'title__icontains'],
    ['title__icontain', 'title__icontains'],
    ['titel', 'title'],
    ['uploadet__gte', 'uploaded__gte'],
    ['upload__gte', 'uploaded__gte'],
    ['subject', 'subjects'],
    ['orderby', 'order_by'],
    ['User', 'user'],
    ['width', null],
    ['bogus', null],
  ])('%s: %s was meant', (name, meant) => {
    const [problem] = checkParams('image', [[name, 'x']]);
    expect(problem?.kind).toBe(name === 'title__icontain' ? 'unfilterable' : 'unknown');
    if (meant === null) expect(problem?.suggestions).toEqual([]);
    else expect(problem?.suggestions[0]).toBe(meant);
  });

  test.each(['limit', 'offset', 'format', 'api_key', 'API_SECRET', 'callback'])(
    '%s is not for callers',
    (name) => {
      expect(kindsOf('image', name, '1')).toEqual(['unfilterable']);
    },
  );

  test('a secret that was put there by mistake is not repeated', () => {
    const [problem] = checkParams('image', [['api_secret', 'my-secret']]);
    expect(JSON.stringify(problem)).not.toContain('my-secret');
  });

  test('a name given twice: the first is left out', () => {
    const twice: AstrobinParam[] = [
      ['title__icontains', 'a'],
      ['title__icontains', 'b'],
    ];
    const lists: AstrobinParam[] = [
      ['w__in', '1,2'],
      ['w__in', '3'],
    ];
    expect(checkParams('image', lists)).toEqual([]);
    expect(checkParams('image', twice)).toMatchObject([
      { kind: 'unknown', param: 'title__icontains' },
    ]);
  });

  test('names of objects’ own parts are no filters', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty__exact']) {
      expect(kindsOf('image', name, '1'), name).toEqual(['unknown']);
    }
  });
});

describe('images: values', () => {
  test.each([
    ['uploaded__gte', 'x'],
    ['uploaded__gte', '2012-02-30'],
    ['uploaded__gte', '2012-04-10 24:00:00'],
    ['uploaded__gte', '2012-04-10 12:60'],
    ['uploaded__gte', '10.04.2012'],
    ['uploaded', ''],
    ['uploaded__in', '2012-04-10,x'],
    ['uploaded__range', '2012-04-10'],
    ['uploaded__range', '2012-04-10,2012-04-11,2012-04-12'],
    ['uploaded__year', 'twelve'],
    ['uploaded__year', '0'],
    ['uploaded__year', '10000'],
    ['uploaded__month', 'May'],
    ['uploaded__day', ''],
    ['uploaded__hour', '1.5'],
    ['uploaded__date', '2012'],
    ['uploaded__time', '25:00'],
    ['uploaded__isnull', '1'],
    ['uploaded__gt', 'None'],
    ['w__lt', '1.5'],
    ['w__lt', 'wide'],
    ['w__lt', '99999999999'],
    ['w__gte', 'none'],
    ['w__in', '1,,2'],
    ['h__range', '1,2,3'],
    ['title__isnull', 'yes'],
    ['title__range', 'a'],
    ['title__in', ''],
    ['title__icontains', 'None'],
    ['title__regex', '(unclosed'],
    ['title__regex', '*'],
    ['user', ''],
    ['subjects', ''],
    ['ids', '1;2'],
    ['ids', 'h01eef'],
    ['ids', ''],
  ])('%s=%s is refused', (name, value) => {
    const [problem] = checkParams('image', [[name, value]]);
    expect(problem).toMatchObject({ kind: 'value', param: name, suggestions: [] });
    expect(problem?.message).toMatch(/\.$/);
  });

  test.each([
    ['uploaded__gte', '2012-4-1'],
    ['uploaded__gte', '2012-04-10 0:00:00'],
    ['uploaded__lt', '2012-04-10T10:00:00.123456+02:00'],
    ['uploaded__gte', '2012-02-29'],
    ['published', 'none'],
    ['published__isnull', 'true'],
    ['title', 'None'],
    ['title__iexact', 'none'],
    ['title__icontains', ''],
    ['title__icontains', 'M 31, “Andromeda” & friends'],
    ['title__regex', '***:(?i)^m[[:digit:]]+$'],
    ['w', ' 1920 '],
    ['w__lt', '+5'],
    ['uploaded__month', '13'],
    ['data_source', 'ANYTHING'],
    ['subjects', 'NGC 1976'],
  ])('%s=%s is let through', (name, value) => {
    expect(checkParams('image', [[name, value]])).toEqual([]);
  });
});

describe('order', () => {
  test.each(['published', 'uploaded', 'title', '-published', '-uploaded', '-title'])(
    '%s',
    (value) => {
      expect(kindsOf('image', 'order_by', value)).toEqual([]);
    },
  );

  test('more than one', () => {
    const both: AstrobinParam[] = [
      ['order_by', '-uploaded'],
      ['order_by', 'title'],
    ];
    expect(checkParams('image', both)).toEqual([]);
  });

  test.each(['w', '-w', 'zzz', '', '--title', 'title,uploaded', 'title__x'])('not %s', (value) => {
    expect(kindsOf('image', 'order_by', value)).toEqual(['unsortable']);
  });

  test('what was meant keeps its sign', () => {
    expect(checkParams('image', [['order_by', '-uplaoded']])[0]?.suggestions).toEqual([
      '-uploaded',
    ]);
  });

  test('no other list is sorted', () => {
    for (const resource of astrobinResources.filter((one) => one !== 'image')) {
      for (const value of ['date', 'date_joined', '-date_joined', '-date_created', 'title']) {
        expect(kindsOf(resource, 'order_by', value), resource).toEqual(['unsortable']);
      }
    }
  });
});

describe('the other lists', () => {
  test('users: by the exact name alone', () => {
    expect(kindsOf('userprofile', 'username', 'siovene')).toEqual([]);
    for (const name of ['username__exact', 'username__icontains', 'real_name', 'website', 'id']) {
      expect(kindsOf('userprofile', name, 'x'), name).toEqual(['unfilterable']);
    }
    expect(kindsOf('userprofile', 'name', 'x')).toEqual(['unknown']);
  });

  test('collections: by user, name and description', () => {
    expect(kindsOf('collection', 'user', 'siovene')).toEqual([]);
    for (const [lookup, { text }] of Object.entries(everywhere)) {
      expect(kindsOf('collection', `name__${lookup}`, text), lookup).toEqual([]);
      expect(kindsOf('collection', `description__${lookup}`, text), lookup).toEqual([]);
      expect(kindsOf('collection', `user__${lookup}`, text), lookup).toEqual(['unfilterable']);
    }
    expect(kindsOf('collection', 'date_created', '2020-01-01')).toEqual(['unfilterable']);
    expect(kindsOf('collection', 'title', 'x')).toEqual(['unknown']);
  });

  test.each([
    'imageoftheday',
    'toppick',
    'toppicknomination',
    'location',
    'imagerevision',
  ] as const)('%s: by nothing', (resource) => {
    expect(filterNames(resource)).toEqual([]);
    expect(kindsOf(resource, 'resource_uri', 'x')).toEqual(['unfilterable']);
    expect(kindsOf(resource, 'bogus', 'x')).toEqual(['unknown']);
  });
});
