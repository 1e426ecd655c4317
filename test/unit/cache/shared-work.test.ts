import { expect, test } from 'vitest';
import { SharedWork } from '#main/cache/shared-work.ts';

function setUp() {
  const work = new SharedWork<string>();
  const started: AbortSignal[] = [];
  const finish: ((text: string) => void)[] = [];
  const start = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      started.push(signal);
      finish.push(resolve);
      signal.addEventListener('abort', () => {
        reject(new Error('aborted'));
      });
    });
  return { work, started, finish, start };
}

test('what several ask for at once is done once', async () => {
  const { work, started, finish, start } = setUp();
  const { signal } = new AbortController();
  const all = [work.run('a', signal, start), work.run('a', signal, start)];
  expect(started).toHaveLength(1);
  finish[0]?.('done');
  expect(await Promise.all(all)).toEqual(['done', 'done']);
  void work.run('a', signal, start);
  expect(started).toHaveLength(2);
});

test('one who leaves does not stop it for the others, the last one does', async () => {
  const { work, started, finish, start } = setUp();
  const [first, second] = [new AbortController(), new AbortController()];
  const leaving = work.run('a', first.signal, start);
  const staying = work.run('a', second.signal, start);
  first.abort();
  await expect(leaving).rejects.toThrow('cancelled');
  expect(started[0]?.aborted).toBe(false);
  finish[0]?.('done');
  expect(await staying).toBe('done');

  const third = new AbortController();
  const alone = work.run('b', third.signal, start);
  third.abort();
  await expect(alone).rejects.toThrow('cancelled');
  expect(started[1]?.aborted).toBe(true);
});

test('who comes after a cancelled one starts anew', async () => {
  const { work, started, finish, start } = setUp();
  const first = new AbortController();
  const gone = work.run('a', first.signal, start);
  first.abort();
  const next = work.run('a', new AbortController().signal, start);
  await expect(gone).rejects.toThrow();
  expect(started).toHaveLength(2);
  finish[1]?.('fresh');
  expect(await next).toBe('fresh');
});

test('closing cancels all and lets nobody start', async () => {
  const { work, started, start } = setUp();
  const { signal } = new AbortController();
  const running = work.run('a', signal, start);
  const ended = expect(running).rejects.toThrow();
  await work.close();
  await ended;
  await expect(work.run('a', signal, start)).rejects.toThrow('cancelled');
  expect(started).toHaveLength(1);
});
