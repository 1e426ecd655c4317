/**
 * Runs in plain Node, any thread; pure. What the pictures of the sample archive are of. Names of places
 * and missions are real; the pictures are drawn, and say so.
 */
import type { PictureKind } from './draw/scene.ts';

export type Family = 'disc' | 'sky' | 'sun' | 'ground' | 'horizon';

export interface Topic {
  name: string;
  family: Family;
  kind: PictureKind;
  look: string;
  keywords: readonly string[];
  /** Index into `missionGroups`. */
  missions: number;
}

export const missionGroups: readonly (readonly string[])[] = [
  ['Voyager 2', 'Cassini', 'Juno', 'Galileo', 'New Horizons', 'Mariner 10', 'Pioneer 11'],
  ['Hubble', 'Webb', 'Spitzer', 'Chandra', 'Kepler', 'Compton'],
  ['Solar Dynamics Observatory', 'SOHO', 'TRACE', 'Skylab', 'Parker Solar Probe'],
  [
    'Apollo 11',
    'Apollo 12',
    'Apollo 17',
    'Lunar Reconnaissance Orbiter',
    'Clementine',
    'Artemis I',
  ],
  ['Viking 1', 'Curiosity', 'Perseverance', 'Mars Reconnaissance Orbiter', 'Odyssey', 'Pathfinder'],
  ['Apollo 8', 'Terra', 'Landsat 8', 'Space Station', 'Gemini 7', 'Aqua'],
  ['Apollo 4', 'Space Shuttle', 'Artemis I', 'Atlas', 'Saturn V', 'Delta II'],
];

/** Names that stand in more than one group are one mission. */
export const missions: readonly string[] = [...new Set(missionGroups.flat())];

type Row = readonly [name: string, look: string, ...keywords: string[]];

function topics(
  family: Family,
  kind: PictureKind,
  group: number,
  shared: string[],
  rows: readonly Row[],
): Topic[] {
  return rows.map(([name, look, ...own]) => ({
    name,
    family,
    kind,
    look,
    keywords: [...own, ...shared],
    missions: group,
  }));
}

export const topicList: readonly Topic[] = [
  ...topics(
    'disc',
    'world',
    4,
    ['Solar System', 'planet'],
    [
      ['Mars', 'mars', 'Mars', 'red planet'],
      ['Mars in northern summer', 'mars', 'Mars', 'polar cap'],
    ],
  ),
  ...topics(
    'disc',
    'world',
    3,
    ['Moon', 'lunar'],
    [
      ['Moon', 'moon', 'Earth’s Moon'],
      ['Waning Moon', 'moon', 'phases'],
      ['Far side of the Moon', 'moon', 'far side'],
    ],
  ),
  ...topics(
    'disc',
    'world',
    0,
    ['Solar System'],
    [
      ['Mercury', 'mercury', 'Mercury', 'planet'],
      ['Venus', 'venus', 'Venus', 'planet', 'clouds'],
      ['Europa', 'europa', 'Europa', 'Jupiter', 'ice', 'moons'],
      ['Io', 'io', 'Io', 'Jupiter', 'volcanoes', 'moons'],
      ['Ganymede', 'ganymede', 'Ganymede', 'Jupiter', 'moons'],
      ['Callisto', 'callisto', 'Callisto', 'Jupiter', 'moons', 'craters'],
      ['Enceladus', 'enceladus', 'Enceladus', 'Saturn', 'ice', 'moons'],
      ['Titan', 'titan', 'Titan', 'Saturn', 'haze', 'moons'],
      ['Pluto', 'ice', 'Pluto', 'Kuiper Belt', 'ice'],
      ['Triton', 'ice', 'Triton', 'Neptune', 'moons'],
    ],
  ),
  ...topics(
    'disc',
    'world',
    1,
    ['exoplanet'],
    [
      ['Molten world', 'lava', 'lava', 'artist’s concept'],
      ['Frozen world', 'ice', 'ice', 'artist’s concept'],
    ],
  ),
  ...topics(
    'disc',
    'earth',
    5,
    ['Earth', 'planet'],
    [
      ['Earth', '', 'blue marble'],
      ['Earth from a million kilometres', '', 'oceans', 'weather'],
      ['Crescent Earth', '', 'atmosphere'],
    ],
  ),
  ...topics(
    'disc',
    'giant',
    0,
    ['Solar System', 'planet', 'gas giant'],
    [
      ['Jupiter', 'jupiter', 'Jupiter', 'Great Red Spot'],
      ['Jupiter’s southern storms', 'jupiter', 'Jupiter', 'storms'],
      ['Neptune', 'neptune', 'Neptune', 'storms'],
      ['Uranus', 'uranus', 'Uranus'],
      ['Cloud tops of Saturn', 'saturn', 'Saturn', 'clouds'],
    ],
  ),
  ...topics(
    'disc',
    'giant',
    1,
    ['exoplanet', 'gas giant'],
    [
      ['Hot giant', 'rose', 'artist’s concept'],
      ['Green giant', 'jade', 'artist’s concept'],
    ],
  ),
  ...topics(
    'disc',
    'ringed',
    0,
    ['Saturn', 'rings', 'Solar System', 'planet'],
    [
      ['Saturn', 'saturn', 'ring plane'],
      ['Saturn’s rings', 'saturn', 'Cassini Division'],
      ['Saturn at equinox', 'saturn', 'equinox'],
    ],
  ),
  ...topics(
    'disc',
    'ringed',
    1,
    ['rings', 'exoplanet'],
    [
      ['Ringed giant', 'jade', 'artist’s concept'],
      ['Rose-coloured giant', 'rose', 'artist’s concept'],
    ],
  ),
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
  ...topics(
    'ground',
    'craters',
    3,
    ['Moon', 'craters', 'lunar surface', 'regolith'],
    [
      ['Tycho highlands', 'moon', 'Tycho'],
      ['Floor of Clavius', 'moon', 'Clavius'],
      ['Lunar south pole', 'moon', 'south pole', 'shadow'],
      ['Landing site study', 'moon', 'landing sites'],
    ],
  ),
  ...topics(
    'ground',
    'craters',
    0,
    ['craters', 'surface'],
    [
      ['Plains of Mercury', 'mercury', 'Mercury'],
      ['Ice of Enceladus', 'ice', 'Enceladus', 'Saturn', 'ice'],
    ],
  ),
  ...topics(
    'ground',
    'craters',
    4,
    ['Mars', 'craters', 'surface'],
    [['Craters of Arabia Terra', 'mars', 'Arabia Terra']],
  ),
  ...topics(
    'ground',
    'dunes',
    4,
    ['Mars', 'dunes', 'sand', 'false colour'],
    [
      ['Dunes of Nili Patera', 'ochre', 'Nili Patera', 'wind'],
      ['Linear dunes in Hellas', 'rust', 'Hellas', 'wind'],
      ['Dunes of the north polar sea', 'blue', 'polar', 'frost'],
      ['Frosted dunes', 'violet', 'frost', 'spring'],
    ],
  ),
  ...topics(
    'ground',
    'delta',
    5,
    ['Earth', 'false colour', 'rivers'],
    [
      ['River delta', '', 'delta', 'silt'],
      ['Coast in stretched colour', '', 'coast', 'water'],
    ],
  ),
  ...topics(
    'ground',
    'plain',
    4,
    ['Mars', 'surface', 'rover', 'rocks'],
    [
      ['Gale Crater, looking west', '', 'Gale Crater', 'hills'],
      ['Jezero floor', '', 'Jezero', 'delta'],
      ['Plain of Utopia', '', 'Utopia Planitia'],
    ],
  ),
  ...topics(
    'horizon',
    'limb',
    5,
    ['Earth', 'atmosphere', 'orbit'],
    [
      ['Earth’s limb', 'day', 'clouds', 'horizon'],
      ['Airglow over Earth’s limb', 'night', 'airglow', 'night'],
      ['City lights from orbit', 'night', 'night', 'cities'],
    ],
  ),
  ...topics(
    'horizon',
    'aurora',
    5,
    ['aurora', 'atmosphere', 'night'],
    [
      ['Aurora borealis', '', 'northern lights'],
      ['Aurora over the hills', '', 'Alaska'],
      ['Curtains of light', '', 'magnetosphere'],
    ],
  ),
  ...topics(
    'horizon',
    'launch',
    6,
    ['launch', 'rocket', 'Florida'],
    [
      ['Night launch', '', 'long exposure'],
      ['Launch arc over the water', '', 'long exposure'],
      ['Liftoff at dusk', '', 'liftoff', 'dusk'],
    ],
  ),
];
