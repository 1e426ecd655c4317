/**
 * A process of its own: the core lists all results of a query, and watches itself. Arguments: profile folder,
 * address of the archive. Prints one JSON line.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ResultSet } from '#contract/results.ts';
import { openTestCore } from '../support/terminal-core.ts';
import type { CrawlReading } from './crawl.ts';

const [profileDir = '', base = ''] = process.argv.slice(2);
const { api, close } = await openTestCore(profileDir, base);

async function list(query: ResultSet['query']): Promise<ResultSet> {
  const { id } = await api.results.open({ query });
  let wake: () => void = () => {};
  const stop = api.on('resultsChanged', () => wake());
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const set = await api.results.get({ id });
    if (set.state !== 'listing') {
      stop();
      return set;
    }
    await changed;
  }
}

/** Everything that runs once has run, and the heap has the size that it keeps: 20,000 records, listed by slices. */
await list({ media_type: 'image', year_end: '1985' });
const startRss = process.memoryUsage().rss;
const startCpu = process.threadCpuUsage();
const startMs = performance.now();
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
const set = await list({ media_type: 'image,video,audio' });
const tookMs = performance.now() - startMs;
clearInterval(watch);
delay.disable();
const cpu = process.threadCpuUsage(startCpu);

const ids = new Set<string>();
let read = 0;
for (let from = 0; from < set.stored; from += 200) {
  const { cards } = await api.results.page({ id: set.id, from, count: 200 });
  for (const { record } of cards) ids.add(record.id);
  read += cards.length;
}
const reading: CrawlReading = {
  set,
  read,
  distinct: ids.size,
  tookMs,
  cpuMs: (cpu.user + cpu.system) / 1000,
  startRss,
  mostRss,
  longestDelayMs: delay.max / 1e6,
  delayP99Ms: delay.percentile(99) / 1e6,
  longestOwnMs,
};
process.stdout.write(`${JSON.stringify(reading)}\n`);
await close();
process.exit(0);
