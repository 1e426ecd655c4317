/**
 * Runs in the preview runtime's process. One instance for each userData folder, held by the system: a socket
 * that vanishes with the process. A second instance hands its arguments to the first over it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SecondInstance {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

export interface InstanceLock {
  /** Synchronous, as in Electron: true when this process is the first. */
  acquire(additionalData: unknown): boolean;
  has(): boolean;
  release(): void;
  /** Resolves when a first instance has taken what this second one had to say. */
  handedOver(): Promise<void>;
}

export interface InstanceLockOptions {
  userData: () => string;
  onSecond(second: SecondInstance): void;
}

const longestMessage = 1024 * 1024;
const handOverMs = 3000;

function addressOf(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const user = process.getuid?.() ?? 'user';
  const key = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24);
  const name = `almagest-preview-instance-${user}-${key}`;
  // A name in Linux' abstract space has no file: it ends with the process, however that ends.
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

function isHolderAlive(pidFile: string): boolean {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Binds at once: Node binds local sockets inside `listen`, and only reports it later. */
function tryListen(server: Server, address: string): boolean {
  server.on('error', () => undefined);
  server.listen(address);
  if (!server.listening) return false;
  server.unref();
  return true;
}

export function createInstanceLock(options: InstanceLockOptions): InstanceLock {
  let server: Server | null = null;
  let handOver: Promise<void> = Promise.resolve();

  const listen = (address: string): Server | null => {
    const own = createServer({ allowHalfOpen: true }, (socket) => {
      let text = '';
      socket.setEncoding('utf8');
      socket.on('error', () => undefined);
      socket.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > longestMessage) socket.destroy();
      });
      socket.on('end', () => {
        socket.end('taken');
        try {
          options.onSecond(JSON.parse(text) as SecondInstance);
        } catch (error) {
          console.error('preview runtime: a second instance said something unreadable', error);
        }
      });
    });
    if (tryListen(own, address)) return own;
    own.close(() => undefined);
    return null;
  };

  const acquireAt = (address: string): Server | null => {
    const first = listen(address);
    if (first !== null || process.platform !== 'darwin') return first;
    // A socket file outlives a killed process.
    if (isHolderAlive(`${address}.pid`)) return null;
    rmSync(address, { force: true });
    return listen(address);
  };

  const tellFirst = (address: string, additionalData: unknown): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(address);
      const done = (): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve();
      };
      const timer = setTimeout(done, handOverMs);
      socket.on('error', done);
      socket.on('close', done);
      socket.on('data', done);
      const argv = process.argv;
      socket.end(JSON.stringify({ argv, workingDirectory: process.cwd(), additionalData }));
    });

  return {
    acquire: (additionalData) => {
      if (server !== null) return true;
      const address = addressOf(options.userData());
      server = acquireAt(address);
      if (server === null) {
        handOver = tellFirst(address, additionalData);
        return false;
      }
      if (process.platform === 'darwin') writeFileSync(`${address}.pid`, String(process.pid));
      return true;
    },
    has: () => server !== null,
    release: () => {
      server?.close();
      server = null;
    },
    handedOver: () => handOver,
  };
}
