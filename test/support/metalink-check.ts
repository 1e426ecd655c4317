/** Runs in tests. The rules of RFC 5854 that a document with files in it must keep, read by a strict XML parser. */
import { SaxesParser } from 'saxes';

const namespace = 'urn:ietf:params:xml:ns:metalink';
/** Elements that each may hold (4.1, 4.2), as far as we write them. */
const children: Readonly<Record<string, readonly string[]>> = {
  '': ['metalink'],
  metalink: ['file', 'generator', 'published', 'updated', 'origin'],
  file: ['copyright', 'description', 'hash', 'identity', 'language', 'size', 'url', 'version'],
};
/** At most one of each in its parent (4.1.1, 4.1.2). */
const single = new Set(['generator', 'published', 'copyright', 'description', 'identity', 'size']);
const hashDigits: Readonly<Record<string, number>> = { md5: 32, 'sha-256': 64 };

interface Open {
  name: string;
  attributes: Readonly<Record<string, string>>;
  counts: Map<string, number>;
  text: string;
}

/** Every fault, in words; empty for a valid document. */
export function metalinkFaults(xml: string): { faults: string[]; names: string[] } {
  const faults: string[] = [];
  const names: string[] = [];
  const open: Open[] = [{ name: '', attributes: {}, counts: new Map(), text: '' }];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => faults.push(error.message));
  parser.on('opentag', (tag) => {
    const parent = open.at(-1) as Open;
    const count = (parent.counts.get(tag.local) ?? 0) + 1;
    parent.counts.set(tag.local, count);
    if (tag.uri !== namespace) faults.push(`${tag.name} is not in the namespace`);
    if (children[parent.name]?.includes(tag.local) !== true)
      faults.push(`${tag.local} in ${parent.name}`);
    if (count > 1 && single.has(tag.local)) faults.push(`two ${tag.local} in ${parent.name}`);
    const attributes = Object.fromEntries(
      Object.values(tag.attributes).map(({ local, value }) => [local, value]),
    );
    open.push({ name: tag.local, attributes, counts: new Map(), text: '' });
  });
  parser.on('text', (text) => {
    (open.at(-1) as Open).text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop() as Open;
    if (element.name === 'file') names.push(element.attributes['name'] ?? '');
    faults.push(...faultsOf(element));
  });
  parser.write(xml).close();
  if (new Set(names).size !== names.length) faults.push('two files of one name (4.1.2.1)');
  return { faults, names };
}

function faultsOf({ name, attributes, counts, text }: Open): string[] {
  switch (name) {
    case 'metalink':
      return counts.has('file') ? [] : ['no file (4.1.1)'];
    case 'file': {
      const path = attributes['name'] ?? '';
      const isSafe =
        path !== '' &&
        path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
      return [
        ...(isSafe ? [] : [`the name ${path} (4.1.2.1)`]),
        ...(counts.has('url') ? [] : ['no url (4.1.2)']),
      ];
    }
    case 'size':
      return /^\d+$/.test(text) ? [] : [`the size ${text} (4.2.14)`];
    case 'hash': {
      const digits = hashDigits[attributes['type'] ?? ''];
      return text.length === digits && /^[0-9a-f]+$/.test(text) ? [] : [`the hash ${text} (4.2.4)`];
    }
    case 'url':
      return URL.canParse(text) && !/[^\x21-\x7e]/.test(text) ? [] : [`the url ${text} (4.2.16)`];
    case 'published':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
        ? []
        : [`the date ${text} (RFC 3339)`];
    default:
      return [];
  }
}
