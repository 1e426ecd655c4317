/** Runs in plain Node, any thread; pure. Answers in the service's formats, and which of them a request gets. */

export type Format = 'json' | 'xml' | 'yaml';

const types: Readonly<Record<Format, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  yaml: 'text/yaml',
};

const contentTypes: Readonly<Record<Format, string>> = {
  json: 'application/json',
  xml: 'application/xml; charset=utf-8',
  yaml: 'text/yaml; charset=utf-8',
};

export const contentTypeOf = (format: Format): string => contentTypes[format];

/** How much a client wants a type by its Accept header, the most exact range first; 0 for not at all. */
function wish(accept: string, type: string): number {
  let [best, exactness] = [0, -1];
  for (const part of accept.split(',')) {
    const [range = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase());
    const fits =
      range === type ? 2 : range === `${type.split('/')[0] ?? ''}/*` ? 1 : range === '*/*' ? 0 : -1;
    if (fits <= exactness) continue;
    const quality = parameters.find((one) => one.startsWith('q='))?.slice(2) ?? '1';
    [best, exactness] = [Number(quality) || 0, fits];
  }
  return best;
}

/** The format by the parameter, where it is a known one, else by the Accept header, else JSON. */
export function formatFor(parameter: string | null, accept: string | undefined): Format {
  if (parameter === 'json' || parameter === 'xml' || parameter === 'yaml') return parameter;
  if (accept === undefined || accept === '*/*') return 'json';
  let best: Format = 'json';
  for (const format of ['json', 'xml', 'yaml'] as const) {
    if (wish(accept, types[format]) > wish(accept, types[best])) best = format;
  }
  return best;
}

type Hash = Record<string, unknown>;

const isHash = (value: unknown): value is Hash =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sortedEntries = (value: Hash): [string, unknown][] =>
  Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isHash(value)) return value;
  return Object.fromEntries(sortedEntries(value).map(([name, one]) => [name, sorted(one)]));
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function element(name: string, value: unknown, isObject = false): string {
  if (value === null) return `<${name} type="null"/>`;
  if (Array.isArray(value)) {
    if (value.length === 0) return `<${name} type="list"/>`;
    const items = value.map((one) =>
      isHash(one) ? element('object', one, true) : element('value', one),
    );
    return `<${name} type="list">${items.join('')}</${name}>`;
  }
  if (isHash(value)) {
    const inside = sortedEntries(value).map(([key, one]) => element(key, one));
    return `<${name}${isObject ? '' : ' type="hash"'}>${inside.join('')}</${name}>`;
  }
  if (typeof value === 'boolean')
    return `<${name} type="boolean">${value ? 'True' : 'False'}</${name}>`;
  if (typeof value === 'number') {
    const type = Number.isInteger(value) ? 'integer' : 'float';
    return `<${name} type="${type}">${value}</${name}>`;
  }
  const text = escapeXml(String(value));
  return text === '' ? `<${name}/>` : `<${name}>${text}</${name}>`;
}

/** Block style; texts in double quotes, which YAML reads as JSON does. */
function yamlLines(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    return `\n${value.map((one) => `${indent}-${yamlLines(one, `${indent}  `)}`).join('')}`;
  }
  if (isHash(value)) {
    const entries = sortedEntries(value);
    if (entries.length === 0) return ' {}\n';
    return `\n${entries.map(([name, one]) => `${indent}${name}:${yamlLines(one, `${indent}  `)}`).join('')}`;
  }
  return ` ${JSON.stringify(value)}\n`;
}

/** `root` is the outermost element in XML: `object` for one object, `response` for all else. */
export function serialise(format: Format, value: Hash, root: 'object' | 'response'): string {
  if (format === 'json') return JSON.stringify(sorted(value));
  if (format === 'yaml') return yamlLines(value, '').slice(1);
  return `<?xml version='1.0' encoding='utf-8'?>\n${element(root, value, true)}`;
}
