/** Runs anywhere; pure. Names of properties, which the registry writes with "." or "/" between class and attribute. */

/** The one way to write a name for comparing: with ".". */
export function dotted(name: string): string {
  return name.replaceAll('/', '.');
}
