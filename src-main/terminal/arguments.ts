/**
 * Runs in plain Node. Splits the command line into a command, its words and its options.
 */
import { editDistance } from '#contract/pds-query/edit-distance.ts';

/** A mistake in the command line: exit code 2, and the words say which option and what to write. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export type OutputFormat = 'text' | 'json' | 'ndjson';

export interface CommonOptions {
  profile: string | null;
  format: OutputFormat;
  quiet: boolean;
  help: boolean;
  version: boolean;
  /** Records in the sample archive to use for this command; null for the archives themselves. */
  sample: number | null;
}

export interface CommandLine {
  common: CommonOptions;
  /** Words that are not options, the command first. */
  words: string[];
  /** Options that are not common ones, in order. `--name=value`, `--name value` or `--name` alone. */
  options: { name: string; value: string | null }[];
}

const defaultSampleSize = 10_000;
const largestSample = 1_000_000;

/** Options that never take a value, so that a word after them is a word. */
const switches = new Set([
  'all',
  'captions',
  'dry-run',
  'force',
  'no-sidecar',
  'json',
  'ndjson',
  'quiet',
  'help',
  'thorough',
  'version',
]);

function parseSample(value: string | null): number {
  if (value === null) return defaultSampleSize;
  const size = Number(value);
  if (!Number.isInteger(size) || size < 1 || size > largestSample) {
    throw new UsageError(`--sample takes a number from 1 to ${largestSample}, not "${value}".`);
  }
  return size;
}

function applyCommon(common: CommonOptions, name: string, value: string | null): boolean {
  switch (name) {
    case 'profile':
      if (value === null || value === '') throw new UsageError('--profile needs a folder.');
      common.profile = value;
      return true;
    case 'json':
    case 'ndjson':
      if (common.format !== 'text' && common.format !== name) {
        throw new UsageError('--json and --ndjson exclude each other.');
      }
      common.format = name;
      return true;
    case 'quiet':
    case 'help':
    case 'version':
      common[name] = true;
      return true;
    case 'sample':
      common.sample = parseSample(value);
      return true;
    default:
      return false;
  }
}

/** Splits one `--name` or `--name=value`; takes the next word as its value where it needs one. */
function readOption(word: string, rest: string[]): { name: string; value: string | null } {
  const equals = word.indexOf('=');
  if (equals > 0) return { name: word.slice(2, equals), value: word.slice(equals + 1) };
  const name = word.slice(2);
  // --sample takes its number only after "=": a bare word behind it is a word of the command.
  if (switches.has(name) || name === 'sample') return { name, value: null };
  const next = rest[0];
  if (next === undefined || next.startsWith('--')) return { name, value: null };
  rest.shift();
  return { name, value: next };
}

/**
 * Parses the arguments after the program's name. Everything behind a bare `--` is a word.
 * @throws UsageError for a common option that is used wrongly.
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const common: CommonOptions = {
    profile: null,
    format: 'text',
    quiet: false,
    help: false,
    version: false,
    sample: null,
  };
  const line: CommandLine = { common, words: [], options: [] };
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      line.words.push(...rest);
      break;
    }
    if (word === '-h') common.help = true;
    else if (word.startsWith('--') && word.length > 2) {
      const option = readOption(word, rest);
      if (!applyCommon(common, option.name, option.value)) line.options.push(option);
    } else line.words.push(word);
  }
  return line;
}

/** The value that an option must have. */
export function requireValue(option: { name: string; value: string | null }): string {
  if (option.value === null) throw new UsageError(`--${option.name} needs a value.`);
  return option.value;
}

/** A whole number from 1 up. */
export function requireCount(option: { name: string; value: string | null }): number {
  const value = requireValue(option);
  const count = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(count) || count < 1) {
    throw new UsageError(`--${option.name} takes a whole number from 1 up, not "${value}".`);
  }
  return count;
}

/** The listed name nearest to a mistyped one, for "did you mean"; null when none is near. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
