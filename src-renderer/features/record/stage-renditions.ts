/**
 * Which rendition the stage draws: pure, no DOM.
 *
 * NASA's listings may lack pixels, and the listed width and height of a turned camera file may be those
 * before turning, so sizes are estimated by name and turned to lie as the preview lies.
 */
import type { MediaKey, RecordCard, RecordDetail, RecordRendition } from '#contract/domain.ts';
import { isUsable, type Size, type StageFrame, type StageView } from './stage-geometry.ts';

export interface StagePicture {
  name: string;
  key: MediaKey;
  bytes: number | null;
  /** Pixels as listed, turned as the preview lies; null where the archive states none. */
  size: Size | null;
  /** Pixels across: as listed, or what renditions of that name usually have. */
  likelyWidth: number;
  /** True for a kind that no window shows: main makes a JPEG of it. */
  isConverted: boolean;
}

/** Usual widths of NASA's renditions, for listings without pixels. */
const usualWidths: Readonly<Record<string, number>> = {
  thumb: 640,
  small: 640,
  medium: 1280,
  large: 1920,
};
/** Taken for a size that nobody states. */
export const unknownWidth = 4096;

/** Widths of AstroBin's renditions that show all of the picture; none is ever larger than the original. */
const astrobinWidths: Readonly<Record<string, number>> = { regular: 620, hd: 1824, real: 1e9 };

/** True for what shows all of the picture: its others are cut to a shape, or charts. */
export const isAstrobinPicture = (name: string): boolean => Object.hasOwn(astrobinWidths, name);

/** Pixels across, where the original has so many. */
export function astrobinWidth(name: string, original: number | null): number {
  return Math.min(astrobinWidths[name] ?? unknownWidth, original ?? unknownWidth);
}

const pictureEndings = /\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp)$/i;

function isPicture(rendition: RecordRendition): boolean {
  if (rendition.mime !== null) return rendition.mime.startsWith('image/');
  return pictureEndings.test(rendition.url.split(/[?#]/, 1)[0] ?? '');
}

function isTiff({ mime, url }: RecordRendition): boolean {
  return mime === 'image/tiff' || (mime === null && /\.tiff?(?:[?#]|$)/i.test(url));
}

function sizeOf(source: { width: number | null; height: number | null }): Size | null {
  if (source.width === null || source.height === null) return null;
  const size = { width: source.width, height: source.height };
  return isUsable(size) ? size : null;
}

const ratioOf = (size: Size): number => size.width / size.height;

/** True when `size` lies across `like`: its ratio fits only when turned by a quarter. */
export function liesAcross(size: Size, like: Size): boolean {
  const away = (ratio: number) => Math.abs(Math.log(ratio / ratioOf(like)));
  return away(1 / ratioOf(size)) + 0.02 < away(ratioOf(size));
}

const turned = (size: Size): Size => ({ width: size.height, height: size.width });

/** The preview of a card as a picture of the stage. */
export function previewPicture(card: RecordCard): StagePicture | null {
  // AstroBin cuts its previews to a square.
  if (card.thumb === null || card.record.archive === 'astrobin') return null;
  const size = sizeOf(card.thumb);
  return {
    name: 'thumb',
    key: card.thumb.key,
    bytes: null,
    size,
    likelyWidth: size?.width ?? 640,
    isConverted: false,
  };
}

const widthOfOriginal = (renditions: readonly RecordRendition[]): number | null =>
  renditions.find(({ name }) => name === 'real')?.width ?? null;

/** The pictures of a record that may be drawn, from the smallest to the largest. */
export function stagePictures(detail: RecordDetail): StagePicture[] {
  const preview = detail.card.thumb;
  const previewSize = preview === null ? null : sizeOf(preview);
  const isAstrobin = detail.card.record.archive === 'astrobin';
  const original = isAstrobin ? widthOfOriginal(detail.renditions) : null;
  const pictures: StagePicture[] = [];
  for (const rendition of detail.renditions) {
    // AstroBin's addresses tell nothing of a type, and most of its files are none of the whole picture.
    const isDrawn = isAstrobin ? isAstrobinPicture(rendition.name) : isPicture(rendition);
    if (rendition.key === null || !isDrawn) continue;
    const listed = sizeOf(rendition);
    const size =
      listed !== null && previewSize !== null && liesAcross(listed, previewSize)
        ? turned(listed)
        : listed;
    pictures.push({
      name: rendition.name,
      key: rendition.key,
      bytes: rendition.bytes,
      size,
      likelyWidth:
        size?.width ??
        (isAstrobin
          ? astrobinWidth(rendition.name, original)
          : (usualWidths[rendition.name] ?? unknownWidth)),
      isConverted: isTiff(rendition),
    });
  }
  return pictures.sort((a, b) => a.likelyWidth - b.likelyWidth || (a.bytes ?? 0) - (b.bytes ?? 0));
}

/** The reference size: that of the largest picture; null until a listing or a decoded picture tells it. */
export function referenceSize(pictures: readonly StagePicture[]): Size | null {
  let best: Size | null = null;
  for (const { size } of pictures) {
    if (size !== null && (best === null || size.width > best.width)) best = size;
  }
  return best;
}

/** Whatever knows keys: a set, or a map by key. */
export interface KeySet {
  has(key: MediaKey): boolean;
}

/**
 * The smallest picture that has a pixel for each pixel of the screen at this zoom; the largest when none has.
 * `unusable` are those that could not be loaded.
 */
export function pickPicture(
  pictures: readonly StagePicture[],
  view: StageView,
  frame: StageFrame,
  unusable: KeySet,
): StagePicture | null {
  const usable = pictures.filter((picture) => !unusable.has(picture.key));
  // One per cent of slack: a 640 px file is right for a box of 640.4 px.
  const wanted = frame.picture.width * view.scale * frame.pixelRatio * 0.99;
  return usable.find((picture) => picture.likelyWidth >= wanted) ?? usable.at(-1) ?? null;
}

/** Across, in pixels: enough for a still in a window. */
const stillWidth = 1000;

/** The still that stands for a film: large enough where there is one, else the preview. */
export function stillOf(detail: RecordDetail): MediaKey | null {
  const pictures = stagePictures(detail);
  const best = pictures.find(({ likelyWidth }) => likelyWidth >= stillWidth) ?? pictures.at(-1);
  return best?.key ?? detail.card.thumb?.key ?? null;
}
