/** Runs in plain Node. Starts the app in real Electron, for Playwright; used only where its binary is. */
import { _electron, type ElectronApplication } from 'playwright-core';
import { controlElectron, installDesktopStub } from './control-electron.ts';
import { launchEnvironment, projectRoot, type LaunchFolders } from './launch-environment.ts';
import type { ExitResult, LaunchedApp, LaunchOptions } from './launched-app.ts';
import { collectLog } from './process-log.ts';

const quitMs = 15_000;

async function open(
  executablePath: string,
  options: LaunchOptions,
  folders: LaunchFolders,
): Promise<ElectronApplication> {
  const { deviceScaleFactor, colorScheme = 'light', args = [] } = options;
  return _electron.launch({
    executablePath,
    cwd: projectRoot,
    env: launchEnvironment(options, folders),
    colorScheme,
    args: [
      ...(deviceScaleFactor === undefined
        ? []
        : [`--force-device-scale-factor=${deviceScaleFactor}`]),
      projectRoot,
      ...args,
    ],
  });
}

/** Starts the unpackaged app; rejects when it opens no window. */
export async function launchElectron(
  executablePath: string,
  options: LaunchOptions,
  folders: LaunchFolders,
): Promise<LaunchedApp> {
  const app = await open(executablePath, options, folders);
  const child = app.process();
  const log = collectLog(child);
  const exited = new Promise<ExitResult>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    folders.remove();
  };
  try {
    await installDesktopStub(app);
    const page = await app.firstWindow();
    await page.waitForLoadState('domcontentloaded');
    const control = controlElectron(app, page);
    if (options.size !== undefined) await control.setSize(options.size.width, options.size.height);
    return {
      page,
      runtime: 'electron',
      ...{ profileDir: folders.profileDir, downloadsDir: folders.downloadsDir },
      pid: child.pid ?? -1,
      control,
      log,
      exited,
      close: async () => {
        await app.evaluate(({ app: main }) => main.quit()).catch(() => undefined);
        const timeout = new Promise<null>((resolve) => setTimeout(() => resolve(null), quitMs));
        const result = await Promise.race([exited, timeout]);
        await kill();
        if (result?.code !== 0) {
          throw new Error(
            `the app ended with ${String(result?.code ?? result?.signal)}:\n${log()}`,
          );
        }
      },
      kill,
    };
  } catch (error) {
    await kill();
    throw error;
  }
}
