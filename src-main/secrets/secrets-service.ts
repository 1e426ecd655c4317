/**
 * Runs in plain Node. The keys of AstroBin: where they come from, how they are kept, and that they are given to
 * nobody but the client. What a shell or a page may know of them is `state`, which holds neither.
 */
import type { AstrobinKeyGuard, AstrobinKeyState } from '#contract/astrobin.ts';
import { ArchiveError } from '#contract/errors.ts';
import { readSecretFile, writeSecretFile } from './secret-files.ts';
import type { Vault } from './vault.ts';

export interface ApiKeys {
  key: string;
  secret: string;
}

export interface SecretsOptions {
  profileDir: string;
  /** The system's keyring; null in the terminal, which keeps keys in `secrets.json` alone. */
  vault: Vault | null;
  /** `ALMAGEST_ASTROBIN_KEY` and `_SECRET` are used where both are set, and never stored. */
  environment: Readonly<Record<string, string | undefined>>;
}

const names = { key: 'astrobin.key', secret: 'astrobin.secret' } as const;
export type SecretName = (typeof names)[keyof typeof names];
export const secretNames: readonly SecretName[] = Object.values(names);

interface Found {
  keys: ApiKeys;
  from: NonNullable<AstrobinKeyState['from']>;
}

function keysOf(texts: Readonly<Record<string, string | undefined>>): ApiKeys | null {
  const key = texts[names.key];
  const secret = texts[names.secret];
  return key && secret ? { key, secret } : null;
}

/** Without blanks around it, as pasted text has. Throws `invalid-arguments` for what no key can be. */
export function tidySecret(text: string): string {
  const tidy = text.trim();
  if (/^[\x21-\x7e]{4,200}$/.test(tidy)) return tidy;
  throw new ArchiveError({
    code: 'invalid-arguments',
    message:
      'That is no key of AstroBin: keys are letters and digits without blanks. ' +
      'Nothing was changed. Copy it again from your AstroBin settings.',
    retryable: false,
  });
}

export class SecretsService {
  readonly #options: SecretsOptions;
  /** For as long as this process runs, where the user wants them kept nowhere. */
  #session: ApiKeys | null = null;
  /** What the keyring gave, so that it is asked once. */
  #opened: ApiKeys | null = null;
  #isLost = false;

  constructor(options: SecretsOptions) {
    this.#options = options;
  }

  /** The keys for one request, or null where there are none. Asks the keyring the first time. */
  async keys(): Promise<ApiKeys | null> {
    return (await this.#find())?.keys ?? null;
  }

  /** What may be known of the keys. */
  async state(): Promise<AstrobinKeyState> {
    const found = await this.#find();
    return {
      from: found?.from ?? null,
      hasKeyring: (await this.#options.vault?.isAvailable()) ?? false,
      isLost: this.#isLost && found === null,
    };
  }

  /**
   * Keeps both keys in one place and removes them from the others. Throws `forbidden` where a keyring was asked
   * for and the system has none: then the user chooses between plain text and this session.
   */
  async store(given: ApiKeys, guard: AstrobinKeyGuard): Promise<void> {
    const keys = { key: tidySecret(given.key), secret: tidySecret(given.secret) };
    const texts = { [names.key]: keys.key, [names.secret]: keys.secret };
    if (guard === 'keyring') await this.#seal(keys);
    else {
      if (guard === 'plain-text') this.#write('secrets.json', texts);
      this.#write('keyring.json', {});
      this.#opened = null;
    }
    // Last, so that a failure before leaves what there was.
    if (guard !== 'plain-text') this.#write('secrets.json', {});
    this.#session = guard === 'session' ? keys : null;
    this.#isLost = false;
  }

  /** One of the two, in plain text: the terminal reads them one by one. */
  storeOne(name: SecretName, text: string): void {
    const texts = readSecretFile(this.#options.profileDir, 'secrets.json');
    this.#write('secrets.json', { ...texts, [name]: tidySecret(text) });
  }

  /** Takes the keys from everywhere but the environment. */
  forget(): void {
    this.#write('keyring.json', {});
    this.#write('secrets.json', {});
    this.#session = null;
    this.#opened = null;
    this.#isLost = false;
  }

  #write(name: 'secrets.json' | 'keyring.json', texts: Record<string, string>): void {
    writeSecretFile(this.#options.profileDir, name, texts);
  }

  async #find(): Promise<Found | null> {
    const { environment, profileDir } = this.#options;
    const given = keysOf({
      [names.key]: environment['ALMAGEST_ASTROBIN_KEY'],
      [names.secret]: environment['ALMAGEST_ASTROBIN_SECRET'],
    });
    if (given !== null) return { keys: given, from: 'environment' };
    if (this.#session !== null) return { keys: this.#session, from: 'session' };
    const opened = await this.#open();
    if (opened !== null) return { keys: opened, from: 'keyring' };
    const plain = keysOf(readSecretFile(profileDir, 'secrets.json'));
    return plain === null ? null : { keys: plain, from: 'plain-text' };
  }

  async #open(): Promise<ApiKeys | null> {
    const { vault, profileDir } = this.#options;
    if (this.#opened !== null || vault === null) return this.#opened;
    const sealed = readSecretFile(profileDir, 'keyring.json')['astrobin'];
    if (sealed === undefined) return null;
    try {
      const { text, isStale } = await vault.decrypt(Buffer.from(sealed, 'base64'));
      this.#opened = keysOf(JSON.parse(text) as Record<string, string>);
      this.#isLost = this.#opened === null;
      if (isStale && this.#opened !== null) await this.#seal(this.#opened);
    } catch {
      // The file stays: a keyring that is locked now may open later.
      this.#isLost = true;
    }
    return this.#opened;
  }

  async #seal(keys: ApiKeys): Promise<void> {
    const { vault } = this.#options;
    if (vault === null || !(await vault.isAvailable())) {
      throw new ArchiveError({
        code: 'forbidden',
        message:
          'This computer has no keyring, so nothing was stored. ' +
          'The key can be stored as plain text in your profile, or be asked for each time.',
        retryable: false,
      });
    }
    const text = JSON.stringify({ [names.key]: keys.key, [names.secret]: keys.secret });
    const sealed = await vault.encrypt(text);
    this.#write('keyring.json', { astrobin: sealed.toString('base64') });
    this.#opened = keys;
  }
}
