import { describe, expect, test } from 'vitest';
import type { ArchiveRecord } from '#contract/domain.ts';
import { fieldFallbacks, type NameContext } from '#main/downloads/names/field-values.ts';
import { pathRoom, renderName } from '#main/downloads/names/render-name.ts';
import { measure } from '#main/downloads/names/safe-name.ts';
import { parseTemplate, templateFields } from '#main/downloads/names/template.ts';
import { breachOfPath, hostileTexts } from '#test/support/name-rules.ts';
import { makeRecord } from '#test/support/planned-records.ts';

function render(
  template: string,
  record: ArchiveRecord,
  other: Partial<NameContext> = {},
  room?: number,
) {
  const parsed = parseTemplate(template);
  if (!parsed.ok) throw new Error(parsed.message);
  const context = {
    record,
    rendition: 'orig',
    ending: 'jpg',
    group: null,
    index: null,
    count: null,
  };
  return renderName(parsed.template, { ...context, ...other }, room);
}

const nasa = makeRecord('nasa-images', 'PIA12348', {
  title: 'Phobos: a moon / of Mars',
  date: '2010-02-12T23:30:00-05:00',
  credit: 'NASA/JPL-Caltech',
  fields: { album: ['Moons of Mars'], photographer: 'Ann Example' },
});
const pds = makeRecord(
  'pds-registry',
  'urn:nasa:pds:insight_rad:data_calibrated:rad_cal_00012::1.10',
  {
    title: 'InSight RAD',
    fields: {
      'pds:Investigation_Area.pds:name': ['InSight Mission'],
      ref_lid_target: ['urn:nasa:pds:context:target:planet.mars'],
    },
  },
);
const astrobin = makeRecord('astrobin', 'h01eef', {
  credit: 'alice',
  date: '2022-02-03T22:06:41.530Z',
  fields: { subjects: ['M 42', 'NGC 1976'] },
});

describe('what a template gives', () => {
  test('for a picture of NASA', () => {
    expect(render('{archive}/{collection}/{date} {title} ({user})', nasa)).toBe(
      'nasa-images/Moons of Mars/2010-02-13 Phobos_ a moon _ of Mars (Ann Example).jpg',
    );
    expect(render('{year}/{id}~{rendition}.{ext}', nasa, { ending: 'JPG' })).toBe(
      '2010/PIA12348~orig.jpg',
    );
  });

  test('for an image of AstroBin', () => {
    expect(render('{user}/{target}/{id}', astrobin)).toBe('alice/M 42/h01eef.jpg');
  });

  test('for a product of the PDS, whose files keep their names', () => {
    const file = { rendition: 'RAD_CAL_00012.TAB', ending: 'tab' };
    expect(
      render('{mission}/{target}/{bundle}/{collection}/{product} {vid}/{title}', pds, file),
    ).toBe('InSight Mission/mars/insight_rad/data_calibrated/rad_cal_00012 1.10/RAD_CAL_00012.TAB');
    expect(render('{lid}/{title}', pds, file)).toBe(
      'urn_nasa_pds_insight_rad_data_calibrated_rad_cal_00012/RAD_CAL_00012.TAB',
    );
  });

  test('numbers have as many digits as the plan needs, or as told', () => {
    expect(render('{index} {id}', nasa, { index: 7, count: 1200 })).toBe('0007 PIA12348.jpg');
    expect(render('{index:2} {id}', nasa, { index: 7, count: 1200 })).toBe('07 PIA12348.jpg');
  });

  test('a length counts what a reader sees', () => {
    const record = makeRecord('nasa-images', 'x', { title: 'e\u0301'.repeat(9) });
    expect(render('{title:3}', record)).toBe('ééé.jpg');
  });

  test('the ending is that of the type, never one that runs, never twice', () => {
    expect(render('{id}', nasa, { ending: 'exe' })).toBe('PIA12348.bin');
    expect(render('{id}.exe', nasa)).toBe('PIA12348.exe.jpg');
    expect(render('{title}', makeRecord('nasa-images', 'x', { title: 'Moon.JPG' }))).toBe(
      'Moon.jpg',
    );
    expect(render('{id}', pds, { rendition: 'setup.EXE', ending: 'exe' })).toBe('setup.EXE.bin');
  });

  test.each(templateFields)('a record without {%s} has its fallback', (field) => {
    const bare = makeRecord('nasa-images', '', { title: '' });
    const path = render(`{${field}}/x`, { ...bare, date: 'never' }, { rendition: '', ending: '' });
    const own = field === 'archive' ? 'nasa-images' : field === 'kind' ? 'image' : null;
    expect(path).toBe(`${own ?? fieldFallbacks[field]}/x.bin`);
  });

  test('the same every time', () => {
    const once = hostileTexts.map((title) =>
      render('{title}/{title}', makeRecord('astrobin', 'a', { title })),
    );
    const again = hostileTexts.map((title) =>
      render('{title}/{title}', makeRecord('astrobin', 'a', { title })),
    );
    expect(again).toEqual(once);
  });
});

test('every field of a hostile record stays one safe name', () => {
  for (const text of hostileTexts) {
    const record = makeRecord('pds-registry', text, {
      title: text,
      credit: text,
      fields: { 'pds:Investigation_Area.pds:name': [text], ref_lid_target: [text] },
    });
    const template = '{mission}/{target}/{lid}/{group}/{title}{credit}';
    const path = render(template, record, { rendition: text, group: text, ending: text });
    expect(breachOfPath(path), JSON.stringify([text.slice(0, 40), path])).toBeNull();
    expect(path.split('/')).toHaveLength(5);
  }
});

test('a long path is cut where it is longest, and still tells records apart', () => {
  const deep = `${'{title}/'.repeat(12)}{title}`;
  const of = (title: string, room?: number) =>
    render(deep, makeRecord('nasa-images', 'x', { title }), {}, room);
  const path = of('z'.repeat(400));
  expect(measure(path)).toBeLessThanOrEqual(pathRoom);
  expect(breachOfPath(path)).toBeNull();
  expect(of(`${'z'.repeat(400)}1`)).not.toBe(path);
  expect(
    measure(render('{title}', makeRecord('nasa-images', 'x', { title: 'y'.repeat(200) }), {}, 90)),
  ).toBeLessThanOrEqual(90);
});
