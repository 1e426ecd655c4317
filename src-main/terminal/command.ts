/**
 * Runs in plain Node. What a terminal command is: it reaches the core through the contract, as the window does.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { LimitWish } from '../downloads/transfer-limits.ts';
import type { CommandLine } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';

export interface CommandRun {
  api: ArchiveApi;
  /** The words after the command's own name. */
  words: string[];
  options: CommandLine['options'];
  output: Output;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Requests that were sent to archives since the command began. */
  requests(): number;
  /** A secret from stdin, asked for with these words where a person types it. Throws 'cancelled', UsageError. */
  readSecret(prompt: string): Promise<string>;
}

/** What a command line says instead of the profile's settings. */
export interface CoreNeeds {
  /** Absolute folder to save to; null for the profile's. */
  downloadFolder: string | null;
  limits: LimitWish;
}

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** The whole help text. */
  help: string;
  /**
   * What of the command line the core must know before it is opened.
   * @throws UsageError for a folder or a limit that is none.
   */
  needs?(line: Pick<CommandLine, 'options'>): CoreNeeds;
  /**
   * Runs it; the result is the exit code.
   * @throws UsageError for a wrong command line, ArchiveError for what the core refuses.
   */
  run(run: CommandRun): Promise<ExitCode>;
}
