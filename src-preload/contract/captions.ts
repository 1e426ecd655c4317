/** Captions, as every shell sees them. Pure types; the endpoints are in contract.ts. */
import type { RecordRef } from './domain.ts';
import type { AnswerAge } from './results.ts';

/** One caption. The shape is that of the terminal's public interface. */
export interface Cue {
  startMs: number;
  endMs: number;
  /** Plain text: no tags, no entities; lines parted by \n. */
  text: string;
  speaker: string | null;
}

/** The captions of one record, read. */
export interface Transcript {
  ref: RecordRef;
  /** Address of the file at the archive. */
  source: string;
  format: 'srt' | 'vtt';
  /** Encoding the file was read in, by its WHATWG name. */
  encoding: string;
  cues: Cue[];
  /** What was odd about the file and how it was taken, in words for the user. */
  notes: string[];
  age: AnswerAge;
}

/** A cue found by searching all cached captions. */
export interface CaptionHit {
  ref: RecordRef;
  title: string;
  cueIndex: number;
  startMs: number;
  text: string;
}

/** What searching all captions that were read gave. */
export interface CaptionSearch {
  hits: CaptionHit[];
  /** All cues with these words, listed or not. */
  total: number;
  /** Records whose captions are kept, and so were searched. */
  transcripts: number;
}

/** Formats in which captions are handed over. */
export const captionExportFormats = ['srt', 'vtt', 'txt', 'json'] as const;
export type CaptionExportFormat = (typeof captionExportFormats)[number];
