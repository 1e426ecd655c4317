/** Runs in plain Node, any thread; pure. Topics of the sample archive: planets, moons and rings seen whole. */
import { topics } from './topic.ts';
import type { Topic } from './topic.ts';

export const worldTopics: readonly Topic[] = [
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
];
