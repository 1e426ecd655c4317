/**
 * Runs in plain Node, any thread; pure. Finds records of the sample archive by word and by value. What
 * it holds is 13 bytes a record (traits.ts); texts are never built to be searched: a word is looked up
 * in the vocabulary, which says in which values of which column it occurs.
 */
import { allBits, emptyBits, keepCommon, setBit } from './bits.ts';
import type { Bits } from './bits.ts';
import { numberIn } from './record-id.ts';
import { recordOf, twinOf } from './plan.ts';
import type { SamplePlan } from './plan.ts';
import { columnAt, columns, textBits, writeTraits } from './traits.ts';
import type { Column } from './traits.ts';
import { kindPhrases } from './kind-phrases.ts';
import { missions } from './topic.ts';
import { topicList } from './topics.ts';
import {
  disclaimer,
  formList,
  leadList,
  locationList,
  noteList,
  observerCount,
  secondaryList,
} from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** The text fields that can be searched, `q` being title, description, keywords and identifier together. */
export const textFields = [
  'q',
  'title',
  'description',
  'description_508',
  'keywords',
  'photographer',
  'secondary_creator',
  'location',
] as const;

export type TextField = (typeof textFields)[number];

/** A place where words occur: in a column's values, where the text column has one of these bits (0: always). */
interface Place {
  column: Column;
  needs: number;
  /** For each word, the values of the column that hold it. */
  values: Map<string, number[]>;
}

function place(column: Column, needs: number, texts: readonly string[]): Place {
  const values = new Map<string, number[]>();
  texts.forEach((text, value) => {
    for (const word of new Set(wordsOf(text)))
      values.set(word, [...(values.get(word) ?? []), value]);
  });
  return { column, needs, values };
}

const bare = (text: string): string => text.replace('{N}', ' ');
const names = topicList.map((topic) => topic.name);
const repeats = textBits.descriptionRepeatsTitle;
const full = textBits.descriptionIsFull;
const keyed = textBits.hasKeywords;
const constants = `In the manner of ${disclaimer}`;

const titlePlaces = [
  place('topic', 0, names),
  place(
    'form',
    0,
    formList.map((form) => bare(form.text)),
  ),
];
const descriptionPlaces = [
  place('topic', repeats | full, names),
  place(
    'form',
    repeats,
    formList.map((form) => bare(form.text)),
  ),
  place(
    'lead',
    full,
    leadList.map((lead) => bare(lead.text)),
  ),
  place('mission', full, missions),
  place('note', full, noteList),
  place('media', full, [constants, constants, constants]),
];
const keywordPlaces = [
  place(
    'topic',
    keyed,
    topicList.map((topic) => topic.keywords.join(' ')),
  ),
  place('mission', keyed, missions),
];

const places: Readonly<Record<TextField, readonly Place[]>> = {
  q: [...titlePlaces, ...descriptionPlaces, ...keywordPlaces],
  title: titlePlaces,
  description: descriptionPlaces,
  description_508: [
    place(
      'topic',
      textBits.has508,
      topicList.map((topic) => `A drawing of ${topic.name}: ${kindPhrases[topic.kind]}`),
    ),
  ],
  keywords: keywordPlaces,
  photographer: [
    place('observer', 0, [
      '',
      ...Array.from({ length: observerCount }, (_, at) => `Observer ${at + 1}`),
    ]),
  ],
  secondary_creator: [place('secondary', 0, secondaryList)],
  location: [place('location', 0, locationList)],
};

/** Words and values kept ready; at a million records each takes 125 kB. */
const keptSets = 128;

export interface SearchIndex {
  readonly plan: SamplePlan;
  /** Records whose field holds every word. No words: every record. */
  withWords(field: TextField, words: readonly string[]): Bits;
  /** Records whose column has one of the values; not to be changed. */
  withValues(column: Column, values: readonly number[]): Bits;
}

/** Makes the index; about 0.3 s for a million records. */
export function createSearchIndex(plan: SamplePlan): SearchIndex {
  const { seed, size } = plan;
  const width = columns.length;
  const data = columns.map(() => new Uint8Array(size));
  const traits = new Uint8Array(width);
  for (let index = 0; index < size; index += 1) {
    writeTraits(seed, twinOf(plan, index), traits);
    for (let column = 0; column < width; column += 1) {
      (data[column] as Uint8Array)[index] = traits[column] as number;
    }
  }
  const text = data[columnAt('text')] as Uint8Array;
  const kept = new Map<string, Bits>();

  const mark = (bits: Bits, column: Column, values: readonly number[], needs: number): void => {
    const table = new Uint8Array(256);
    for (const value of values) table[value] = 1;
    const flags = new Uint8Array(256).fill(needs === 0 ? 1 : 0);
    for (let flag = 0; flag < 256; flag += 1) if ((flag & needs) !== 0) flags[flag] = 1;
    const from = data[columnAt(column)] as Uint8Array;
    for (let word = 0, index = 0; word < bits.length; word += 1) {
      const end = Math.min(32, size - index);
      let found = 0;
      for (let bit = 0; bit < end; bit += 1, index += 1) {
        found |=
          ((table[from[index] as number] as number) & (flags[text[index] as number] as number)) <<
          bit;
      }
      bits[word] = (bits[word] as number) | found;
    }
  };

  /** The set of that name: as it was kept, or filled now. Whoever gets it must not change it. */
  const keep = (key: string, fill: (bits: Bits) => void): Bits => {
    const bits = kept.get(key) ?? emptyBits(size);
    if (!kept.delete(key)) fill(bits);
    kept.set(key, bits);
    const oldest = kept.keys().next();
    if (kept.size > keptSets && oldest.done !== true) kept.delete(oldest.value);
    return bits;
  };

  const withWord = (field: TextField, word: string): Bits =>
    keep(`${field} ${word}`, (bits) => {
      for (const one of places[field]) {
        const values = one.values.get(word);
        if (values !== undefined) mark(bits, one.column, values, one.needs);
      }
      if (field === 'q') markIdentifier(bits, word);
    });

  const markIdentifier = (bits: Bits, word: string): void => {
    const index = numberIn(word);
    if (index === null || index >= size) return;
    if (wordsOf(recordOf(plan, index).nasaId).includes(word)) setBit(bits, index);
  };

  return {
    plan,
    withWords(field, words) {
      const bits = allBits(size);
      for (const word of words) keepCommon(bits, withWord(field, word));
      return bits;
    },
    withValues(column, values) {
      return keep(`=${column} ${values.join(' ')}`, (bits) => mark(bits, column, values, 0));
    },
  };
}
