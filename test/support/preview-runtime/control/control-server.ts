/**
 * Runs in the preview runtime's process. Lets a test look at what the app asked of the desktop, and be the
 * desktop: answer dialogs, choose from menus, change the system's theme. Loopback only, with a token.
 */
import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SystemTheme } from '../electron/native-theme.ts';
import type { Host } from '../host.ts';

/** What the debugging file holds. */
export interface DebuggingInfo {
  /** For `chromium.connectOverCDP`. */
  cdpEndpoint: string;
  pid: number;
  chromiumPid: number;
  pageOrigin: string;
  control: { url: string; token: string };
}

type Command = (host: Host, args: Record<string, unknown>) => unknown;

const commands: Record<string, Command> = {
  calls: ({ records }) => records.list(),
  clearCalls: ({ records }) => records.clear(),
  setDialogAnswer: ({ records }, { dialog, answer }) => records.setAnswer(String(dialog), answer),
  menuItems: ({ menuDesk }) => ({ popup: menuDesk.isPopupOpen(), items: menuDesk.items() }),
  chooseMenuItem: ({ menuDesk }, { name }) => menuDesk.choose(String(name)),
  dismissMenu: ({ menuDesk }) => menuDesk.dismiss(),
  setSystemTheme: ({ theme }, { change }) => theme.setSystem(change as Partial<SystemTheme>),
  secondInstance: ({ app }, { argv }) => {
    app.emitSecondInstance({
      argv: argv as string[],
      workingDirectory: process.cwd(),
      additionalData: {},
    });
  },
  windowState: (host) => {
    const [window] = host.windows();
    if (window === undefined) return null;
    const { bare } = window;
    return {
      bounds: bare.getBounds(),
      maximized: bare.isMaximized(),
      minimized: bare.isMinimized(),
      fullScreen: bare.isFullScreen(),
      visible: bare.isVisible(),
      title: bare.getTitle(),
      url: bare.webContents.getURL(),
    };
  },
  setSize: (host, { width, height }) => {
    host.windows()[0]?.bare.setContentSize(Number(width), Number(height));
  },
  maximize: (host) => host.windows()[0]?.bare.maximize(),
  unmaximize: (host) => host.windows()[0]?.bare.unmaximize(),
  closeWindow: (host) => host.windows()[0]?.bare.close(),
  crashPage: (host) => host.windows()[0]?.bare.page?.tell('Page.crash'),
  memory: () => process.memoryUsage(),
  // After the answer has gone out.
  quit: ({ app }) => void setTimeout(() => app.quit(), 0),
};

const longestBody = 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > longestBody) throw new Error('too long');
  }
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function runCommand(host: Host, name: string, request: IncomingMessage): Promise<unknown> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Error(`no command '${name}'`);
  return command(host, await readBody(request));
}

/** Starts the channel and writes the debugging file as soon as the window has a page. */
export async function startControl(host: Host, file: string): Promise<void> {
  const token = randomBytes(24).toString('hex');
  const server = createServer((request, response) => {
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify(value ?? null));
    };
    if (request.headers.authorization !== `Bearer ${token}` || request.method !== 'POST') {
      answer(403, { error: 'forbidden' });
      return;
    }
    runCommand(host, (request.url ?? '/').slice(1), request).then(
      (value) => answer(200, { value }),
      (error: unknown) => answer(400, { error: String(error) }),
    );
  });
  server.unref();
  host.onEnd(() => server.close());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const [window] = host.windows();
  const page = await window?.bare.attached();
  const [origin] = host.origins.all();
  const chromium = host.chromium();
  const info: DebuggingInfo = {
    cdpEndpoint: (await chromium.endpoint()) ?? '',
    pid: process.pid,
    chromiumPid: chromium.pid,
    pageOrigin: page?.origin ?? origin?.toLoopback(`${origin.scheme}://almagest/`) ?? '',
    control: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token },
  };
  // Whole or not at all: somebody is waiting for it.
  writeFileSync(`${file}.part`, JSON.stringify(info), { mode: 0o600 });
  renameSync(`${file}.part`, file);
}
