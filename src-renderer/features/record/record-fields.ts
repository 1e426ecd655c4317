/** What the record view reads from a record beyond the common domain: pure, and never trusts a field. */
import type { RecordCard, RecordDetail, RecordRendition } from '#contract/domain.ts';

/** The rendition that "Save" saves: the original, else the one with most pixels, else with most bytes. */
export function renditionToSave(renditions: readonly RecordRendition[]): RecordRendition | null {
  const original = renditions.find((rendition) => rendition.name === 'orig');
  if (original !== undefined) return original;
  const pixels = (one: RecordRendition) => (one.width ?? 0) * (one.height ?? 0);
  const [first] = [...renditions].sort(
    (a, b) => pixels(b) - pixels(a) || (b.bytes ?? 0) - (a.bytes ?? 0),
  );
  return first ?? null;
}

/** The rendition with most pixels, where it is not the one listed first and so needs saying. */
export function largestOf(renditions: readonly RecordRendition[]): RecordRendition | null {
  const pixels = (one: RecordRendition) => (one.width ?? 0) * (one.height ?? 0);
  let largest: RecordRendition | null = null;
  for (const one of renditions) {
    if (pixels(one) > (largest === null ? 0 : pixels(largest))) largest = one;
  }
  return largest === renditions[0] ? null : largest;
}

/** Sum of the sizes that are stated, and whether that is all of them. */
export function sumOfBytes(renditions: readonly RecordRendition[]): {
  bytes: number;
  isWhole: boolean;
} {
  let bytes = 0;
  let isWhole = true;
  for (const rendition of renditions) {
    if (rendition.bytes === null) isWhole = false;
    else bytes += rendition.bytes;
  }
  return { bytes, isWhole };
}

/** `JPEG`, `MP4`: the kind of a file in a word, from its type or its ending; '' when neither tells. */
export function kindOfFile(rendition: { mime: string | null; url: string }): string {
  const fromMime = rendition.mime?.split('/')[1]?.split(/[;+]/)[0]?.replace(/^x-/, '');
  const path = rendition.url.split(/[?#]/, 1)[0] ?? '';
  const ending = /\.([a-z0-9]{1,5})$/i.exec(path)?.[1];
  const names: Readonly<Record<string, string>> = {
    jpg: 'JPEG',
    tif: 'TIFF',
    mpeg: 'MP3',
    quicktime: 'MOV',
    wave: 'WAV',
  };
  const word = (fromMime ?? ending ?? '').toLowerCase();
  return names[word] ?? word.toUpperCase();
}

/** Files that the player can try: films of a video, sounds of an audio record. */
export function playableOf(detail: RecordDetail): RecordRendition[] {
  const { kind } = detail.card.record;
  if (kind !== 'video' && kind !== 'audio') return [];
  const endings = kind === 'video' ? /\.(?:mp4|m4v|webm)$/i : /\.(?:mp3|m4a|wav|ogg|oga|flac)$/i;
  return detail.renditions.filter((rendition) => {
    if (rendition.key === null) return false;
    if (rendition.mime !== null) return rendition.mime.startsWith(`${kind}/`);
    return endings.test(rendition.url.split(/[?#]/, 1)[0] ?? '');
  });
}

/** Albums as the archive names them: a list, one name, or nothing. */
export function albumsOf(card: RecordCard): string[] {
  const { album } = card.record.fields;
  const names = Array.isArray(album) ? (album as readonly unknown[]) : [album];
  const whole = names.flatMap((name) => (typeof name === 'string' ? [name.trim()] : []));
  return [...new Set(whole)].filter((name) => name !== '');
}
