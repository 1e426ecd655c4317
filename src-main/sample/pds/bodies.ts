/**
 * Runs in plain Node, in the sample archive's thread. Whole answers of the sample registry: a product or a list of
 * them in the form that Accept asked for. Long lists are written in turns.
 */
import type { StoredProduct } from './catalogue.ts';
import {
  inDots,
  pickProperties,
  productItem,
  productPairs,
  productPds4,
  productPds4Xml,
  productXml,
} from './product-json.ts';
import type { Style } from './product-json.ts';
import type { Format, Reply } from './reply.ts';
import { minimalFields } from './harvest.ts';
import { escapeXml } from './label-tree.ts';
import { Turns } from './selection.ts';

export interface Page {
  products: readonly StoredProduct[];
  /** As asked for, names with "." or "/". */
  fields: readonly string[];
}

/** The summary, given the names of the properties that the rows hold. */
export type SummaryOf = (properties: readonly string[]) => Record<string, unknown>;

const namespace = 'xmlns="http://pds.nasa.gov/api"';
const pds4Namespaces =
  'xmlns:pds_api="http://pds.nasa.gov/api" xmlns:ops="https://pds.nasa.gov/pds4/ops/v1"';

const contentTypes: Readonly<Record<Exclude<Format, 'csv'>, string>> = {
  json: 'application/json',
  // Pretty JSON, sent as JSON.
  html: 'application/json',
  kvp: 'application/json',
  'pds4+json': 'application/json',
  'pds4+xml': 'application/xml',
  xml: 'text/xml',
};

function typeOf(format: Format, style: Style): string {
  if (format === 'csv') return style.tableType;
  return contentTypes[format];
}

async function mapInTurns<T, U>(list: readonly T[], make: (one: T) => U): Promise<U[]> {
  const turns = new Turns();
  const made: U[] = [];
  for (const one of list) {
    made.push(make(one));
    await turns.pass();
  }
  return made;
}

function csv(header: readonly string[], rows: readonly Record<string, string>[]): string {
  // Quotes within a cell stay as they are: that is the service's own table.
  const lines = rows.map((row) =>
    header.map((name) => (row[name] === undefined ? '' : `"${row[name]}"`)).join(','),
  );
  return `${[header.join(','), ...lines].join('\n')}\n`;
}

function namesIn(rows: readonly Record<string, unknown>[]): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names].sort();
}

/** Names of the summary where fields were asked for: all of them, whether a product has them or not. */
function askedNames(fields: readonly string[], style: Style, isJson: boolean): string[] {
  const names = new Set([
    ...(style.hasMinimum && isJson ? minimalFields : []),
    ...fields.map(inDots),
  ]);
  const sorted = [...names].sort();
  if (!style.hasMinimum) return [...fields];
  // Up to 1.3.1 the summary has "/" where the items have ".".
  return isJson ? sorted.map((name) => name.replace(/\.(?=\w+:)/g, '/')) : sorted;
}

function summaryXml(summary: Record<string, unknown>): string {
  return Object.entries(summary)
    .map(([name, value]) =>
      Array.isArray(value)
        ? `<${name}>${value.map((one) => `<${name}>${escapeXml(String(one))}</${name}>`).join('')}</${name}>`
        : `<${name}>${escapeXml(String(value))}</${name}>`,
    )
    .join('');
}

async function listBody(
  page: Page,
  format: Format,
  style: Style,
  summaryOf: SummaryOf,
): Promise<string> {
  const { products, fields } = page;
  const asked = (isJson: boolean, found: () => string[]): string[] =>
    fields.length === 0 ? found() : askedNames(fields, style, isJson);
  switch (format) {
    case 'json':
    case 'html': {
      const data = await mapInTurns(products, (one) => productItem(one, fields, style));
      const summary = summaryOf(asked(true, () => namesIn(data.map((one) => one.properties))));
      return JSON.stringify({ summary, data }, null, format === 'html' ? 2 : undefined);
    }
    case 'kvp': {
      const data = await mapInTurns(products, (one) => productPairs(one, fields, style));
      return JSON.stringify({ summary: summaryOf(asked(false, () => namesIn(data))), data });
    }
    case 'csv': {
      const rows = await mapInTurns(products, (one) => productPairs(one, fields, style));
      return csv(fields.length === 0 ? namesIn(rows) : fields.map(inDots).sort(), rows);
    }
    case 'pds4+json': {
      const data = await mapInTurns(products, (one) => productPds4(one, style));
      return JSON.stringify({ summary: summaryOf([]), data });
    }
    case 'pds4+xml': {
      const data = await mapInTurns(
        products,
        (one) => `<pds_api:product>${productPds4Xml(one, style)}</pds_api:product>`,
      );
      return `<pds_api:products ${pds4Namespaces}><Summary>${summaryXml(summaryOf([]))}</Summary><pds_api:data>${data.join('')}</pds_api:data></pds_api:products>`;
    }
    case 'xml': {
      const data = await mapInTurns(products, (one) => ({
        names: pickProperties(one, fields, style),
        xml: `<data>${productXml(one, fields, style)}</data>`,
      }));
      const summary = summaryOf(asked(true, () => namesIn(data.map((one) => one.names))));
      return `<PdsProducts ${namespace}><summary>${summaryXml(summary)}</summary><data>${data.map((one) => one.xml).join('')}</data></PdsProducts>`;
    }
  }
}

/** A list of products. */
export async function listReply(
  page: Page,
  format: Format,
  style: Style,
  summaryOf: SummaryOf,
): Promise<Reply> {
  const body = await listBody(page, format, style, summaryOf);
  return { status: 200, type: typeOf(format, style), body };
}

function oneBody(product: StoredProduct, fields: readonly string[], format: Format, style: Style) {
  switch (format) {
    case 'json':
      return JSON.stringify(productItem(product, fields, style));
    case 'html':
      return JSON.stringify(productItem(product, fields, style), null, 2);
    case 'kvp':
      return JSON.stringify(productPairs(product, fields, style));
    case 'csv': {
      const row = productPairs(product, fields, style);
      return csv(Object.keys(row).sort(), [row]);
    }
    case 'pds4+json':
      return JSON.stringify(productPds4(product, style));
    case 'pds4+xml':
      return `<pds_api:product ${pds4Namespaces}>${productPds4Xml(product, style)}</pds_api:product>`;
    case 'xml':
      return `<PdsProduct ${namespace}>${productXml(product, fields, style)}</PdsProduct>`;
  }
}

/** One product, without a summary. */
export function oneReply(
  product: StoredProduct,
  fields: readonly string[],
  format: Format,
  style: Style,
): Reply {
  return {
    status: 200,
    type: typeOf(format, style),
    body: oneBody(product, fields, format, style),
  };
}
