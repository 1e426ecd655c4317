/** Runs in tests. A real aria2 on a free loopback port, with a token, that ends with the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Aria2Daemon {
  /** `127.0.0.1:PORT`. */
  host: string;
  token: string;
  /** Everything that it printed. */
  output(): string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts it; that it answers is for the test to await. */
export async function startAria2(folder: string): Promise<Aria2Daemon> {
  const port = await freePort();
  const token = 'a-token-that-nobody-sees';
  const { PATH = '' } = process.env;
  const child = spawn(
    'aria2c',
    [
      ...['--no-conf', '--enable-rpc', `--rpc-listen-port=${port}`, `--rpc-secret=${token}`],
      ...['--rpc-listen-all=false', `--dir=${folder}`, '--file-allocation=none', '--no-netrc'],
      ...['--max-tries=1', '--console-log-level=warn', '--max-concurrent-downloads=8'],
    ],
    { cwd: folder, env: { PATH, HOME: folder, no_proxy: '*' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close');
  return {
    host: `127.0.0.1:${port}`,
    token,
    output: () => output,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
