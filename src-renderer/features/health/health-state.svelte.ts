/** Runs in the page. How the archives do, read again while it is looked at. */
import type { ArchiveApi } from '#contract/api.ts';
import type { ArchiveHealth, RequestEntry } from '#contract/health.ts';
import type { Navigation, Notices } from '../../lib/deps.ts';

/** Figures of half hours need no more. */
const readEveryMs = 5_000;
const mostRequests = 200;
const onlyKey = 'health.only';
const textKey = 'health.text';

export class HealthState {
  readonly #api: ArchiveApi;
  readonly #navigation: Navigation;
  readonly #notices: Notices;
  #health = $state.raw<ArchiveHealth | null>(null);
  #requests = $state.raw<readonly RequestEntry[]>([]);
  #isTroubled = $state(false);
  #text = $state('');
  #isAsking = $state(false);
  #reading = 0;

  constructor(deps: { api: ArchiveApi; navigation: Navigation; notices: Notices }) {
    this.#api = deps.api;
    this.#navigation = deps.navigation;
    this.#notices = deps.notices;
    this.#isTroubled = deps.navigation.recall(onlyKey) === 'troubled';
    const text = deps.navigation.recall(textKey);
    if (typeof text === 'string') this.#text = text;
  }

  /** Null until it is known. */
  get health(): ArchiveHealth | null {
    return this.#health;
  }

  get requests(): readonly RequestEntry[] {
    return this.#requests;
  }

  get isTroubled(): boolean {
    return this.#isTroubled;
  }

  get text(): string {
    return this.#text;
  }

  /** True while all archives are asked. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  show(only: 'all' | 'troubled'): void {
    this.#isTroubled = only === 'troubled';
    this.#navigation.remember(onlyKey, only);
    void this.read();
  }

  find(text: string): void {
    this.#text = text;
    this.#navigation.remember(textKey, text);
    void this.read();
  }

  /** Reads again and again until the returned function is called; a window out of sight waits. */
  watch(): () => void {
    void this.read();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.read();
    }, readEveryMs);
    return () => clearInterval(timer);
  }

  async read(): Promise<void> {
    const turn = ++this.#reading;
    const [isTroubled, text] = [this.#isTroubled, this.#text.slice(0, 2000)];
    try {
      const [health, { requests }] = await Promise.all([
        this.#api.archives.health({}),
        this.#api.archives.requests({ isTroubled, text, limit: mostRequests }),
      ]);
      // A later reading asked for something else.
      if (turn !== this.#reading) return;
      this.#health = health;
      this.#requests = requests;
    } catch (error) {
      if (turn === this.#reading) this.#notices.showError(error);
    }
  }

  /** Asks every archive for the least there is. */
  async askAll(): Promise<void> {
    this.#isAsking = true;
    try {
      await this.#api.archives.check({});
    } catch (error) {
      this.#notices.showError(error);
    } finally {
      this.#isAsking = false;
    }
    await this.read();
  }
}
