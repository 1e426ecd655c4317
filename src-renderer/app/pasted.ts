/** Runs in the page, pure. What was pasted into a search field and names one thing. */

/** An address of the web, or of a site that we know; a reference; an identifier of the registry. */
const shapes = [
  /^https?:\/\/\S+$/i,
  /^(?:[\w-]+\.)*(?:nasa\.gov|astrobin\.com)\/\S+$/i,
  /^(?:nasa|pds|astrobin):\S/i,
  /^urn:[a-z0-9]+:[a-z0-9]+:\S+$/i,
];

/** True for what no archive has a word for: it is opened, not searched for. */
export function isPasted(text: string): boolean {
  return shapes.some((shape) => shape.test(text));
}
