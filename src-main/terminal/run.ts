/**
 * Runs in plain Node. One command from its arguments to its exit code.
 */
import type { ArchiveApi } from '#contract/api.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import { nearest, parseCommandLine, UsageError, type CommonOptions } from './arguments.ts';
import type { Command, CoreNeeds } from './command.ts';
import { albumCommand } from './commands/album.ts';
import { astrobinCommand } from './commands/astrobin.ts';
import { cacheCommand } from './commands/cache.ts';
import { goCommand } from './commands/go.ts';
import { healthCommand } from './commands/health.ts';
import { captionsCommand } from './commands/captions.ts';
import { downloadCommand } from './commands/download.ts';
import { exportCommand } from './commands/export.ts';
import { queueCommand } from './commands/queue.ts';
import { verifyCommand } from './commands/verify.ts';
import { pdsCommand } from './commands/pds.ts';
import { searchCommand } from './commands/search.ts';
import { settingsCommand } from './commands/settings.ts';
import { showCommand } from './commands/show.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import { Output, type OutputStreams } from './output.ts';

export interface TerminalCore {
  api: ArchiveApi;
  /** Requests that were sent since it was opened. */
  requests(): number;
  close(): Promise<void>;
}

export interface TerminalOptions {
  argv: readonly string[];
  streams: OutputStreams;
  version: string;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** A secret from stdin, asked for with these words where a person types it. */
  readSecret(prompt: string): Promise<string>;
  openCore(common: CommonOptions, needs: CoreNeeds): Promise<TerminalCore>;
}

const commands: readonly Command[] = [
  searchCommand,
  albumCommand,
  showCommand,
  captionsCommand,
  pdsCommand,
  astrobinCommand,
  goCommand,
  downloadCommand,
  queueCommand,
  verifyCommand,
  exportCommand,
  settingsCommand,
  cacheCommand,
  healthCommand,
];

const help = `almagest COMMAND …

${commands.map((command) => `  ${command.name.padEnd(10)} ${command.summary}`).join('\n')}

Options of every command
  --profile DIR   the profile folder (default: the window's)
  --json          one JSON document      --ndjson   one JSON value a line
  --quiet         no progress, no messages
  --sample[=N]    use a sample archive of N records for the time of the command
  --help, --version

stdout carries results only, stderr progress and messages.
Exit codes: 0 complete, 1 unexpected, 2 usage or refused as wrong by the archive, 3 partial, 4 not found,
5 refused (policy, licence, fair use, 403), 6 archive or network not available, or an archive's requests of today
used up, 7 key needed or refused, 130 cancelled.
"almagest COMMAND --help" says more.`;

function findCommand(name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const near = nearest(
    name,
    commands.map((candidate) => candidate.name),
  );
  const hint = near === null ? '"almagest --help" lists them.' : `Did you mean "${near}"?`;
  throw new UsageError(`There is no command "${name}". ${hint}`);
}

function toWireError(error: unknown, signal: AbortSignal): { code: ExitCode; error: WireError } {
  if (error instanceof UsageError) {
    return {
      code: exitCodes.usage,
      error: { code: 'invalid-arguments', message: error.message, retryable: false },
    };
  }
  if (error instanceof ArchiveError) {
    return { code: exitCodeOf(error.code), error: error.toWire() };
  }
  if (signal.aborted) {
    return {
      code: exitCodes.cancelled,
      error: { code: 'cancelled', message: 'Cancelled.', retryable: true },
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: exitCodes.unexpected,
    error: { code: 'unexpected', message, retryable: false },
  };
}

/** The format is needed even when the command line is wrong: the error must come in the form asked for. */
function formatOf(argv: readonly string[]): 'text' | 'json' | 'ndjson' {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  if (options.includes('--ndjson')) return 'ndjson';
  return options.includes('--json') ? 'json' : 'text';
}

/** Runs one command line; never throws, and leaves nothing running. */
export async function runTerminal(options: TerminalOptions): Promise<ExitCode> {
  let output = new Output(options.streams, formatOf(options.argv), false);
  try {
    const line = parseCommandLine(options.argv);
    output = new Output(options.streams, line.common.format, line.common.quiet);
    const [name, ...words] = line.words;
    if (line.common.version) {
      await output.line(options.version);
      return exitCodes.complete;
    }
    if (name === undefined || (name === 'help' && words.length === 0)) {
      if (name === undefined && !line.common.help) {
        throw new UsageError('a command is missing. "almagest --help" lists them.');
      }
      await output.line(help);
      return exitCodes.complete;
    }
    const command = findCommand(name === 'help' ? (words[0] ?? '') : name);
    if (line.common.help || name === 'help') {
      await output.line(command.help);
      return exitCodes.complete;
    }
    const needs = command.needs?.(line) ?? { downloadFolder: null, limits: {} };
    const core = await options.openCore(line.common, needs);
    try {
      const { options: given } = line;
      return await command.run({
        api: core.api,
        words,
        options: given,
        output,
        signal: options.signal,
        requests: core.requests,
        readSecret: options.readSecret,
      });
    } finally {
      await core.close();
    }
  } catch (error) {
    const failure = toWireError(error, options.signal);
    output.error(failure.error);
    return failure.code;
  } finally {
    output.end();
  }
}
