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
