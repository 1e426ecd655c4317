/**
 * Runs in plain Node. What a terminal command is: it reaches the core through the contract, as the window does.
 */
import type { ArchiveApi } from '#contract/api.ts';
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

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** The whole help text. */
  help: string;
  /**
   * Absolute folder to save to, where the command line names one; null where it does not.
   * @throws UsageError for one that is none.
   */
  downloadFolder?(line: Pick<CommandLine, 'options'>): string | null;
  /**
   * Runs it; the result is the exit code.
   * @throws UsageError for a wrong command line, ArchiveError for what the core refuses.
   */
  run(run: CommandRun): Promise<ExitCode>;
}
