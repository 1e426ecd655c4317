/** Runs in plain Node, any thread; pure. Pictures in words. */
import type { PictureKind } from './draw/scene.ts';

/** What a picture of each kind shows, for the description that screen readers use. */
export const kindPhrases: Readonly<Record<PictureKind, string>> = {
  world: 'a round world against black, bright on the side of the sun',
  earth: 'a blue and white globe with brown land',
  giant: 'a ball of many coloured cloud bands with oval storms',
  ringed: 'a banded ball inside wide, flat rings',
  sun: 'a glowing disc with bright patches and a ragged edge',
  eclipse: 'a black disc with white streamers all round it',
  nebula: 'folded clouds of coloured gas with bright points in them',
  shell: 'a round, frayed shell of glowing gas',
  spiral: 'a bright middle with arms that wind outwards',
  'edge-on': 'a thin bright streak with a dark line along it',
  'deep-field': 'hundreds of small galaxies on black',
  globular: 'a dense ball of points that thins outwards',
  'open-cluster': 'a few bright blue points in thin haze',
  'star-field': 'a great many points on black',
  comet: 'a bright head with two tails across the sky',
  craters: 'grey ground full of round hollows, lit from one side',
  dunes: 'wavy ridges in two colours',
  delta: 'branching channels in strong colours',
  limb: 'the curved edge of a globe under a black sky',
  aurora: 'green curtains of light above dark hills',
  launch: 'a thin bright arc that rises from a dark shore',
  plain: 'a stony brown plain with hills under a pale sky',
};
