/**
 * Runs in plain Node. The pictures of an image. Nearly all addresses answer with a redirect to the file, or to a
 * placeholder while the service still makes it; sizes are known of the original alone.
 */
import type { Rendition } from '#contract/domain.ts';
import { addressOf, pixelsOf, type WireObject } from './values.ts';

/** Our names and the service's fields, largest first. */
const pictures: readonly [name: string, field: string][] = [
  ['real', 'url_real'],
  ['hd', 'url_hd'],
  ['hd_sharpened', 'url_hd_sharpened'],
  ['regular', 'url_regular'],
  ['regular_sharpened', 'url_regular_sharpened'],
  ['gallery', 'url_gallery'],
  ['duckduckgo', 'url_duckduckgo'],
  ['duckduckgo_small', 'url_duckduckgo_small'],
  ['thumb', 'url_thumb'],
  ['histogram', 'url_histogram'],
  ['solution', 'url_solution'],
  ['skyplot', 'url_skyplot'],
  ['advanced_solution', 'url_advanced_solution'],
  ['advanced_skyplot', 'url_advanced_skyplot'],
  ['advanced_skyplot_small', 'url_advanced_skyplot_small'],
];

/** Every field that is a picture's address. */
export const pictureFields: ReadonlySet<string> = new Set(pictures.map(([, field]) => field));

/** The pictures and the FITS file, as far as they have addresses that may be opened. */
export function toRenditions(row: WireObject, base: URL): Rendition[] {
  const [width, height] = [pixelsOf(row['w']), pixelsOf(row['h'])];
  const renditions = pictures.flatMap(([name, field]): Rendition[] => {
    const url = addressOf(row[field], base);
    if (url === null) return [];
    const isOriginal = name === 'real';
    return [
      {
        ...{ name, url, bytes: null, mime: mimeOf(url), checksum: null },
        width: isOriginal ? width : null,
        height: isOriginal ? height : null,
      },
    ];
  });
  const fits = addressOf(row['link_to_fits'], base);
  if (fits === null) return renditions;
  const size = { bytes: null, width: null, height: null, checksum: null };
  return [...renditions, { name: 'fits', url: fits, mime: fitsMime(fits), ...size }];
}

const mimeTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
};

/** By the file's ending, which only addresses of the CDN have. */
function mimeOf(url: string): string | null {
  const ending = endingOf(url);
  return Object.hasOwn(mimeTypes, ending) ? (mimeTypes[ending] ?? null) : null;
}

/** A link that is called FITS may lead to a page or a packed folder. */
function fitsMime(url: string): string | null {
  return /^(?:fits?|fts)$/.test(endingOf(url)) ? 'application/fits' : null;
}

function endingOf(url: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
}
