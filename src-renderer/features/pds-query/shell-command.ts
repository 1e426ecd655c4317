/** Runs in the page, pure. A query as a line for a POSIX shell. */

/** In single quotes, in which a shell reads nothing but the closing one. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Lists everything that the query finds, in the terminal. */
export function searchCommand(q: string): string {
  return `almagest search pds-registry --q ${quoteForShell(q)} --all`;
}
