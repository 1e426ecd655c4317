/**
 * Runs in plain Node. Holds what is known of the registry that is configured now, and finds it out when it is not:
 * once, however many ask at the same time.
 */
import { isCancelled } from '#contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import {
  candidatesFor,
  findRegistry,
  plainAddress,
  type DialectStore,
  type KnownRegistry,
} from './dialect.ts';

export interface FinderOptions {
  http: HttpClient;
  /** The configured address, asked anew each time. */
  address: () => URL;
  store: DialectStore;
  /** Told when a registry was found, or found to have changed. */
  onFound?: ((configured: string, found: KnownRegistry) => void) | undefined;
}

export class RegistryFinder {
  readonly #options: FinderOptions;
  readonly #searches = new Map<string, Promise<KnownRegistry>>();

  constructor(options: FinderOptions) {
    this.#options = options;
  }

  /** What is known without asking; null before first contact. */
  known(): KnownRegistry | null {
    return this.#options.store.get(plainAddress(this.#options.address()));
  }

  /** The registry that is configured now. Throws `ArchiveError` when it can't be found. */
  async find(signal: AbortSignal): Promise<KnownRegistry> {
    const configured = plainAddress(this.#options.address());
    return this.#options.store.get(configured) ?? this.#search(configured, signal);
  }

  /**
   * An answer contradicted what is known: looks again. Returns what is there now; whoever else found that out
   * meanwhile has saved the asking.
   */
  async findAgain(contradicted: KnownRegistry, signal: AbortSignal): Promise<KnownRegistry> {
    const configured = plainAddress(this.#options.address());
    const known = this.#options.store.get(configured);
    const isSame =
      known?.address === contradicted.address && known.dialect === contradicted.dialect;
    if (known !== null && !isSame) return known;
    return this.#search(configured, signal);
  }

  async #search(configured: string, signal: AbortSignal): Promise<KnownRegistry> {
    for (;;) {
      const running = this.#searches.get(configured);
      if (running === undefined) return this.#start(configured, signal);
      try {
        return await running;
      } catch (error) {
        // Whoever began the search gave up on it; that is not our end.
        if (signal.aborted || !isCancelled(error)) throw error;
      }
    }
  }

  async #start(configured: string, signal: AbortSignal): Promise<KnownRegistry> {
    const search = findRegistry(this.#options.http, candidatesFor(configured), signal);
    this.#searches.set(configured, search);
    try {
      const found = await search;
      this.#options.store.set(configured, found);
      this.#options.onFound?.(configured, found);
      return found;
    } finally {
      this.#searches.delete(configured);
    }
  }
}
