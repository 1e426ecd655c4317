/**
 * Missions whose data the Planetary Data System holds, as texts name them: pure. Many are ordinary words, so a mission
 * is taken only as it is written when it is meant: with "rover", "spacecraft", a number, or in its own capitals.
 */

export interface Mission {
  /** As people call it. */
  name: string;
  /** Words that the registry has in the titles of its bundles. */
  words: string;
  written: RegExp;
  /** Has to be in the same text too. */
  company: RegExp | null;
}

const mission = (name: string, written: RegExp, words = name, company: RegExp | null = null) => ({
  name,
  words,
  written,
  company,
});

const craft = '(?:spacecraft|mission|Mission|orbiter|Orbiter|probe|Probe|flyby|team)';
/** A name that is a word too: with a craft behind it, or as NASA's own. */
const asCraft = (name: string): RegExp =>
  new RegExp(`\\b${name}['’]?s? ${craft}\\b|\\bNASA['’]s ${name}\\b`);
const rover = (name: string): RegExp =>
  new RegExp(`\\b${name}(?: Mars)? [Rr]over\\b|\\b[Rr]over,? ${name}\\b`);
const moon = /\b(?:the|Earth['’]s) Moon\b|\b[Ll]unar\b/;

export const missions: readonly Mission[] = [
  mission('InSight', /\bInSight\b/),
  mission('Curiosity', rover('Curiosity'), 'Mars Science Laboratory'),
  mission('Curiosity', /\bMars Science Laboratory\b/, 'Mars Science Laboratory'),
  mission('Perseverance', rover('Perseverance'), 'Mars 2020'),
  mission('Perseverance', /\bMars 2020\b/, 'Mars 2020'),
  mission('Opportunity', rover('Opportunity'), 'Mars Exploration Rover'),
  mission('Spirit', rover('Spirit'), 'Mars Exploration Rover'),
  mission('Mars Pathfinder', /\bMars Pathfinder\b/),
  mission('Phoenix', /\bPhoenix Mars\b|\bPhoenix [Ll]ander\b|\bMars Phoenix\b/, 'Phoenix'),
  mission('Viking', /\bViking (?:[12]|[Ll]ander|[Oo]rbiter)\b/),
  mission('Mars Reconnaissance Orbiter', /\bMars Reconnaissance Orbiter\b|\bHiRISE\b/),
  mission('Mars Global Surveyor', /\bMars Global Surveyor\b/),
  mission('Mars Odyssey', /\b(?:2001 )?Mars Odyssey\b/),
  mission('MAVEN', /\bMAVEN\b/, 'MAVEN', /\bMars\b|\bMartian\b/),
  mission('Cassini', /(?<!Giovanni |Domenico |Dominique )\bCassini\b(?! [DGR]\w)/),
  mission('Galileo', asCraft('Galileo')),
  mission('Juno', new RegExp(`${asCraft('Juno').source}|\\bJunoCam\\b`)),
  mission('Voyager', new RegExp(`\\bVoyager [12]\\b|${asCraft('Voyager').source}`)),
  mission(
    'New Horizons',
    /\bNew Horizons\b/,
    'New Horizons',
    /\b(?:Pluto|Charon|Arrokoth|Kuiper|spacecraft|LORRI)\b/,
  ),
  mission('Pioneer', /\bPioneer (?:10|11|Venus)\b/),
  mission('Dawn', asCraft('Dawn')),
  mission('MESSENGER', /\bMESSENGER\b/, 'MESSENGER', /\bMercury\b|\bspacecraft\b/),
  mission('Magellan', new RegExp(`${asCraft('Magellan').source}|\\bMagellan [Rr]adar\\b`)),
  mission('Lunar Reconnaissance Orbiter', /\bLunar Reconnaissance Orbiter\b/),
  mission('Lunar Reconnaissance Orbiter', /\bLROC?\b/, 'Lunar Reconnaissance Orbiter', moon),
  mission('GRAIL', /\bGRAIL\b/, 'GRAIL', moon),
  mission('LADEE', /\bLADEE\b/),
  mission('LCROSS', /\bLCROSS\b/),
  mission('Lunar Prospector', /\bLunar Prospector\b/),
  mission('Clementine', asCraft('Clementine')),
  mission('OSIRIS-REx', /\bOSIRIS-REx\b/i),
  mission('NEAR Shoemaker', /\bNEAR[- ]Shoemaker\b/),
  mission('Stardust', asCraft('Stardust')),
  mission('Deep Impact', asCraft('Deep Impact')),
  mission('Rosetta', asCraft('Rosetta')),
  mission('Hayabusa', /\bHayabusa ?2?\b/),
  mission('Lucy', asCraft('Lucy')),
];
