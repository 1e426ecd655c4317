/** Runs in plain Node, for tests only. Which drawing stands in for a recorded picture, and who draws it. */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Picture, PictureKind } from '#main/sample/draw/scene.ts';
import type { RecordedItem } from './recordings.ts';
import type { StandInJob } from './replay-painter.ts';

type Choice = readonly [kind: PictureKind, look: string];

const byWord: readonly (readonly [RegExp, readonly Choice[]])[] = [
  [/launch|liftoff|saturn v\b|rocket/i, [['launch', '']]],
  [
    /galax/i,
    [
      ['spiral', ''],
      ['spiral', 'tilted'],
      ['deep-field', ''],
      ['edge-on', ''],
    ],
  ],
  [
    /nebula|star formation/i,
    [
      ['nebula', 'orion'],
      ['nebula', 'teal'],
      ['nebula', 'gold'],
      ['nebula', 'crimson'],
      ['shell', 'ring'],
    ],
  ],
  [
    /cluster/i,
    [
      ['globular', ''],
      ['open-cluster', ''],
    ],
  ],
  [
    /\bsun\b|solar/i,
    [
      ['sun', 'he-304'],
      ['sun', 'fe-171'],
    ],
  ],
  [
    /mars/i,
    [
      ['world', 'mars'],
      ['plain', ''],
      ['dunes', 'ochre'],
    ],
  ],
  [
    /earth/i,
    [
      ['earth', ''],
      ['limb', 'day'],
    ],
  ],
  [
    /apollo|lunar|moon/i,
    [
      ['craters', 'moon'],
      ['world', 'moon'],
      ['earth', ''],
      ['limb', 'day'],
      ['launch', ''],
    ],
  ],
  [
    /star|hubble/i,
    [
      ['nebula', 'cobalt'],
      ['star-field', 'band'],
      ['nebula', 'violet'],
      ['star-field', ''],
      ['shell', 'helix'],
    ],
  ],
];

const otherwise: readonly Choice[] = [
  ['star-field', 'band'],
  ['nebula', 'teal'],
  ['delta', ''],
  ['giant', 'jupiter'],
  ['aurora', ''],
];

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(0);
}

/** The drawing for a record: by what its title and keywords speak of, always the same. */
export function standInFor(item: RecordedItem, aspect: number): Picture {
  const [data] = item.data;
  const words = [data.title, ...(data.keywords ?? [])].join(' ');
  const seed = hash(data.nasa_id);
  const choices = byWord.find(([pattern]) => pattern.test(words))?.[1] ?? otherwise;
  const [kind, look] = choices[seed % choices.length] ?? ['star-field', ''];
  return { kind, look, seed, aspect, phase: 0.3 + (seed % 100) / 130 };
}

export interface StandInPainter {
  draw(job: Omit<StandInJob, 'id'>): Promise<Buffer>;
  close(): Promise<void>;
}

/** One thread, started when first needed. */
export function createStandInPainter(): StandInPainter {
  let worker: Worker | null = null;
  let next = 1;
  const open = new Map<number, { done: (bytes: Buffer) => void; failed: (error: Error) => void }>();
  const start = (): Worker => {
    const made = new Worker(new URL('./replay-painter.ts', import.meta.url));
    made.unref();
    made.on('message', (reply: { id: number; bytes?: Uint8Array; message?: string }) => {
      const one = open.get(reply.id);
      open.delete(reply.id);
      if (reply.bytes === undefined) one?.failed(new Error(reply.message ?? 'Not drawn'));
      else one?.done(Buffer.from(reply.bytes));
    });
    made.on('error', (error: Error) => {
      for (const one of open.values()) one.failed(error);
      open.clear();
      worker = null;
    });
    return made;
  };
  return {
    draw(job) {
      worker ??= start();
      const id = next;
      next += 1;
      return new Promise((done, failed) => {
        open.set(id, { done, failed });
        worker?.postMessage({ ...job, id } satisfies StandInJob);
      });
    },
    async close() {
      for (const one of open.values()) one.failed(new Error('The replay server was closed'));
      open.clear();
      await worker?.terminate();
    },
  };
}
