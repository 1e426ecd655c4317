/** Runs in plain Node. An image as a record of the domain that the three archives share. */
import type { AstrobinImage } from '#contract/astrobin.ts';
import type { ArchiveRecord } from '#contract/domain.ts';
import type { SeenRecord } from '../../records/seen-record.ts';
import { imagePage } from './addresses.ts';
import { plainText } from './bbcode.ts';

/** The record of an image, with its preview. */
export function toSeenRecord(image: AstrobinImage): SeenRecord {
  const { ref, title, user, licence } = image;
  const id = ref.slice('astrobin:'.length);
  const preview = pictureOf(image, ['gallery', 'regular']);
  // That for the service's own gallery is 130 pixels wide; each costs the same.
  const thumb = pictureOf(image, ['regular', 'gallery']);
  const description = plainText(image.description).trim();
  return {
    record: {
      ref,
      archive: 'astrobin',
      id,
      kind: 'image',
      title,
      description: description === '' ? null : description,
      date: image.published ?? image.uploaded,
      credit: user === '' ? null : user,
      licence: licence.title,
      preview,
      page: imagePage(id),
      fields: fieldsOf(image),
    },
    // The picture for galleries is cut to a shape of the service's own, so its size is not that of the image.
    thumb: thumb === null ? null : { url: thumb, width: null, height: null },
    alt: title,
  };
}

/** One line to put under a picture: `alice, “Orion Nebula”, AstroBin h01eef, CC BY-NC`. */
export function creditLineOf(record: ArchiveRecord): string {
  const title = record.title === record.id ? '' : `“${record.title}”, `;
  const licence = record.licence === null ? '' : `, ${record.licence}`;
  return `${record.credit ?? 'Unknown'}, ${title}AstroBin ${record.id}${licence}`;
}

function pictureOf({ renditions }: AstrobinImage, names: readonly string[]): string | null {
  const urls = names.map((name) => renditions.find((one) => one.name === name)?.url);
  return urls.find((url) => url !== undefined) ?? null;
}

/** Under the service's own names, without what the record says itself. */
function fieldsOf(image: AstrobinImage): Record<string, unknown> {
  const { solution, licence } = image;
  return {
    ...image.fields,
    ...{ hash: image.hash, id: image.id, w: image.width, h: image.height },
    ...{ uploaded: image.uploaded, published: image.published, updated: image.updated },
    ...{ imaging_telescopes: image.telescopes, imaging_cameras: image.cameras },
    ...{ subjects: image.subjects, data_source: image.dataSource },
    ...{ remote_source: image.remoteSource, link: image.link, link_to_fits: image.fitsLink },
    ...{ likes: image.likes, bookmarks: image.bookmarks, comments: image.comments },
    ...{ views: image.views, license_name: licence.name, animated: image.isAnimated },
    ...{ solution_status: solution.status, is_solved: solution.isSolved, ra: solution.ra },
    ...{ dec: solution.dec, radius: solution.radius, pixscale: solution.pixelScale },
    orientation: solution.orientation,
  };
}
