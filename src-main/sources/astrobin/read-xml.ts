/**
 * Runs in plain Node. The service's XML as the same values that its JSON has: the framework writes both from one tree and
 * notes in `type` what text can't tell ("integer", "boolean", "null", "list", "hash"). No document type, so nothing is
 * ever expanded.
 */
import { SaxesParser } from 'saxes';
import { ArchiveError } from '#contract/errors.ts';

/** An answer nests five deep. */
const deepest = 50;
const longestText = 1024 * 1024;

interface Open {
  name: string;
  type: string;
  text: string;
  children: { name: string; value: unknown }[];
}

/** Reads a document. Throws `ArchiveError` ('bad-answer') for what is none. */
export function readXml(text: string): unknown {
  const parser = new SaxesParser({ xmlns: false });
  const open: Open[] = [];
  let root: unknown;
  parser.on('error', () => {
    throw notXml('XML that is not well-formed');
  });
  parser.on('doctype', () => {
    throw notXml('XML with a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= deepest) throw notXml('XML that is nested too deep');
    open.push({ name, type: attributes['type'] ?? '', text: '', children: [] });
  });
  const add = (piece: string): void => {
    const top = open.at(-1);
    if (top !== undefined && top.text.length < longestText) top.text += piece;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const value = valueOf(closed);
    const parent = open.at(-1);
    if (parent === undefined) root = value;
    else parent.children.push({ name: closed.name, value });
  });
  parser.write(text).close();
  return root;
}

function valueOf({ type, text, children }: Open): unknown {
  switch (type) {
    case 'null':
      return null;
    case 'list':
      return children.map(({ value }) => value);
    case 'boolean':
      return text.trim().toLowerCase() === 'true';
    case 'integer':
    case 'float':
    case 'long': {
      const number = Number(text);
      return text.trim() !== '' && Number.isFinite(number) ? number : text;
    }
    default:
      // A row has no type of its own; neither has text.
      return children.length > 0 || type === 'hash'
        ? Object.fromEntries(children.map(({ name, value }) => [name, value]))
        : text;
  }
}

function notXml(what: string): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message: `AstroBin answered with ${what} instead of data. Nothing was lost. Try again in a while.`,
    retryable: true,
  });
}
