/** Runs in the page. Short messages at the bottom left; they go by themselves unless someone is at them. */
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import { frameText } from '../i18n/frame.ts';
import type { Notice, Notices } from '../lib/deps.ts';

export interface ShownNotice extends Notice {
  id: number;
}

const showMs = 8000;
/** More at once would cover the view; the oldest goes. */
const limit = 3;

export class NoticeList implements Notices {
  #list = $state.raw<ShownNotice[]>([]);
  #timers: Record<number, ReturnType<typeof setTimeout>> = {};
  #held = false;
  #count = 0;

  get list(): readonly ShownNotice[] {
    return this.#list;
  }

  show(notice: Notice): void {
    this.#count += 1;
    const shown = { ...notice, id: this.#count };
    // The same words or topic again replace the earlier ones rather than pile up.
    const isSame = (one: Notice): boolean =>
      one.text === notice.text || (one.topic !== undefined && one.topic === notice.topic);
    this.#list = [...this.#list.filter((one) => !isSame(one)), shown].slice(-limit);
    if (!this.#held) this.#startTimer(shown.id);
  }

  showError(error: unknown, meaning?: string): void {
    if (isCancelled(error)) return;
    const message = error instanceof ArchiveError ? error.message : frameText.unexpected;
    // eslint-disable-next-line no-console -- a defect of ours has to leave a trace
    if (!(error instanceof ArchiveError)) console.error(error);
    this.show({ text: meaning === undefined ? message : `${message} ${meaning}`, tone: 'trouble' });
  }

  withdraw(topic: string): void {
    for (const notice of this.#list) if (notice.topic === topic) this.dismiss(notice.id);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers[id]);
    delete this.#timers[id];
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }

  /** While hovered or focused nothing goes; afterwards all have their full time again. */
  hold(held: boolean): void {
    if (this.#held === held) return;
    this.#held = held;
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#timers = {};
    if (!held) for (const notice of this.#list) this.#startTimer(notice.id);
  }

  #startTimer(id: number): void {
    this.#timers[id] = setTimeout(() => this.dismiss(id), showMs);
  }
}
