/** Runs in plain Node, any thread; pure. Where images were taken: real towns, and names that people give their sites. */
import { mix } from '../random.ts';

export interface Place {
  name: string;
  city: string;
  state: string | null;
  /** ISO 3166, two letters. */
  country: string;
  /** Metres. */
  altitude: number | null;
}

const towns: readonly (readonly [
  city: string,
  state: string | null,
  country: string,
  altitude: number,
])[] = [
  ['Lucerne', 'LU', 'CH', 436],
  ['Tucson', 'AZ', 'US', 728],
  ['San Pedro de Atacama', null, 'CL', 2408],
  ['Windhoek', null, 'NA', 1655],
  ['Fregenal de la Sierra', null, 'ES', 572],
  ['Siding Spring', 'NSW', 'AU', 1165],
  ['Turin', null, 'IT', 239],
  ['Freiburg', 'BW', 'DE', 278],
  ['Lyon', null, 'FR', 173],
  ['Utrecht', null, 'NL', 5],
  ['Leeds', null, 'GB', 63],
  ['Edmonton', 'AB', 'CA', 645],
  ['Flagstaff', 'AZ', 'US', 2106],
  ['Fort Davis', 'TX', 'US', 1536],
  ['La Palma', null, 'ES', 2396],
  ['Tromsø', null, 'NO', 10],
  ['Kraków', null, 'PL', 219],
  ['Christchurch', null, 'NZ', 20],
  ['Sapporo', null, 'JP', 29],
  ['Coimbra', null, 'PT', 75],
];

const names: readonly string[] = [
  'Home',
  'Backyard',
  'Dark site',
  'Remote observatory',
  'Balcony',
  'Club field',
];

export const placeCount = towns.length * names.length;

/** A place by its number, from 1 to `placeCount`. */
export function placeOf(id: number): Place | null {
  const town = towns[(id - 1) % towns.length];
  if (id < 1 || id > placeCount || town === undefined) return null;
  const [city, state, country, altitude] = town;
  const name = names[Math.floor((id - 1) / towns.length)] ?? 'Home';
  return { name, city, state, country, altitude: id % 7 === 0 ? null : altitude };
}

/** Numbers of a user's places: one, two or none. */
export function placesOfUser(seed: number, user: number): number[] {
  const drawn = mix(mix(seed, 0x401), user);
  const first = (drawn % placeCount) + 1;
  const count = [1, 1, 0, 2][(drawn >>> 16) & 3] ?? 1;
  return [first, (first % placeCount) + 1].slice(0, count);
}
