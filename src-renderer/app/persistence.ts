/** Runs in the page. Saves what the window restores: soon after a change, and surely before the page goes. */
import type { ArchiveApi } from '#contract/api.ts';

const quietMs = 300;
/** Where one went is saved before what is there is drawn: a window that is closed at once comes back there. */
const soonMs = 20;

export class WindowStateSaver {
  #api: ArchiveApi;
  #read: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** A save is due so soon that nothing may put it off. */
  #isSoon = false;
  #saved: string | null = null;

  constructor(api: ArchiveApi, read: () => string) {
    this.#api = api;
    this.#read = read;
  }

  /** To be called with every change; saves once it has been quiet. */
  touch(): void {
    if (this.#isSoon) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), quietMs);
  }

  /** To be called where one goes to another place. */
  saveSoon(): void {
    clearTimeout(this.#timer);
    this.#isSoon = true;
    this.#timer = setTimeout(() => this.flush(), soonMs);
  }

  /** The page may go any time after it was hidden. */
  saveBeforeTheEnd(): void {
    addEventListener('pagehide', () => this.flush());
    this.#api.on('windowClosing', () => void this.#saveAndAnswer());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.flush();
    });
  }

  /** What is said while the page goes may be lost, so the window waits until this has been heard. */
  async #saveAndAnswer(): Promise<void> {
    await this.#save();
    await this.#api.app.viewSaved({}).catch(() => undefined);
  }

  flush(): void {
    void this.#save();
  }

  async #save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isSoon = false;
    const json = this.#read();
    if (json === this.#saved) return;
    this.#saved = json;
    // Nobody can act on a failure here, and the next change tries again.
    await this.#api.app.saveUiState({ json }).catch(() => (this.#saved = null));
  }
}
