/**
 * Entry of a worker thread in plain Node. Owns the labels that are open: reading, searching and evaluating would hold
 * up the thread that answers the window. May import this folder.
 */
import { parentPort } from 'node:worker_threads';
import type { LabelCall, LabelReply } from './label-messages.ts';
import { LabelQuery } from './label-query.ts';
import { OpenLabel } from './open-label.ts';

const port = parentPort;
if (port === null) throw new Error('label-worker runs as a worker thread only');

const labels = new Map<number, { label: OpenLabel; query: LabelQuery }>();

class NotOpen extends Error {}

function labelOf(id: number): { label: OpenLabel; query: LabelQuery } {
  const found = labels.get(id);
  if (found === undefined) throw new NotOpen('the label is not open');
  return found;
}

function open(id: number, fileName: string, bytesPromised: number | null): OpenLabel {
  const label = new OpenLabel(id, fileName, bytesPromised);
  labels.set(id, { label, query: new LabelQuery(label) });
  return label;
}

function answer({ name, args }: LabelCall): unknown {
  if (name === 'open') return open(args.id, args.fileName, args.bytesPromised).state();
  if (name === 'close') {
    labels.delete(args.id);
    return null;
  }
  const { label, query } = labelOf(args.id);
  switch (name) {
    case 'write':
      label.write(new Uint8Array(args.block, 0, args.length));
      return { state: label.state(), block: args.block };
    case 'end':
      label.end(args.broken);
      return label.state();
    case 'state':
      return label.state();
    case 'rows':
      return label.rows(args.from, args.count);
    case 'fold':
      return label.fold(args.change);
    case 'reveal':
      return label.reveal(args.node);
    case 'search':
      return label.search(args.text, args.onlyMatches);
    case 'hit':
      return label.hit(args.at);
    case 'hitFrom':
      return label.hitFrom(args.node, args.direction);
    case 'node':
      return label.node(args.node);
    case 'nodeAt':
      return label.nodeAt(args.sourceRow);
    case 'xpath':
      return query.run(args.expression, args.from, args.count);
    case 'source':
      return label.source(args.from, args.count);
  }
}

port.on('message', (message: LabelCall) => {
  const { call } = message;
  let reply: LabelReply;
  try {
    reply = { call, ok: true, value: answer(message) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    reply = { call, ok: false, message: text, isGone: error instanceof NotOpen };
  }
  const block = reply.ok && message.name === 'write' ? [message.args.block] : [];
  port.postMessage(reply, block);
});
