/**
 * Bodies of the solar system as archives and people write them: pure. A name that is also a person's, a rocket's or
 * a place's is taken only in company that tells; rather no offer than a wrong one.
 */

export interface Body {
  name: string;
  /** The registry's context product; null where its identifier is not known for certain. */
  lid: string | null;
  /** As it is written in running text; capitals count. */
  written: RegExp;
  /** Other things of that name: left out of a text before it is looked for. */
  others: RegExp | null;
  /** Has to be in the same text too. */
  company: RegExp | null;
}

interface More {
  others?: RegExp;
  company?: RegExp;
  written?: RegExp;
}

const contextTarget = 'urn:nasa:pds:context:target:';

const body = (name: string, id: string | null, more: More = {}): Body => ({
  name,
  lid: id === null ? null : `${contextTarget}${id}`,
  written: more.written ?? new RegExp(`\\b${name}\\b(?!-\\d)`),
  others: more.others ?? null,
  company: more.company ?? null,
});

const ofPlanet = (planet: string): RegExp => new RegExp(`\\b${planet}(?:ian)?\\b`);
const moonsOf = (planet: string, names: readonly string[], more: More = {}): Body[] =>
  names.map((name) =>
    body(name, `satellite.${planet.toLowerCase()}.${name.toLowerCase()}`, {
      company: ofPlanet(planet),
      ...more,
    }),
  );
const asteroid = (name: string, company = /\b(?:asteroid|Asteroid|minor planet)s?\b/): Body =>
  body(name, null, { company });

export const bodies: readonly Body[] = [
  body('Mercury', 'planet.mercury', {
    others:
      /\b(?:Project|Liquid|Friendship|Freddie) Mercury\b|\bMercury[- ](?:\d|Redstone|Atlas|Seven|Control|capsules?|astronauts?|program|project|spacecraft|flights?|missions?|era|vapou?r|poisoning|levels?|lamps?|emissions?|pollution)/gi,
  }),
  body('Venus', 'planet.venus', {
    others:
      /\bVenus (?:Williams|de Milo|flytraps?|Fly ?[Tt]raps?)\b|\b(?:Birth|Temple) of Venus\b/g,
  }),
  body('Moon', 'satellite.earth.moon', {
    written:
      /\b(?:the|our|Earth['’]s|to|of|New|Full|Super|Blue|Blood) Moon\b(?!['’]?s? of\b)|\bMoon['’]s\b|\bLunar (?:surface|Surface)\b/,
    others: /\bBlue Moon (?:lander|Beer)\b/g,
  }),
  body('Mars', 'planet.mars', {
    others:
      /\b(?:Bruno|Forrest|Johnny|Veronica|Mick) Mars\b|\bMars,? (?:Inc|Incorporated|Bar|Hill|chocolate)\b|\bLife on Mars (?:album|song)\b/g,
  }),
  body('Jupiter', 'planet.jupiter', {
    others:
      /\bJupiter[- ](?:[CI]\b|rockets?|missiles?|Inlet|Island|Beach)|\bJupiter, (?:Florida|Fla)/g,
  }),
  body('Saturn', 'planet.saturn', {
    others:
      /\bSaturn[- ](?:I?[BV]|I{1,3}|IV|1B?|5|[SC]-[IV\d]+|rockets?|launch|vehicles?|boosters?|stages?|program|project|era|cars?|Streets?|Avenue)\b|\bS-I[VBC]*\b/g,
  }),
  body('Uranus', 'planet.uranus'),
  body('Neptune', 'planet.neptune', {
    others:
      /\b(?:Operation|Project|Lockheed|King|P-?2V?) Neptune\b|\bNeptune (?:Beach|Festival)\b/g,
  }),
  body('Pluto', null, { others: /\b(?:Disney['’]s|Mickey and) Pluto\b|\bPluto the dog\b/g }),
  ...moonsOf('Mars', ['Phobos', 'Deimos']),
  ...moonsOf('Jupiter', ['Io', 'Ganymede', 'Callisto', 'Amalthea']),
  ...moonsOf('Jupiter', ['Europa'], { others: /\bEuropa (?:League|Press|Park|Universalis)\b/g }),
  ...moonsOf('Saturn', ['Titan'], {
    others:
      /\bTitan(?:[- ](?:I{1,3}|IV|\d|34D|rockets?|missiles?|Centaur|launch|boosters?|submersible)|\/Centaur|s\b)/g,
  }),
  ...moonsOf('Saturn', [
    ...['Mimas', 'Enceladus', 'Tethys', 'Dione', 'Rhea', 'Hyperion', 'Iapetus', 'Phoebe'],
    ...['Janus', 'Epimetheus', 'Pandora', 'Prometheus', 'Helene', 'Telesto'],
  ]),
  ...moonsOf('Uranus', ['Miranda', 'Ariel', 'Umbriel', 'Titania', 'Oberon']),
  ...moonsOf('Neptune', ['Triton']),
  body('Charon', null, { company: /\bPluto\b/ }),
  body('Ceres', null, { company: /\b(?:dwarf planet|asteroid)s?\b|\bDawn\b/ }),
  asteroid('Vesta'),
  asteroid('Eros'),
  asteroid('Bennu'),
  asteroid('Ryugu'),
  asteroid('Itokawa'),
  asteroid('Psyche'),
];
