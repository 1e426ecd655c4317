/**
 * Entry of a process of its own, for benches and for trying things out:
 * `node src-main/sample/serve.ts --size 1000000 --seed 1 --port 0 --dialect 1.1` prints the base address
 * of the NASA part, and on stderr those of the registry in its two dialects and of AstroBin's site.
 */
import { parseArgs } from 'node:util';
import { startSampleServer } from './sample-server.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '0' },
    lump: { type: 'string', default: '0' },
    dialect: { type: 'string', default: '1.1' },
  },
});

const server = await startSampleServer({
  size: Number(values.size),
  seed: Number(values.seed),
  lump: Number(values.lump),
  port: Number(values.port),
  dialect: values.dialect === '1.0' ? '1.0' : '1.1',
  workerUrl: new URL('./sample-worker.ts', import.meta.url),
});
process.stdout.write(`${server.base}\n`);
process.stderr.write(`${server.pdsBase}\n${server.pdsCurrentBase}\n${server.astrobinBase}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void server.close();
  });
}
