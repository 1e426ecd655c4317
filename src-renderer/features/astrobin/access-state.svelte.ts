/**
 * Runs in the page. What is known of the AstroBin keys and of today's budget: never the keys. One for the window, so
 * that every view and the settings say the same.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinKeyGuard, AstrobinService } from '#contract/astrobin.ts';

const leastRetryMs = 5000;

export class AccessState {
  readonly #api: ArchiveApi;
  #service = $state.raw<AstrobinService | null>(null);
  #isChecking = $state(false);
  #revision = $state(0);
  #retriedAtMs = Number.NEGATIVE_INFINITY;
  /** True while a person enters the keys. */
  isEntering = $state(false);

  constructor(api: ArchiveApi) {
    this.#api = api;
  }

  get service(): AstrobinService | null {
    return this.#service;
  }

  get isChecking(): boolean {
    return this.#isChecking;
  }

  /** Rises whenever the keys are others than before: views ask again. */
  get revision(): number {
    return this.#revision;
  }

  get hasKeys(): boolean {
    return this.#service !== null && this.#service.keys.from !== null;
  }

  /** Whether a view may try again by itself: not over and over, whatever it is answered. */
  mayRetry(): boolean {
    const nowMs = performance.now();
    if (nowMs - this.#retriedAtMs < leastRetryMs) return false;
    this.#retriedAtMs = nowMs;
    return true;
  }

  /** Asks main, and nobody else. A failure leaves what is known. */
  async load(): Promise<void> {
    this.#service = await this.#api.astrobin.service({}).catch(() => this.#service);
  }

  /** Asks AstroBin: one request. */
  async check(): Promise<AstrobinService> {
    this.#isChecking = true;
    try {
      const before = this.#service?.access;
      const service = await this.#api.astrobin.checkKeys({});
      this.#service = service;
      if (service.access === 'accepted' && before !== 'accepted') this.#revision += 1;
      return service;
    } finally {
      this.#isChecking = false;
    }
  }

  async store(keys: { key: string; secret: string }, guard: AstrobinKeyGuard): Promise<void> {
    this.#service = await this.#api.astrobin.storeKeys({ ...keys, guard });
  }

  /** The keys that were stored are to be used, whether AstroBin could be asked about them or not. */
  changed(): void {
    this.#revision += 1;
  }

  async forget(): Promise<void> {
    this.#service = await this.#api.astrobin.forgetKeys({});
    this.#revision += 1;
  }
}

const byApi = new WeakMap<ArchiveApi, AccessState>();

/** The one that belongs to an api; it lives as long as that. */
export function accessOf(api: ArchiveApi): AccessState {
  const known = byApi.get(api);
  if (known !== undefined) return known;
  const access = new AccessState(api);
  byApi.set(api, access);
  return access;
}
