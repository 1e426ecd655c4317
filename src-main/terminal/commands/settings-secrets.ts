/**
 * Runs in plain Node. AstroBin's key and secret: read from stdin, kept in the profile, shown nowhere. Whatever stands on
 * the command line where a secret might have been put by mistake is refused without being repeated.
 */
import { UsageError } from '../arguments.ts';
import type { CommandRun } from '../command.ts';

const secretNames = ['astrobin.key', 'astrobin.secret'] as const;
type SecretName = (typeof secretNames)[number];

const why =
  'A secret is never given on the command line: other programs on this computer can read that, and shells keep it. ' +
  'What stood there was not used and not stored; if it was the secret, ask AstroBin for a new one. ' +
  'Give it on stdin: almagest settings set-secret astrobin.key < FILE.';

function readName({ words, options }: CommandRun): SecretName {
  const [, given, extra] = words;
  if (given === undefined)
    throw new UsageError('set-secret takes astrobin.key or astrobin.secret.');
  const name = secretNames.find((one) => one === given);
  if (name === undefined) {
    // It may be the secret itself.
    throw new UsageError('set-secret takes astrobin.key or astrobin.secret, and then reads stdin.');
  }
  if (extra !== undefined || options.length > 0) throw new UsageError(why);
  return name;
}

/** Keeps one of the two. */
export async function setSecret(run: CommandRun): Promise<void> {
  const name = readName(run);
  const { api, output } = run;
  const text = await run.readSecret(`${name} (it is not shown; Enter ends it): `);
  if (text.trim() === '') {
    throw new UsageError(`Nothing came on stdin, so nothing was stored. Give ${name} there.`);
  }
  const { keys } = await api.astrobin.storeSecret({ name, text });
  output.message(`${name} is kept in the profile, in secrets.json.`);
  if (keys.from === null) {
    const other = secretNames.find((one) => one !== name) ?? name;
    output.message(`AstroBin wants both: almagest settings set-secret ${other}`);
  } else if (keys.from === 'environment') {
    output.message('The environment’s key and secret go before what is kept.');
  }
  if (output.format !== 'text') await output.value({ stored: name, from: keys.from });
}

/** Removes both from the profile. */
export async function forgetSecrets(run: CommandRun): Promise<void> {
  const { api, output, words } = run;
  if (words.length > 1) throw new UsageError('forget-secrets takes no word.');
  const { keys } = await api.astrobin.forgetKeys();
  output.message('Key and secret are gone from the profile.');
  if (keys.from === 'environment') {
    output.message('Those of the environment are still used.');
  }
  if (output.format !== 'text') await output.value({ from: keys.from });
}
