/**
 * Runs in plain Node, any thread; pure. What a record is, in a dozen small numbers, each a pure function
 * of seed and index. Texts, pictures and the search index are all made from these.
 */
import { mix } from './random.ts';
import { missionGroups, missions } from './topic.ts';
import { topicList } from './topics.ts';
import {
  albumList,
  centreList,
  firstYear,
  formList,
  lastYear,
  leadList,
  locationList,
  noteList,
  observerCount,
  secondaryList,
} from './vocabulary.ts';
import type { Form } from './vocabulary.ts';

export const columns = [
  'topic',
  'form',
  'lead',
  'mission',
  'note',
  'year',
  'centre',
  'observer',
  'secondary',
  'location',
  'media',
  'album',
  'text',
] as const;

export type Column = (typeof columns)[number];

/** One number below 256 for each column, in their order. */
export type Traits = Uint8Array;

export function columnAt(column: Column): number {
  return columns.indexOf(column);
}

/** Bits of the `text` column. */
export const textBits = {
  /** Neither bit: no description. */
  descriptionRepeatsTitle: 1,
  descriptionIsFull: 2,
  hasKeywords: 4,
  /** Keywords are one element with semicolons in it. */
  keywordsInOne: 8,
  has508: 16,
  hasMarkup: 32,
} as const;

const formsFor = new Map<Form['family'], number[]>();
const cutsFor = new Map<Form['family'], number[]>();
formList.forEach((form, at) => {
  const lists = form.isCut ? cutsFor : formsFor;
  lists.set(form.family, [...(lists.get(form.family) ?? []), at]);
});

const leadsFor = new Map<string, number[]>();
leadList.forEach((lead, at) =>
  leadsFor.set(lead.family, [...(leadsFor.get(lead.family) ?? []), at]),
);

const missionsFor = missionGroups.map((group) => group.map((name) => missions.indexOf(name)));

/** Families by how often their topics come, so that a gallery is never mostly one thing. */
const topicDraw: number[] = topicList.flatMap((topic, at) => {
  const share =
    topic.kind === 'nebula' || topic.kind === 'spiral' ? 3 : topic.family === 'disc' ? 2 : 2;
  return Array.from({ length: share }, () => at);
});

function choose(list: readonly number[] | undefined, draw: number): number {
  return list === undefined ? 0 : (list[draw % list.length] ?? 0);
}

/** Writes a record's traits into `out` (length `columns.length`). */
export function writeTraits(seed: number, index: number, out: Traits, from = 0): void {
  const a = mix(seed, index);
  const b = mix(a, 0x51);
  const c = mix(b, 0x52);
  const d = mix(c, 0x53);
  const e = mix(d, 0x54);
  const topic = choose(topicDraw, a & 0xffff);
  const plan = topicList[topic];
  const media = mediaOf(a >>> 16);
  const family = media === 1 ? 'video' : media === 2 ? 'audio' : (plan?.family ?? 'sky');
  const cuts = cutsFor.get(family);
  const isCut = cuts !== undefined && ((b >>> 8) & 0xff) < 5;
  out[from] = topic;
  out[from + 1] = choose(isCut ? cuts : formsFor.get(family), b >>> 16);
  out[from + 2] = choose(leadsFor.get(plan?.family ?? 'sky'), b & 0xff);
  out[from + 3] = choose(missionsFor[plan?.missions ?? 0], c & 0xff);
  out[from + 4] = ((c >>> 8) & 0xff) % noteList.length;
  out[from + 5] = yearOf(c >>> 16);
  // Centre: the last of the list, none, for 1 in 100.
  out[from + 6] = d % 100 === 0 ? centreList.length - 1 : (d >>> 8) % (centreList.length - 1);
  out[from + 7] = (d >>> 16) % 100 < 55 ? 1 + ((d >>> 20) % observerCount) : 0;
  out[from + 8] = e % 100 < 60 ? 0 : 1 + ((e >>> 8) % (secondaryList.length - 1));
  out[from + 9] = (e >>> 12) % 100 < 78 ? 0 : 1 + ((e >>> 4) % (locationList.length - 1));
  out[from + 10] = media;
  out[from + 11] = (e >>> 18) % 100 < 94 ? 0 : 1 + ((e >>> 22) % (albumList.length - 1));
  out[from + 12] = textOf(mix(e, 0x55));
}

function mediaOf(draw: number): number {
  const share = draw % 1000;
  return share < 912 ? 0 : share < 992 ? 1 : 2;
}

/** Recent years are fuller than early ones. */
function yearOf(draw: number): number {
  const part = draw / 65_536;
  return lastYear - firstYear - Math.floor((lastYear - firstYear + 1) * part * part);
}

/** Shares as measured at the archive: 2 % without description, 14 % repeating the title, 3.5 % without keywords. */
function textOf(draw: number): number {
  const share = draw % 1000;
  const kind =
    share < 20 ? 0 : share < 160 ? textBits.descriptionRepeatsTitle : textBits.descriptionIsFull;
  const other = (draw >>> 10) % 1000;
  const keywords =
    other < 35
      ? 0
      : other < 60
        ? textBits.hasKeywords | textBits.keywordsInOne
        : textBits.hasKeywords;
  const has508 = (draw >>> 20) % 100 < 60 ? textBits.has508 : 0;
  const markup = (draw >>> 26) % 10 < 2 ? textBits.hasMarkup : 0;
  return kind | keywords | has508 | markup;
}
