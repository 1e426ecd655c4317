/**
 * Runs in the main process; pure but for reading the folder. The built page, as an exact list of what may be
 * served: a path that is not on the list does not exist, so there is nothing to traverse.
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface StaticFile {
  contentType: string;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Lists a built folder by URL path. Files of unknown kind, source maps and dotfiles are left out. */
export async function listStaticFiles(folder: string): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  const walk = async (path: string, urlPath: string): Promise<void> => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const full = join(path, entry.name);
      const url = `${urlPath}/${encodeURI(entry.name)}`;
      if (entry.isDirectory()) await walk(full, url);
      const contentType = mimeTypes[extname(entry.name)];
      if (!entry.isFile() || contentType === undefined) continue;
      files.set(url, { contentType, read: async () => new Uint8Array(await readFile(full)) });
    }
  };
  await walk(folder, '');
  const page = files.get('/index.html');
  if (page !== undefined) files.set('/', page);
  return files;
}
