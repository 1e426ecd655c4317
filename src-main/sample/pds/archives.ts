/**
 * Runs in plain Node, any thread; pure. The bundles and collections of the sample registry: which there are, what
 * they hold and in how many versions.
 */
import { missions, targets } from './missions.ts';
import type { BundlePlan, CollectionPlan, ProductKind } from './missions.ts';

type Draft = Partial<CollectionPlan> & Pick<CollectionPlan, 'id' | 'kind' | 'title' | 'stem'>;

const typeOfKind: Readonly<Record<ProductKind, string>> = {
  table: 'Data',
  photometry: 'Data',
  spectrum: 'Data',
  image: 'Data',
  browse: 'Browse',
  document: 'Document',
  kernel: 'SPICE Kernel',
  context: 'Context',
};

function levelOf(id: string): string {
  if (id.includes('raw')) return 'Raw';
  return id.includes('calibrated') || id.includes('reduced') ? 'Calibrated' : 'Derived';
}

const byName = (a: string, b: string): number => (`${a}::` < `${b}::` ? -1 : 1);

function collection(draft: Draft): CollectionPlan {
  const names = draft.names === undefined ? {} : { names: [...draft.names].sort(byName) };
  return {
    type: typeOfKind[draft.kind],
    level: levelOf(draft.id),
    count: draft.names?.length ?? 40,
    versions: ['1.0'],
    revised: ['1.0', '2.0'],
    ...draft,
    ...names,
  };
}

const documents = (stem: string): CollectionPlan =>
  collection({
    id: 'document',
    kind: 'document',
    title: 'documents',
    stem,
    names: [`${stem}_sis.txt`, `${stem}_user_guide`, `${stem}_release_notes`],
    revised: ['1.0'],
  });

type BundleDraft = Partial<BundlePlan> &
  Omit<BundlePlan, 'versions' | 'names' | 'hasDoi' | 'secondary'>;

function bundle(draft: BundleDraft): BundlePlan {
  return { versions: ['1.0', '2.0'], names: 'lidvid', hasDoi: false, secondary: [], ...draft };
}

const twice = ['1.0', '2.0'] as const;

const radiometer = bundle({
  lid: 'urn:nasa:pds:sample_radiometer',
  title: 'Sample Wayfarer Radiometer Data Archive',
  mission: missions.wayfarer,
  instrument: { id: 'radiometer', name: 'Sample Radiometer', type: 'Radiometer' },
  target: targets.mars,
  node: 'PDS_GEO',
  versions: ['1.0', '2.0', '2.1'],
  hasDoi: true,
  collections: [
    collection({
      id: 'data_raw',
      kind: 'table',
      title: 'raw radiometer data',
      stem: 'rad_raw',
      count: 120,
      versions: twice,
      isMessy: true,
    }),
    collection({
      id: 'data_calibrated',
      kind: 'table',
      title: 'calibrated radiometer data',
      stem: 'rad_cal',
      count: 120,
      versions: twice,
    }),
    collection({
      id: 'data_derived',
      kind: 'table',
      title: 'derived surface temperatures',
      stem: 'rad_der',
      count: 120,
      versions: ['1.0', '2.0', '7.0'],
    }),
    collection({
      id: 'data_context_images',
      kind: 'image',
      title: 'pictures of the ground that the radiometer looked at',
      stem: '',
      count: 0,
      borrows: { from: 'urn:nasa:pds:sample_camera:data_raw', count: 36 },
    }),
    documents('rad'),
  ],
});

const camera = bundle({
  lid: 'urn:nasa:pds:sample_camera',
  title: 'Sample Wayfarer Context Camera Archive',
  mission: missions.wayfarer,
  instrument: { id: 'context_camera', name: 'Sample Context Camera', type: 'Imager' },
  target: targets.mars,
  node: 'PDS_IMG',
  names: 'lid',
  collections: [
    collection({
      id: 'browse',
      kind: 'browse',
      title: 'browse pictures',
      stem: 'scc_raw',
      count: 160,
    }),
    collection({
      id: 'data_raw',
      kind: 'image',
      title: 'raw frames',
      stem: 'scc_raw',
      count: 160,
      versions: twice,
    }),
    documents('scc'),
  ],
  secondary: ['urn:nasa:pds:sample_radiometer:document'],
});

const photometer = bundle({
  lid: 'urn:nasa:pds:sample_photometer',
  title: 'Sample Sweep Photometer Archive',
  mission: missions.sweep,
  instrument: { id: 'photometer', name: 'Sample Photometer', type: 'Photometer' },
  target: targets.enceladus,
  node: 'PDS_RMS',
  collections: [
    collection({
      id: 'data_photometry',
      kind: 'photometry',
      title: 'photometric sequences, one product for each',
      stem: 'phot',
      versions: twice,
      isLarge: true,
    }),
    documents('phot'),
  ],
});

const spectrometer = bundle({
  lid: 'urn:nasa:pds:sample_spectrometer',
  title: 'Sample Lantern Spectrometer Archive',
  mission: missions.lantern,
  instrument: { id: 'spectrometer', name: 'Sample Spectrometer', type: 'Spectrometer' },
  target: targets.ceres,
  node: 'PDS_SBN',
  hasDoi: true,
  collections: [
    collection({
      id: 'data_reduced',
      kind: 'spectrum',
      title: 'reduced reflectance spectra',
      stem: 'spec',
      count: 140,
      versions: twice,
    }),
    documents('spec'),
  ],
});

const spice = bundle({
  lid: 'urn:nasa:pds:sample_wayfarer.spice',
  title: 'Sample Wayfarer SPICE Kernel Archive',
  mission: missions.wayfarer,
  instrument: null,
  target: targets.mars,
  node: 'PDS_NAIF',
  versions: ['1.9', '1.10', '13.0'],
  collections: [
    collection({
      id: 'spice_kernels',
      kind: 'kernel',
      title: 'SPICE kernels',
      stem: 'sclk_sample_v',
      count: 24,
      versions: ['1.9', '1.10', '13.0'],
      revised: ['1.9', '1.10', '13.0'],
    }),
    documents('spiceds'),
  ],
});

const moonCamera = bundle({
  lid: 'urn:nasa:pds:sample_lantern_framing',
  title: 'Sample Lantern Framing Camera Archive',
  mission: missions.lantern,
  instrument: { id: 'framing_camera', name: 'Sample Framing Camera', type: 'Imager' },
  target: targets.vesta,
  node: 'PDS_SBN',
  names: 'lid',
  hasDoi: true,
  collections: [
    collection({
      id: 'browse',
      kind: 'browse',
      title: 'browse pictures',
      stem: 'fc_cal',
      count: 90,
    }),
    collection({
      id: 'data_calibrated',
      kind: 'image',
      title: 'calibrated frames',
      stem: 'fc_cal',
      count: 90,
      versions: twice,
    }),
    documents('fc'),
  ],
});

/** More of the kind: [lid, title, mission, instrument, its type, target, node, kind of its data]. */
const others = (
  [
    [
      'urn:nasa:pds:sample_strider_nav',
      'Sample Strider Navigation Camera Archive',
      'strider',
      'navcam',
      'Imager',
      'moon',
      'PDS_IMG',
      'image',
    ],
    [
      'urn:nasa:pds:sample_strider_met',
      'Sample Strider Thermal Monitor Archive',
      'strider',
      'thermal_monitor',
      'Thermometer',
      'moon',
      'PDS_ATM',
      'table',
    ],
    [
      'urn:nasa:pds:sample_ferry_imaging',
      'Sample Ferry Imaging Archive',
      'ferry',
      'imager',
      'Imager',
      'europa',
      'PDS_RMS',
      'image',
    ],
    [
      'urn:nasa:pds:sample_ferry_uvs',
      'Sample Ferry Ultraviolet Spectra',
      'ferry',
      'uvs',
      'Spectrometer',
      'titan',
      'PDS_ATM',
      'spectrum',
    ],
    [
      'urn:esa:psa:sample_sweep_laser',
      'Sample Sweep Laser Altimeter Archive',
      'sweep',
      'laser',
      'Altimeter',
      'mercury',
      'PSA',
      'table',
    ],
    [
      'urn:jaxa:darts:sample_lantern_tir',
      'Sample Lantern Thermal Imager Archive',
      'lantern',
      'tir',
      'Imager',
      'moon',
      'DARTS',
      'image',
    ],
  ] as const
).map(([lid, title, missionId, instrument, type, targetId, node, kind]) =>
  bundle({
    lid,
    title,
    mission: missions[missionId],
    instrument: { id: instrument, name: `Sample ${instrument.replaceAll('_', ' ')}`, type },
    target: targets[targetId],
    node,
    collections: [
      collection({
        id: 'data_calibrated',
        kind,
        title: `calibrated ${instrument.replaceAll('_', ' ')} data`,
        stem: `${instrument.slice(0, 3)}_cal`,
        count: 70,
        versions: twice,
      }),
      documents(instrument),
    ],
  }),
);

const scienceBundles: readonly BundlePlan[] = [
  radiometer,
  camera,
  photometer,
  spectrometer,
  spice,
  moonCamera,
  ...others,
];

/** The context products that the others name, as a bundle of their own. */
function contextBundle(): BundlePlan {
  const hosts = new Map<string, string>();
  const instruments = new Map<string, string>();
  for (const { mission: of, instrument } of scienceBundles) {
    hosts.set(`spacecraft.${of.id}`, `${of.name} ${of.host}`);
    if (instrument !== null) instruments.set(`${instrument.id}.${of.id}`, instrument.name);
  }
  const part = (id: string, titles: ReadonlyMap<string, string>): CollectionPlan =>
    collection({
      id,
      kind: 'context',
      title: `context products: ${id.replaceAll('_', ' ')}`,
      stem: '',
      names: [...titles.keys()],
      titles,
    });
  return bundle({
    lid: 'urn:nasa:pds:context',
    title: 'Sample Context Products',
    mission: missions.wayfarer,
    instrument: null,
    target: null,
    node: 'PDS_ENG',
    names: 'lid',
    collections: [
      part('instrument', instruments),
      part('instrument_host', hosts),
      part(
        'investigation',
        new Map(Object.values(missions).map((one) => [`mission.${one.id}`, one.name])),
      ),
      part('target', new Map(Object.values(targets).map((one) => [one.id, one.name]))),
    ],
  });
}

export const bundlePlans: readonly BundlePlan[] = [contextBundle(), ...scienceBundles];
