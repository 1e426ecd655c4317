/** Runs in the preview runtime's process. What the app asked of the desktop, for tests to look at. */

export interface DesktopCall {
  /** As in Electron: `shell.openExternal`, `dialog.showOpenDialog`, `clipboard.writeText`, … */
  what: string;
  args: unknown[];
}

export interface Records {
  add(what: string, ...args: unknown[]): void;
  list(): readonly DesktopCall[];
  clear(): void;
  /** What the next dialog of that kind answers; several are used in turn. */
  setAnswer(dialog: string, answer: unknown): void;
  takeAnswer(dialog: string): { answer: unknown } | null;
}

const longestList = 1000;

export function createRecords(): Records {
  const calls: DesktopCall[] = [];
  const answers = new Map<string, unknown[]>();
  return {
    add: (what, ...args) => {
      calls.push({ what, args });
      if (calls.length > longestList) calls.shift();
    },
    list: () => calls,
    clear: () => void calls.splice(0),
    setAnswer: (dialog, answer) => {
      answers.set(dialog, [...(answers.get(dialog) ?? []), answer]);
    },
    takeAnswer: (dialog) => {
      const list = answers.get(dialog);
      return list === undefined || list.length === 0 ? null : { answer: list.shift() };
    },
  };
}
