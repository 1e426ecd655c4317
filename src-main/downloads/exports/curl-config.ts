/**
 * Runs anywhere; pure. A plan as a config of curl (`curl -K FILE`; curl manual, "--config"): values in double quotes,
 * in which a backslash begins an escape.
 */
import { plainPath, plainUrl, type PlanSource } from './planned-file.ts';

/**
 * globoff: brackets in an address are brackets, and `#1` in a name is no variable. The protocols are fixed for every
 * hop, and an error page never becomes a file.
 */
const head = [
  '# curl -K THIS-FILE --output-dir FOLDER',
  'globoff',
  'fail',
  'location',
  'create-dirs',
  'remove-on-error',
  'no-clobber',
  'proto = "=http,https"',
  'proto-redir = "=http,https"',
  'retry = 5',
];

export async function* toCurlConfig(plan: PlanSource): AsyncGenerator<string, void> {
  yield `${head.join('\n')}\n`;
  for await (const { url, path } of plan()) {
    yield `\nurl = ${quoteForCurl(plainUrl(url))}\noutput = ${quoteForCurl(plainPath(path))}\n`;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\v': '\\v',
};

/** A value of a config file, whatever is in it. */
export function quoteForCurl(text: string): string {
  return `"${text.replace(/[\\"\t\n\r\v]/g, (character) => escapes[character] ?? '')}"`;
}
