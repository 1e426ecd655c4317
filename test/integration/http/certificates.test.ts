import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor } from '#test/support/http-door.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.log('certificates: skipped, there is no openssl to make one with');

describe.skipIf(!hasOpenssl)('a server with a certificate that only the system knows', () => {
  let folder: string;
  let server: Server;
  let base: string;
  let requests = 0;
  const before = process.env['SSL_CERT_FILE'];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'almagest-cert-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
    execFileSync('openssl', [...kind, '-keyout', key, '-out', cert, ...subject], {
      stdio: 'ignore',
    });
    process.env['SSL_CERT_FILE'] = cert;
    server = createServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (_request, response) => {
        requests += 1;
        response.end('{"trusted":true}');
      },
    );
    await new Promise<void>((done) => server.listen(0, 'localhost', done));
    const address = server.address();
    base = `https://localhost:${String(typeof address === 'object' ? address?.port : 0)}`;
  });

  afterAll(async () => {
    if (before === undefined) delete process.env['SSL_CERT_FILE'];
    else process.env['SSL_CERT_FILE'] = before;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    rmSync(folder, { recursive: true, force: true });
  });

  test('is refused where the system’s store is not allowed', async () => {
    const door = openDoor(base);
    await expect(door.http.getJson(door.request(`${base}/x`))).rejects.toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('CERT') as string,
    });
    door.close();
    expect(requests).toBe(0);
  });

  test('is accepted where it is allowed', async () => {
    const door = openDoor(base, { useSystemCertificates: true });
    const answer = await door.http.getJson(door.request(`${base}/x`));
    door.close();
    expect(answer.body).toEqual({ trusted: true });
    expect(requests).toBe(1);
  });
});
