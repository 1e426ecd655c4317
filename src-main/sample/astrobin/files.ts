/**
 * Runs in plain Node, in the thread that serves. Files of the sample's delivery network and the redirects that lead to
 * them, from their addresses.
 */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Painters } from '../painters.ts';
import { mix } from '../random.ts';
import type { ServedFile } from '../serve-bytes.ts';
import type { Images } from './images.ts';
import { revisionLabel, revisionsOfImage } from './picks.ts';
import { fileExtension, isAlias, isChartFolder, renditionSize } from './renditions.ts';
import type { ChartFolder } from './renditions.ts';
import type { Alias } from './rows.ts';
import { pageId } from './rows.ts';

export interface FileOptions {
  images: Images;
  /** The archive's own seed, from which painters make the images again. */
  seed: number;
  painters: Painters;
  /** Part of every ETag. */
  version: number;
}

export interface Files {
  /** A file below `/cdn/`; null where there is none. `gone` is aborted when nobody waits for it any more. */
  find(folder: string, name: string, gone: AbortSignal): Promise<ServedFile | null>;
  /** Where `/{page}/{label}/rawthumb/{alias}/` leads, below the site's address; null for what is nowhere. */
  redirect(page: string, label: string, alias: string): string | null;
}

const mimeTypes = { jpg: 'image/jpeg', png: 'image/png', svg: 'image/svg+xml' } as const;

/** Thumbnails that are still being made when first asked for: one in so many. */
const unready = 40;
/** First requests remembered; older ones would get the placeholder again. */
const mostRemembered = 10_000;

const placeholder = `<svg xmlns="http://www.w3.org/2000/svg" width="130" height="130"><rect width="130" height="130" fill="#20242b"/><circle cx="65" cy="65" r="22" fill="none" stroke="#8a93a3" stroke-width="4" stroke-dasharray="100 40"/></svg>`;

function avatar(draw: number): string {
  const [hue, turn] = [draw % 360, (draw >>> 9) % 360];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="hsl(${hue},35%,18%)"/><circle cx="100" cy="100" r="52" fill="hsl(${hue},60%,62%)"/><ellipse cx="100" cy="100" rx="88" ry="18" fill="none" stroke="hsl(${(hue + 60) % 360},70%,75%)" stroke-width="7" transform="rotate(${turn} 100 100)"/></svg>`;
}

export function createFiles({ images, seed, painters, version }: FileOptions): Files {
  const asked = new Set<string>();

  const served = (name: string, index: number, bytes: Buffer, type: string): ServedFile => {
    const mark = `astrobin ${version} ${seed} ${images.size} ${name}`;
    return {
      sizeBytes: bytes.length,
      type,
      etag: `"${createHash('sha256').update(mark).digest('base64url').slice(0, 22)}"`,
      lastModified: new Date(images.timeline.updatedAt(index) / 1000).toUTCString(),
      read: () => Promise.resolve(bytes),
    };
  };

  const drawn = async (svg: string, name: string, index: number): Promise<ServedFile> =>
    served(name, index, await sharp(Buffer.from(svg)).png().toBuffer(), mimeTypes.png);

  /** An image by what stands for it in addresses: its hash, or its number where it has none. */
  const imageOf = (page: string): number | null => {
    const found = images.find(page);
    if (found !== null) return found;
    const index = /^\d{1,9}$/.test(page) ? Number(page) - 1 : -1;
    return index >= 0 && index < images.size && images.hashOf(index) === null ? index : null;
  };

  const labelOf = (index: number, label: string): string | null => {
    const revisions = revisionsOfImage(index);
    if (label === '0') return label;
    if (label === 'final')
      return revisions.length === 0 ? '0' : revisionLabel(revisions.length - 1);
    return revisions.some(({ order }) => revisionLabel(order) === label) ? label : null;
  };

  /** Files above this many pixels wait for one another and leave small ones their own thread. */
  const estimate = (what: Alias | ChartFolder, index: number): number => {
    const { width, height } = images.exposureOf(index);
    const size = isAlias(what) ? renditionSize(what, width, height) : { width: 1024, height: 768 };
    return Math.round(size.width * size.height * 0.2);
  };

  const painted = async (
    folder: string,
    file: string,
    gone: AbortSignal,
  ): Promise<ServedFile | null> => {
    const [, page = '', label = '', alias, extension] =
      /^([0-9a-z]+)_([0-9A-Z])(?:_([a-z_]+))?\.(jpg|png|svg)$/.exec(file) ?? [];
    const what = folder === 'thumbs' ? (alias ?? '') : alias === undefined ? folder : '';
    const index = imageOf(page);
    if (index === null || !(isAlias(what) || isChartFolder(what))) return null;
    const isThere = isAlias(what) || images.solutionOf(index) !== null;
    if (!isThere || extension !== fileExtension(what) || labelOf(index, label) === null)
      return null;
    const name = `astrobin/${folder}/${file}`;
    const job = { archive: 'astrobin' as const, seed, size: images.size, index, label, what, name };
    const bytes = await painters.make(job, estimate(what, index), gone);
    return served(name, index, bytes, mimeTypes[extension]);
  };

  return {
    async find(folder, name, gone) {
      if (folder === 'placeholders') return drawn(placeholder, 'placeholder', 0);
      if (folder !== 'avatars') return painted(folder, name, gone);
      const id = Number(/^(\d{1,9})\.png$/.exec(name)?.[1] ?? 0);
      if (id < 1 || id > images.people.count) return null;
      return drawn(avatar(mix(images.seed, id)), `avatar ${id}`, 0);
    },
    redirect(page, label, alias) {
      const index = imageOf(page);
      const known = index === null ? null : labelOf(index, label);
      if (index === null || known === null || !isAlias(alias)) return null;
      const file = `${pageId(images, index)}_${known}_${alias}`;
      const isUnready = mix(mix(images.seed, 0xca1), index * 16 + alias.length) % unready === 0;
      if (isUnready && !asked.has(file) && alias !== 'real') {
        if (asked.size >= mostRemembered) asked.clear();
        asked.add(file);
        return `/cdn/placeholders/${alias}.png`;
      }
      return `/cdn/thumbs/${file}.${fileExtension(alias)}`;
    },
  };
}
