/**
 * Runs in plain Node: the entry of the terminal shell (architecture, section 1). Composes the same core as the
 * window, on the same profile, without a window.
 */
import { resolve } from 'node:path';
import { createApi } from '#contract/api.ts';
import { createClient } from '#contract/client.ts';
import { ArchiveError } from '#contract/errors.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { compose } from '../compose.ts';
import { createDispatcher } from '../dispatch.ts';
import { readOverrides } from '../environment.ts';
import { makeFolder } from '../db/make-folder.ts';
import { createEventHub, createInProcessTransport } from '../in-process-transport.ts';
import type { PlatformPorts, SettingsStore } from '../ports.ts';
import { defaultDownloadFolder, defaultProfileDir } from '../profile.ts';
import { UsageError, type CommonOptions } from './arguments.ts';
import type { CoreNeeds } from './command.ts';
import { readSecret } from './read-secret.ts';
import { exitCodes } from './exit-codes.ts';
import { runTerminal, type TerminalCore } from './run.ts';
import { openTerminalSettings } from './settings-store.ts';

/** A second Ctrl-C, or a clean-up that takes longer than this, ends the process at once. */
const cleanUpLimitMs = 900;

const noWindow = (): never => {
  throw new ArchiveError({
    code: 'unexpected',
    message: 'This needs the window; the terminal can’t do it. Nothing was changed.',
    retryable: false,
  });
};

const noDesktop: PlatformPorts = {
  runtime: 'terminal',
  openExternal: async () => noWindow(),
  copyText: async () => noWindow(),
  chooseFolder: async () => noWindow(),
  popupMenu: async () => noWindow(),
  showInFolder: async () => noWindow(),
  closeWindow: async () => noWindow(),
  viewSaved: async () => noWindow(),
  quit: async () => noWindow(),
};

/** The profile's settings, with the sample archive in force for this process only. */
function withSample(store: SettingsStore, size: number): SettingsStore {
  const forced = { archiveMode: 'sample', sampleSize: size } as const;
  return {
    ...store,
    get: () => ({ ...store.get(), ...forced }),
    set: (patch) => ({ ...store.set(patch), ...forced }),
    reset: () => ({ ...store.reset(), ...forced }),
  };
}

function prepareProfileDir(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ArchiveError(
      {
        code: 'disk',
        message: `The profile folder ${folder} can’t be used (${why}). Nothing was done. Name a folder that can be written to with --profile.`,
        retryable: false,
      },
      { cause: error },
    );
  }
}

/** An address that is none is the caller's mistake, and the words name the variable. */
function checkAddresses(environment: NodeJS.ProcessEnv): void {
  try {
    readOverrides(environment, true);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${error.message}.`);
    throw error;
  }
}

/** A sample archive asked for by name wins over an address in the environment, and --to over a folder there. */
function environmentFor(common: CommonOptions, downloadFolder: string | null): NodeJS.ProcessEnv {
  const none = { ALMAGEST_NASA_IMAGES_API: '', ALMAGEST_PDS_API: '', ALMAGEST_ASTROBIN_API: '' };
  const sample = common.sample === null ? {} : none;
  const folder = downloadFolder === null ? {} : { ALMAGEST_DOWNLOADS: downloadFolder };
  return { ...process.env, ...sample, ...folder };
}

async function openCore(
  common: CommonOptions,
  { downloadFolder, limits }: CoreNeeds,
): Promise<TerminalCore> {
  const given = common.profile ?? process.env['ALMAGEST_PROFILE'];
  const profileDir = given === undefined || given === '' ? defaultProfileDir() : resolve(given);
  prepareProfileDir(profileDir);
  const stored = openTerminalSettings({ profileDir, downloadFolder: defaultDownloadFolder() });
  const hub = createEventHub();
  const environment = environmentFor(common, downloadFolder);
  checkAddresses(environment);
  let requests = 0;
  const core = await compose({
    profileDir,
    version: packageJson.version,
    environment,
    allowOverrides: true,
    settings: common.sample === null ? stored : withSample(stored, common.sample),
    platform: noDesktop,
    workers: {
      sample: new URL('./sample-worker.js', import.meta.url),
      hash: new URL('./hash-worker.js', import.meta.url),
      captions: new URL('./captions-worker.js', import.meta.url),
      label: new URL('./label-worker.js', import.meta.url),
    },
    emit: hub.emit,
    ownsQueue: false,
    limits,
    onRequest: () => {
      requests += 1;
    },
  });
  const dispatcher = createDispatcher({
    handlers: core.handlers,
    reportDefect: (error) => {
      const stack = error instanceof Error ? error.stack : String(error);
      process.stderr.write(`almagest: a defect of ours: ${stack}\n`);
    },
  });
  const api = createClient(createApi(createInProcessTransport(dispatcher, hub)));
  return { api, requests: () => requests, close: () => core.dispose() };
}

const interrupt = new AbortController();
const onSignal = (): void => {
  if (interrupt.signal.aborted) process.exit(exitCodes.cancelled);
  interrupt.abort();
  setTimeout(() => process.exit(exitCodes.cancelled), cleanUpLimitMs).unref();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
// A reader that went away (almagest … | head) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.complete);
  throw error;
});

const code = await runTerminal({
  argv: process.argv.slice(2),
  streams: { stdout: process.stdout, stderr: process.stderr },
  version: packageJson.version,
  signal: interrupt.signal,
  readSecret: (prompt) =>
    readSecret({ stdin: process.stdin, stderr: process.stderr, signal: interrupt.signal }, prompt),
  openCore,
});
process.exitCode = interrupt.signal.aborted ? exitCodes.cancelled : code;
