/**
 * Runs in plain Node. `almagest pds …`: the registry's routes as they are, the tree from one node, labels, queries.
 */
import type { PdsCrawlTarget } from '#contract/pds-lists.ts';
import { nearest, requireCount, requireValue, UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { toPdsError } from '../../sources/pds-registry/errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printProducts } from '../product-listing.ts';
import { checkQueryCommand } from './pds-check.ts';
import { labelCommand } from './pds-label.ts';
import { readPdsRef } from './pds-ref.ts';

const defaultLimit = 100;

const help = `almagest pds get PATH [--accept TYPE] [--PARAM VALUE …]
almagest pds members|parents|versions REF [--all] [--limit N] [--versions all]
almagest pds label REF [--xpath EXPR]
almagest pds check QUERY [--dialect 1.3|current]

get        any route of the registry, its body as it came (/products, /classes/collections, /properties …);
           routes of the other generation of the service are asked by their successors
members    collections of a bundle, products of a collection
parents    collections of a product, bundles of a collection
versions   all versions of a product, newest first by number
label      the label; with --xpath what an XPath 1.0 expression selects in it. Prefixes are those that the label
           declares, and pds for its default namespace
check      reads a query of the registry's own language without sending it
REF is pds:<lidvid> or a lid or lidvid alone. Lists end after ${defaultLimit} records unless told otherwise.

--json     of get: the body as it came. Of lists: what "search" prints. Of label: {"ref":"…","matches":[…]}.
           Of check: {"ok":true,"normal":"…"} or {"ok":false,"position":n,"message":"…"}`;

async function get(run: CommandRun): Promise<ExitCode> {
  const [path, extra] = run.words.slice(1);
  if (path === undefined) throw new UsageError('pds get needs a path, such as /products.');
  if (extra !== undefined)
    throw new UsageError(`pds get takes one path; "${extra}" is one too many.`);
  let accept: string | undefined;
  const params: [string, string][] = [];
  for (const option of run.options) {
    if (option.name === 'accept') accept = requireValue(option);
    else params.push([option.name, requireValue(option)]);
  }
  const answer = await run.api.pds.get({ path, params, accept }, { signal: run.signal });
  for (const note of answer.notes) run.output.message(note);
  await run.output.body(answer.body);
  // 418: the service tells what is wrong with it, which was asked for.
  if (answer.status < 400 || answer.status === 418) return exitCodes.complete;
  throw toPdsError(answer.status, Buffer.from(answer.body), `GET ${path} ${answer.status}`);
}

const lists = ['members', 'parents', 'versions'] as const;

async function list(run: CommandRun, what: (typeof lists)[number]): Promise<ExitCode> {
  const [text, extra] = run.words.slice(1);
  const ref = readPdsRef(`pds ${what}`, text);
  if (extra !== undefined) {
    throw new UsageError(`pds ${what} takes one reference; "${extra}" is one too many.`);
  }
  let limit = defaultLimit;
  let versions: 'latest' | 'all' = 'latest';
  for (const option of run.options) {
    if (option.name === 'limit') limit = requireCount(option);
    else if (option.name === 'all') limit = Infinity;
    else if (option.name === 'versions' && what === 'members') {
      const value = requireValue(option);
      if (value !== 'all' && value !== 'latest')
        throw new UsageError(`--versions takes latest or all, not "${value}".`);
      versions = value;
    } else throw new UsageError(`pds ${what} has no option --${option.name}.`);
  }
  const target: PdsCrawlTarget =
    what === 'members' ? { kind: 'members', ref, versions } : { kind: 'relatives', of: what, ref };
  const { api, output, signal } = run;
  return printProducts({ api, output, target, limit, signal });
}

async function run(run: CommandRun): Promise<ExitCode> {
  const [what] = run.words;
  const isList = (word: string | undefined): word is (typeof lists)[number] =>
    lists.some((one) => one === word);
  if (isList(what)) return list(run, what);
  if (what === 'get') return get(run);
  if (what === 'label') return labelCommand(run);
  if (what === 'check') return checkQueryCommand(run);
  const known = ['get', ...lists, 'label', 'check'];
  const near = what === undefined ? null : nearest(what, known);
  const hint = near === null ? `It knows ${known.join(', ')}.` : `Did you mean "${near}"?`;
  throw new UsageError(
    what === undefined ? `pds needs a word more. ${hint}` : `pds has no "${what}". ${hint}`,
  );
}

export const pdsCommand: Command = {
  name: 'pds',
  summary: 'the PDS registry: routes, tree, labels, queries',
  help,
  run,
};
