/**
 * Runs in the page. The pictures of the gallery as it was left, for the moment between the opening of the window
 * and the app itself: the same pictures at the same places, so that nothing moves when the app takes over.
 */
import { mediaUrl } from '../lib/media-url.ts';
import type { MediaKey } from '#contract/domain.ts';

/** A picture's key, and its place in px of the window: left, top, width, height. */
export type PlacedPicture = [key: string, left: number, top: number, width: number, height: number];

export interface OpeningPicture {
  /** Of the window, px. It is drawn in a window of this size only. */
  width: number;
  height: number;
  /** Of the gallery's area, px: pictures end at its edges. */
  area: [left: number, top: number, width: number, height: number];
  pictures: PlacedPicture[];
}

const mostPictures = 60;
/** All of them have to fit into what main keeps of a window; an address this long is no picture's of ours. */
const keyShape = /^[\w-]{22}\/[a-z-]{1,16}\/[\w-]{1,1024}$/;
const prefix = 'media/';

type Box = [number, number, number, number];

function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left, top, width, height].map((px) => Math.round(px * 100) / 100) as Box;
}

/** What the gallery shows now; null where none is to be seen, or nothing of it has come. */
export function takeOpeningPicture(): OpeningPicture | null {
  const area = document.querySelector('[role="grid"]')?.parentElement ?? null;
  if (area === null) return null;
  const pictures: PlacedPicture[] = [];
  for (const image of area.querySelectorAll<HTMLImageElement>('[data-index] img')) {
    const path = image.getAttribute('src') ?? '';
    const isSeen = image.complete && image.naturalWidth > 0 && path.startsWith(prefix);
    const box = boxOf(image);
    if (!isSeen || box[1] > innerHeight || box[1] + box[3] < 0) continue;
    if (pictures.length === mostPictures) break;
    const key = path.slice(prefix.length).split('/').map(decodeURIComponent).join('/');
    if (keyShape.test(key)) pictures.push([key, ...box]);
  }
  if (pictures.length === 0) return null;
  return { width: innerWidth, height: innerHeight, area: boxOf(area), pictures };
}

const isBox = (value: unknown): value is Box =>
  Array.isArray(value) &&
  value.length === 4 &&
  value.every((px) => typeof px === 'number' && Math.abs(px) < 1e5);

function isPlaced(value: unknown): value is PlacedPicture {
  if (!Array.isArray(value)) return false;
  const [key, ...box] = value as unknown[];
  return typeof key === 'string' && keyShape.test(key) && isBox(box);
}

/** What was written, or null where it is none. */
export function parseOpeningPicture(json: string | null): OpeningPicture | null {
  try {
    const { opening } = JSON.parse(json ?? 'null') as { opening?: Partial<OpeningPicture> };
    const { width, height, area, pictures } = opening ?? {};
    const isWhole =
      typeof width === 'number' &&
      typeof height === 'number' &&
      isBox(area) &&
      Array.isArray(pictures) &&
      pictures.length <= mostPictures &&
      pictures.every(isPlaced);
    return isWhole ? { width, height, area, pictures } : null;
  } catch {
    return null;
  }
}

function place(element: HTMLElement, [left, top, width, height]: Box): void {
  Object.assign(element.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

/** Draws it into the page; false where there is none for a window of this size. */
export function drawOpeningPicture(json: string | null): boolean {
  const opening = parseOpeningPicture(json);
  const app = document.getElementById('app');
  if (opening === null || app === null) return false;
  if (opening.width !== innerWidth || opening.height !== innerHeight) return false;
  const layer = document.createElement('div');
  layer.className = 'opening';
  layer.ariaHidden = 'true';
  place(layer, opening.area);
  for (const [key, left, top, width, height] of opening.pictures) {
    const picture = new Image();
    picture.src = mediaUrl(key as MediaKey);
    picture.alt = '';
    place(picture, [left - opening.area[0], top - opening.area[1], width, height]);
    layer.append(picture);
  }
  app.append(layer);
  return true;
}
