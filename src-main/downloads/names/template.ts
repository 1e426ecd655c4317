/**
 * Runs anywhere; pure. Templates for the names of saved files, such as `{archive}/{year}/{title:60}.{ext}`: fields in
 * braces, with the most characters that one may take after a colon; `/` makes folders; `{{` and `}}` are braces.
 */
import { usualNameTemplate } from '#contract/downloads.ts';

export const templateFields = [
  'archive',
  'mission',
  'target',
  'date',
  'year',
  'id',
  'title',
  'rendition',
  'lid',
  'vid',
  'bundle',
  'collection',
  'product',
  'kind',
  'credit',
  'user',
  'group',
  'index',
  'ext',
] as const;
export type TemplateField = (typeof templateFields)[number];

export type TemplatePart =
  | { kind: 'text'; text: string }
  /** `length`: most characters, for `index` how many digits; null where it is not said. */
  | { kind: 'field'; field: TemplateField; length: number | null };

/** One name of the path: a folder's, or at the end the file's. */
export type TemplateSegment = readonly TemplatePart[];

export interface Template {
  text: string;
  folders: readonly TemplateSegment[];
  /** The file's name without its ending, which always comes from the checked type. */
  file: TemplateSegment;
}

export type ParsedTemplate =
  | { ok: true; template: Template }
  /** `position` counts characters of the text from 0; the message is for the user. */
  | { ok: false; position: number; message: string };

/** As files were named before there were templates. */
export const defaultTemplate = usualNameTemplate;

export const templateLimits = { characters: 500, folders: 12, fieldLength: 200 } as const;

class Mistake extends Error {
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

const isField = (name: string): name is TemplateField =>
  (templateFields as readonly string[]).includes(name);

/** Reads a template, or says where and why it is none. */
export function parseTemplate(text: string): ParsedTemplate {
  try {
    return { ok: true, template: read(text) };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { ok: false, position: error.position, message: error.message };
  }
}

/** The template of a text that was checked before; the usual one for what is none. */
export function templateOr(text: string): Template {
  const parsed = parseTemplate(text);
  return parsed.ok ? parsed.template : usualTemplate;
}

function read(text: string): Template {
  if (text.trim() === '') throw new Mistake(0, 'The template is empty. Try {title}.{ext}.');
  const { characters } = templateLimits;
  if (text.length > characters) {
    throw new Mistake(
      characters,
      `The template is longer than ${String(characters)} characters. Make it shorter.`,
    );
  }
  const segments = readSegments(text);
  const last = segments.pop();
  if (last === undefined) throw new Mistake(0, 'The template names no file.');
  if (segments.length > templateLimits.folders) {
    throw new Mistake(
      segments[templateLimits.folders]?.position ?? 0,
      `There are more than ${String(templateLimits.folders)} folders in each other. Take some out.`,
    );
  }
  const file = withoutEnding(last.parts);
  if (file.length === 0) {
    throw new Mistake(last.position, 'The file has an ending but no name. Put a field before it.');
  }
  return { text, folders: segments.map(({ parts }) => parts), file };
}

interface ReadSegment {
  position: number;
  parts: TemplatePart[];
}

function readSegments(text: string): ReadSegment[] {
  const segments: ReadSegment[] = [];
  let current: ReadSegment = { position: 0, parts: [] };
  const end = (position: number): void => {
    checkSegment(current, position, text.length);
    segments.push(current);
    current = { position: position + 1, parts: [] };
  };
  let at = 0;
  while (at < text.length) {
    if (text[at] === '/') {
      end(at);
      at += 1;
      continue;
    }
    const { part, next } = readPart(text, at);
    addPart(current.parts, part);
    at = next;
  }
  end(text.length);
  return segments;
}

function addPart(parts: TemplatePart[], part: TemplatePart): void {
  const before = parts.at(-1);
  if (part.kind === 'text' && before?.kind === 'text') before.text += part.text;
  else parts.push(part);
}

function checkSegment({ position, parts }: ReadSegment, end: number, length: number): void {
  if (parts.length === 0) {
    const message =
      end === 0
        ? 'The template begins with “/”. Names start inside the download folder: take it out.'
        : end === length
          ? 'The template ends with “/”, and so names no file. Put a name after it.'
          : 'There is nothing between two “/”. Take one of them out.';
    throw new Mistake(end === length ? Math.max(0, end - 1) : position, message);
  }
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'text' && /^[.\s]+$/.test(only.text)) {
    throw new Mistake(position, `“${only.text}” is no name. Write one, or a field.`);
  }
}

function readPart(text: string, at: number): { part: TemplatePart; next: number } {
  const character = text.charAt(at);
  const isDouble = text.charAt(at + 1) === character;
  if (character === '{' && !isDouble) return readField(text, at);
  if (character === '}' && !isDouble) {
    throw new Mistake(at, '“}” closes nothing. For a brace in the name itself write “}}”.');
  }
  if (character === '\\') throw new Mistake(at, 'Folders are parted by “/”, not “\\”.');
  if (/[<>:"|?*\p{Cc}]/u.test(character)) {
    throw new Mistake(
      at,
      `${/\p{Cc}/u.test(character) ? 'A control character' : `“${character}”`} cannot stand in a file’s name. Take it out.`,
    );
  }
  const isBrace = character === '{' || character === '}';
  return { part: { kind: 'text', text: character }, next: at + (isBrace ? 2 : 1) };
}

function readField(text: string, at: number): { part: TemplatePart; next: number } {
  const end = text.indexOf('}', at);
  if (end < 0) throw new Mistake(at, '“{” is never closed. Put “}” after the field’s name.');
  const [, name = '', length] =
    /^\s*([^:]*?)\s*(?::\s*(.*?)\s*)?$/s.exec(text.slice(at + 1, end)) ?? [];
  const field = name.toLowerCase();
  if (!isField(field)) {
    throw new Mistake(
      at + 1,
      `There is no field “${name.slice(0, 40)}”. There are: ${templateFields.join(', ')}.`,
    );
  }
  if (length === undefined) return { part: { kind: 'field', field, length: null }, next: end + 1 };
  const most = field === 'index' ? 9 : templateLimits.fieldLength;
  const count = /^\d{1,4}$/.test(length) ? Number(length) : 0;
  if (count < 1 || count > most) {
    throw new Mistake(
      text.indexOf(':', at) + 1,
      `After “:” comes how many characters “${field}” may take, 1 to ${String(most)}.`,
    );
  }
  return { part: { kind: 'field', field, length: count }, next: end + 1 };
}

/** `.{ext}` at the end says what is done anyway. */
function withoutEnding(parts: readonly TemplatePart[]): TemplateSegment {
  const last = parts.at(-1);
  if (last?.kind !== 'field' || last.field !== 'ext') return parts;
  const rest = parts.slice(0, -1);
  const before = rest.at(-1);
  if (before?.kind !== 'text' || !before.text.endsWith('.')) return rest;
  const text = before.text.slice(0, -1);
  return [...rest.slice(0, -1), ...(text === '' ? [] : [{ kind: 'text' as const, text }])];
}

export const usualTemplate: Template = read(defaultTemplate);
