/**
 * Runs anywhere; pure. A plan as Metalink 4 (RFC 5854): names, sizes, checksums and addresses in one document. A name
 * may hold folders (4.1.2.1); hashes have the names of the IANA registry (4.2.4).
 *
 * Two of its readers fall short of it: aria2 1.36 leaves a `&` of a name as `&#38;` (its input file has no such
 * fault), and wget2 1.99 reads the first file alone, asks without end where a folder is not there, and so is no reader
 * for plans.
 */
import {
  checksumOf,
  exactBytes,
  plainPath,
  plainUrl,
  type PlannedFile,
  type PlanSource,
} from './planned-file.ts';

export interface MetalinkAbout {
  /** Name and version of what wrote it: `Almagest/1.2.0`. */
  generator: string;
  writtenAtMs: number;
}

export async function* toMetalink(
  plan: PlanSource,
  { generator, writtenAtMs }: MetalinkAbout,
): AsyncGenerator<string, void> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<metalink xmlns="urn:ietf:params:xml:ns:metalink">\n';
  yield `  ${element('generator', generator)}\n`;
  yield `  ${element('published', new Date(writtenAtMs).toISOString())}\n`;
  for await (const file of plan()) yield fileElement(file);
  yield '</metalink>\n';
}

function fileElement(file: PlannedFile): string {
  const bytes = exactBytes(file);
  const [sha256, md5] = [checksumOf(file, 'sha256'), checksumOf(file, 'md5')];
  const rights = [file.credit, file.licence].filter((text) => text !== null && text !== '');
  const children = [
    ...(rights.length === 0 ? [] : [element('copyright', rights.join(', '))]),
    element('description', file.title),
    ...(bytes === null ? [] : [element('size', String(bytes))]),
    ...(sha256 === null ? [] : [`<hash type="sha-256">${sha256}</hash>`]),
    ...(md5 === null ? [] : [`<hash type="md5">${md5}</hash>`]),
    element('url', plainUrl(file.url)),
  ];
  const lines = children.map((child) => `    ${child}\n`).join('');
  return `  <file name="${escapeXml(plainPath(file.path))}">\n${lines}  </file>\n`;
}

const element = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text or the value of an attribute; what XML 1.0 cannot hold at all (2.2) becomes U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- these are the characters that XML refuses
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"']/g, (character) => entities[character] ?? '')
      // Written out, they outlast the reader's own tidying of line ends and attributes (2.11, 3.3.3).
      .replace(/[\t\n\r]/g, (character) => `&#${String(character.charCodeAt(0))};`)
  );
}
