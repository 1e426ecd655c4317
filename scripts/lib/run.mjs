// Runs on the system's Node (20 or later), without any package.
import { spawn, spawnSync } from 'node:child_process';
import { ensurePackages, root } from './packages.mjs';

/** Runs a script on Node 24 and waits; returns its exit code. stdout can be sent to stderr. */
export function runOnNode(args, { quietStdout = false, env = {} } = {}) {
  const node = ensurePackages();
  const run = spawnSync(node, args, {
    cwd: root,
    stdio: ['inherit', quietStdout ? 2 : 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return run.status ?? 1;
}

/** Runs a script on Node 24 beside others; resolves with its exit code and all that it printed. */
export function runAside(args, { env = {} } = {}) {
  const child = spawn(ensurePackages(), args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program and hands on signals; resolves with its exit code (130 after Ctrl-C). */
export function runThrough(command, args, { env = {}, cwd = root } = {}) {
  const child = spawn(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
