/**
 * Runs in plain Node, any thread; pure. One record of the sample archive, made from its number whenever
 * it is wanted and never kept.
 */
import { audioFiles, imageFiles, videoFiles } from './files.ts';
import type { FileDraws, SampleFile } from './files.ts';
import type { Picture, PictureKind } from './draw/scene.ts';
import { createRandom, mix } from './random.ts';
import { plainId, toNasaId } from './record-id.ts';
import { columns, textBits, writeTraits } from './traits.ts';
import { kindPhrases } from './kind-phrases.ts';
import { missions } from './topic.ts';
import { topicList } from './topics.ts';
import type { Topic } from './topic.ts';
import {
  albumList,
  centreList,
  disclaimer,
  firstYear,
  formList,
  leadList,
  locationList,
  mediaTypes,
  noteList,
  secondaryList,
} from './vocabulary.ts';
import type { MediaType } from './vocabulary.ts';

export interface SampleRecord {
  index: number;
  nasaId: string;
  topic: Topic;
  media: MediaType;
  title: string;
  description: string | null;
  description508: string | null;
  keywords: string[] | null;
  centre: string | null;
  dateCreated: string;
  photographer: string | null;
  secondaryCreator: string | null;
  location: string | null;
  album: string | null;
  picture: Picture;
  files: SampleFile[];
  /** False for the few items whose `links` are absent. */
  hasLinks: boolean;
  metadataShape: 'flat' | 'nested' | 'mixed';
}

/** Least and greatest aspect ratio of a picture, by what it shows. */
const aspects: Partial<Record<PictureKind, readonly [number, number]>> = {
  world: [0.95, 1.35],
  earth: [0.95, 1.35],
  giant: [0.95, 1.35],
  ringed: [1.3, 2],
  sun: [0.95, 1.35],
  shell: [0.95, 1.4],
  globular: [1, 1.45],
  limb: [1.35, 2.1],
  aurora: [1.2, 1.8],
  launch: [0.66, 0.82],
  plain: [1.5, 2.2],
  spiral: [1, 1.5],
  'edge-on': [1.3, 1.9],
};

/** Numbers that decide what is not in the traits, each from 0 up to 1, in this order. */
function drawsOf(
  seed: number,
  index: number,
): Record<'aspect' | 'date' | 'files', number[]> & {
  phase: number;
  links: number;
  shape: number;
} {
  const { next } = createRandom(mix(mix(seed, 0xf11e), index));
  return {
    aspect: [next(), next()],
    phase: next(),
    date: [next(), next()],
    files: [next(), next(), next(), next()],
    links: next(),
    shape: next(),
  };
}

/**
 * A record from its number; the same for ever for a seed. It has every searchable field of `twin` (see
 * plan.ts), usually itself, but a picture and files of its own.
 */
export function recordAt(seed: number, index: number, twin = index): SampleRecord {
  const traits = new Uint8Array(columns.length);
  writeTraits(seed, twin, traits);
  const at = (column: number): number => traits[column] as number;
  const topic = topicList[at(0)] ?? topicList[0];
  const form = formList[at(1)] ?? formList[0];
  if (topic === undefined || form === undefined) throw new RangeError('The vocabulary is empty');
  const media = mediaTypes[at(10)] ?? 'image';
  const own = drawsOf(seed, index);
  const shared = twin === index ? own : drawsOf(seed, twin);
  const title = form.text.replace('{N}', topic.name);
  const picture: Picture = {
    kind: topic.kind,
    look: topic.look,
    seed: mix(mix(seed, 0x91c), index),
    aspect: media === 'video' ? 16 / 9 : aspectOf(topic.kind, own.aspect),
    phase: form.phase[0] + (form.phase[1] - form.phase[0]) * own.phase,
  };
  const text = at(12);
  const keywords = [...topic.keywords, missions[at(3)] ?? ''];
  return {
    index,
    nasaId: twin === index ? toNasaId(seed, index, topic.name) : plainId(index),
    topic,
    media,
    title,
    description: describe(traits, title, topic.name, twin),
    description508:
      (text & textBits.has508) === 0
        ? null
        : `A drawing of ${topic.name}: ${kindPhrases[topic.kind]}.`,
    keywords:
      (text & textBits.hasKeywords) === 0
        ? null
        : (text & textBits.keywordsInOne) === 0
          ? keywords
          : [keywords.join('; ')],
    centre: centreList[at(6)] || null,
    dateCreated: dateOf(firstYear + at(5), shared.date),
    photographer: at(7) === 0 ? null : `Observer ${at(7)}`,
    secondaryCreator: secondaryList[at(8)] || null,
    location: locationList[at(9)] || null,
    album: albumList[at(11)] || null,
    picture,
    files: filesOf(topic, media, picture, own.files),
    hasLinks: media !== 'audio' && own.links >= 0.003,
    metadataShape: shapeOf(own.shape),
  };
}

function describe(traits: Uint8Array, title: string, name: string, index: number): string | null {
  const text = traits[12] as number;
  if ((text & textBits.descriptionRepeatsTitle) !== 0) return title;
  if ((text & textBits.descriptionIsFull) === 0) return null;
  const lead = (leadList[traits[2] as number]?.text ?? '{N}.').replace('{N}', name);
  const mission = missions[traits[3] as number] ?? '';
  const note = noteList[traits[4] as number] ?? '';
  if ((text & textBits.hasMarkup) === 0)
    return `${lead} In the manner of ${mission}. ${note}  ${disclaimer}`;
  // The archive's own texts hold tags, and double blanks where lines once broke.
  return index % 2 === 0
    ? `<b>${lead}</b>  In the manner of ${mission}.  ${note}  ${disclaimer}`
    : `${lead}  In the manner of <a href="https://example.org/sample" target="_blank" rel="nofollow">${mission}</a>.  ${note}  ${disclaimer}`;
}

function aspectOf(kind: PictureKind, [a = 0, b = 0]: readonly number[]): number {
  const range = aspects[kind] ?? [1.15, 1.6];
  // One in twelve of the skies and grounds stands upright.
  if (aspects[kind] === undefined && b < 0.085) return 0.66 + a * 0.18;
  return range[0] + (range[1] - range[0]) * a;
}

/** Mostly midnight, as the archive's dates are. */
function dateOf(year: number, [a = 0, b = 0]: readonly number[]): string {
  const start = Date.UTC(year, 0, 1);
  const day = start + Math.floor(a * 365) * 86_400_000;
  const time = b < 0.03 ? Math.floor((b / 0.03) * 86_400) * 1000 : 0;
  return new Date(day + time).toISOString().replace('.000Z', 'Z');
}

function shapeOf(draw: number): SampleRecord['metadataShape'] {
  return draw < 0.84 ? 'flat' : draw < 0.94 ? 'nested' : 'mixed';
}

function filesOf(topic: Topic, media: MediaType, picture: Picture, draws: FileDraws): SampleFile[] {
  if (media === 'audio') return audioFiles(picture, draws);
  return media === 'video' ? videoFiles(picture, topic, draws) : imageFiles(picture, draws);
}
