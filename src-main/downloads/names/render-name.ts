/** Runs anywhere; pure. The path that a template gives a file, safe on every system. */
import { archivedName } from '../file-names.ts';
import { typeOfEnding } from '../file-types.ts';
import { fieldValue, type NameContext } from './field-values.ts';
import { cutToCharacters, measure, nameRoom, safeFileName, safeFolderName } from './safe-name.ts';
import type { Template, TemplatePart, TemplateSegment } from './template.ts';

/**
 * Most that a path inside the download folder measures. macOS takes 1,024 bytes in all (PATH_MAX), Linux 4,096,
 * Windows 32,767 units in the form that Node uses; what is left over is for the folder itself, a mark against
 * collisions and what stands behind a name while it is fetched.
 */
export const pathRoom = 640;
/** A name is never cut below this: a dozen folders and a file still fit. */
const leastRoom = 40;

/**
 * The file's path below the download folder, its parts joined by `/`: the same for the same record everywhere. A
 * file of the PDS keeps its archived name, by which its label refers to it, so there a template makes the folders.
 * `room` may be smaller where the download folder lies deep.
 */
export function renderName(template: Template, context: NameContext, room = pathRoom): string {
  const folders = template.folders.map((segment) => textOf(segment, context));
  const archived = keptName(context);
  const ending = typeOfEnding(context.ending) === null ? 'bin' : context.ending.toLowerCase();
  const stem = withoutDouble(textOf(template.file, context), ending);
  const build = (most: number): string[] => [
    ...folders.map((text) => safeFolderName(text, most)),
    archived ?? safeFileName({ stem, ending, room: most }),
  ];
  let path = build(nameRoom);
  for (let most = nameRoom - 5; lengthOf(path) > room && most >= leastRoom; most -= 5) {
    path = build(most);
  }
  return path.join('/');
}

const lengthOf = (path: readonly string[]) =>
  path.reduce((sum, name) => sum + measure(name) + 1, -1);

/** The name by which a label knows its file; null for what has none. */
export function keptName({
  record,
  rendition,
}: Pick<NameContext, 'record' | 'rendition'>): string | null {
  return record.archive === 'pds-registry' ? archivedName(rendition) : null;
}

function textOf(segment: TemplateSegment, context: NameContext): string {
  return segment.map((part) => valueOf(part, context)).join('');
}

function valueOf(part: TemplatePart, context: NameContext): string {
  if (part.kind === 'text') return part.text;
  const value = fieldValue(part.field, context);
  if (part.field === 'index') {
    const digits = part.length ?? (context.count === null ? 1 : String(context.count).length);
    return value.padStart(digits, '0');
  }
  return part.length === null ? value : cutToCharacters(value, part.length);
}

/** A title that is a file's name already does not get its ending twice. */
function withoutDouble(stem: string, ending: string): string {
  return stem.toLowerCase().endsWith(`.${ending}`) ? stem.slice(0, -(ending.length + 1)) : stem;
}
