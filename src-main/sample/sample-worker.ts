/**
 * Entry of a worker thread, in one of two roles: the server of the sample archive, or a painter that
 * draws its pictures. Imports the sample archive only.
 */
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import type { PainterReply } from './painters.ts';
import { makeFile } from './picture-job.ts';
import type { PictureJob } from './picture-job.ts';
import { startSampleServer } from './sample-server.ts';
import type { Dialect } from './collection-json.ts';

export type SampleWorkerData =
  | {
      role: 'server';
      size: number;
      seed: number;
      lump: number;
      dialect: Dialect;
      port: number;
      selfUrl: string;
    }
  | { role: 'painter' };

export type ServerReply =
  | { base: string; pdsBase: string; pdsCurrentBase: string; astrobinBase: string }
  | { message: string };

const data = workerData as SampleWorkerData;
const port = parentPort;
if (port === null) throw new Error('sample-worker is the entry of a worker thread');

if (data.role === 'painter') {
  // One picture at a time on one core: the computer belongs to its user.
  sharp.concurrency(1);
  sharp.cache(false);
  port.on('message', (job: PictureJob) => {
    makeFile(job).then(
      (bytes) => port.postMessage({ bytes } satisfies PainterReply),
      (error: unknown) => port.postMessage({ message: String(error) } satisfies PainterReply),
    );
  });
} else {
  const { size, seed, lump, dialect, selfUrl } = data;
  const workerUrl = new URL(selfUrl);
  startSampleServer({ size, seed, lump, dialect, port: data.port, workerUrl }).then(
    (server) => {
      const { base, pdsBase, pdsCurrentBase, astrobinBase } = server;
      port.postMessage({ base, pdsBase, pdsCurrentBase, astrobinBase } satisfies ServerReply);
      port.on('message', () => {
        void server.close().then(() => port.close());
      });
    },
    (error: unknown) => port.postMessage({ message: String(error) } satisfies ServerReply),
  );
}
