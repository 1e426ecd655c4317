/**
 * Every product of a registry, 5,000 and 250,000 of one harvest time, in both dialects, with 3 of 100 answers 504.
 * Registry and client each run in a process of their own.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pdsDialects, type PdsDialect } from '#contract/pds.ts';
import type { CrawlReport } from '#main/sources/pds-registry/crawl-run.ts';

export interface PdsCrawlReading {
  report: CrawlReport;
  /** Products that were given on, and how many of them differ. */
  rows: number;
  distinct: number;
  tookMs: number;
  /** Before the first page, and after the 25,000 products that warm it up. */
  coldRss: number;
  startRss: number;
  mostRss: number;
  /** Longest turn of the main thread by its own work. */
  longestOwnMs: number;
  delayP99Ms: number;
}

const sizes = [5_000, 250_000];
const failures = 0.03;
const mostGrowth = 60e6;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const count = new Intl.NumberFormat('en-GB');
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

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

async function crawl(dialect: PdsDialect, size: number, kind: string): Promise<boolean> {
  const archive = startNode('pds-archive.ts', [dialect, String(size), String(failures)]);
  try {
    const base = await firstLine(archive);
    const client = startNode('pds-crawl-child.ts', [base, kind]);
    const reading = JSON.parse(await firstLine(client)) as PdsCrawlReading;
    client.kill();
    return tell(`${dialect}, ${kind} of ${count.format(size)}`, reading, size);
  } finally {
    archive.kill();
  }
}

function tell(title: string, reading: PdsCrawlReading, size: number): boolean {
  const { report, rows, distinct } = reading;
  const growth = reading.mostRss - reading.startRss;
  const isWhole =
    report.isEnded &&
    report.hits === size &&
    rows === size &&
    distinct === size &&
    report.missing === 0;
  const holds = isWhole && growth < mostGrowth && reading.longestOwnMs <= 50;
  print(`pds crawl, ${title}`);
  print(
    `  hits, distinct             ${count.format(report.hits ?? 0)}, ${count.format(distinct)}`,
  );
  print(`  missing, doubled           ${String(report.missing)}, ${String(rows - distinct)}`);
  print(
    `  requests, of them failed   ${count.format(report.requests)}, ${count.format(report.failures)}`,
  );
  print(
    `  memory, start to most      ${mb(reading.startRss)} to ${mb(reading.mostRss)}: +${mb(growth)} (cold: ${mb(reading.coldRss)})`,
  );
  print(`  longest turn of own work   ${reading.longestOwnMs.toFixed(0)} ms`);
  print(`  time                       ${(reading.tookMs / 1000).toFixed(1)} s`);
  print(`  bars: whole, growth under 60 MB, turns up to 50 ms: ${holds ? 'hold' : 'do not hold'}`);
  return holds;
}

/** Prints the bench; true when its bars hold. */
export async function benchPdsCrawl(): Promise<boolean> {
  let isWithin = true;
  for (const dialect of pdsDialects) {
    for (const size of sizes) {
      for (const kind of ['search', 'members'])
        isWithin = (await crawl(dialect, size, kind)) && isWithin;
    }
  }
  return isWithin;
}
