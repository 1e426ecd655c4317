/**
 * Runs in the main process; pure, so it may be tested in plain Node. The one origin that the window shows.
 */
export const ownScheme = 'app';
export const ownHost = 'almagest';
export const ownPage = `${ownScheme}://${ownHost}/`;

/**
 * True when the address is of our own scheme and host. `origin` is no use for this: of a custom scheme it is
 * the text "null" in Node, and would match any other custom scheme.
 */
export function isOwnUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  return (
    url.protocol === `${ownScheme}:` &&
    url.host === ownHost &&
    url.username === '' &&
    url.password === ''
  );
}

/** True for the one document of the window, whatever its query and fragment. */
export function isOwnPage(text: string): boolean {
  if (!isOwnUrl(text)) return false;
  const path = URL.parse(text)?.pathname;
  return path === '/' || path === '/index.html';
}
