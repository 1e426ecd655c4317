/**
 * Runs in plain Node, any thread; pure. What images of the sample are of, and how each of them is painted. Deep-sky
 * targets are real objects; the rest of the sky has no fixed place.
 */
import type { PictureKind } from '../draw/scene.ts';
import { skyObjects } from './sky-objects.ts';
import type { ObjectKind, SkyObject } from './sky-objects.ts';

export type TargetFamily = 'deep' | 'wide' | 'moon' | 'planet' | 'sun' | 'comet' | 'night';

export interface Target {
  family: TargetFamily;
  /** As a title begins with. */
  name: string;
  /** Designation, where it has one besides its name. */
  designation: string | null;
  kind: PictureKind;
  /** By how it was processed; the first is natural colour. */
  looks: readonly [string, ...string[]];
  /** Index of its object, for deep sky. */
  object: number | null;
  /** Degrees, for what lies still among the stars. */
  ra: number;
  dec: number;
  /** Arcminutes that should fit into the frame; 0 where that means nothing. */
  sizeArcmin: number;
  /** How often it is photographed. */
  weight: number;
}

/** In natural colour, SHO, HOO, another palette, done again, and hydrogen alone: the order that `titles.ts` counts by. */
type Looks = readonly [string, ...string[]];

const paints: Readonly<Record<Exclude<ObjectKind, 'companion'>, readonly [PictureKind, Looks]>> = {
  emission: ['nebula', ['crimson', 'teal', 'orion', 'gold', 'violet', 'mono']],
  reflection: ['nebula', ['cobalt', 'violet', 'cobalt', 'umber', 'violet', 'mono']],
  dark: ['nebula', ['umber', 'gold', 'umber', 'gold', 'umber', 'mono']],
  planetary: ['shell', ['ring', 'helix', 'remnant']],
  remnant: ['shell', ['remnant', 'helix', 'ring']],
  spiral: ['spiral', ['', 'tilted', 'face', 'barred']],
  'edge-on': ['edge-on', ['']],
  group: ['deep-field', ['cluster', '']],
  globular: ['globular', ['']],
  open: ['open-cluster', ['']],
};

const isDesignation = (name: string): boolean =>
  /^(?:M|NGC|IC|B|LDN|LBN|Sh2|Abell|Ced|Gum|Ju|Ou|Simeis)[ -]\d/.test(name);

/** Objects whose painter's look belongs to their shape and not to their colours. */
const shapes: Readonly<Record<string, string>> = {
  'M 31': 'tilted',
  'M 33': 'tilted',
  'M 51': 'face',
  'M 101': 'face',
  'M 74': 'face',
  'NGC 1300': 'barred',
  'NGC 1365': 'barred',
  'M 57': 'ring',
  'NGC 7293': 'helix',
  'M 42': 'orion',
  'M 45': '',
};

const favourites: Readonly<Record<string, number>> = {
  'M 31': 9,
  'M 42': 9,
  'NGC 7000': 6,
  'M 45': 6,
  'IC 434': 6,
  'NGC 2237': 6,
  'M 51': 5,
  'IC 1805': 5,
  'M 81': 5,
  'M 101': 5,
  'M 13': 5,
  'M 33': 5,
  'IC 1396': 4,
  'NGC 6888': 4,
  'NGC 6960': 4,
  'NGC 6992': 4,
  'M 27': 4,
  'M 8': 4,
  'M 16': 4,
};

function deepTarget(object: SkyObject, index: number): Target | null {
  if (object.kind === 'companion') return null;
  const [first = ''] = object.names;
  const [kind, looks] = paints[object.kind];
  const own = shapes[first];
  return {
    family: 'deep',
    name: object.names.find((name) => !isDesignation(name)) ?? first,
    designation: isDesignation(first) ? first : null,
    kind,
    looks: own === undefined ? looks : kind === 'nebula' ? [own, ...looks.slice(1)] : [own],
    object: index,
    ra: object.ra,
    dec: object.dec,
    sizeArcmin: Math.max(3, object.sizeArcmin),
    weight: favourites[first] ?? (object.sizeArcmin < 3 ? 1 : 2),
  };
}

type OtherRow = readonly [
  family: TargetFamily,
  name: string,
  kind: PictureKind,
  looks: readonly [string, ...string[]],
  weight: number,
  place?: readonly [ra: number, dec: number, sizeArcmin: number],
];

const others: readonly OtherRow[] = [
  ['wide', 'Milky Way core', 'star-field', ['band'], 5, [266.4, -29, 1500]],
  ['wide', 'Cygnus region', 'star-field', ['band'], 3, [306, 42, 1200]],
  ['wide', 'Summer triangle', 'star-field', ['band'], 2, [297, 24, 2000]],
  ['wide', 'Orion wide field', 'star-field', [''], 3, [84, -2, 1100]],
  ['wide', 'Cassiopeia wide field', 'star-field', [''], 2, [14, 60, 1000]],
  ['wide', 'Southern Cross and Coalsack', 'star-field', ['band'], 2, [190, -61, 900]],
  ['moon', 'Waxing gibbous Moon', 'world', ['moon'], 5],
  ['moon', 'Waning crescent Moon', 'world', ['moon'], 3],
  ['moon', 'Full Moon', 'world', ['moon'], 4],
  ['moon', 'Southern highlands of the Moon', 'craters', ['moon'], 4],
  ['moon', 'Clavius and Tycho', 'craters', ['moon'], 3],
  ['planet', 'Jupiter', 'giant', ['jupiter'], 6],
  ['planet', 'Jupiter with the Great Red Spot', 'giant', ['jupiter'], 3],
  ['planet', 'Saturn', 'ringed', ['saturn'], 6],
  ['planet', 'Mars near opposition', 'world', ['mars'], 4],
  ['planet', 'Venus', 'world', ['venus'], 1],
  ['planet', 'Uranus', 'giant', ['uranus'], 1],
  ['planet', 'Neptune', 'giant', ['neptune'], 1],
  ['sun', 'Sun in H-alpha', 'sun', ['he-304'], 4],
  ['sun', 'Sun in calcium K', 'sun', ['fe-211'], 1],
  ['sun', 'Total solar eclipse', 'eclipse', [''], 2],
  ['comet', 'Comet over the evening sky', 'comet', [''], 3],
  ['comet', 'Comet with its ion tail', 'comet', [''], 2],
  ['night', 'Aurora over the lake', 'aurora', [''], 2],
  ['night', 'Aurora borealis', 'aurora', [''], 1],
];

function otherTarget([family, name, kind, looks, weight, place]: OtherRow): Target {
  const [ra, dec, sizeArcmin] = place ?? [0, 0, 0];
  return {
    family,
    name,
    designation: null,
    kind,
    looks,
    object: null,
    ra,
    dec,
    sizeArcmin,
    weight,
  };
}

export const targets: readonly Target[] = [
  ...skyObjects.map(deepTarget).filter((target) => target !== null),
  ...others.map(otherTarget),
];

/** Numbers of targets, each as often as its weight: one is drawn by one number. */
const urn: readonly number[] = targets.flatMap((target, at) =>
  Array.from({ length: target.weight }, () => at),
);

/** The target for a share from 0 up to 1. */
export const targetAt = (draw: number): number => urn[Math.floor(draw * urn.length)] ?? 0;
