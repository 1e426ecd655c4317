/**
 * Runs in plain Node, any thread; pure. How the 1.3 service reads Accept, and how it refuses.
 */
import { escapeXml } from './label-tree.ts';
import type { RegistryRequest } from './registry.ts';
import { formatOf, formats, frameworkError, Refusal } from './reply.ts';
import type { Format, Reply } from './reply.ts';

/** How the service believes that it is reached: not how it is. */
export const ownAddress = 'http://localhost:8080';

/** A refusal in the form that was asked for. JSON is glued together, so that a quote in the words breaks it. */
export function refusalReply(refusal: Refusal, request: RegistryRequest, format: Format): Reply {
  if (refusal.from === 'framework') return frameworkError(refusal.status, request.path);
  const { status, message } = refusal;
  const address = `${ownAddress}${request.path}${decodeURI(safeEscapes(request.search))}`;
  switch (format) {
    case 'csv':
      return { status, type: 'text/plain', body: `request,message\n"${address}","${message}"\n` };
    case 'xml':
    case 'pds4+xml': {
      const body = `<error><request>${escapeXml(address)}</request><message>${escapeXml(message)}</message></error>`;
      return { status, type: 'application/xml', body };
    }
    case 'html': {
      const body = `<html><body><h1>Error Message</h1><h2>From Request</h2><p>${escapeXml(address)}</p><h2>Message</h2><p>${escapeXml(message)}</p></body></html>`;
      return { status, type: 'text/html', body };
    }
    default: {
      const body = `{"request":"${address}","message":"${message}"}`;
      return { status, type: 'application/json', body };
    }
  }
}

/** Escapes that are none are left as they are. */
function safeEscapes(search: string): string {
  try {
    decodeURI(search);
    return search;
  } catch {
    return search.replaceAll('%', '%25');
  }
}

export function acceptOf(request: RegistryRequest): Format {
  const { accept } = request;
  // The header is split before anybody looks whether there is one.
  if (accept === undefined) throw new Refusal(500, '', 'framework');
  if (/^text\/plain|^image\/|^audio\/|^video\//.test(accept))
    throw new Refusal(406, '', 'framework');
  const format = formatOf(accept);
  if (format === null)
    throw new Refusal(
      406,
      `The Accept header value '${accept}' is not supported, supported values are: ${Object.keys(formats).join(', ')}`,
    );
  return format;
}
