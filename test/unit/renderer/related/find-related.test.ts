import { describe, expect, test } from 'vitest';
import { toRef, type ArchiveId, type RecordDetail } from '#contract/domain.ts';
import { relatedOf, relatedOfProduct } from '#renderer/features/related/find-related.ts';

function detailOf(
  archive: ArchiveId,
  { id = 'x', title = '', description = '', fields = {} as Record<string, unknown> },
): RecordDetail {
  return {
    card: {
      record: {
        ref: toRef(archive, id),
        archive,
        id,
        kind: 'image',
        title,
        description,
        date: null,
        credit: null,
        licence: null,
        preview: null,
        page: null,
        fields,
      },
      thumb: null,
      alt: title,
    },
    description: [],
    renditions: [],
    metadata: [],
    metadataDocument: null,
    captions: [],
    missing: [],
    creditLine: '',
    licenceNote: null,
    age: { fetchedAtMs: 0, origin: 'network', isStale: false, problem: null },
  };
}
const told = (offers: ReturnType<typeof relatedOf>) =>
  offers.map(({ label, reason }) => `${label} (${reason})`);

describe('what a record has to do with the others', () => {
  test('a NASA record leads to its target’s bundles, its mission’s and other records, never to itself', () => {
    const offers = relatedOf(
      detailOf('nasa-images', {
        id: 'PIA24439',
        title: 'Ridges on Europa',
        description: 'NASA’s Galileo spacecraft at Jupiter. See also PIA24439 and PIA01299.',
        fields: { keywords: ['Jupiter'] },
      }),
    );
    expect(told(offers)).toEqual([
      'NASA record PIA01299 (names PIA01299)',
      'PDS bundles about Jupiter (names Jupiter)',
      'AstroBin images named Jupiter (names Jupiter)',
      'PDS bundles about Europa (names Europa)',
      'AstroBin images named Europa (names Europa)',
      'PDS bundles of Galileo (names the mission Galileo)',
    ]);
    expect(offers[0]?.route).toEqual({ view: 'record', ref: 'nasa:PIA01299', from: null });
    expect(offers[1]?.route).toEqual({
      view: 'pds',
      filter: { target: 'urn:nasa:pds:context:target:planet.jupiter' },
    });
    expect(offers[5]?.route).toEqual({ view: 'pds', filter: { text: 'Galileo' } });
  });

  test('an object of the catalogues leads from NASA to AstroBin, and back', () => {
    const there = relatedOf(detailOf('nasa-images', { title: 'The galaxy M31 from afar' }));
    expect(told(there)).toEqual(['AstroBin images of M 31 (same object: M 31)']);
    const back = relatedOf(detailOf('astrobin', { fields: { subjects: ['M 31', 'HD 3431'] } }));
    expect(told(back)).toEqual([
      'NASA Images of Andromeda Galaxy (same object: M 31)',
      'AstroBin images of M 31 (same object: M 31)',
    ]);
    expect(back[0]?.route).toEqual({ view: 'nasa', query: { q: 'Andromeda Galaxy' } });
  });

  test('coordinates alone tell what lies in a field; what AstroBin names is not told twice', () => {
    const fields = { ra: 10.716, dec: 41.266, radius: 2.545 };
    expect(told(relatedOf(detailOf('astrobin', { fields })))[0]).toBe(
      'NASA Images of Andromeda Galaxy (M 31 lies in its field)',
    );
    const reasons = relatedOf(
      detailOf('astrobin', { fields: { ...fields, subjects: ['M 31'] } }),
    ).map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason.includes('M 31'))).toEqual([
      'same object: M 31',
      'same object: M 31',
    ]);
    expect(reasons).toContain('M 110 lies in its field');
    expect(relatedOf(detailOf('astrobin', { fields: { ra: 1, dec: null, radius: 2 } }))).toEqual(
      [],
    );
  });

  test('a picture of a planet leads to NASA and to bundles', () => {
    const offers = relatedOf(detailOf('astrobin', { title: 'Saturn at opposition' }));
    expect(told(offers)).toEqual([
      'NASA Images of Saturn (names Saturn)',
      'PDS bundles about Saturn (names Saturn)',
    ]);
  });

  test('nothing is offered of ordinary words', () => {
    for (const archive of ['nasa-images', 'astrobin'] as const) {
      const offers = relatedOf(
        detailOf(archive, {
          title: 'Opportunity at dawn',
          description:
            'A spirit of curiosity; the Saturn V on its pad, a mercury lamp, bolts of M8.',
          fields: { keywords: ['Spirit', 'Launch'], subjects: [] },
        }),
      );
      expect(offers).toEqual([]);
    }
  });

  test('a product leads to pictures of its target and mission; lamps and skies are no targets', () => {
    const reference = (kind: string, name: string) => ({
      id: `urn:nasa:pds:context:${kind}::1.0`,
      name,
    });
    const offers = relatedOfProduct({
      text: 'Made after PIA22520',
      targets: [
        reference('target:planet.mars', 'Mars'),
        reference('target:asteroid.4_vesta', '(4) Vesta'),
        reference('target:calibrator.lamp', 'Lamp'),
        reference('target:laboratory_analog.rock', 'Rock'),
      ],
      missions: [reference('investigation:mission.insight', 'InSight')],
    });
    expect(told(offers)).toEqual([
      'NASA record PIA22520 (names PIA22520)',
      'NASA Images of Mars (same target: Mars)',
      'AstroBin images named Mars (same target: Mars)',
      'NASA Images of Vesta (same target: Vesta)',
      'AstroBin images named Vesta (same target: Vesta)',
      'NASA Images of InSight (same mission: InSight)',
    ]);
  });
});
