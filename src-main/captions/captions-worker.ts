/**
 * Entry of a worker thread in plain Node. Writes and searches the index of captions, which would hold up the
 * thread that answers the window. May import db and this folder.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openCache } from '../db/open-cache.ts';
import { CaptionIndex } from './caption-index.ts';
import type { IndexCall, IndexReply, IndexWorkerData } from './index-messages.ts';

const port = parentPort;
if (port === null) throw new Error('captions-worker runs as a worker thread only');

const { profileDir } = workerData as IndexWorkerData;
const cache = openCache({ profileDir, log: () => undefined });
const index = new CaptionIndex(cache.db, Date.now);

function answer(call: IndexCall): unknown {
  switch (call.name) {
    case 'begin':
      return index.begin(call.args.file);
    case 'add':
      index.add(call.args.fileId, call.args.from, call.args.cues);
      return null;
    case 'finish':
      index.finish(call.args.fileId, call.args.cueCount, call.args.textBytes);
      return null;
    case 'find':
      return index.find(call.args.base, call.args.ref);
    case 'search':
      return index.search(call.args.base, call.args.text, call.args.limit);
    case 'bytes':
      return index.bytes();
    case 'clear':
      index.clear(call.args.base);
      return null;
  }
}

port.on('message', (call: IndexCall) => {
  let reply: IndexReply;
  try {
    reply = { id: call.id, ok: true, value: answer(call) };
  } catch (error) {
    reply = {
      id: call.id,
      ok: false,
      message: error instanceof Error ? error.message : String(error),
    };
  }
  port.postMessage(reply);
});
port.on('close', () => cache.close());
