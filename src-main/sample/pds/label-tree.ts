/**
 * Runs in plain Node, any thread; pure. A PDS4 label as a tree: one source for its XML, for the JSON that the
 * registry makes of it and for the properties that harvesting draws from it, so that the three always agree.
 */

export interface LabelElement {
  /** With its prefix (`disp:Display_Settings`), or without one for the common namespace. */
  name: string;
  attributes?: Readonly<Record<string, string>>;
  /** A function where the text costs something (a checksum) and is not always wanted. */
  text?: string | (() => string);
  children?: readonly LabelElement[];
}

/** An element; what is null is left out. */
export function element(
  name: string,
  content: LabelElement['text'] | readonly (LabelElement | null)[],
  attributes?: Readonly<Record<string, string>>,
): LabelElement {
  const extra = attributes === undefined ? {} : { attributes };
  if (typeof content === 'object')
    return { name, ...extra, children: content.filter((one) => one !== null) };
  return content === undefined ? { name, ...extra } : { name, ...extra, text: content };
}

export function textOf(one: LabelElement): string {
  return typeof one.text === 'function' ? one.text() : (one.text ?? '');
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function tag(one: LabelElement): string {
  let text = one.name;
  for (const [name, value] of Object.entries(one.attributes ?? {}))
    text += ` ${name}="${escapeXml(value)}"`;
  return text;
}

function write(one: LabelElement, indent: string, out: string[]): void {
  if (one.children !== undefined) {
    out.push(`${indent}<${tag(one)}>`);
    for (const child of one.children) write(child, `${indent}  `, out);
    out.push(`${indent}</${one.name}>`);
    return;
  }
  const text = textOf(one);
  if (text === '') out.push(`${indent}<${tag(one)}/>`);
  else out.push(`${indent}<${tag(one)}>${escapeXml(text)}</${one.name}>`);
}

/** The element alone, without a declaration before it. */
export function elementXml(root: LabelElement): string {
  const out: string[] = [];
  write(root, '', out);
  return `${out.join('\n')}\n`;
}

/** A whole label: declaration, schematron model and root. `modelId` such as 1G00. */
export function labelXml(root: LabelElement, modelId: string): string {
  const model = `href="https://pds.nasa.gov/pds4/pds/v1/PDS4_PDS_${modelId}.sch" schematypens="http://purl.oclc.org/dsdl/schematron"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model ${model}?>\n${elementXml(root)}`;
}

export type LabelJson = string | number | { [name: string]: LabelJson | LabelJson[] };

function jsonOf(one: LabelElement): LabelJson {
  const attributes = Object.entries(one.attributes ?? {}).filter(
    ([name]) => !/^xml|^xsi/.test(name),
  );
  if (one.children === undefined) {
    const text = textOf(one);
    // As the registry's converter does: what looks like a number becomes one, and 1.10 becomes 1.1.
    const plain = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text) ? Number(text) : text;
    if (attributes.length === 0) return plain;
    return { ...Object.fromEntries(attributes), content: plain };
  }
  const object: { [name: string]: LabelJson | LabelJson[] } = Object.fromEntries(attributes);
  for (const child of one.children) {
    const value = jsonOf(child);
    const known = object[child.name];
    if (known === undefined) object[child.name] = value;
    else if (Array.isArray(known)) known.push(value);
    else object[child.name] = [known, value];
  }
  return object;
}

/** The label as the registry puts it into `pds4` of application/vnd.nasa.pds.pds4+json. */
export function labelJson(root: LabelElement): { [name: string]: LabelJson } {
  return { [root.name]: jsonOf(root) };
}

const qualified = (name: string): string => (name.includes(':') ? name : `pds:${name}`);

const dateNames = /(?:date_time|modification_date|publication_year|publication_date|_date)$/;

/** A value as the registry stores it: dates whole, and no end as the year 3000. */
function stored(name: string, one: LabelElement): string {
  const text = textOf(one);
  if (!dateNames.test(name)) return text;
  if (one.attributes?.['xsi:nil'] === 'true' || text === '') return '3000-01-01T00:00:00.000Z';
  if (/^\d{4}$/.test(text)) return `${text}-01-01T00:00:00Z`;
  const day = /^(\d{4}-\d\d-\d\d)Z?$/.exec(text);
  return day === null ? text : `${day[1] ?? ''}T00:00:00Z`;
}

/** Calls back for each element that holds text, with its property name and how to have its stored value. */
export function eachProperty(
  root: LabelElement,
  found: (name: string, value: () => string) => void,
): void {
  for (const child of root.children ?? []) {
    if (child.children === undefined) {
      const name = `${qualified(root.name)}.${qualified(child.name)}`;
      found(name, () => stored(child.name, child));
    } else eachProperty(child, found);
  }
}

/** Names that references give rise to: `ref_lid_instrument`, `ref_lidvid_document`; in label order, with values. */
export function eachReference(root: LabelElement, found: (name: string, id: string) => void): void {
  const childText = (one: LabelElement, name: string): string => {
    const child = one.children?.find((at) => at.name === name);
    return child === undefined ? '' : textOf(child).trim();
  };
  for (const child of root.children ?? []) {
    if (child.name === 'Internal_Reference' || child.name === 'Bundle_Member_Entry') {
      const lid = childText(child, 'lid_reference');
      const lidvid = childText(child, 'lidvid_reference');
      const type = childText(child, 'reference_type');
      const secondary = childText(child, 'member_status') === 'Secondary' ? '_secondary' : '';
      const role =
        child.name === 'Bundle_Member_Entry'
          ? `collection${secondary}`
          : type.replace(/^is_|^.*_to_/, '').toLowerCase();
      if (lid !== '') found(`ref_lid_${role}`, lid);
      if (lidvid !== '') found(`ref_lidvid_${role}`, lidvid);
      if (lidvid !== '' && lid === '') found(`ref_lid_${role}`, lidvid.split('::')[0] ?? '');
    }
    if (child.children !== undefined) eachReference(child, found);
  }
}
