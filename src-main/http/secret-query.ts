/**
 * Runs in plain Node. Parameters that only an archive may read, such as a key: put on the address when it is sent, taken
 * off every address that comes back, and taken out of whatever the archive repeats of them.
 */

/** Names and values. Never logged, kept or shown; the address without them is what everybody else sees. */
export type SecretQuery = Readonly<Record<string, string>>;

const mask = '***';
/** A shorter value would be found in every second word. */
const shortestValue = 4;

/** The address as it is sent. */
export function withSecrets(url: URL, secrets: SecretQuery): URL {
  const signed = new URL(url);
  const added = new URLSearchParams(secrets).toString();
  signed.search = signed.search === '' ? added : `${signed.search.slice(1)}&${added}`;
  return signed;
}

/**
 * Where a redirect leads, without the parameters, which archives repeat in it. Null where a value is still in it
 * (a sign-in page that is told where to come back to): following would carry it on.
 */
export function withoutSecrets(address: string, secrets: SecretQuery): string | null {
  const url = new URL(address);
  const names = new Set(Object.keys(secrets));
  const parts = url.search.slice(1).split('&');
  url.search = parts
    .filter((part) => !names.has(decoded(part.split('=', 1)[0] ?? '').toLowerCase()))
    .join('&');
  // Told of the address alone, nobody is.
  url.hash = '';
  return isRepeated(url.href, secrets) ? null : url.href;
}

/** True where a value is still in an address, or a name with whatever value, encoded once more or twice. */
function isRepeated(address: string, secrets: SecretQuery): boolean {
  const levels = [address, decoded(address), decoded(decoded(address))];
  const texts = levels.flatMap((text) => [text, decoded(text.replaceAll('+', ' '))]);
  const parts = [...valuesOf(secrets), ...Object.keys(secrets).map((name) => `${name}=`)];
  return parts.some((part) => texts.some((text) => text.includes(part)));
}

/** What is no encoding stays as it is. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function valuesOf(secrets: SecretQuery): string[] {
  return Object.values(secrets).filter((value) => value.length >= shortestValue);
}

/** The ways in which JSON, XML, HTML and addresses write one value, longest first. */
function formsOf(value: string): string[] {
  const inUrl = encodeURIComponent(value);
  const inForm = new URLSearchParams({ v: value }).toString().slice(2);
  const inJson = JSON.stringify(value).slice(1, -1);
  const inMarkup = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');
  const inBytes = Buffer.from(value).toString('latin1');
  const forms = [value, inUrl, inForm, inJson, inMarkup, inBytes, encodeURIComponent(inUrl)];
  return [...new Set(forms)].sort((first, second) => second.length - first.length);
}

/** Takes names' values and the values themselves out of text. */
export function createScrubber(secrets: SecretQuery): (text: string) => string {
  const names = Object.keys(secrets).map(escaped).join('|');
  // In an address, and in an address that is a parameter of another.
  const end = String.raw`[^&#\s"'<>\\;]`;
  const named = new RegExp(`((?:${names})=)${end}+|((?:${names})%3D)(?:(?!%26)${end})+`, 'gi');
  const forms = valuesOf(secrets).flatMap(formsOf);
  return (text) =>
    forms.reduce((rest, form) => rest.replaceAll(form, mask), text.replace(named, `$1$2${mask}`));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
