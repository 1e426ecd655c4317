/**
 * Runs in plain Node. `almagest settings …`: the profile's settings, and the keys of AstroBin, which come in by stdin and
 * never go out.
 */
import type { Settings } from '#contract/domain.ts';
import { nearest, UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { plain } from '../output.ts';
import { patchOf, settingNamed, takenBy } from '../setting-values.ts';
import { defaultDownloadFolder } from '../../profile.ts';
import { defaultSettings, settingNames, type SettingName } from '../../settings/settings-schema.ts';
import { forgetSecrets, setSecret } from './settings-secrets.ts';
import { refuseOptions } from './show.ts';

const width = Math.max(...settingNames.map((name) => name.length));

const help = `almagest settings list
almagest settings get NAME
almagest settings set NAME VALUE
almagest settings reset NAME|all
almagest settings set-secret astrobin.key|astrobin.secret
almagest settings forget-secrets

The settings of the profile, the same as in the window.
${settingNames.map((name) => `  ${name.padEnd(width)}  ${takenBy(name)}`).join('\n')}

set-secret      reads AstroBin's key or secret from stdin (${'`'}pass show astrobin | almagest settings set-secret
                astrobin.key${'`'}), and keeps it as plain text in PROFILE/secrets.json, which only you may read. It is never
                taken from the command line, which other programs can see, and never printed. On a terminal it is
                typed or pasted without being shown. ALMAGEST_ASTROBIN_KEY and ALMAGEST_ASTROBIN_SECRET go before it
forget-secrets  removes both from the profile, and what the window's keyring keeps of them

--json   of list: {"theme":"system",…}. Of get, set and reset: the one setting, {"theme":"dark"}`;

async function printOne(
  { output }: CommandRun,
  settings: Settings,
  name: SettingName,
): Promise<void> {
  const value = settings[name];
  if (output.format !== 'text') await output.value({ [name]: value });
  else await output.line(inText(value));
}

function inText(value: Settings[SettingName]): string {
  return plain(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function noMore({ words }: CommandRun, most: number): void {
  const extra = words[most];
  if (extra === undefined) return;
  throw new UsageError(
    `settings ${words[0] ?? ''}: "${extra}" is one word more. Quote a value that holds blanks.`,
  );
}

async function printAll(run: CommandRun): Promise<void> {
  noMore(run, 1);
  const { api, output } = run;
  const settings = await api.settings.get();
  if (output.format !== 'text') await output.value(settings);
  else for (const name of settingNames) await output.line(`${name}\t${inText(settings[name])}`);
}

async function get(run: CommandRun): Promise<void> {
  noMore(run, 2);
  const name = settingNamed(run.words[1]);
  await printOne(run, await run.api.settings.get(), name);
}

async function set(run: CommandRun): Promise<void> {
  const name = settingNamed(run.words[1]);
  noMore(run, 3);
  const text = run.words[2];
  if (text === undefined) throw new UsageError(`${name} takes ${takenBy(name)}.`);
  await printOne(run, await run.api.settings.set({ patch: patchOf(name, text) }), name);
}

async function reset(run: CommandRun): Promise<void> {
  noMore(run, 2);
  const { api, output } = run;
  if (run.words[1] === 'all') {
    const settings = await api.settings.reset();
    if (output.format !== 'text') await output.value(settings);
    return;
  }
  const name = settingNamed(run.words[1]);
  const { [name]: first } = defaultSettings(defaultDownloadFolder());
  await printOne(run, await api.settings.set({ patch: { [name]: first } }), name);
}

const verbs: Readonly<Record<string, (run: CommandRun) => Promise<void>>> = {
  list: printAll,
  get,
  set,
  reset,
  'set-secret': setSecret,
  'forget-secrets': forgetSecrets,
};

async function run(run: CommandRun): Promise<ExitCode> {
  const [verb] = run.words;
  const known = Object.keys(verbs);
  const work = verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (work === undefined) {
    const near = verb === undefined ? null : nearest(verb, known);
    const hint = near === null ? `It takes ${known.join(', ')}.` : `Did you mean "${near}"?`;
    throw new UsageError(
      verb === undefined
        ? `settings needs a word more. ${hint}`
        : `settings: no "${verb}". ${hint}`,
    );
  }
  // What stands behind a secret's name may be the secret: it is refused there without being named.
  if (work !== setSecret) refuseOptions('settings', run);
  await work(run);
  return exitCodes.complete;
}

export const settingsCommand: Command = {
  name: 'settings',
  summary: 'the profile’s settings, and the keys of AstroBin',
  help,
  run,
};
