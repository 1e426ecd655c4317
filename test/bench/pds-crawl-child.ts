/**
 * A process of its own: lists all of a registry and watches itself. Arguments: address, `search` or `members`, rows
 * that it warms up with. Prints one JSON line.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ListTarget } from '#main/sources/pds-registry/lists.ts';
import { keepYoungGenerationSmall } from '#main/steady-memory.ts';
import { openPds } from '../support/pds-client.ts';
import { collection } from '../support/pds-server.ts';
import type { PdsCrawlReading } from './pds-crawl.ts';

// As compose.ts does before anything else.
keepYoungGenerationSmall();
const [base = '', kind = 'search', warmUp = '25000'] = process.argv.slice(2);
const { client, close } = openPds(base);
const { signal } = new AbortController();
const target: ListTarget =
  kind === 'search' ? { kind: 'search' } : { kind: 'members', id: collection };

/** Everything that runs once has run, and the heap has the size that it keeps. */
const coldRss = process.memoryUsage().rss;
for (let warmed = 0; warmed < Number(warmUp);) {
  for await (const { products } of client.crawl(target, { signal })) {
    warmed += products.length;
    if (warmed >= Number(warmUp)) break;
  }
}
const startRss = process.memoryUsage().rss;
let mostRss = startRss;
let longestOwnMs = 0;
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let before = { ms: performance.now(), cpu: process.threadCpuUsage() };
const watch = setInterval(() => {
  mostRss = Math.max(mostRss, process.memoryUsage().rss);
  const now = { ms: performance.now(), cpu: process.threadCpuUsage() };
  // A turn can't have been longer than the time in which this did not run, nor than the work of this thread in it.
  const own = (now.cpu.user + now.cpu.system - before.cpu.user - before.cpu.system) / 1000;
  longestOwnMs = Math.max(longestOwnMs, Math.min(own, now.ms - before.ms));
  before = now;
}, 5);

/** One bit a product: the proof must not cost what it is about to measure. */
const came = new Uint8Array(2_000_000);
let [rows, distinct] = [0, 0];
const startMs = performance.now();
const crawl = client.crawl(target, { signal });
for await (const { products } of crawl) {
  for (const { lidvid } of products) {
    const index = Number(/:p(\d{7})::/.exec(lidvid)?.[1]);
    rows += 1;
    if (came[index] === 0) distinct += 1;
    came[index] = 1;
  }
}
const tookMs = performance.now() - startMs;
clearInterval(watch);
const { report } = crawl;
const reading: PdsCrawlReading = {
  report,
  rows,
  distinct,
  tookMs,
  coldRss,
  startRss,
  mostRss,
  longestOwnMs,
  delayP99Ms: delay.percentile(99) / 1e6,
};
process.stdout.write(`${JSON.stringify(reading)}\n`);
close();
process.exit(0);
