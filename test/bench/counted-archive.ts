/**
 * A process of its own: the sample archive behind a door that counts what is asked of it, so that neither's work nor
 * memory is taken for ours. Arguments: records, lump. Prints the base address; `/counted` tells the counts.
 */
import { startSampleServer } from '#main/sample/sample-server.ts';
import { startCountingDoor } from '../support/counting-door.ts';

const [size = '10000', lump = '0'] = process.argv.slice(2);
const sample = await startSampleServer({
  size: Number(size),
  lump: Number(lump),
  seed: 7,
  port: 0,
  workerUrl: new URL('../../src-main/sample/sample-worker.ts', import.meta.url),
});
const door = await startCountingDoor(sample.base);
process.stdout.write(`${door.base}\n`);
