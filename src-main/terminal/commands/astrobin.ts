/**
 * Runs in plain Node. `almagest astrobin …`: AstroBin's resources as they are, the image of the day, users, collections.
 */
import { astrobinResources } from '#contract/astrobin.ts';
import { nearest, requireValue, UsageError } from '../arguments.ts';
import { refuseWrongParams, type ParamList } from '../astrobin-params.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printCollection, printToday, printUser } from './astrobin-things.ts';

const help = `almagest astrobin
almagest astrobin get RESOURCE [ID] [--PARAM VALUE …]
almagest astrobin today [--back N]
almagest astrobin user NAME
almagest astrobin collection ID

alone       what version 1 of the service offers, its body as it came
get         any resource, its body as it came but for key and secret, which AstroBin repeats in it and which are masked:
            ${astrobinResources.join(', ')}
            ID is a hash or number, several numbers with ";" between, or schema. Without it a list: filters, --order_by,
            --limit (25 at most) and --offset. --format json or xml. A parameter that AstroBin does not know is refused
today       the image of the day as a record, with its day; --back 1 is yesterday's, and so on
user        a user by name, exactly as it is written
collection  a collection by its number, with its images

AstroBin needs a key of your own: "almagest settings set-secret astrobin.key", and the same for astrobin.secret.
One request a second and 500 a day (UTC) are what it is asked at most, by the window and all terminals together.
--json     of get: the body as it came. Of today: {"day":"…",…the record…,"runnersUp":["astrobin:…"]}.
           Of user: {"user":{…}}. Of collection: {"collection":{…}}
Exit code: 7 where a key is missing or refused, 6 where AstroBin is not available or today's requests are used up.`;

async function printTop(run: CommandRun): Promise<ExitCode> {
  let params: ParamList = [];
  for (const option of run.options) {
    if (option.name !== 'format') throw new UsageError(`astrobin has no option --${option.name}.`);
    params = [['format', requireValue(option)]];
  }
  const { text } = await run.api.astrobin.get({ resource: null, params }, { signal: run.signal });
  await run.output.body(text);
  return exitCodes.complete;
}

/** Given apart from the filters of a list. */
const ofGet = ['limit', 'offset', 'format'];

/** AstroBin answers with this many at most, and says nothing where it was asked for more. */
const mostInList = 25;

/** Throws UsageError for a place in a list that AstroBin would take for another. */
function checkPlace(params: ParamList): void {
  for (const [name, value] of params) {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : null;
    if (name === 'limit' && (number === null || number > mostInList)) {
      throw new UsageError(
        `--limit takes 0 to ${mostInList}, not "${value}": AstroBin lists no more at once. --offset ${mostInList} is the next part.`,
      );
    }
    if (name === 'offset' && number === null) {
      throw new UsageError(`--offset takes a whole number from 0 up, not "${value}".`);
    }
  }
}

async function get(run: CommandRun): Promise<ExitCode> {
  const [name, id, extra] = run.words.slice(1);
  if (name === undefined) {
    throw new UsageError(`astrobin get needs a resource: ${astrobinResources.join(', ')}.`);
  }
  if (extra !== undefined) {
    throw new UsageError(`astrobin get takes a resource and an ID; "${extra}" is one word more.`);
  }
  const resource = astrobinResources.find((one) => one === name);
  if (resource === undefined) {
    const near = nearest(name, astrobinResources);
    const hint =
      near === null ? `It has ${astrobinResources.join(', ')}.` : `Did you mean "${near}"?`;
    throw new UsageError(`AstroBin has no resource "${name}". ${hint}`);
  }
  const params: ParamList = run.options.map((option) => [option.name, requireValue(option)]);
  checkPlace(params);
  if (id === undefined) {
    const filters = params.filter(([given]) => !ofGet.includes(given));
    await refuseWrongParams(run, resource, filters, ofGet);
  }
  const wish = { resource, id: id ?? null, params };
  const { text } = await run.api.astrobin.get(wish, { signal: run.signal });
  await run.output.body(text);
  // Of a set of ids the service names those that it does not have.
  return /"not_found":\s*\[\s*[^\]\s]/.test(text) ? exitCodes.partial : exitCodes.complete;
}

const verbs: Readonly<Record<string, (run: CommandRun) => Promise<ExitCode>>> = {
  get,
  today: printToday,
  user: printUser,
  collection: printCollection,
};

async function run(run: CommandRun): Promise<ExitCode> {
  const [verb] = run.words;
  if (verb === undefined) return printTop(run);
  if (Object.hasOwn(verbs, verb)) return verbs[verb]?.(run) ?? exitCodes.usage;
  const near = nearest(verb, Object.keys(verbs));
  const hint =
    near === null ? `It knows ${Object.keys(verbs).join(', ')}.` : `Did you mean "${near}"?`;
  throw new UsageError(`astrobin has no "${verb}". ${hint}`);
}

export const astrobinCommand: Command = {
  name: 'astrobin',
  summary: 'AstroBin: resources, image of the day, users, collections',
  help,
  run,
};
