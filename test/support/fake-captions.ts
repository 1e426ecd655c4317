/** Runs in a page. Captions for the fake core: of a made film, as main would read them. */
import type { CaptionExportFormat, CaptionHit, Cue, Transcript } from '#contract/captions.ts';
import type { RecordDetail } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';

const lines: readonly (readonly [text: string, speaker: string | null])[] = [
  ['[soft music]', null],
  ['This is the view from the orbiter,\nwest of the crater’s rim.', 'NARRATOR'],
  ['We had waited four years for this light.', 'ANN DROID'],
  ['And then the shadow moved, and there it was.', 'ANN DROID'],
  ['How long did you see it?', 'NARRATOR'],
  ['About two minutes. It felt like ten.', 'ANN DROID'],
  ['The camera saw it for longer than we did.', 'ANN DROID'],
  ['What comes next?', 'NARRATOR'],
  ['We go back to the crater in spring,\nwith a wider lens.', 'ANN DROID'],
  ['[music ends]', null],
];

/** So many cues, each 3 s after the one before and 2.5 s long. */
export function fakeCues(count: number): Cue[] {
  return Array.from({ length: count }, (_, at) => {
    const [text, speaker] = lines[at % lines.length] ?? ['', null];
    return { startMs: 500 + at * 3000, endMs: 3000 + at * 3000, text, speaker };
  });
}

/** Throws 'not-found' where the record has no captions. */
export function fakeTranscript(detail: RecordDetail, wanted: string): Transcript {
  const [file] = detail.captions;
  const { ref, title } = detail.card.record;
  if (file === undefined || wanted === '0') {
    throw new ArchiveError({
      code: 'not-found',
      message: `“${title}” has no captions. The archive has no captions for it.`,
      retryable: false,
    });
  }
  return {
    ref,
    source: file.url,
    format: file.format,
    encoding: 'utf-8',
    cues: wanted === 'empty' ? [] : fakeCues(Number(wanted) || 30),
    notes:
      wanted === 'empty'
        ? ['The file holds a heading and no captions.']
        : ['Numbers of captions are missing; the order of the file was taken.'],
    age: { fetchedAtMs: Date.now(), origin: 'network', isStale: false, problem: null },
  };
}

/** As it was kept 2 days ago. */
export function keptAway(transcript: Transcript): Transcript {
  const fetchedAtMs = Date.now() - 2 * 86_400_000;
  return {
    ...transcript,
    age: { fetchedAtMs, origin: 'cache', isStale: true, problem: null },
  };
}

/** Cues that hold every word of a text. */
export function findCues(
  transcript: Transcript,
  title: string,
  text: string,
): { hits: CaptionHit[]; total: number } {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = transcript.cues.flatMap((cue, cueIndex) =>
    words.length > 0 && words.every((word) => cue.text.toLowerCase().includes(word))
      ? [{ ref: transcript.ref, title, cueIndex, startMs: cue.startMs, text: cue.text }]
      : [],
  );
  return { hits, total: hits.length };
}

/** Something like what main writes, for looking at. */
export function fakeExport({ cues }: Transcript, as: CaptionExportFormat): string {
  return as === 'json' ? JSON.stringify(cues) : cues.map(({ text }) => text).join('\n\n');
}
