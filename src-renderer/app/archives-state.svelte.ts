/** Runs in the page. How the archives do, for the status line and the views. */
import type { ArchiveApi } from '#contract/api.ts';
import type { ArchiveStatus } from '#contract/domain.ts';
import type { ArchivesState } from '../lib/deps.ts';

export class Archives implements ArchivesState {
  #api: ArchiveApi;
  #statuses = $state.raw<readonly ArchiveStatus[]>([]);
  #connected = $state(navigator.onLine);

  constructor(api: ArchiveApi) {
    this.#api = api;
    api.on('archiveStatusChanged', ({ status }) => {
      const others = this.#statuses.filter((one) => one.archive !== status.archive);
      this.#statuses = [...others, status];
    });
    addEventListener('online', () => (this.#connected = true));
    addEventListener('offline', () => (this.#connected = false));
  }

  get statuses(): readonly ArchiveStatus[] {
    return this.#statuses;
  }

  /** The sample archive is on this computer and needs no network. */
  get online(): boolean {
    if (this.#statuses.some(({ mode }) => mode === 'sample')) return true;
    const known = this.#statuses.filter(({ state }) => state !== 'unknown');
    const isReached = known.length === 0 || known.some(({ state }) => state !== 'offline');
    return this.#connected && isReached;
  }

  /** The first picture of it; events keep it fresh. */
  async load(): Promise<void> {
    this.#statuses = await this.#api.archives.status({});
  }

  async check(): Promise<void> {
    this.#statuses = await this.#api.archives.check({});
  }
}
