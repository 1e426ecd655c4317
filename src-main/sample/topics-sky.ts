/** Runs in plain Node, any thread; pure. Topics of the sample archive: the sun, nebulae, galaxies, clusters and comets. */
import { topics } from './topic.ts';
import type { Topic } from './topic.ts';

export const skyTopics: readonly Topic[] = [
  ...topics(
    'sun',
    'sun',
    2,
    ['Sun', 'heliophysics', 'solar'],
    [
      ['Sun in extreme ultraviolet', 'he-304', 'ultraviolet', 'prominence'],
      ['Sun at 171 angstroms', 'fe-171', 'corona', 'ultraviolet'],
      ['Sun at 193 angstroms', 'fe-193', 'coronal hole', 'ultraviolet'],
      ['Sun at 131 angstroms', 'fe-131', 'flare', 'ultraviolet'],
      ['Sun at 211 angstroms', 'fe-211', 'active region', 'ultraviolet'],
    ],
  ),
  ...topics(
    'sun',
    'eclipse',
    2,
    ['Sun', 'eclipse', 'corona'],
    [
      ['Total eclipse', '', 'Moon'],
      ['Diamond ring', '', 'totality'],
    ],
  ),
  ...topics(
    'sky',
    'nebula',
    1,
    ['nebula', 'stars', 'star formation', 'Milky Way'],
    [
      ['Orion Nebula', 'orion', 'Orion', 'M42'],
      ['Carina Nebula', 'teal', 'Carina', 'NGC 3372'],
      ['Eagle Nebula', 'gold', 'Serpens', 'M16', 'pillars'],
      ['Lagoon Nebula', 'crimson', 'Sagittarius', 'M8'],
      ['Rosette Nebula', 'crimson', 'Monoceros', 'hydrogen'],
      ['Trifid Nebula', 'violet', 'Sagittarius', 'M20'],
      ['North America Nebula', 'crimson', 'Cygnus', 'hydrogen'],
      ['Iris Nebula', 'cobalt', 'Cepheus', 'dust'],
      ['Veil of blue gas', 'cobalt', 'Cygnus', 'dust'],
      ['Tarantula Nebula', 'teal', 'Large Magellanic Cloud', 'Dorado'],
      ['Omega Nebula', 'gold', 'Sagittarius', 'M17'],
      ['Heart Nebula', 'violet', 'Cassiopeia', 'IC 1805'],
    ],
  ),
  ...topics(
    'sky',
    'shell',
    1,
    ['nebula', 'stars', 'dying star'],
    [
      ['Ring Nebula', 'ring', 'planetary nebula', 'Lyra', 'M57'],
      ['Helix Nebula', 'helix', 'planetary nebula', 'Aquarius'],
      ['Cassiopeia A', 'remnant', 'supernova', 'remnant'],
      ['Crab Nebula', 'remnant', 'supernova', 'M1', 'Taurus'],
    ],
  ),
  ...topics(
    'sky',
    'spiral',
    1,
    ['galaxy', 'spiral galaxy', 'stars'],
    [
      ['Andromeda Galaxy', 'tilted', 'Andromeda', 'M31'],
      ['Whirlpool Galaxy', 'face', 'M51', 'Canes Venatici'],
      ['Pinwheel Galaxy', 'face', 'M101', 'Ursa Major'],
      ['Triangulum Galaxy', 'tilted', 'M33', 'Local Group'],
      ['Barred spiral NGC 1300', 'barred', 'Eridanus', 'barred galaxy'],
      ['Spiral NGC 2841', '', 'Ursa Major', 'dust lanes'],
      ['Spiral NGC 4414', '', 'Coma Berenices', 'dust lanes'],
    ],
  ),
  ...topics(
    'sky',
    'edge-on',
    1,
    ['galaxy', 'stars'],
    [
      ['Sombrero Galaxy', '', 'M104', 'dust lane'],
      ['Needle Galaxy', '', 'NGC 4565', 'edge-on'],
    ],
  ),
  ...topics(
    'sky',
    'deep-field',
    1,
    ['galaxies', 'cosmology', 'universe'],
    [
      ['Deep field in Fornax', '', 'early universe', 'Fornax'],
      ['Galaxy cluster in Pandora’s field', 'cluster', 'galaxy cluster', 'gravitational lens'],
      ['Deep field in six spikes', 'six', 'infrared', 'early universe'],
    ],
  ),
  ...topics(
    'sky',
    'globular',
    1,
    ['star cluster', 'stars', 'globular cluster'],
    [
      ['Omega Centauri', '', 'Centaurus'],
      ['Hercules Cluster', '', 'M13', 'Hercules'],
      ['47 Tucanae', '', 'Tucana'],
      ['Messier 15', '', 'Pegasus'],
    ],
  ),
  ...topics(
    'sky',
    'open-cluster',
    1,
    ['star cluster', 'stars', 'open cluster'],
    [
      ['Pleiades', '', 'Taurus', 'M45'],
      ['Double Cluster', '', 'Perseus'],
      ['Jewel Box', '', 'Crux'],
    ],
  ),
  ...topics(
    'sky',
    'star-field',
    1,
    ['stars', 'Milky Way'],
    [
      ['Milky Way over Sagittarius', 'band', 'Sagittarius', 'dust'],
      ['Great Rift in Cygnus', 'band', 'Cygnus', 'dust'],
      ['Star field in Carina', '', 'Carina'],
      ['Baade’s Window', '', 'Sagittarius', 'galactic bulge'],
    ],
  ),
  ...topics(
    'sky',
    'comet',
    0,
    ['comet', 'stars'],
    [
      ['Great comet', '', 'tail', 'perihelion'],
      ['Comet over the western sky', '', 'dust tail', 'ion tail'],
      ['Comet before perihelion', '', 'coma'],
    ],
  ),
];
