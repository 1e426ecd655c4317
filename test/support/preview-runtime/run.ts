/** Runs in plain Node 24. Reads the options, puts the stand-in in place and starts the app. */
import { existsSync } from 'node:fs';
import { flushCompileCache, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { startControl } from './control/control-server.ts';
import { setCurrentHost } from './current-host.ts';
import { Host } from './host.ts';
import { parseOptions, usage, UsageError, type PreviewOptions } from './options.ts';

const standIn = new URL('./electron-module.ts', import.meta.url).href;
const keepCompiledMs = 3000;
const electronNames = new Set(['electron', 'electron/main', 'electron/common']);

function readOptions(): PreviewOptions {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (!existsSync(options.entry)) throw new UsageError(`there is no file ${options.entry}`);
    return options;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

/** The process as Electron would show it to the app. */
function dressProcess(options: PreviewOptions): void {
  process.argv = [process.execPath, options.entry, ...options.appArguments];
  process.env['ALMAGEST_RUNTIME'] = 'preview';
  if (options.profileDir !== undefined) process.env['ALMAGEST_PROFILE'] = options.profileDir;
  Object.defineProperty(process, 'type', { value: 'browser' });
}

/** A library of the app may raise the same signal again at once; a person's second one comes later. */
const impatientMs = 500;

function endOnSignals(host: Host): void {
  let askedAt: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (askedAt === null) {
        askedAt = performance.now();
        host.app.quit();
      } else if (performance.now() - askedAt > impatientMs) host.app.exit(130);
    });
  }
}

export async function run(): Promise<void> {
  const options = readOptions();
  dressProcess(options);
  const host = new Host(options);
  setCurrentHost(host);
  registerHooks({
    resolve: (specifier, context, next) =>
      electronNames.has(specifier)
        ? { url: standIn, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  });
  endOnSignals(host);
  const { debuggingFile } = options;
  if (debuggingFile !== undefined) {
    host.app.once('browser-window-created', () => {
      startControl(host, debuggingFile).catch((error: unknown) => {
        console.error(error);
        host.app.exit(1);
      });
    });
  }
  // As in Electron: the app is ready once its entry has been evaluated, top-level awaits included.
  await import(pathToFileURL(options.entry).href);
  host.app.becomeReady();
  // Tests often end the process in a way that would lose what was compiled.
  setTimeout(flushCompileCache, keepCompiledMs).unref();
}
