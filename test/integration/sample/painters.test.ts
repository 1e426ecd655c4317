/** Drawing threads of the sample archive: what nobody waits for is not drawn. Real threads, real pictures. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileName } from '#main/sample/files.ts';
import { createPainters, type Painters } from '#main/sample/painters.ts';
import { planOf, recordOf } from '#main/sample/plan.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const plan = planOf(3, 400, 0);
const kept = new AbortController().signal;

interface Preview {
  index: number;
  name: string;
  sizeBytes: number;
}

const previews: Preview[] = [];
for (let index = 0; previews.length < 60; index += 1) {
  const record = recordOf(plan, index);
  const file = record.files.find((one) => one.name === 'thumb' && one.extension === 'jpg');
  if (file === undefined) continue;
  previews.push({ index, name: fileName(record, file), sizeBytes: file.sizeBytes });
}

describe('pictures that are drawn', () => {
  let painters: Painters;
  beforeAll(() => {
    painters = createPainters(workerUrl);
  });
  afterAll(() => painters.close());

  const draw = ({ index, name, sizeBytes }: Preview, signal: AbortSignal): Promise<Buffer> =>
    painters.make({ plan, index, name }, sizeBytes, signal);

  test('are those that somebody still waits for', async () => {
    const left = new AbortController();
    const [wanted, shared, ...others] = previews as [Preview, Preview, ...Preview[]];
    // The last asked for is drawn first, so those before it are still waiting when they are given up.
    const first = draw(wanted, kept);
    const both = [draw(shared, left.signal), draw(shared, kept)];
    const given = others.map((one) => draw(one, left.signal));
    const ended = Promise.allSettled(given);
    left.abort();
    const bytes = await Promise.all([first, ...both]);
    expect(bytes.map((one) => one.length)).toEqual([
      wanted.sizeBytes,
      shared.sizeBytes,
      shared.sizeBytes,
    ]);
    const results = await ended;
    const drawn = results.filter((one) => one.status === 'fulfilled').length;
    // One a thread may have been begun already.
    expect(drawn).toBeLessThanOrEqual(3);
    expect(results.find((one) => one.status === 'rejected')?.reason).toEqual(
      new Error('Nobody waits for this picture any more'),
    );
  });

  test('one that was given up is drawn for who asks later', async () => {
    const [, , again] = previews as [Preview, Preview, Preview];
    expect((await draw(again, kept)).length).toBe(again.sizeBytes);
  });
});
