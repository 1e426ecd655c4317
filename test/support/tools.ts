/** Runs in plain Node, for tests only: the real tools that our exports are read by, where this machine has them. */
import { spawn, spawnSync } from 'node:child_process';

export type Tool = 'aria2c' | 'curl' | 'wget' | 'wget2' | 'xmllint' | 'md5sum';

/** True where the tool runs; says so in the test's output where it does not. */
export function hasTool(tool: Tool): boolean {
  const isThere = spawnSync(tool, ['--version']).status === 0;
  if (!isThere) console.log(`skipped: ${tool} is not on this machine`);
  return isThere;
}

export interface ToolRun {
  status: number | null;
  output: string;
}

/** Runs a tool beside us, so that a server in this process can answer it. No proxy stands between; one that does not end is ended. */
export function runTool(tool: Tool, args: readonly string[], cwd: string): Promise<ToolRun> {
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: cwd, LC_ALL: 'C.UTF-8', no_proxy: '*', NO_PROXY: '*' };
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}
