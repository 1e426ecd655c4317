/**
 * Runs in the page. What the query view knows of the registry: the names that queries may use, since when, and which
 * service answers. Shared by all queries of the window; what was read stays while it is read anew.
 */
import type { ArchiveApi } from '#contract/api.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { PdsDialect } from '#contract/pds.ts';
import type { PdsService } from '#contract/pds-lists.ts';
import { indexProperties, type PropertyIndex } from '#contract/pds-query/property-index.ts';

export interface KnownProperties {
  index: PropertyIndex;
  /** As the registry lists them. */
  count: number;
  /** Unix ms. */
  readAtMs: number;
}

export class RegistryFacts {
  readonly #api: ArchiveApi;
  #properties = $state.raw<KnownProperties | null>(null);
  #problem = $state.raw<ArchiveError | null>(null);
  #isLoading = $state(false);
  #service = $state.raw<PdsService | null>(null);

  constructor(api: ArchiveApi) {
    this.#api = api;
  }

  /** Null until they were read once; then names are not checked. */
  get properties(): KnownProperties | null {
    return this.#properties;
  }
  get index(): PropertyIndex | null {
    return this.#properties?.index ?? null;
  }
  /** Why they could not be read the last time. */
  get problem(): ArchiveError | null {
    return this.#problem;
  }
  get isLoading(): boolean {
    return this.#isLoading;
  }
  get service(): PdsService | null {
    return this.#service;
  }
  /** The grammar in force: that of 1.3, the documented service, until another one has answered. */
  get dialect(): PdsDialect {
    return this.#service?.dialect ?? '1.3';
  }

  /** Reads both; failures are kept, not thrown. */
  async read(): Promise<void> {
    await Promise.all([this.readService(), this.readProperties()]);
    // First contact tells the dialect.
    if (this.#service?.dialect === null) await this.readService();
  }

  async readService(): Promise<void> {
    try {
      this.#service = await this.#api.pds.service({});
    } catch (error) {
      // The service's own state is shown by whatever is asked of it.
      if (!(error instanceof ArchiveError)) throw error;
    }
  }

  async readProperties(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      const { properties, age } = await this.#api.pds.properties({});
      if (age.fetchedAtMs !== this.#properties?.readAtMs) {
        const index = indexProperties(properties);
        this.#properties = { index, count: properties.length, readAtMs: age.fetchedAtMs };
      }
      this.#problem = null;
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      if (!isCancelled(error)) this.#problem = error;
    } finally {
      this.#isLoading = false;
    }
  }
}
