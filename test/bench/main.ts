/**
 * `npm run bench [NAME …]`: timings and sizes beside a peer in the same run. Never part of the tests: a busy
 * machine must not fail them.
 */
import { benchCaptions } from './captions.ts';
import { benchLabels } from './labels.ts';
import { benchSearch } from './search.ts';
import { benchCrawl } from './crawl.ts';
import { benchGallery } from './gallery.ts';
import { benchPdsCrawl } from './pds-crawl.ts';
import { benchTree } from './tree.ts';
import { benchWindow } from './window.ts';

const benches: Readonly<Record<string, () => Promise<boolean>>> = {
  search: benchSearch,
  window: benchWindow,
  captions: benchCaptions,
  labels: benchLabels,
  crawl: benchCrawl,
  'pds-crawl': benchPdsCrawl,
  tree: benchTree,
  gallery: benchGallery,
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
