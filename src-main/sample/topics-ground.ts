/** Runs in plain Node, any thread; pure. Topics of the sample archive: ground seen from above or from itself, and what stands on the horizon. */
import { topics } from './topic.ts';
import type { Topic } from './topic.ts';

export const groundTopics: readonly Topic[] = [
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
