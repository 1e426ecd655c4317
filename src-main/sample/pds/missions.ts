/**
 * Runs in plain Node, any thread; pure. What the sample registry is about: missions, instruments and archives
 * that never were, at bodies that are. Every name that could be taken for a real one begins with Sample.
 */

export type ProductKind =
  'table' | 'photometry' | 'spectrum' | 'image' | 'browse' | 'document' | 'kernel' | 'context';

export interface Mission {
  id: string;
  name: string;
  host: 'Lander' | 'Orbiter' | 'Rover' | 'Flyby';
  /** When its first observation was made. */
  start: string;
}

export interface Target {
  /** Last part of the lid: `planet.mars`. */
  id: string;
  name: string;
  type: string;
  /** A look of the pictures (see draw/terrain.ts). */
  look: 'moon' | 'mars' | 'mercury' | 'ice';
}

export interface Instrument {
  id: string;
  name: string;
  type: string;
}

export interface CollectionPlan {
  id: string;
  kind: ProductKind;
  title: string;
  /** As `collection_type` says. */
  type: string;
  level: string;
  /** Stem of its products' names; names of their own stand in `names`. */
  stem: string;
  count: number;
  names?: readonly string[];
  /** Titles of those that have one of their own, by name. */
  titles?: ReadonlyMap<string, string>;
  /** Versions of the collection, oldest first. */
  versions: readonly string[];
  /** Versions of the products that were revised: one in fifty. */
  revised: readonly string[];
  /** Bad references, products that are not released, arrays that do not line up. */
  isMessy?: boolean;
  /** Holds nearly all of a large archive. */
  isLarge?: boolean;
  /** Members are of this other collection (`bundle:collection`), all of them secondary: the first so many. */
  borrows?: { from: string; count: number };
}

export interface BundlePlan {
  /** `urn:nasa:pds:sample_radiometer`. */
  lid: string;
  title: string;
  mission: Mission;
  instrument: Instrument | null;
  target: Target | null;
  node: string;
  versions: readonly string[];
  /** Names its collections by lidvid, or by lid alone. */
  names: 'lidvid' | 'lid';
  hasDoi: boolean;
  collections: readonly CollectionPlan[];
  /** Collections of other bundles that it lists as secondary. */
  secondary: readonly string[];
}

const mission = (id: string, name: string, host: Mission['host'], start: string): Mission => ({
  id,
  name,
  host,
  start,
});

export const missions = {
  wayfarer: mission('sample_wayfarer', 'Sample Wayfarer', 'Lander', '2018-11-27T00:00:00Z'),
  lantern: mission('sample_lantern', 'Sample Lantern', 'Orbiter', '2014-02-03T00:00:00Z'),
  sweep: mission('sample_sweep', 'Sample Sweep', 'Orbiter', '2004-07-01T00:00:00Z'),
  ferry: mission('sample_ferry', 'Sample Ferry', 'Flyby', '1997-10-15T00:00:00Z'),
  strider: mission('sample_strider', 'Sample Strider', 'Rover', '2021-03-09T00:00:00Z'),
} as const;

const target = (id: string, name: string, type: string, look: Target['look']): Target => ({
  id,
  name,
  type,
  look,
});

export const targets = {
  mars: target('planet.mars', 'Mars', 'Planet', 'mars'),
  moon: target('satellite.earth.moon', 'Moon', 'Satellite', 'moon'),
  mercury: target('planet.mercury', 'Mercury', 'Planet', 'mercury'),
  ceres: target('dwarf_planet.1_ceres', '(1) Ceres', 'Dwarf Planet', 'moon'),
  vesta: target('asteroid.4_vesta', '(4) Vesta', 'Asteroid', 'moon'),
  europa: target('satellite.jupiter.europa', 'Europa', 'Satellite', 'ice'),
  titan: target('satellite.saturn.titan', 'Titan', 'Satellite', 'ice'),
  enceladus: target('satellite.saturn.enceladus', 'Enceladus', 'Satellite', 'ice'),
} as const;
