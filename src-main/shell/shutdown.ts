/**
 * Runs in the main process; pure. The orderly end: the windows go first, so that the person is rid of them at
 * once and the page can still save its view; then the core, for a bounded time; then the process.
 */
export interface ShutdownOptions {
  /** Resolves when every window is closed; must itself end a window that will not go. */
  closeWindows(): Promise<void>;
  dispose(): Promise<void>;
  exit(code: number): void;
  onProblem(text: string, error?: unknown): void;
  /** Longest wait for the windows, and for the core. Downloads are durable without it. */
  windowsTimeoutMs?: number;
  disposeTimeoutMs?: number;
}

async function within(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns a function that ends the app; calling it again changes nothing. */
export function createShutdown(options: ShutdownOptions): () => Promise<void> {
  let running: Promise<void> | null = null;

  const step = async (name: string, work: () => Promise<void>, timeoutMs: number) => {
    try {
      if (!(await within(work(), timeoutMs))) {
        options.onProblem(`${name} took longer than ${timeoutMs} ms`);
      }
    } catch (error) {
      options.onProblem(`${name} failed`, error);
    }
  };

  const end = async (): Promise<void> => {
    await step('closing the window', options.closeWindows, options.windowsTimeoutMs ?? 2000);
    await step('closing the library', options.dispose, options.disposeTimeoutMs ?? 5000);
    options.exit(0);
  };

  // Not begun before it is noted: closing the last window asks for the end again, at once.
  return () => (running ??= Promise.resolve().then(end));
}
