/**
 * Runs in plain Node. Cues as files: SubRip, WebVTT, a transcript to read, and the terminal's public JSON.
 * What is written as srt or vtt reads back as the same cues.
 */
import type { CaptionExportFormat, Cue, Transcript } from '#contract/captions.ts';
import { formatTimecode } from '#contract/quote.ts';

/** Silence, in ms, after which a transcript begins a new paragraph. */
const paragraphPauseMs = 2500;
/** A paragraph ends with the first sentence that ends beyond this many characters, or at twice as many. */
const paragraphLength = 500;

/** The transcript in one of the formats. Every text ends with a line feed. */
export function writeCaptions(transcript: Transcript, as: CaptionExportFormat): string {
  switch (as) {
    case 'srt':
      return writeSrt(transcript.cues);
    case 'vtt':
      return writeVtt(transcript.cues);
    case 'txt':
      return writeText(transcript.cues);
    case 'json':
      return `${JSON.stringify(toPublicCaptions(transcript), null, 2)}\n`;
  }
}

/** The JSON of the terminal's public interface. */
export function toPublicCaptions({ ref, source, format, cues }: Transcript): {
  ref: string;
  source: string;
  format: string;
  cues: Cue[];
} {
  return {
    ref,
    source,
    format,
    cues: cues.map(({ startMs, endMs, text, speaker }) => ({ startMs, endMs, text, speaker })),
  };
}

function clock(ms: number, mark: ',' | '.'): string {
  const part = String(ms % 1000).padStart(3, '0');
  return `${formatTimecode(ms)}${mark}${part}`;
}

function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, text, speaker }) => {
    const voice = speaker === null ? '' : `<v ${escapeMarks(speaker)}>`;
    return `${clock(startMs, '.')} --> ${clock(endMs, '.')}\n${voice}${escapeMarks(text)}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

function escapeMarks(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\{(?=\\)/g, '&#123;');
}

function writeSrt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, text, speaker }, at) => {
    const words = escapeForSrt(text);
    const said = speaker === null ? words : `>> ${escapeForSrt(speaker)}: ${words}`;
    return `${String(at + 1)}\n${clock(startMs, ',')} --> ${clock(endMs, ',')}\n${said}\n`;
  });
  return blocks.join('\n');
}

/** Players show entities in SubRip as they stand, so only what would be taken for a mark is written as one. */
function escapeForSrt(text: string): string {
  return text
    .replace(/&(?=#?\w)/g, '&amp;')
    .replace(/<(?=[/\w])/g, '&lt;')
    .replace(/\{(?=\\)/g, '&#123;')
    .replaceAll('-->', '--&gt;');
}

interface Paragraph {
  startMs: number;
  speaker: string | null;
  text: string;
}

/** Paragraphs with the time at which each begins, and who speaks. */
function writeText(cues: readonly Cue[]): string {
  const paragraphs: Paragraph[] = [];
  let endMs = 0;
  for (const cue of cues) {
    const last = paragraphs.at(-1);
    const words = cue.text.replaceAll('\n', ' ');
    if (last === undefined || beginsParagraph(last, cue, endMs)) {
      paragraphs.push({ startMs: cue.startMs, speaker: cue.speaker, text: words });
    } else last.text += ` ${words}`;
    endMs = Math.max(endMs, cue.endMs);
  }
  return paragraphs
    .map(({ startMs, speaker, text }) => {
      const who = speaker === null ? '' : `${speaker}: `;
      return `[${formatTimecode(startMs)}] ${who}${text}\n`;
    })
    .join('\n');
}

function beginsParagraph(last: Paragraph, cue: Cue, endMs: number): boolean {
  // Without a name the one before goes on speaking, until a sound or a silence.
  const isOther = cue.speaker !== null && cue.speaker !== last.speaker;
  const isSound = /^[[(♪]/.test(cue.text) || /^[[(♪][^\])♪]*[\])♪]$/.test(last.text);
  const isLong =
    last.text.length > 2 * paragraphLength ||
    (last.text.length > paragraphLength && /[.!?…]["”’')\]]*$/.test(last.text));
  return isOther || isSound || isLong || cue.startMs - endMs > paragraphPauseMs;
}
