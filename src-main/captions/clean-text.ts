/** Runs in plain Node. The lines of a cue as plain words: no tags, no entities, the speaker told apart. */
import type { Cue } from '#contract/captions.ts';
import { decodeHTML } from 'entities';

export type CueText = Pick<Cue, 'text' | 'speaker'>;

/** Tags of WebVTT and of the HTML that players accept in SubRip. In SubRip anything else in `<>` is text. */
const knownTags = new Set(
  'a b big br c center div em font i lang li p rt ruby s small span strike strong sub sup tt u ul v'.split(
    ' ',
  ),
);

// What follows a name begins with what no name holds, so that no run of letters is walked twice.
const tagPattern = /<(\/?)([A-Za-z][A-Za-z0-9]*|\d[\d:]*)((?:[.,\s][^<>]*)?)\/?>/g;
/** Instructions of SubStation Alpha that stray into SubRip: `{\an8}`. */
const overridePattern = /\{\\[^{}]*\}/g;
// eslint-disable-next-line no-control-regex -- these are what must go
const controlPattern = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;
/** The same that came as entities, but for our own two marks. */
// eslint-disable-next-line no-control-regex -- these are what must go
const forgedPattern = /[\u0000\u0003-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;

const capitals = /^[\p{Lu}\p{N}][\p{Lu}\p{M}\p{N}\s.,'’"()#&/-]{0,59}$/u;
const nameWord =
  /^(?:[\p{Lu}\p{N}][\p{L}\p{M}\p{N}.'’-]*|(?:of|the|de|del|der|da|di|la|le|van|von|and|&))$/u;

/** A name before a colon: in capitals, or at most five words that each begin with one. */
function isName(text: string): boolean {
  if (capitals.test(text)) return true;
  const words = text.split(/\s+/);
  return (
    words.length <= 5 &&
    text.length <= 60 &&
    /^\p{Lu}/u.test(text) &&
    words.every((word) => nameWord.test(word))
  );
}

/** Splits `NAME: words` where it begins with a name. */
function splitName(text: string): { name: string | null; rest: string } {
  const colon = text.indexOf(':');
  const name = colon > 0 && colon <= 60 ? text.slice(0, colon).trim() : '';
  const after = text.slice(colon + 1);
  const isBefore = name !== '' && (after === '' || /^\s/.test(after)) && isName(name);
  return isBefore ? { name, rest: after.trimStart() } : { name: null, rest: text };
}

function replaceTags(text: string, format: 'srt' | 'vtt'): string {
  return text.replace(tagPattern, (whole, slash: string, tag: string, rest: string) => {
    const name = tag.toLowerCase();
    const isTime = /^\d/.test(name);
    if (format === 'srt' && !isTime && !knownTags.has(name)) return whole;
    if (isTime && format === 'srt' && !name.includes(':')) return whole;
    if (name === 'br') return '\n';
    if (name === 'rt') return slash === '' ? '(' : ')';
    if (name !== 'v' || slash !== '') return '';
    const voice = /^(?:\.\S*)?\s+(.*)$/s.exec(rest)?.[1]?.trim() ?? '';
    // As the other notation has it, so that both are read in one place.
    return voice === '' ? '' : `\n\u0001${voice}\u0002`;
  });
}

// Our own marks round a name: all other controls are gone by then.
// eslint-disable-next-line no-control-regex -- our own
const voicePattern = /^\u0001([^\u0002]*)\u0002\s*/;
// eslint-disable-next-line no-control-regex -- our own
const markPattern = /[\u0001\u0002]/g;
const chevronPattern = /^(?:>{2,3}\s*)+/;

/** Who begins to speak with this line, if the line says so: a voice tag, or `>>` with or without a name. */
function readSpeaker(line: string): { name: string | null; rest: string; isMarked: boolean } {
  const voice = voicePattern.exec(line);
  if (voice !== null) {
    const rest = line.slice(voice[0].length).replace(chevronPattern, '');
    return { name: voice[1]?.replace(/\s+/g, ' ') ?? null, rest, isMarked: true };
  }
  const chevrons = chevronPattern.exec(line);
  if (chevrons === null) return { name: null, rest: line, isMarked: false };
  return { ...splitName(line.slice(chevrons[0].length)), isMarked: true };
}

/** Anything that is not just words: & < > {, controls and marks. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const specialPattern = /[&<>{\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff]/;

/** What nearly all entities are; the others are looked up in the whole table of HTML. */
const usualEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  quot: '"',
  apos: "'",
  '#39': "'",
};

function decodeEntities(text: string): string {
  return text
    .replace(/&(#?\w{1,31});?/g, (whole, name: string) =>
      whole.endsWith(';') && Object.hasOwn(usualEntities, name)
        ? (usualEntities[name] ?? whole)
        : decodeHTML(whole),
    )
    .replace(forgedPattern, '');
}

/**
 * Cleans the lines of one cue. The first speaker becomes `speaker`; where another one goes on in the same cue
 * the text keeps the mark, as `>> NAME: words` on a line of its own.
 *
 * @param lines - trimmed lines as the file has them
 */
export function cleanCueText(lines: readonly string[], format: 'srt' | 'vtt'): CueText {
  const joined = lines.join('\n');
  if (!specialPattern.test(joined)) return { text: joined, speaker: null };
  const bare = joined.replaceAll('\t', ' ').replace(controlPattern, '');
  const untagged = (bare.includes('<') ? replaceTags(bare, format) : bare).replace(
    overridePattern,
    '',
  );
  const decoded = untagged.includes('&') ? decodeEntities(untagged) : untagged;
  return takeSpeakers(decoded.split('\n'));
}

function takeSpeakers(lines: readonly string[]): CueText {
  let speaker: string | null = null;
  const kept: string[] = [];
  for (const line of lines) {
    const { name, rest, isMarked } = readSpeaker(line.trim());
    const words = rest.replace(markPattern, '').trim();
    const isFirst = kept.length === 0;
    // A name may stand on a line of its own, above the words.
    if (isFirst && isMarked) speaker = name ?? speaker;
    if (words === '' && (isFirst || name === null)) continue;
    const isOther = !isFirst && isMarked && (name === null || name !== speaker);
    if (!isOther) kept.push(words);
    else kept.push(name === null ? `>> ${words}` : `>> ${name}: ${words}`.trimEnd());
  }
  return { text: kept.join('\n'), speaker };
}
