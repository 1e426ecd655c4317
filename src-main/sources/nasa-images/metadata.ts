/** Runs in plain Node. The library's metadata documents, in their three shapes, as one table. */
import type { MetadataField } from '#contract/domain.ts';
import type { JsonObject } from './wire.ts';

const fieldLimit = 2000;
const valueLimit = 10_000;
const depthLimit = 6;

/** Names that give away paths, logins, machines and people's own numbers rather than describe the picture. */
const privateName =
  /(?:^|:)(?:SourceFile|Directory|Owner|OwnerName|CameraOwnerName|FilePath|HostComputer|HostName|UserName|Login|Uploader|UploadedBy|(?:Body|Camera|Internal|Lens)?SerialNumber|Creator(?:Work)?(?:Email|Telephone|URL|Address|City|Region|PostalCode|Country)|FileInodeChangeDate|FilePermissions|DocumentAncestors|.*FilePath.*|Ingredients.*)$/i;
const privateValue =
  /^(?:file:\/\/)?(?:\/(?:tmp|home|Users|var|mnt|opt|srv|data|root|Volumes)\/|[A-Za-z]:\\|\\\\)/;

/** Left by the archive's own tools: it names their scratch file, not the picture. */
const temporaryName = /^(?:-|tmp.*|.*\.tmp)$/i;

/**
 * Flattens a document to `GROUP:Tag` names, whichever shape it has: flat names, groups of tags, or both.
 * Order is the document's; values are text.
 */
export function toMetadataFields(document: JsonObject): MetadataField[] {
  const fields: MetadataField[] = [];
  for (const [name, value] of Object.entries(document)) {
    if (isGroup(name, value)) {
      for (const [tag, inner] of Object.entries(value)) add(fields, `${name}:${tag}`, inner);
    } else add(fields, name, value);
  }
  return fields;
}

/**
 * The document without its private fields, in the shape that it came in. For printing it outside the window.
 */
export function withoutPrivateFields(document: JsonObject): JsonObject {
  const isPublic = (name: string, value: unknown): boolean =>
    !isPrivateField(name, toText(value, 0).slice(0, valueLimit));
  const entries: [string, unknown][] = [];
  for (const [name, value] of Object.entries(document)) {
    if (isGroup(name, value)) {
      const tags = Object.entries(value).filter(([tag, inner]) =>
        isPublic(`${name}:${tag}`, inner),
      );
      entries.push([name, Object.fromEntries(tags)]);
    } else if (isPublic(name, value)) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/** Tags that state pixels, the most trustworthy first: a camera's own survive later cropping. */
const pixelTags: readonly (readonly [string, string])[] = [
  ['PNG:ImageWidth', 'PNG:ImageHeight'],
  ['QuickTime:SourceImageWidth', 'QuickTime:SourceImageHeight'],
  ['QuickTime:ImageWidth', 'QuickTime:ImageHeight'],
  ['EXIF:ImageWidth', 'EXIF:ImageHeight'],
  ['EXIF:ExifImageWidth', 'EXIF:ExifImageHeight'],
];

interface Pixels {
  width: number;
  height: number;
}

/** Pixels of the original file as the document states them, whichever shape it has; null where it does not. */
export function originalPixelsOf(document: JsonObject): Pixels | null {
  const valueOf = (name: string): unknown => {
    const [group = '', tag = ''] = name.split(':');
    const inGroup = document[group];
    return document[name] ?? (isGroup(group, inGroup) ? inGroup[tag] : undefined);
  };
  const pair = (across: unknown, down: unknown): Pixels | null => {
    const [width, height] = [toPixels(across), toPixels(down)];
    return width === null || height === null ? null : { width, height };
  };
  const size = /^(\d+)[x ](\d+)$/.exec(toText(valueOf('Composite:ImageSize'), 0));
  return (
    pair(valueOf('File:ImageWidth'), valueOf('File:ImageHeight')) ??
    pair(size?.[1], size?.[2]) ??
    pixelTags.reduce<Pixels | null>(
      (found, [across, down]) => found ?? pair(valueOf(across), valueOf(down)),
      null,
    )
  );
}

function toPixels(value: unknown): number | null {
  const pixels = typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : value;
  return typeof pixels === 'number' && Number.isInteger(pixels) && pixels > 0 && pixels < 1e7
    ? pixels
    : null;
}

/** A group has no colon in its name and holds tags: `{"EXIF": {…}}`. */
function isGroup(name: string, value: unknown): value is JsonObject {
  return (
    !name.includes(':') && typeof value === 'object' && value !== null && !Array.isArray(value)
  );
}

function add(fields: MetadataField[], name: string, value: unknown): void {
  if (fields.length >= fieldLimit) return;
  const text = toText(value, 0).slice(0, valueLimit);
  if (text === '') return;
  fields.push({ name: name.slice(0, 200), value: text, isPrivate: isPrivateField(name, text) });
}

function isPrivateField(name: string, text: string): boolean {
  return (
    privateName.test(name) ||
    privateValue.test(text) ||
    (/(?:^|:)FileName$/.test(name) && temporaryName.test(text))
  );
}

/** Lists are joined by semicolons, objects written as `Name: value`; null and empty text say nothing. */
function toText(value: unknown, depth: number): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || depth >= depthLimit) return '';
  const parts = Array.isArray(value)
    ? (value as unknown[]).map((entry) => toText(entry, depth + 1))
    : Object.entries(value).map(([name, inner]) => {
        const text = toText(inner, depth + 1);
        return text === '' ? '' : `${name}: ${text}`;
      });
  return parts.filter((part) => part !== '').join(Array.isArray(value) ? '; ' : ', ');
}
