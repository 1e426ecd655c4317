/**
 * `npm run bench [NAME …]`: timings and sizes beside a peer in the same run. Never part of the tests: a busy
 * machine must not fail them. Each is loaded alone: what one needs must not lie in the memory that another measures.
 */

import process from 'node:process';

const benches: Readonly<Record<string, () => Promise<boolean>>> = {
  search: async () => (await import('./search.ts')).benchSearch(),
  window: async () => (await import('./window.ts')).benchWindow(),
  captions: async () => (await import('./captions.ts')).benchCaptions(),
  labels: async () => (await import('./labels.ts')).benchLabels(),
  crawl: async () => (await import('./crawl.ts')).benchCrawl(),
  'pds-crawl': async () => (await import('./pds-crawl.ts')).benchPdsCrawl(),
  tree: async () => (await import('./tree.ts')).benchTree(),
  gallery: async () => (await import('./gallery.ts')).benchGallery(),
};

const wanted = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(
    `almagest: no bench "${unknown.join('", "')}"; there is: ${Object.keys(benches).join(', ')}\n`,
  );
  process.exit(2);
}
let areWithin = true;
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  areWithin = (await run()) && areWithin;
}
process.stdout.write(areWithin ? 'all bars hold\n' : 'a bar does not hold\n');
process.exit(areWithin ? 0 : 1);
