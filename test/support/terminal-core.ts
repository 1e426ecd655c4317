/** Runs in plain Node, for tests only. The terminal in this process: the real core on a real profile. */
import { Readable, Writable } from 'node:stream';
import { createApi } from '#contract/api.ts';
import { createClient } from '#contract/client.ts';
import { compose } from '#main/compose.ts';
import type { Log } from '#main/db/log.ts';
import { createDispatcher } from '#main/dispatch.ts';
import { createEventHub, createInProcessTransport } from '#main/in-process-transport.ts';
import type { Core, PlatformPorts } from '#main/ports.ts';
import type { OutputStreams } from '#main/terminal/output.ts';
import { readSecret } from '#main/terminal/read-secret.ts';
import { runTerminal, type TerminalCore } from '#main/terminal/run.ts';
import { openTerminalSettings } from '#main/terminal/settings-store.ts';

const nothing = async (): Promise<never> => {
  throw new Error('no desktop here');
};
const noDesktop: PlatformPorts = {
  runtime: 'terminal',
  openExternal: nothing,
  copyText: nothing,
  chooseFolder: nothing,
  popupMenu: nothing,
  showInFolder: nothing,
  closeWindow: nothing,
  viewSaved: nothing,
  quit: nothing,
};

/** The core of one process on a profile; its archive is at `base`. */
export async function openTestCore(
  profileDir: string,
  base: string,
  downloadFolder: string | null = null,
  pdsBase = base,
  environment: Readonly<Record<string, string>> = {},
  log: Log = () => undefined,
): Promise<TerminalCore & Pick<Core, 'media'>> {
  const hub = createEventHub();
  const source = (path: string) => new URL(`../../src-main/${path}`, import.meta.url);
  let requests = 0;
  const core = await compose({
    profileDir,
    version: '0.0.0',
    // Towards a stand-in on this computer nobody needs to wait.
    environment: {
      ALMAGEST_NASA_IMAGES_API: base,
      ALMAGEST_PDS_API: pdsBase,
      ALMAGEST_ASTROBIN_API: base,
      ALMAGEST_RATE_NASA_API: '10000,1000,32',
      ALMAGEST_RATE_PDS_API: '10000,1000,32',
      ALMAGEST_RATE_PDS_FILES: '10000,1000,32',
      ...(downloadFolder === null ? {} : { ALMAGEST_DOWNLOADS: downloadFolder }),
      ...environment,
    },
    allowOverrides: true,
    settings: openTerminalSettings({ profileDir, downloadFolder: profileDir }),
    platform: noDesktop,
    workers: {
      sample: source('sample/sample-worker.ts'),
      hash: source('downloads/hash-worker.ts'),
      captions: source('captions/captions-worker.ts'),
      label: source('formats/label/label-worker.ts'),
    },
    emit: hub.emit,
    ownsQueue: false,
    log,
    onRequest: () => {
      requests += 1;
    },
  });
  const dispatcher = createDispatcher({
    handlers: core.handlers,
    reportDefect: (error) => {
      throw error;
    },
  });
  const api = createClient(createApi(createInProcessTransport(dispatcher, hub)));
  const { media } = core;
  return { api, media, requests: () => requests, close: () => core.dispose() };
}

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs one command line on a profile, as a process of its own would. */
export async function runCommand(
  argv: readonly string[],
  at: {
    profileDir: string;
    base: string;
    /** Address of the registry; `base` when left out. */
    pdsBase?: string;
    /** More of `ALMAGEST_*`, such as keys and rates. */
    environment?: Readonly<Record<string, string>>;
    /** What stdin gives. */
    input?: string;
    log?: Log;
    signal?: AbortSignal;
    onOut?: () => void;
  },
): Promise<Ended> {
  const said = { out: '', err: '' };
  const sink = (name: 'out' | 'err') =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        said[name] += chunk.toString('utf8');
        if (name === 'out') at.onOut?.();
        done();
      },
    });
  const signal = at.signal ?? new AbortController().signal;
  const code = await runTerminal({
    argv,
    streams: { stdout: sink('out'), stderr: sink('err') } as unknown as OutputStreams,
    version: '0.0.0',
    signal,
    readSecret: (prompt) =>
      readSecret({ stdin: Readable.from([at.input ?? '']), stderr: sink('err'), signal }, prompt),
    openCore: (_common, { downloadFolder }) =>
      openTestCore(at.profileDir, at.base, downloadFolder, at.pdsBase, at.environment, at.log),
  });
  return { code, ...said };
}
