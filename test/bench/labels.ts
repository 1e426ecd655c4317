/**
 * A label of 50 MB with a million elements, read by the service in its worker beside `xmllint --noout`, in turn. The
 * worker keeps all of it, searchable; xmllint throws it away.
 */
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLabelsService, type LabelsService } from '#main/formats/label/labels-service.ts';
import { hasXmllint, xmllintAbsent } from '#test/support/xmllint.ts';
import { describeSpread, spreadOf } from './statistics.ts';

const rounds = 5;
/** Seven elements each, and seven around them. */
const columns = 142_857;
const ratioBar = 6;
const firstScreenBar = 1000;
/** MB of the whole process, this bench included. */
const memoryBar = 400;
/** No task of the main thread may take longer, in ms. */
const stallBar = 50;

interface Reading {
  peerMs: number;
  firstMs: number;
  wholeMs: number;
  searchMs: number;
  stallMs: number;
}

/**
 * The longest that this thread worked without a turn for others, in ms of its own processor time: other processes of
 * a busy machine hold up the clock, but not this.
 */
function watchThread(): { stop(): number } {
  const usedMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = 0;
  let before = usedMs();
  const timer = setInterval(() => {
    const now = usedMs();
    longest = Math.max(longest, now - before);
    before = now;
  }, 1);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.max(longest, usedMs() - before);
    },
  };
}

async function peer(path: string): Promise<number> {
  const startMs = performance.now();
  const child = spawn('xmllint', ['--noout', path], { stdio: 'inherit' });
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`xmllint refused the label: ${String(code)}`);
  return performance.now() - startMs;
}

async function read(service: LabelsService, path: string, peerMs: number): Promise<Reading> {
  const hold = watchThread();
  const startMs = performance.now();
  const { id } = await service.open({
    fileName: 'made.xml',
    bytesPromised: statSync(path).size,
    chunks: createReadStream(path, { highWaterMark: 64 * 1024 }),
  });
  await service.fold(id, { what: 'depth', depth: null });
  const screen = await service.rows(id, 0, 60);
  const firstMs = performance.now() - startMs;
  if (screen.rows.length < 60)
    throw new Error(`${String(screen.rows.length)} rows on the first screen`);
  const state = await service.whole(id);
  const searchFromMs = performance.now();
  const found = await service.search(id, `"RADIANCE ${String(columns)}"`, false);
  const endMs = performance.now();
  const stallMs = hold.stop();
  if (state.elements < 1_000_000 || state.problem !== null || found.rows !== 1) {
    throw new Error(`not read whole: ${JSON.stringify({ state, found })}`);
  }
  await service.close(id);
  return {
    peerMs,
    firstMs,
    wholeMs: endMs - startMs,
    searchMs: endMs - searchFromMs,
    stallMs,
  };
}

/** In a process of its own: what making it takes is not the reader's. */
async function makeLabel(path: string): Promise<void> {
  const script = new URL('./make-label.ts', import.meta.url);
  const child = spawn(process.execPath, [script.pathname, path, String(columns)], {
    stdio: 'inherit',
  });
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`the label could not be made: ${String(code)}`);
}

/** The most memory that the process ever had, in MB. */
function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** Prints the bench; true when the bars hold. */
export async function benchLabels(): Promise<boolean> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  if (!hasXmllint()) {
    print(`labels ${xmllintAbsent}`);
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'almagest-labels-'));
  const service = createLabelsService({
    workerUrl: new URL('../../src-main/formats/label/label-worker.ts', import.meta.url),
  });
  try {
    const path = join(folder, 'made.xml');
    await makeLabel(path);
    const beforeMb = process.memoryUsage().rss / 1024 / 1024;
    const readings: Reading[] = [];
    for (let round = 0; round < rounds; round += 1) {
      readings.push(await read(service, path, await peer(path)));
    }
    const spread = (of: (reading: Reading) => number) => spreadOf(readings.map(of));
    const ratio = spread(({ wholeMs, peerMs }) => wholeMs / peerMs);
    const first = spread(({ firstMs }) => firstMs);
    const stall = spread(({ stallMs }) => stallMs);
    const sizeMb = (statSync(path).size / 1e6).toFixed(1);
    print(
      `labels, ${sizeMb} MB, 1,000,000 elements, ${String(rounds)} rounds in turn; median (least to most)`,
    );
    print(
      `  xmllint --noout   ${describeSpread(
        spread(({ peerMs }) => peerMs),
        'ms',
      )}`,
    );
    print(
      `  read and searched ${describeSpread(
        spread(({ wholeMs }) => wholeMs),
        'ms',
      )}`,
    );
    print(
      `  of it the search  ${describeSpread(
        spread(({ searchMs }) => searchMs),
        'ms',
      )}`,
    );
    print(`  ratio             ${describeSpread(ratio, 'times')}, bar ${String(ratioBar)}`);
    print(`  first screen      ${describeSpread(first, 'ms')}, bar ${String(firstScreenBar)}`);
    print(`  main held up      ${describeSpread(stall, 'ms')} at most, bar ${String(stallBar)}`);
    const memory = peakMb();
    print(
      `  memory, peak      ${memory.toFixed(0)} MB (${beforeMb.toFixed(0)} before), bar ${String(memoryBar)}`,
    );
    return (
      ratio.median <= ratioBar &&
      first.median <= firstScreenBar &&
      stall.median <= stallBar &&
      memory <= memoryBar
    );
  } finally {
    await service.dispose();
    rmSync(folder, { recursive: true });
  }
}
