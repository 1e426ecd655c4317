/**
 * What the operating system says of a program and its children (Linux: /proc).
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessInfo {
  pid: number;
  parent: number;
  commandLine: string;
  /** Proportional set size: shared pages are divided among their users. */
  pssBytes: number;
}

function readProcess(pid: number): ProcessInfo | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const pssKilobytes = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { pid, parent, commandLine, pssBytes: pssKilobytes * 1024 };
  } catch {
    // It ended while we looked.
    return null;
  }
}

/** A process and all that descends from it. */
export function processTree(rootPid: number): ProcessInfo[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((info) => info !== null);
  const wanted = new Set([rootPid]);
  for (let grew = true; grew;) {
    grew = false;
    for (const info of all) {
      if (!wanted.has(info.pid) && wanted.has(info.parent)) {
        wanted.add(info.pid);
        grew = true;
      }
    }
  }
  return all.filter((info) => wanted.has(info.pid));
}
