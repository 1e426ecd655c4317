/** Runs in plain Node, any thread; pure. What a route of the sample registry answers, and the forms it can have. */

export interface Reply {
  status: number;
  type: string;
  body: string;
}

export type Format = 'json' | 'html' | 'kvp' | 'csv' | 'pds4+json' | 'pds4+xml' | 'xml';

/** In the order in which the service lists them in its refusals. */
export const formats: Readonly<Record<string, Format>> = {
  '*': 'json',
  '*/*': 'json',
  'application/csv': 'csv',
  'application/json': 'json',
  'application/kvp+json': 'kvp',
  'application/vnd.nasa.pds.pds4+json': 'pds4+json',
  'application/vnd.nasa.pds.pds4+xml': 'pds4+xml',
  'application/xml': 'xml',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/xml': 'xml',
};

/** A request that is refused: thrown by routes, written by each dialect in its own way. */
export class Refusal extends Error {
  readonly status: number;
  /** 'framework' for what Spring answers before the service is asked. */
  readonly from: 'service' | 'framework';
  /** Class of the Java exception, which the current service writes before its words. */
  readonly exception: string;

  constructor(
    status: number,
    message: string,
    from: 'service' | 'framework' = 'service',
    exception = 'BadRequestException',
  ) {
    super(message);
    this.status = status;
    this.from = from;
    this.exception = exception;
  }
}

/** The first known type of an Accept header, read as the service reads it: by order alone, a blank after a comma kept. */
export function formatOf(accept: string): Format | null {
  for (const token of accept.split(',')) {
    const known = formats[token.split(';')[0] ?? ''];
    if (known !== undefined) return known;
  }
  return null;
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  500: 'Internal Server Error',
  501: 'Not Implemented',
};

/** The body of Spring's own errors. `path` is without the address that the proxy adds. */
export function frameworkError(status: number, path: string): Reply {
  const body = { timestamp: Date.now(), status, error: reasons[status] ?? 'Error', path };
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

/** What the proxy before the registry says when that takes too long. */
export const gatewayTimeout: Reply = {
  status: 504,
  type: 'text/html',
  body: '<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n<center><h1>504 Gateway Time-out</h1></center>\r\n</body>\r\n</html>\r\n',
};

export interface ListParameters {
  fields: string[];
  limit: number;
  sort: string[];
}

/** A list parameter: repeated, or separated by commas, or both. */
export function listParameter(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
}

/** A whole number of at least 0; anything else is refused by the framework. */
export function wholeParameter(query: URLSearchParams, name: string, absent: number): number {
  const text = query.get(name);
  if (text === null || text === '') return absent;
  if (!/^[+-]?\d{1,10}$/.test(text) || Number(text) > 2_147_483_647 || Number(text) < 0)
    throw new Refusal(400, `Failed to convert '${name}'`, 'framework');
  return Number(text);
}

/** OpenSearch shows no more than this many results of a search. */
export const resultWindow = 10_000;
