/**
 * Runs in plain Node. What `download` and `export` are for: references, files of them, and searches.
 */
import { readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import * as v from 'valibot';
import { parseRef, type RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { recordSelection } from '#contract/schemas.ts';
import { parseCommandLine, requireValue, UsageError } from './arguments.ts';
import type { CommandRun } from './command.ts';
import { parseNasaSearch, searchCommand } from './commands/search.ts';
import { Output } from './output.ts';
import { splitWords } from './split-words.ts';
import { storedSet } from './stored-listing.ts';

export interface Selected {
  /** What it is called in the window. */
  title: string;
  selection: v.InferInput<typeof recordSelection>;
}

/** What was asked for on the command line; nothing is sent yet. */
export interface Selectors {
  refs: RecordRef[];
  /** Files with a reference a line; `-` for stdin. */
  lists: string[];
  searches: string[];
}

export function readRef(text: string): RecordRef {
  if (parseRef(text) !== null) return text as RecordRef;
  throw new UsageError(
    `"${text}" is not a reference. A reference is nasa:<nasa_id>, pds:<lidvid> or astrobin:<hash>; quote one that holds blanks.`,
  );
}

/** Takes the options that select; the others come back. */
export function readSelectors({ words, options }: Pick<CommandRun, 'words' | 'options'>): {
  selectors: Selectors;
  others: CommandRun['options'];
} {
  const selectors: Selectors = { refs: [...new Set(words.map(readRef))], lists: [], searches: [] };
  const others: CommandRun['options'] = [];
  for (const option of options) {
    if (option.name === 'from') selectors.lists.push(requireValue(option));
    else if (option.name === 'search') selectors.searches.push(requireValue(option));
    else others.push(option);
  }
  const { refs, lists, searches } = selectors;
  if (refs.length + lists.length + searches.length === 0) {
    throw new UsageError(
      'Name what to take: references such as nasa:PIA24439, --from FILE, or --search "nasa-images apollo".',
    );
  }
  for (const search of searches) searchWords(search);
  return { selectors, others };
}

function searchWords(text: string): { archive: string; words: string[] } {
  const words = splitWords(text);
  const [archive] = words;
  if (archive !== undefined && ['nasa-images', 'pds-registry', 'astrobin'].includes(archive)) {
    return { archive, words };
  }
  throw new UsageError(
    `--search begins with an archive, as in --search "nasa-images apollo --media_type image", not "${archive ?? ''}".`,
  );
}

/** Finds out which records they are. Searches are made here. */
export async function resolveSelectors(run: CommandRun, selectors: Selectors): Promise<Selected[]> {
  const refs = new Set(selectors.refs);
  for (const list of selectors.lists) for (const ref of await readList(list)) refs.add(ref);
  const selected: Selected[] = [];
  if (refs.size > 0) {
    const [first] = refs;
    const title = refs.size === 1 ? (first ?? '') : `${String(refs.size)} records`;
    selected.push({ title, selection: { kind: 'refs', refs: [...refs] } });
  }
  for (const search of selectors.searches) selected.push(await selectSearch(run, search));
  return selected;
}

async function readList(path: string): Promise<RecordRef[]> {
  const text = path === '-' ? await readStdin() : await readFileText(path);
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map(readRef);
}

async function readFileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new UsageError(`--from: “${path}” can’t be read (${code}). Nothing was done.`);
  }
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

async function selectSearch(run: CommandRun, text: string): Promise<Selected> {
  const { archive, words } = searchWords(text);
  const line = parseCommandLine(['search', ...words]);
  const hasLimit = line.options.some(({ name }) => name === 'limit');
  const options = hasLimit ? line.options : [...line.options, { name: 'all', value: null }];
  const searching = { ...run, words: line.words.slice(1), options };
  if (archive === 'nasa-images') return selectStored(searching, text);
  const refs = await collectRefs(searching);
  if (refs.length === 0) throw nothingFound(text);
  return { title: text, selection: { kind: 'refs', refs } };
}

/** NASA's results are listed into a stored set, past the archive's ceiling; nothing is asked for twice. */
async function selectStored(run: CommandRun, text: string): Promise<Selected> {
  const { query, limit } = parseNasaSearch(run);
  const { api, output, signal } = run;
  const set = await storedSet({ api, output, query, limit, signal, nowMs: Date.now });
  const count = Math.min(limit, set.stored);
  if (count === 0) throw nothingFound(text);
  return {
    title: text,
    selection: { kind: 'results', id: set.id, except: [], ranges: [[0, count - 1]] },
  };
}

/** What the search command prints, as references. */
async function collectRefs(run: CommandRun): Promise<RecordRef[]> {
  const refs: RecordRef[] = [];
  let rest = '';
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const { ref } = JSON.parse(line) as { ref?: string };
        if (ref !== undefined) refs.push(readRef(ref));
      }
      done();
    },
  });
  const output = new Output({ stdout, stderr: process.stderr }, 'ndjson', true);
  await searchCommand.run({ ...run, output });
  return refs;
}

function nothingFound(search: string): ArchiveError {
  return new ArchiveError({
    code: 'not-found',
    message: `Nothing was found for --search "${search}". Nothing was done.`,
    retryable: false,
  });
}
