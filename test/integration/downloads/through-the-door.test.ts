/** Downloads through the real client, with its governor, its policy and its watch on stalls. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Library } from '#main/db/open-library.ts';
import { makeBench, makePicture, type Bench } from '#test/support/download-fixtures.ts';
import {
  inTurn,
  serveFile,
  serveJson,
  startFaultServer,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';
import { makeTempDir, openTestLibrary } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let library: Library;
let server: FaultServer;
let door: ReturnType<typeof openDoor>;
let bench: Bench;
const picture = makePicture(600_000);
const whole = { etag: '"a"', contentType: 'image/jpeg' };

beforeEach(async () => {
  temp = makeTempDir();
  library = openTestLibrary(temp.dir);
  server = await startFaultServer(serveFile(picture, whole));
  door = openDoor(server.base);
  bench = makeBench(library, join(temp.dir, 'downloads'), { http: door.http });
  bench.offers.byRef.set('nasa:PIA1', { url: `${server.base}/PIA1~orig.jpg` });
});
afterEach(async () => {
  await bench.service.dispose();
  door.close();
  library.close();
  await server.close();
  temp.remove();
});

async function run() {
  const { id } = await bench.save('nasa:PIA1');
  return await bench.ended(id);
}

test('a file arrives, uncoded', async () => {
  expect((await run()).state).toBe('done');
  expect(bench.read('PIA1~orig.jpg').equals(picture)).toBe(true);
  expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
});

test('a cut connection goes on where it was', async () => {
  server.use(
    inTurn(serveFile(picture, { ...whole, cutAfterBytes: 400_000 }), serveFile(picture, whole)),
  );
  expect((await run()).state).toBe('done');
  expect(bench.read('PIA1~orig.jpg').equals(picture)).toBe(true);
  expect(server.requests.map((each) => each.headers['if-range'])).toEqual([undefined, '"a"']);
});

test('429 waits and goes on by itself', async () => {
  server.use(
    inTurn(serveJson({ reason: 'slow' }, 429, { 'retry-after': '1' }), serveFile(picture, whole)),
  );
  expect((await run()).state).toBe('done');
});

test('an address that the policy forbids fails for good, in its words', async () => {
  bench.offers.byRef.set('nasa:PIA1', { url: 'http://192.0.2.1/secret.jpg' });
  const item = await run();
  expect(item).toMatchObject({ state: 'failed', error: { code: 'forbidden', retryable: false } });
});

test('cancelled while it comes, the connection is let go and nothing stays', async () => {
  server.use(serveFile(picture, { ...whole, bytesPerSecond: 200_000 }));
  const { id } = await bench.save('nasa:PIA1');
  await bench.until(id, (item) => item.receivedBytes > 0);
  expect((await bench.service.cancel(id)).state).toBe('cancelled');
  expect(bench.files()).toEqual([]);
});

test('a server that is gone is tried again, then given up, retryable', async () => {
  await server.close();
  expect(await run()).toMatchObject({
    state: 'failed',
    error: { code: 'unavailable', retryable: true },
  });
});
