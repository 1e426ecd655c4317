/** Runs in plain Node. How storage and downloads report what a developer may want to know later. */
export type Log = (message: string, detail?: Readonly<Record<string, unknown>>) => void;
