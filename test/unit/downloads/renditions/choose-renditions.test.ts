import { describe, expect, test } from 'vitest';
import type { ArchiveRecord, CaptionFile, Rendition } from '#contract/domain.ts';
import { chooseRenditions, needsSizes } from '#main/downloads/renditions/choose-renditions.ts';
import type { RenditionRule, RenditionWish } from '#main/downloads/renditions/rendition-rule.ts';
import { makeRecord, makeRendition } from '#test/support/planned-records.ts';

const wishFor = (rule: RenditionRule, other: Partial<RenditionWish> = {}): RenditionWish => ({
  rule,
  withCaptions: false,
  maxBytes: null,
  ...other,
});

function choose(
  record: ArchiveRecord,
  renditions: readonly Rendition[],
  rule: RenditionRule,
  other: Partial<RenditionWish> = {},
  captions: readonly CaptionFile[] = [],
) {
  const { files, refusals } = chooseRenditions(record, renditions, wishFor(rule, other), captions);
  return {
    names: files.map(({ rendition }) => rendition.name),
    refused: refusals.map(({ reason, rendition }) => `${reason} ${rendition ?? '-'}`),
    files,
    refusals,
  };
}

describe('NASA', () => {
  const record = makeRecord('nasa-images', 'PIA1');
  const picture = [
    makeRendition('orig', { bytes: 12_300_000, width: 4000, height: 3000, mime: 'image/tiff' }),
    makeRendition('large', { bytes: 812_345, width: 1920, height: 1440 }),
    makeRendition('thumb', { bytes: 20_000, width: 640, height: 480 }),
  ];

  test('largest, original, all, named', () => {
    expect(choose(record, picture, { kind: 'largest' }).names).toEqual(['orig']);
    expect(choose(record, picture, { kind: 'original' }).names).toEqual(['orig']);
    expect(choose(record, picture, { kind: 'all' }).names).toEqual(['orig', 'large', 'thumb']);
    const named = choose(record, picture, { kind: 'named', names: ['thumb', 'huge'] });
    expect([named.names, named.refused]).toEqual([['thumb'], ['no-such-file huge']]);
    expect(named.refusals[0]?.message).toContain('It has: orig, large, thumb.');
  });

  test('the largest that fits; what does not fit anywhere is refused', () => {
    const under = (maxBytes: number) =>
      choose(record, picture, { kind: 'largest-under', maxBytes });
    expect(under(1_000_000).names).toEqual(['large']);
    expect(under(1_000_000).refused).toEqual([]);
    expect([under(10_000).names, under(10_000).refused]).toEqual([[], ['too-large thumb']]);
    expect(choose(record, picture, { kind: 'largest' }, { maxBytes: 100_000 }).names).toEqual([
      'thumb',
    ]);
    const all = choose(record, picture, { kind: 'all' }, { maxBytes: 1_000_000 });
    expect([all.names, all.refused]).toEqual([['large', 'thumb'], ['too-large orig']]);
    expect(all.refusals[0]?.message).toContain('about 12300000 bytes');
  });

  test('round sizes are estimates, others are known, pixels give a guess', () => {
    const { files } = choose(
      record,
      [...picture, makeRendition('medium', { width: 1000, height: 1000 }), makeRendition('small')],
      { kind: 'all' },
    );
    expect(files.map(({ bytes }) => bytes.kind)).toEqual([
      ...['estimated', 'known', 'estimated', 'estimated', 'unknown'],
    ]);
    expect(files[3]?.bytes.bytes).toBe(350_000);
  });

  test('a guess from pixels is no promise of a size', () => {
    const guessed = [makeRendition('orig', { width: 10, height: 10 })];
    expect(choose(record, guessed, { kind: 'largest-under', maxBytes: 1e9 }).refused).toEqual([
      'size-unknown orig',
    ]);
    expect(needsSizes(guessed, wishFor({ kind: 'largest-under', maxBytes: 1 }))).toBe(true);
    expect(needsSizes(guessed, wishFor({ kind: 'largest' }))).toBe(false);
    expect(needsSizes(picture, wishFor({ kind: 'all' }, { maxBytes: 1 }))).toBe(false);
  });

  test('a film comes before stills of it, however large those are', () => {
    const film = makeRecord('nasa-images', 'v', { kind: 'video' });
    const renditions = [
      makeRendition('small.jpg', { bytes: 9_000_000 }),
      makeRendition('mobile', { mime: 'video/mp4', bytes: 2_000_000 }),
      makeRendition('orig', { mime: 'video/mp4', bytes: 5_000_000 }),
    ];
    expect(choose(film, renditions, { kind: 'largest' }).names).toEqual(['orig']);
  });

  test('captions too, where there are any; silence of a picture is nothing to tell', () => {
    const film = makeRecord('nasa-images', 'v', { kind: 'video' });
    const renditions = [makeRendition('orig', { mime: 'video/mp4' })];
    const captions: CaptionFile[] = [
      { url: 'https://x.example/v.srt', format: 'srt' },
      { url: 'https://x.example/v.vtt', format: 'vtt' },
      { url: 'file:///etc/passwd', format: 'vtt' },
    ];
    const wish = { withCaptions: true };
    const both = choose(film, renditions, { kind: 'largest' }, wish, captions);
    expect(both.names).toEqual(['orig', 'captions', 'captions-2']);
    expect(both.files.map(({ role }) => role)).toEqual(['medium', 'captions', 'captions']);
    expect(choose(film, renditions, { kind: 'largest' }, wish).refused).toEqual(['no-captions -']);
    expect(choose(record, picture, { kind: 'largest' }, wish).refused).toEqual([]);
  });

  test('no files, no original', () => {
    expect(choose(record, [], { kind: 'largest' }).refused).toEqual(['no-files -']);
    expect(choose(record, [makeRendition('large')], { kind: 'original' }).refused).toEqual([
      'no-such-file original',
    ]);
    expect(choose(record, [makeRendition('file')], { kind: 'original' }).names).toEqual(['file']);
  });
});

describe('PDS', () => {
  const address = 'http://data.example/b/c/';
  const record = makeRecord('pds-registry', 'urn:nasa:pds:b:c:p::1.0', {
    fields: {
      'ops:Label_File_Info.ops:file_ref': [`${address}p.xml`],
      'ops:Data_File_Info.ops:file_ref': [`${address}p.tab`, `${address}table.xml`],
    },
  });
  const file = (name: string, bytes: number | null, url = `https://data.example/b/c/${name}`) =>
    makeRendition(name, { url, bytes, mime: null });
  const files = [file('p.xml', 900), file('p.tab', 50_000), file('table.xml', 70)];

  test('label and data, each known as what it is', () => {
    const chosen = choose(record, files, { kind: 'data-and-label' });
    expect(chosen.files.map(({ rendition, role }) => `${rendition.name} ${role}`)).toEqual([
      ...['p.xml label', 'p.tab data', 'table.xml data'],
    ]);
    expect(chosen.files.map(({ bytes }) => bytes)).toContainEqual({ kind: 'known', bytes: 50_000 });
    expect(choose(record, files, { kind: 'original' }).names).toEqual(chosen.names);
  });

  test('the largest is data, never the label', () => {
    const large = [file('p.xml', 900_000), file('p.tab', 50_000)];
    expect(choose(record, large, { kind: 'largest' }).names).toEqual(['p.tab']);
  });

  test('dead addresses are refused, and the rest is fetched', () => {
    const dead = [
      file('a.tab', 1, ''),
      file('b.tab', 1, '/data/on/the/node.tab'),
      file('c.tab', 1, 'ftp://x.example/c.tab'),
      file('d.tab', 1, 'https://user:pass@x.example/d.tab'),
    ];
    const chosen = choose(record, [...files, ...dead], { kind: 'all' });
    expect(chosen.names).toEqual(['p.xml', 'p.tab', 'table.xml']);
    expect(chosen.refused).toEqual(dead.map(({ name }) => `dead-address ${name}`));
    expect(choose(record, [dead[0] as Rendition], { kind: 'largest' }).refused).toEqual([
      'dead-address a.tab',
    ]);
  });
});

describe('AstroBin', () => {
  const record = makeRecord('astrobin', 'h01eef');
  const plain = (name: string, other: Partial<Rendition> = {}) =>
    makeRendition(name, { mime: null, ...other });
  const renditions = [
    plain('real', { width: 4000, height: 3000 }),
    plain('hd'),
    plain('histogram', { mime: 'image/png' }),
    plain('fits', { mime: 'application/fits' }),
  ];

  test('largest and original are the picture itself', () => {
    expect(choose(record, renditions, { kind: 'largest' }).names).toEqual(['real']);
    expect(choose(record, renditions, { kind: 'original' }).names).toEqual(['real']);
    expect(choose(record, renditions, { kind: 'data-and-label' }).names).toEqual(['real']);
    expect(choose(record, renditions.slice(1), { kind: 'largest' }).names).toEqual(['hd']);
  });

  test('what goes with it is no medium', () => {
    const { files } = choose(record, renditions, { kind: 'all' });
    expect(files.map(({ role }) => role)).toEqual(['medium', 'medium', 'data', 'data']);
    expect(files.map(({ bytes }) => bytes.kind)).toEqual([
      ...['estimated', 'unknown', 'unknown', 'unknown'],
    ]);
  });
});
