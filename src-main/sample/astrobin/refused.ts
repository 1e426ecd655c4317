/** Runs in plain Node, any thread; pure. A request that the service refuses with 400, in the words of its framework. */

export class Refused extends Error {}

/** What the service's database fails at: answered with 500. */
export class DatabaseFault extends Error {}

/** The framework escapes its own words as if they were for a page, but leaves quotes alone. */
export const escapeWords = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
