/** Words of a recording as they are quoted. Pure. */

/** A time in a recording, `hh:mm:ss`; parts of a second are cut off. */
export function formatTimecode(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const pair = (value: number): string => String(value).padStart(2, '0');
  return `${pair(Math.floor(seconds / 3600))}:${pair(Math.floor(seconds / 60) % 60)}:${pair(seconds % 60)}`;
}

export interface Quote {
  /** Words of one or more cues; line breaks become blanks. */
  text: string;
  startMs: number;
  title: string;
  /** Credit line; left out when it is empty. */
  credit: string;
  speaker?: string | null;
}

/** `"Words" (Speaker, 00:01:15, Title, Credit)`, for the clipboard. */
export function formatQuote({ text, startMs, title, credit, speaker = null }: Quote): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const source = [speaker ?? '', formatTimecode(startMs), title, credit]
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
  return `"${words}" (${source.join(', ')})`;
}
