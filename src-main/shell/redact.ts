/**
 * Runs in plain Node; pure. Takes out of a text what must never be written down: keys, tokens, passwords, and
 * the name of the person's home folder.
 */
const secretParameter =
  /([?&;](?:api[_-]?key|api[_-]?secret|key|secret|token|access_token|password|signature)=)[^&#\s"'<>]*/gi;
const secretField =
  /(["']?\b(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|api[_-]?key|api[_-]?secret|secret|password|token)\b["']?\s*[:=]\s*)("[^"]*"|'[^']*'|(?:(?:basic|bearer)\s+)?[^\s,;&#}]+)/gi;
const addressCredentials = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/?#\s@]+@/gi;

export function redact(text: string, homeFolder: string): string {
  const clean = text
    .replace(addressCredentials, '$1…@')
    .replace(secretParameter, '$1…')
    .replace(secretField, '$1…');
  return homeFolder.length > 1 ? clean.replaceAll(homeFolder, '~') : clean;
}
