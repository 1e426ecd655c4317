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

/** Name, look, and keywords of its own. */
export type Row = readonly [name: string, look: string, ...keywords: string[]];

/** Topics of one kind and look, a row each. `group` is the index of their missions. */
export function topics(
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
