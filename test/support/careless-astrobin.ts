/**
 * Runs in plain Node, for tests only. AstroBin at its most careless: rows and answers that repeat the key and the secret
 * that they were asked with.
 */
import type { AstrobinServer, FailedAnswer } from './astrobin-server.ts';

export interface SecretPair {
  key: string;
  secret: string;
}

/** As they are, and with what has to be escaped in addresses, JSON and HTML. */
export const secretPairs: readonly SecretPair[] = [
  {
    key: '5d41402abc4b2a76b9719d911017c592cafe0001',
    secret: '7d793037a0760186574b0282f2f435e7beef0002',
  },
  { key: 'k&y"quoted"/+%41=<1>', secret: "s;cr;t'two'\\&api_secret=#?" },
];

const askedWith = ({ key, secret }: SecretPair): string =>
  `?api_key=${encodeURIComponent(key)}&api_secret=${encodeURIComponent(secret)}`;

/** Answers that repeat both, as pages of errors, documents and redirects. */
export function echoesOf(pair: SecretPair): FailedAnswer[] {
  const asked = askedWith(pair);
  return [
    { status: 401, body: '' },
    { status: 400, body: JSON.stringify({ error: `No ${pair.key}, ${pair.secret} at ${asked}` }) },
    { status: 404, body: `Not found: /api/v1/image/${asked}` },
    { status: 403, body: JSON.stringify(pair.secret) },
    { status: 451, body: `<html><title>Gone, ${asked}</title></html>`, type: 'text/html' },
    { status: 200, body: `not JSON: ${asked} ${pair.key}` },
    {
      status: 200,
      body: `<?xml version="1.0"?><response><a>${asked}</response>`,
      type: 'text/xml',
    },
    { status: 302, body: '', location: (url) => `/login/?next=${encodeURIComponent(url)}` },
    { status: 302, body: '', location: (url) => `/elsewhere/${new URL(url, 'http://h').search}` },
    { status: 302, body: '', location: () => `/${encodeURIComponent(pair.key)}/` },
  ];
}

/** Rows whose own words and addresses repeat both, as those of a careless uploader might. */
export function poison({ images }: AstrobinServer, pair: SecretPair): void {
  const [, one, two] = images;
  if (one === undefined || two === undefined) throw new Error('no images');
  const asked = askedWith(pair);
  one['description'] = `see ${pair.key} and ${pair.secret}, ${asked}`;
  one['title'] = `Frame ${pair.key}`;
  two['link'] = `https://site.example/${asked}`;
  two['url_hd'] = `${String(two['url_hd'])}${asked}`;
}
