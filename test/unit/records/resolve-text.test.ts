import { describe, expect, test } from 'vitest';
import type { ArchivePlace } from '#contract/domain.ts';
import { resolveText } from '#main/records/resolve-text.ts';

describe('names a record', () => {
  const cases: [string, string, string][] = [
    ['nasa:PIA24439', 'PIA24439', 'reference'],
    ['  nasa:Moon to Mars  ', 'Moon to Mars', 'reference'],
    ['nasa:a:b', 'a:b', 'reference'],
    ['PIA24439', 'PIA24439', 'number'],
    ['pia 24439', 'PIA24439', 'number'],
    ['pia-12348', 'PIA12348', 'number'],
    ['"as11-40-5874"', 'as11-40-5874', 'text'],
    ['Moon to Mars', 'Moon to Mars', 'text'],
    ['GSFC_20171208_Archive_e000123', 'GSFC_20171208_Archive_e000123', 'text'],
    ['PIA24439~orig.jpg', 'PIA24439', 'text'],
    ['Bob’s & Co. 50% #1?', 'Bob’s & Co. 50% #1?', 'text'],
    ['../etc/passwd', '../etc/passwd', 'text'],
    ['https://images.nasa.gov/details/PIA24439', 'PIA24439', 'address'],
    ['https://images.nasa.gov/details/PIA24439/', 'PIA24439', 'address'],
    ['http://www.images.nasa.gov/details-PIA24439.html', 'PIA24439', 'address'],
    ['https://images.nasa.gov/details-PIA24439', 'PIA24439', 'address'],
    ['https://images.nasa.gov/#/details-PIA24439.html', 'PIA24439', 'address'],
    ['images.nasa.gov/details/Moon%20to%20Mars', 'Moon to Mars', 'address'],
    ['https://images.nasa.gov/details/Moon to Mars', 'Moon to Mars', 'address'],
    ['https://images.nasa.gov/details/50% off', '50% off', 'address'],
    ['https://images.nasa.gov/details/what%3F', 'what?', 'address'],
    ['https://images.nasa.gov/details/No.%20%231', 'No. #1', 'address'],
    ['https://images.nasa.gov/details/PIA1?utm_source=x#top', 'PIA1', 'address'],
    ['https://images.nasa.gov/details/a%2Fb', 'a/b', 'address'],
    ['<https://images.nasa.gov/details/PIA1>', 'PIA1', 'address'],
    ['https://images-assets.nasa.gov/image/PIA24439/PIA24439~orig.jpg', 'PIA24439', 'address'],
    ['http://images-assets.nasa.gov/video/A B/collection.json', 'A B', 'address'],
    ['https://images-api.nasa.gov/asset/PIA24439', 'PIA24439', 'address'],
    ['https://images-api.nasa.gov/search?nasa_id=A%20B', 'A B', 'address'],
    ['https://photojournal.jpl.nasa.gov/catalog/PIA24439', 'PIA24439', 'address'],
    ['https://www.jpl.nasa.gov/images/pia24439-perseverance-lands', 'PIA24439', 'address'],
  ];
  for (const [text, id, from] of cases) {
    test(text, () => {
      expect(resolveText(text)).toEqual({
        ref: `nasa:${id}`,
        archive: 'nasa-images',
        from,
        reason: null,
      });
    });
  }
});

describe('names a product of the registry', () => {
  const id = 'urn:nasa:pds:insight_rad:data_derived::14.0';
  const cases: [string, string, string][] = [
    [`pds:${id}`, id, 'reference'],
    [id, id, 'number'],
    ['URN:NASA:PDS:insight', 'urn:nasa:pds:insight', 'number'],
    [`${id}.`, id, 'number'],
    [`https://pds.nasa.gov/api/search/1/products/${id}`, id, 'address'],
    [
      `https://pds.nasa.gov/ds-view/pds/viewCollection.jsp?identifier=${encodeURIComponent(id)}`,
      id,
      'address',
    ],
  ];
  for (const [text, wanted, from] of cases) {
    test(text.slice(0, 60), () => {
      expect(resolveText(text)).toEqual({
        ref: `pds:${wanted}`,
        archive: 'pds-registry',
        from,
        reason: null,
      });
    });
  }
});

describe('names no record of this archive, and says why', () => {
  const cases: [string, string | null, RegExp][] = [
    ['', null, /Nothing was given/],
    ['   ', null, /Nothing was given/],
    ['nasa:', null, /an identifier is missing/],
    ['javascript:alert(1)', null, /is not a web address/],
    ['data:text/html,x', null, /is not a web address/],
    ['pds:insight', 'pds-registry', /no identifier of the PDS registry/],
    ['urn:nothing', 'pds-registry', /no identifier/],
    ['https://pds.nasa.gov/ds-view/pds/x', 'pds-registry', /Planetary Data System/],
    ['https://pds-imaging.jpl.nasa.gov/data/x', 'pds-registry', /Planetary Data System/],
    ['https://pds-geosciences.wustl.edu/x', 'pds-registry', /Planetary Data System/],
    ['astrobin:no-hash', 'astrobin', /no image of AstroBin/],
    ['https://www.astrobin.com/search/?q=x', 'astrobin', /no image/],
    ['https://www.astrobin.com/users/alice/', 'astrobin', /the user “alice”/],
    ['https://images.nasa.gov/album/Apollo-at-50', 'nasa-images', /album, “Apollo-at-50”/],
    ['https://images.nasa.gov/', 'nasa-images', /no record/],
    ['https://www.nasa.gov/missions', 'nasa-images', /no record/],
    ['https://images.nasa.gov.example.com/details/PIA1', null, /no archive/],
    ['https://example.com/PIA24439', null, /no archive/],
    ['file:///etc/passwd', null, /not a web address/],
    ['javascript://x', null, /not a web address/],
    ['x'.repeat(1025), null, /1024/],
  ];
  for (const [text, archive, reason] of cases) {
    test(text.slice(0, 60), () => {
      expect(resolveText(text)).toMatchObject({
        ref: null,
        archive,
        reason: expect.stringMatching(reason),
      });
    });
  }
});

describe('names an image of AstroBin', () => {
  const cases: [string, string, string][] = [
    ['astrobin:yx76x9', 'yx76x9', 'reference'],
    ['astrobin:57782', '57782', 'reference'],
    ['https://www.astrobin.com/yx76x9/', 'yx76x9', 'address'],
    ['astrobin.com/YX76X9/B/', 'yx76x9', 'address'],
    ['https://www.astrobin.com/full/yx76x9/0/', 'yx76x9', 'address'],
    ['https://app.astrobin.com/i/yx76x9', 'yx76x9', 'address'],
    ['https://app.astrobin.com/u/alice?i=yx76x9', 'yx76x9', 'address'],
    ['https://www.astrobin.com/api/v1/image/57782/', '57782', 'address'],
    ['https://www.astrobin.com/57782/', '57782', 'address'],
    ['yx76x9', 'yx76x9', 'text'],
  ];
  for (const [text, id, from] of cases) {
    test(text, () => {
      expect(resolveText(text)).toEqual({
        ref: `astrobin:${id}`,
        archive: 'astrobin',
        from,
        reason: null,
      });
    });
  }
});

describe('names another place of an archive', () => {
  const cases: [string, ArchivePlace][] = [
    ['https://www.astrobin.com/users/al%20ice/', { kind: 'astrobin-user', username: 'al ice' }],
    ['https://app.astrobin.com/u/alice', { kind: 'astrobin-user', username: 'alice' }],
    [
      'https://www.astrobin.com/users/alice/collections/77/',
      { kind: 'astrobin-collection', id: 77 },
    ],
    ['https://www.astrobin.com/iotd/archive/', { kind: 'astrobin-day' }],
    ['https://images.nasa.gov/album/Apollo-at-50', { kind: 'album', name: 'Apollo-at-50' }],
  ];
  for (const [text, place] of cases) {
    test(text, () => {
      expect(resolveText(text)).toMatchObject({ ref: null, place });
    });
  }
});
