/**
 * All results of a query past the archive's wall: 250,000 records, and then an archive with a lump that nothing
 * tells apart. Archive and core each run in a process of their own.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResultSet } from '#contract/results.ts';

export interface CrawlReading {
  set: ResultSet;
  /** Records read back, position by position. */
  read: number;
  distinct: number;
  tookMs: number;
  /** Of the main thread. */
  cpuMs: number;
  startRss: number;
  mostRss: number;
  longestDelayMs: number;
  delayP99Ms: number;
  /** Longest turn of the main thread by its own work: what other programs take from it is left out. */
  longestOwnMs: number;
}

const size = 250_000;
const lumped = { size: 60_000, lump: 13_000 };
const wall = 10_000;
const mostGrowth = 60e6;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const count = new Intl.NumberFormat('en-GB');
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const ms = (value: number): string => `${value.toFixed(0)} ms`;

function startNode(file: string, args: string[]) {
  return spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function firstLine(child: ReturnType<typeof startNode>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)));
  });
}

interface Crawled extends CrawlReading {
  requests: number;
  pastWall: number;
  diskBytes: number;
}

async function crawl(records: number, lump: number): Promise<Crawled> {
  const profile = mkdtempSync(join(tmpdir(), 'almagest-bench-'));
  const archive = startNode('counted-archive.ts', [String(records), String(lump)]);
  try {
    const base = await firstLine(archive);
    const core = startNode('crawl-child.ts', [profile, base]);
    const reading = JSON.parse(await firstLine(core)) as CrawlReading;
    core.kill();
    const counted = (await (await fetch(`${base}/counted`)).json()) as {
      requests: number;
      pastWall: number;
    };
    return { ...reading, ...counted, diskBytes: statSync(join(profile, 'cache.db')).size };
  } finally {
    archive.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function describe(title: string, one: Crawled): void {
  const { set } = one;
  print(title);
  print(
    `  state                      ${set.state}, ${count.format(set.stored)} of ${count.format(set.total ?? 0)}`,
  );
  print(
    `  distinct, missing, doubled ${count.format(one.distinct)}, ${set.missing}, ${one.read - one.distinct}`,
  );
  print(
    `  requests of the set        ${count.format(set.requests)}; past the wall: ${one.pastWall}`,
  );
  print(`  time, work of main thread  ${ms(one.tookMs)}, ${ms(one.cpuMs)}`);
  print(
    `  memory, start to most      ${mb(one.startRss)} to ${mb(one.mostRss)}: +${mb(one.mostRss - one.startRss)}`,
  );
  print(`  longest turn of own work   ${ms(one.longestOwnMs)}`);
  print(
    `  event loop delay           p99 ${ms(one.delayP99Ms)}, longest ${ms(one.longestDelayMs)}`,
  );
  print(`  cache.db                   ${mb(one.diskBytes)}`);
}

/** Prints the bench; true when its bars hold. */
export async function benchCrawl(): Promise<boolean> {
  const whole = await crawl(size, 0);
  describe(`crawl, ${count.format(size)} records`, whole);
  const isWhole =
    whole.set.state === 'complete' &&
    whole.distinct === size &&
    whole.read === size &&
    whole.pastWall === 0 &&
    whole.mostRss - whole.startRss < mostGrowth &&
    whole.longestOwnMs <= 50;
  const lump = await crawl(lumped.size, lumped.lump);
  const beyond = lumped.lump - wall;
  describe(
    `crawl, ${count.format(lumped.size)} records, ${count.format(lumped.lump)} of them alike`,
    lump,
  );
  for (const { hits, listed, reason, message } of lump.set.gaps) {
    print(`  gap: ${listed} of ${hits}, ${reason}: ${message}`);
  }
  const [gap, ...others] = lump.set.gaps;
  const isExact =
    lump.distinct === lumped.size - beyond &&
    lump.read === lump.distinct &&
    lump.set.missing === beyond &&
    lump.pastWall === 0 &&
    others.length === 0 &&
    gap?.hits === lumped.lump &&
    gap.listed === wall;
  print(
    `  bars: whole, growth under 60 MB, turns up to 50 ms: ${isWhole ? 'hold' : 'do not hold'}; gap exact: ${isExact ? 'yes' : 'no'}`,
  );
  return isWhole && isExact;
}
